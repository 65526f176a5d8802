#include <CLI/CLI.hpp>

#include "computation/payment.h"
#include "computation/rules.h"
#include "computation/tpp.h"
#include "ledger/loaded_facts.h"
#include "projections/payments.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct PaymentsArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string month;
  std::string person;
  std::string run;
  std::string as_known_at;
  TimesOptions times;
  bool left_out = false;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> payments_columns() {
  return {{"agency"}, {"run"},          {"month"},  {"person"}, {"line"},        {"component"},
          {"kind"},   {"amount", true}, {"clause"}, {"status"}, {"cause_event"}, {"for_month"}};
}

std::string sequences(const std::vector<Sequence>& events) {
  std::string out;
  for (const Sequence& event : events)
    out += (out.empty() ? "" : " ") + std::to_string(event.value);
  return out;
}

// What a line is of: its component, or the code of a deduction.
std::string component_of(const PaymentLine& line) {
  return line.component ? std::string(to_string(*line.component)) : line.code;
}

// The name that the rulebook gives the line; whether a correction pays or takes is its sign.
std::string name_of(LineKind kind) {
  if (kind == LineKind::positive_correction || kind == LineKind::negative_correction)
    return "correction";
  return std::string(to_string(kind));
}

// The rows of one payment: its signed lines, which sum to net, then the subtotals and net.
class PaymentRows {
 public:
  PaymentRows(std::string agency, const LoadedFacts& facts, const Rules& rules, bool hypothetical,
              Table& table)
      : agency_(std::move(agency)),
        facts_(facts),
        rules_(rules),
        basis_(hypothetical ? "HYPOTHETICAL" : ""),
        table_(table) {}

  // Somebody whom the run does not pay, and why.
  void add_left_out(const payments::Payment& payment) {
    row(payment, "left_out", std::string(to_string(*payment.left_out)), "net", payment.net, "",
        basis_, std::to_string(payment.sequence.value), "");
  }

  void add(const payments::Payment& payment) {
    for (const PaymentLine& line : payment.lines) {
      const AppliedRule cited = rules_.rule(cited_parameter(line, facts_.person(payment.person)));
      row(payment, name_of(line.kind), component_of(line), "line", line.amount,
          cited.provenance.clause,
          basis_ + (basis_.empty() ? "" : " ") + std::string(to_string(cited.provenance.status)),
          sequences(line.causes), line.for_month ? to_string(*line.for_month) : "");
    }
    const std::string own = std::to_string(payment.sequence.value);
    row(payment, "gross", "", "subtotal", payment.gross, "", basis_, own, "");
    row(payment, "taxable", "", "subtotal", payment.taxable, "", basis_, own, "");
    row(payment, "net", "", "net", payment.net, "", basis_, own, "");
  }

 private:
  void row(const payments::Payment& payment, std::string line, std::string component,
           std::string kind, Rupiah amount, std::string clause, std::string status,
           std::string causes, std::string for_month) {
    table_.row({agency_, to_string(payment.run), to_string(payment.run.month),
                to_string(payment.person), std::move(line), std::move(component), std::move(kind),
                std::to_string(amount.value), std::move(clause), std::move(status),
                std::move(causes), std::move(for_month)});
  }

  std::string agency_;
  const LoadedFacts& facts_;
  const Rules& rules_;
  std::string basis_;  // stands in the column of the status
  Table& table_;
};

// What a month's runs are asked for.
struct Asked {
  const History& history;
  std::shared_ptr<const AgencyFacts> agency;
  OtherTimes times;
};

// The payment as the run would have computed it at the times asked for.
Status retell(const Asked& asked, const LoadedFacts& facts, payments::Payment& payment) {
  if (!asked.times.asked()) return {};
  NullRecorder none;
  RUNUT_ASSIGN(const ComputedPayment again,
               compute_payment(facts, payment.run, payment.person, none, asked.times.rules()));
  payment.left_out = again.payment.left_out;
  payment.lines = again.payment.lines;
  payment.gross = again.payment.gross;
  payment.taxable = again.payment.taxable;
  payment.net = again.payment.net;
  return {};
}

