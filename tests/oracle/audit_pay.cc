#include <algorithm>
#include <map>

#include "tests/oracle/audit.h"
#include "tests/oracle/payment.h"
#include "tests/oracle/runs.h"

namespace runut::oracle {
namespace {

std::string shown(const Line& line) {
  return fmt::format("{}{}{}{}{} {}", to_string(line.kind), line.component ? " " : "",
                     line.component ? to_string(*line.component) : "",
                     line.code.empty() ? "" : " " + line.code,
                     line.for_month ? " of " + to_string(*line.for_month) : "", line.amount);
}
std::string shown(const Owing& owed) {
  return fmt::format("outstanding {} of {} {}", owed.code, to_string(owed.for_month), owed.amount);
}

std::vector<Line> comparable(const std::vector<PaymentLine>& lines) {
  std::vector<Line> out;
  for (const PaymentLine& line : lines) {
    const bool coded = line.kind == LineKind::deduction;
    out.push_back(
        {line.kind, line.component, coded ? line.code : "", line.amount.value, line.for_month});
  }
  return out;
}

// Order inside a kind is defined for `earned` alone; lines of 0 rupiah say nothing elsewhere, nor
// for somebody without an eligible day.
std::vector<std::string> normalised(std::vector<Line> lines, bool eligible) {
  std::erase_if(lines, [&](const Line& l) {
    return l.amount == 0 && (l.kind != LineKind::earned || !eligible);
  });
  std::vector<std::string> out;
  for (const Line& line : lines) out.push_back(shown(line));
  return out;
}

void compare_as_sets(std::vector<std::string> recorded, std::vector<std::string> expected,
                     Findings& findings) {
  std::sort(recorded.begin(), recorded.end());
  std::sort(expected.begin(), expected.end());
  std::vector<std::string> more;
  std::set_difference(recorded.begin(), recorded.end(), expected.begin(), expected.end(),
                      std::back_inserter(more));
  for (const std::string& line : more) findings.add("recorded, not expected: " + line);
  more.clear();
  std::set_difference(expected.begin(), expected.end(), recorded.begin(), recorded.end(),
                      std::back_inserter(more));
  for (const std::string& line : more) findings.add("expected, not recorded: " + line);
}

void compare_lines(const TppPaymentComputed& recorded, const ExpectedPayment& expected,
                   Findings& findings) {
  const bool eligible = expected.unit.has_value();
  compare_as_sets(normalised(comparable(recorded.lines), eligible),
                  normalised(expected.lines, eligible), findings);
  // The same lines in the order of the document: kinds as expected, `earned` component by
  // component.
  const auto sequence_of_kinds = [&](const std::vector<Line>& lines) {
    std::string out;
    for (const Line& line : lines)
      if (line.amount != 0)
        out += fmt::format("{}{} ", to_string(line.kind),
                           line.kind == LineKind::earned && line.component
                               ? std::string("/") + std::string(to_string(*line.component))
                               : "");
    return out;
  };
  findings.compare("order of lines", sequence_of_kinds(comparable(recorded.lines)),
                   sequence_of_kinds(expected.lines));
  std::vector<std::string> owed;
  for (const Outstanding& o : recorded.outstanding)
    owed.push_back(shown(Owing{o.code, o.amount.value, o.for_month}));
  std::vector<std::string> expected_owed;
  for (const Owing& o : expected.outstanding) expected_owed.push_back(shown(o));
  compare_as_sets(owed, expected_owed, findings);
}

std::string reason(const std::optional<LeftOutReason>& left_out) {
  return left_out ? "left out: " + std::string(to_string(*left_out)) : "payee";
}
std::string shown(const std::optional<UnitId>& unit) {
  return unit ? to_string(*unit) : "none";
}

void compare_payment(const TppPaymentComputed& recorded, const ExpectedPayment& expected,
                     Findings& findings) {
  findings.compare("paid", reason(recorded.left_out), reason(expected.left_out));
  if (recorded.left_out || expected.left_out) return;
  if (recorded.run.kind == RunKind::regular) {
    findings.compare("unit", shown(recorded.unit), shown(expected.unit));
    findings.compare("gross", recorded.gross.value, expected.gross);
    findings.compare("taxable", recorded.taxable.value, expected.taxable);
    if (expected.unit) {  // of somebody with an eligible day
      findings.compare("required", recorded.required.value, expected.required);
      findings.compare("approved", recorded.approved.value, expected.approved);
      findings.compare("productivity", recorded.productivity.value, expected.productivity);
      findings.compare("discipline", recorded.discipline.value, expected.discipline);
      findings.compare("performance_factor", recorded.performance_factor.value,
                       expected.performance_factor);
    }
  }
  compare_lines(recorded, expected, findings);
  findings.compare("net", recorded.net.value, expected.net);
  Number sum = 0;
  for (const PaymentLine& line : recorded.lines) sum += line.amount.value;
  if (sum != recorded.net.value) findings.add("the lines do not sum to net");
}

class PayAudit {
 public:
  explicit PayAudit(const View& view) : view_(view), findings_(out_) {}

  std::vector<std::string> run() {
    for (const auto& header : view_.recorded<TppRunComputed>()) check_run(header);
    for (const auto& locked : view_.recorded<TppRunLocked>()) check_lock(locked);
    return std::move(out_);
  }

