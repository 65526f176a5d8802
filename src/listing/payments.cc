#include "projections/payments.h"

#include <fmt/format.h>

#include "computation/payment.h"
#include "computation/rules.h"
#include "computation/tpp.h"
#include "ledger/loaded_facts.h"
#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

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
              const Emit& emit)
      : agency_(std::move(agency)),
        facts_(facts),
        rules_(rules),
        basis_(hypothetical ? "HYPOTHETICAL" : ""),
        emit_(emit) {}

  // Somebody whom the run does not pay, and why.
  Status add_left_out(const payments::Payment& payment) {
    return row(payment, "left_out", std::string(to_string(*payment.left_out)), "net", payment.net,
               "", basis_, std::to_string(payment.sequence.value), "");
  }

  Status add(const payments::Payment& payment) {
    for (const PaymentLine& line : payment.lines) {
      const AppliedRule cited = cited_rule(rules_, line, facts_.person(payment.person));
      RUNUT_TRY(row(
          payment, name_of(line.kind), component_of(line), "line", line.amount,
          cited.provenance.clause,
          basis_ + (basis_.empty() ? "" : " ") + std::string(to_string(cited.provenance.status)),
          sequences(line.causes), line.for_month ? to_string(*line.for_month) : ""));
    }
    const std::string own = std::to_string(payment.sequence.value);
    RUNUT_TRY(row(payment, "gross", "", "subtotal", payment.gross, "", basis_, own, ""));
    RUNUT_TRY(row(payment, "taxable", "", "subtotal", payment.taxable, "", basis_, own, ""));
    return row(payment, "net", "", "net", payment.net, "", basis_, own, "");
  }

 private:
  Status row(const payments::Payment& payment, std::string line, std::string component,
             std::string kind, Rupiah amount, std::string clause, std::string status,
             std::string causes, std::string for_month) {
    return emit_.row({agency_, to_string(payment.run), to_string(payment.run.month),
                      to_string(payment.person), std::move(line), std::move(component),
                      std::move(kind), std::to_string(amount.value), std::move(clause),
                      std::move(status), std::move(causes), std::move(for_month)});
  }

  std::string agency_;
  const LoadedFacts& facts_;
  const Rules& rules_;
  std::string basis_;  // stands in the column of the status
  const Emit& emit_;
};

// What a month's runs are asked for.
struct Asked {
  const Source& source;
  const Arguments& arguments;
  const History& history;
  std::shared_ptr<const AgencyFacts> agency;
};

// The payment as the run would have computed it at the times asked for.
Status retell(const OtherTimes& times, const LoadedFacts& facts, payments::Payment& payment) {
  if (!times.asked()) return {};
  NullRecorder none;
  RUNUT_ASSIGN(const ComputedPayment again,
               compute_payment(facts, payment.run, payment.person, none, times.rules()));
  payment.left_out = again.payment.left_out;
  payment.lines = again.payment.lines;
  payment.gross = again.payment.gross;
  payment.taxable = again.payment.taxable;
  payment.net = again.payment.net;
  return {};
}

Status list_run(const Asked& asked, const RowReader& rows, const payments::Run& run,
                const Emit& emit) {
  const payments::Computation* current = run.current();
  if (current == nullptr) return {};
  const OtherTimes& times = asked.source.times();
  // The clauses are those of the document that priced the run, as known when it was computed.
  const LoadedFacts facts(asked.history, asked.agency, current->computed_at);
  RUNUT_ASSIGN(const Rules rules, payment_rules(facts, run.run.month, times.rules()));
  PaymentRows payment_rows(asked.source.agency(), facts, rules, times.asked(), emit);
  std::optional<PersonId> only;
  if (asked.arguments.has("person")) only = asked.arguments.person("person");
  return payments::each_payment(rows, run.run, current->sequence,
                                [&](const payments::Payment& recorded) -> Status {
                                  if (only && recorded.person != *only) return {};
                                  payments::Payment payment = recorded;
                                  RUNUT_TRY(retell(times, facts, payment));
                                  if (!payment.left_out)
                                    RUNUT_TRY(payment_rows.add(payment));
                                  else if (asked.arguments.flag("left_out"))
                                    RUNUT_TRY(payment_rows.add_left_out(payment));
                                  return facts.status();
                                });
}

Status list_payments(const Source& source, const Arguments& arguments, const Emit& emit) {
  const Month month = arguments.month("month");
  const FactsAsOf history(source.history(), source.times().facts_as_of);
  RUNUT_ASSIGN(std::shared_ptr<const AgencyFacts> agency,
               load_agency(history, source.head().sequence));
  const Asked asked{source, arguments, history, std::move(agency)};
  RUNUT_ASSIGN(const auto rows, source.rows(payments::projection));
  RUNUT_ASSIGN(const auto runs, payments::runs_of(*rows, month));
  std::size_t open = 0;
  for (const payments::Run& one : runs) {
    if (arguments.has("run") && one.run != arguments.run("run")) continue;
    RUNUT_TRY(list_run(asked, *rows, one, emit));
    if (!one.locked) ++open;
  }
  if (runs.empty()) emit.note(fmt::format("no run of {} was computed", to_string(month)));
  if (open > 0)
    emit.note(fmt::format("{} of {} runs of {} are not locked: their amounts may still change",
                          open, runs.size(), to_string(month)));
  return {};
}

}  // namespace

Listing payments_listing() {
  return {
      .name = "payments",
      .summary =
          "Each line of each payment of a month's runs: amount, clause, its status and its "
          "events",
      .parameters = {{"month", ParameterType::month, true, "Month of the runs, e.g. 2022-08"},
                     {"person", ParameterType::person, false, "Only this person, e.g. P17"},
                     {"left_out", ParameterType::flag, false,
                      "Also whom the runs do not pay, with the reason"},
                     {"run", ParameterType::run, false,
                      "Only this run, e.g. U3/2022-08/regular/1"}},
      .other_times = true,
      .forms = {{.columns =
                     {agency_column,
                      {"run", ColumnType::text, "Paying unit, month, kind and number"},
                      {"month", ColumnType::text, "Of the run"},
                      person_column,
                      {"line", ColumnType::text,
                       "Name of the line; gross, taxable and net are sums, left_out is whom the "
                       "run does not pay"},
                      {"component", ColumnType::text,
                       "Of the line; the code of a deduction; the reason of left_out"},
                      {"kind", ColumnType::text, "line, subtotal or net: the lines sum to net"},
                      {"amount", ColumnType::amount, "Whole rupiah, signed by what it adds to net"},
                      {"clause", ColumnType::text, "Of the regulation that priced the line"},
                      {"status", ColumnType::text,
                       "Of the parameter: cited, practice or assumed; HYPOTHETICAL at other times"},
                      {"cause_event", ColumnType::text,
                       "Sequences of the events it came from, a space between them"},
                      {"for_month", ColumnType::text, "Of a correction, or what was carried over"}},
                 .person = "person",
                 .rows = &list_payments}}};
}

}  // namespace runut::listing