Status list_run(const Instance& instance, const RowReader& rows, const payments::Run& run,
                const Asked& asked, const PaymentsArguments& options, Table& table) {
  const payments::Computation* current = run.current();
  if (current == nullptr) return {};
  // The clauses are those of the document that priced the run, as known when it was computed.
  const LoadedFacts facts(asked.history, asked.agency, current->computed_at);
  RUNUT_ASSIGN(const Rules rules, payment_rules(facts, run.run.month, asked.times.rules()));
  PaymentRows payment_rows(instance.place().agency, facts, rules, asked.times.asked(), table);
  return payments::each_payment(
      rows, run.run, current->sequence, [&](const payments::Payment& recorded) -> Status {
        if (!options.person.empty() && to_string(recorded.person) != options.person) return {};
        payments::Payment payment = recorded;
        RUNUT_TRY(retell(asked, facts, payment));
        if (!payment.left_out)
          payment_rows.add(payment);
        else if (options.left_out)
          payment_rows.add_left_out(payment);
        return facts.status();
      });
}

Result<Exit> run_payments(const PaymentsArguments& options) {
  RUNUT_ASSIGN(const Month month, read_option("month", options.month, parse_month));
  if (!options.person.empty()) RUNUT_TRY(read_option("person", options.person, parse_person_id));
  RUNUT_ASSIGN(const OtherTimes times, read_times(options.times));
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const Head head, head_for(*instance, options.as_known_at));
  note_times(times);
  const FactsAsOf history(instance->history(), times.facts_as_of);
  RUNUT_ASSIGN(std::shared_ptr<const AgencyFacts> agency, load_agency(history, head.sequence));
  const Asked asked{history, std::move(agency), times};
  RUNUT_ASSIGN(const auto rows,
               rows_for(*instance, payments::projection, options.as_known_at, head));
  RUNUT_ASSIGN(const auto runs, payments::runs_of(*rows, month));
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  Table table(format, payments_columns());
  std::size_t open = 0;
  for (const payments::Run& one : runs) {
    if (!options.run.empty() && to_string(one.run) != options.run) continue;
    RUNUT_TRY(list_run(*instance, *rows, one, asked, options, table));
    if (!one.locked) ++open;
  }
  table.finish();
  if (runs.empty()) std::fprintf(stderr, "no run of %s was computed\n", options.month.c_str());
  if (open > 0)
    std::fprintf(stderr, "%zu of %zu runs of %s are not locked: their amounts may still change\n",
                 open, runs.size(), options.month.c_str());
  return Exit::ok;
}

}  // namespace

void add_payments(App& app) {
  const auto options = std::make_shared<PaymentsArguments>();
  CLI::App& command = app.add(
      {"payments",
       "Each line of each payment of a month's runs: amount, clause, its status and its events",
       "runut payments --data data --month 2022-08\n"
       "runut payments --data data --agency kota-kediri --month 2022-08 --csv > payments.csv\n"
       "runut payments --data data --month 2022-08 --person P17\n"
       "runut payments --data data --month 2022-08 --as-known-at 2022-09-05\n"
       "runut payments --data data --month 2022-08 --rules-as-of 2022-07-01"},
      [options] { return run_payments(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  add_moment_option(command, options->as_known_at);
  add_times_options(command, options->times);
  command.add_option("--month", options->month, "Month of the runs, e.g. 2022-08")->required();
  command.add_option("--person", options->person, "Only this person, e.g. P17");
  command.add_flag("--left-out", options->left_out,
                   "Also whom the runs do not pay, with the reason");
  command.add_option("--run", options->run, "Only this run, e.g. U3/2022-08/regular/1");
}

}  // namespace runut::cli
