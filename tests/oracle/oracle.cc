#include "tests/oracle/oracle.h"

#include "tests/oracle/audit.h"

namespace runut::oracle {

ExpectedRun Oracle::run(const RunId& run, Sequence known_at) const {
  return expected_run(view(known_at), run);
}

std::optional<ExpectedPayment> Oracle::payment(PersonId person, const RunId& run,
                                               Sequence known_at) const {
  for (const ExpectedPayment& payment : expected_run(view(known_at), run).payments)
    if (payment.person == person) return payment;
  return std::nullopt;
}

FrozenGroups Oracle::groups(Period period, Date decided_on, Sequence known_at) const {
  const View known = view(known_at);
  const Rules* rules = known.rules_on(decided_on);
  return rules == nullptr ? FrozenGroups{} : freeze(known, *rules, period);
}

std::vector<ExpectedGroup> Oracle::ranking(Period period, Date published_on,
                                           Sequence known_at) const {
  const View known = view(known_at);
  std::vector<ExpectedGroup> out;
  const Rules* rules = known.rules_on(published_on);
  if (rules == nullptr) return out;
  for (const std::string& group : frozen_groups(known, period))
    out.push_back(ranked_group(known, *rules, period, group));
  return out;
}

std::optional<ExpectedCorrection> Oracle::correction(PersonId person, Month month,
                                                     Sequence known_at) const {
  return difference(view(known_at), person, month);
}

std::optional<Placement> Oracle::placement(const EvaluationCorrected& corrected,
                                           Sequence known_at) const {
  return placement_after(view(known_at), corrected);
}

std::vector<std::string> Oracle::disagreements() const {
  std::vector<std::string> out = audit_rankings(view(head()));
  for (std::string& more : audit_predicates(view(head()))) out.push_back(std::move(more));
  for (std::string& more : audit_pay(view(head()))) out.push_back(std::move(more));
  return out;
}

}  // namespace runut::oracle
