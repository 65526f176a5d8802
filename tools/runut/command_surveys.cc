#include <CLI/CLI.hpp>

#include "computation/opinion.h"
#include "projections/surveys.h"
#include "tools/runut/commands.h"
#include "tools/runut/rule_book.h"

namespace runut::cli {
namespace {

struct SurveysArguments {
  ViewOptions view;
  std::string period;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> surveys_columns() {
  return {{"agency"},
          {"period"},
          {"person"},
          {"state"},
          {"superior", true},
          {"superior_mean", true},
          {"peers", true},
          {"peers_mean", true},
          {"subordinates", true},
          {"subordinates_mean", true},
          {"event", true}};
}

Result<std::string> mean_cell(const surveys::Survey& survey, SurveyRelation relation,
                              Rounding rounding) {
  const auto sum = survey.of(relation);
  if (!survey.closed || !sum) return std::string();
  if (!is_shown(*sum)) return std::string("not shown");
  RUNUT_ASSIGN(const Score mean, relation_mean(*sum, rounding));
  return to_string(mean);
}

Status survey_row(Table& table, const std::string& agency, Period period,
                  const surveys::Survey& survey, Rounding rounding) {
  std::vector<std::string> cells{agency, to_string(period), to_string(survey.person),
                                 survey.closed ? "closed" : "open"};
  for (const auto& row : EnumNames<SurveyRelation>::table) {
    const auto sum = survey.of(row.value);
    cells.push_back(std::to_string(sum ? sum->answers : 0));
    RUNUT_ASSIGN(std::string mean, mean_cell(survey, row.value, rounding));
    cells.push_back(std::move(mean));
  }
  cells.push_back(std::to_string(survey.last.value));
  table.row(std::move(cells));
  return {};
}

Result<Exit> run_surveys(const SurveysArguments& options) {
  RUNUT_ASSIGN(const Period period, read_option("period", options.period, parse_period));
  RUNUT_ASSIGN(const OpenedView view, open_view(options.view, surveys::projection));
  const auto& [instance, head, rows, format] = view;
  RUNUT_ASSIGN(const auto found, surveys::in_period(*rows, period));
  print_banner(*instance, format);
  RUNUT_ASSIGN(const auto facts, agency_facts(*instance));
  // As an evaluation of the period would round them, decided on its last day.
  const auto document = facts->timeline.in_force(last_day(period), head.sequence);
  const Rounding rounding = document ? (*document)->rounding : Rounding::half_up;
  Table table(format, surveys_columns());
  for (const surveys::Survey& survey : found)
    RUNUT_TRY(survey_row(table, instance->place().agency, period, survey, rounding));
  table.finish();
  if (found.empty())
    std::fprintf(stderr, "no survey of %s was opened\n", to_string(period).c_str());
  return Exit::ok;
}

}  // namespace

void add_surveys(App& app) {
  const auto options = std::make_shared<SurveysArguments>();
  CLI::App& command =
      app.add({"surveys",
               "Surveys of behaviour (penilaian 360): answers and means by relation; of fewer than "
               "three answers of peers or subordinates no mean is shown",
               "runut surveys --data data --period 2022-S1\n"
               "runut surveys --data data --agency kota-kediri --period 2022-S1 --csv\n"
               "runut surveys --data data --period 2022-S1 --as-known-at 2022-06-30"},
              [options] { return run_surveys(*options); });
  add_view_options(command, options->view);
  command.add_option("--period", options->period, "Period: 2022-S1, 2022-Q3, 2022-08 or 2022")
      ->required();
}

}  // namespace runut::cli
