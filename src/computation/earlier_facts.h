// Facts as they were known at an earlier sequence, made from facts known later: what a decision was
// taken on, asked again when it is applied.
#pragma once

#include <map>
#include <utility>

#include "computation/facts.h"

namespace runut {

// Holds what evaluations and discipline rest on: the agency, posts, statuses, appraisers,
// delegations, leave, separation, ratings, surveys, clock records and excuses. Facts that keep no
// history of their own are left out: reports, payments, adjustments, sanctions, deductions,
// objections, marks. The last day of a delegation is as known later; ratings ask only who granted
// it.
class EarlierFacts final : public Facts {
 public:
  // `later` outlives this object and knows at least up to `known_at`.
  EarlierFacts(const Facts& later, Sequence known_at);

  [[nodiscard]] Sequence known_at() const override { return known_at_; }
  [[nodiscard]] const AgencyFacts& agency() const override { return later_.agency(); }
  [[nodiscard]] const PersonFacts& person(PersonId person) const override;
  [[nodiscard]] const MonthFacts& month(PersonId person, Month month) const override;
  [[nodiscard]] std::vector<LateMark> late_daily(PersonId, Sequence) const override { return {}; }

 private:
  const Facts& later_;
  Sequence known_at_;
  mutable std::map<PersonId, PersonFacts> people_;
  mutable std::map<std::pair<PersonId, Month>, MonthFacts> months_;
};

}  // namespace runut
