#include <CLI/CLI.hpp>

#include "listing/reports.h"
#include "report/merit.h"
#include "report/treasurer.h"
#include "report/unit.h"
#include "tools/runut/commands.h"
#include "tools/runut/report_output.h"

namespace runut::cli {
namespace {

struct ReportArguments {
  LedgerOptions ledger;
  ReportOptions output;
  std::string as_known_at;
  TimesOptions times;
  std::string month;
  std::string period;
  std::string unit;
};

Result<Exit> run_report(const ReportArguments& options, const ReportForm& form,
                        const listing::MakeReport& make) {
  RUNUT_TRY(refuse_rules_as_of(options.times, std::string(listing::reports_no_rules)));
  RUNUT_ASSIGN(const OtherTimes times, read_times(options.times));
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const listing::Source source, open_source(*instance, options.as_known_at, times));
  RUNUT_ASSIGN(const report::Report made, listing::report_of(source, form.language, make));
  RUNUT_TRY(hand_out(made, form));
  return Exit::ok;
}

Result<Exit> run_treasurer(const ReportArguments& options) {
  RUNUT_ASSIGN(const ReportForm form, report_form(options.output));
  report::TreasurerOptions wanted;
  RUNUT_ASSIGN(wanted.month, read_option("month", options.month, parse_month));
  if (!options.unit.empty()) {
    RUNUT_ASSIGN(wanted.unit, read_option("unit", options.unit, parse_unit_id));
  }
  return run_report(options, form, [&](const report::Sources& sources) {
    return report::treasurer_report(sources, wanted);
  });
}

Result<Exit> run_merit(const ReportArguments& options) {
  RUNUT_ASSIGN(const ReportForm form, report_form(options.output));
  RUNUT_ASSIGN(const Period period, read_option("period", options.period, parse_period));
  return run_report(options, form, [&](const report::Sources& sources) {
    return report::merit_report(sources, period);
  });
}

Result<Exit> run_unit(const ReportArguments& options) {
  RUNUT_ASSIGN(const ReportForm form, report_form(options.output));
  report::UnitOptions wanted;
  RUNUT_ASSIGN(wanted.unit, read_option("unit", options.unit, parse_unit_id));
  RUNUT_ASSIGN(wanted.month, read_option("month", options.month, parse_month));
  return run_report(options, form, [&](const report::Sources& sources) {
    return report::unit_report(sources, wanted);
  });
}

void add_common(CLI::App& command, ReportArguments& options) {
  add_ledger_options(command, options.ledger);
  add_report_options(command, options.output);
  add_section_option(command, options.output);
  add_moment_option(command, options.as_known_at);
  add_times_options(command, options.times);
}

}  // namespace

void add_report(App& app) {
  CLI::App& group = app.add_group(
      {"report", "What a treasurer, a merit reviewer and a unit ask for, as tables and as files",
       "runut report treasurer --data data --month 2022-08 --format xlsx --out tpp.xlsx\n"
       "runut report merit --data data --period 2022-S1 --format pdf --out merit.pdf"});
  const auto treasurer = std::make_shared<ReportArguments>();
  CLI::App& of_month = app.add(
      group,
      {"treasurer",
       "A month's runs, totals, ceilings, budgets, payroll, corrections, who is unpaid",
       "runut report treasurer --data data --month 2022-08\n"
       "runut report treasurer --data data --month 2022-08 --unit U2 --section payroll --csv\n"
       "runut report treasurer --data data --month 2022-08 --format xlsx --out tpp-2022-08.xlsx"},
      [treasurer] { return run_treasurer(*treasurer); });
  add_common(of_month, *treasurer);
  of_month.add_option("--month", treasurer->month, "Month of the runs, e.g. 2022-08")->required();
  of_month.add_option("--unit", treasurer->unit, "Only this paying unit, e.g. U2");

  const auto merit = std::make_shared<ReportArguments>();
  CLI::App& of_period = app.add(
      group,
      {"merit", "A period's ranking: distribution, places, their signed events, objections, plans",
       "runut report merit --data data --period 2022-S1\n"
       "runut report merit --data data --period 2022-S1 --section evidence --csv > evidence.csv\n"
       "runut report merit --data data --period 2022-S1 --format pdf --out merit.pdf"},
      [merit] { return run_merit(*merit); });
  add_common(of_period, *merit);
  of_period.add_option("--period", merit->period, "Period: 2022-S1, 2022-Q3, 2022-08 or 2022")
      ->required();

  const auto unit = std::make_shared<ReportArguments>();
  CLI::App& of_unit =
      app.add(group,
              {"unit", "A unit's month: its people's reports, approvals, performance, rank and pay",
               "runut report unit --data data --unit U9 --month 2022-08\n"
               "runut report unit --data data --unit U9 --month 2022-08 --format pdf --out u9.pdf"},
              [unit] { return run_unit(*unit); });
  add_common(of_unit, *unit);
  of_unit.add_option("--unit", unit->unit, "The unit, e.g. U9; those below it are part of it")
      ->required();
  of_unit.add_option("--month", unit->month, "Month, e.g. 2022-08")->required();
}

}  // namespace runut::cli