 private:
  void check_run(const Recorded<TppRunComputed>& header) {
    const RunId& run = header.fact->run;
    const ExpectedRun& expected = expected_of(header);
    findings_.about(to_string(run), header.sequence());
    for (const std::string& problem : expected.problems)
      findings_.add("must be rejected: " + problem);
    check_time(header);

    std::map<PersonId, const ExpectedPayment*> missing;
    for (const ExpectedPayment& payment : expected.payments) missing[payment.person] = &payment;
    Number total = 0;
    for (const Event* event : view_.history->commit_of(*header.event)) {
      const auto* recorded = std::get_if<TppPaymentComputed>(&event->payload);
      if (recorded == nullptr) continue;
      total += recorded->net.value;
      findings_.about(fmt::format("{} {}", to_string(recorded->person), to_string(run.month)),
                      event->sequence);
      const auto found = missing.find(recorded->person);
      if (found != missing.end())
        compare_payment(*recorded, *found->second, findings_);
      else if (run.kind == RunKind::regular || !recorded->left_out)
        findings_.add("is not on the list of " + to_string(run));
      if (found != missing.end()) missing.erase(found);
    }
    for (const auto& [person, payment] : missing) {
      // Reading: whom a correction run finds nothing for may be listed or not.
      if (run.kind == RunKind::correction && payment->left_out) continue;
      findings_.about(fmt::format("{} {}", to_string(person), to_string(run.month)),
                      header.sequence());
      findings_.add(fmt::format("is missing in {}: {}, net {}", to_string(run),
                                reason(payment->left_out), payment->net));
    }
    findings_.about(to_string(run), header.sequence());
    findings_.compare("payees", header.fact->payees, expected.payees);
    if (run.kind == RunKind::regular)
      findings_.compare("left_out", header.fact->left_out, expected.left_out);
    findings_.compare("total", header.fact->total.value, expected.total);
    if (total != header.fact->total.value) findings_.add("the payments do not sum to the total");
  }

  // A regular run before the approval cut-off of its month is rejected.
  void check_time(const Recorded<TppRunComputed>& header) {
    const View known = view_.at(header.fact->computed_at);
    const Rules* rules = known.rules_of(header.fact->run.month);
    if (rules == nullptr || header.fact->run.kind != RunKind::regular) return;
    if (header.event->action_time() < approval_cutoff(known, *rules, header.fact->run.month))
      findings_.add("must be rejected: the approval cut-off has not passed");
  }

  void check_lock(const Recorded<TppRunLocked>& locked) {
    const RunId& run = locked.fact->run;
    findings_.about(to_string(run), locked.sequence());
    const auto* header =
        std::get_if<TppRunComputed>(&view_.history->at(locked.fact->computed).payload);
    if (header == nullptr) return findings_.add("locks what was never computed");
    findings_.compare("locked total", locked.fact->total.value, header->total.value);

    const Recorded<TppRunComputed> computed{&view_.history->at(locked.fact->computed), header};
    std::map<std::pair<PersonId, Month>, ExpectedCorrection> missing;
    const View before_lock = view_.at(Sequence{locked.event->commit().value - 1});
    for (const ExpectedPayment& payment : expected_of(computed).payments) {
      for (const ExpectedCorrection& correction : payment.corrections)
        missing.emplace(std::pair(payment.person, correction.for_month), correction);
      if (run.kind == RunKind::regular && !payment.left_out &&
          !locked_payments(before_lock, payment.person, run.month).empty())
        findings_.add("lock must be rejected: paid meanwhile: " + to_string(payment.person));
    }
    check_not_posted_meanwhile(locked, header->computed_at, missing);
    for (const Event* event : view_.history->commit_of(*locked.event)) {
      const auto* posted = std::get_if<TppCorrectionPosted>(&event->payload);
      if (posted == nullptr) continue;
      findings_.about(fmt::format("{} {}", to_string(posted->person), to_string(posted->for_month)),
                      event->sequence);
      const auto found = missing.find({posted->person, posted->for_month});
      if (found == missing.end()) {
        findings_.add(fmt::format("posted correction {} is not due", posted->amount.value));
        continue;
      }
      findings_.compare("correction run", to_string(posted->run), to_string(run));
      findings_.compare("recomputed", posted->recomputed.value, found->second.recomputed);
      findings_.compare("settled", posted->settled.value, found->second.settled);
      findings_.compare("correction", posted->amount.value, found->second.amount);
      missing.erase(found);
    }
    for (const auto& [key, correction] : missing) {
      findings_.about(fmt::format("{} {}", to_string(key.first), to_string(key.second)),
                      locked.sequence());
      findings_.add(fmt::format("correction {} is due and was not posted", correction.amount));
    }
  }

  // A lock is rejected if another run has posted for the same person and month since it was
  // computed.
  void check_not_posted_meanwhile(
      const Recorded<TppRunLocked>& locked, Sequence computed_at,
      const std::map<std::pair<PersonId, Month>, ExpectedCorrection>& due) {
    for (const auto& posted : view_.recorded<TppCorrectionPosted>()) {
      const bool meanwhile =
          posted.sequence() > computed_at && posted.sequence() < locked.event->commit();
      if (meanwhile && due.contains({posted.fact->person, posted.fact->for_month}))
        findings_.add("lock must be rejected: posted meanwhile: " + to_string(posted.fact->person));
    }
  }

  const ExpectedRun& expected_of(const Recorded<TppRunComputed>& header) {
    const auto known = runs_.find(header.sequence());
    if (known != runs_.end()) return known->second;
    return runs_
        .emplace(header.sequence(),
                 expected_run(view_.at(header.fact->computed_at), header.fact->run))
        .first->second;
  }

  View view_;
  std::vector<std::string> out_;
  Findings findings_;
  std::map<Sequence, ExpectedRun> runs_;  // asked for by the computation and by its lock
};

}  // namespace

std::vector<std::string> audit_pay(const View& view) {
  return PayAudit(view).run();
}

}  // namespace runut::oracle
