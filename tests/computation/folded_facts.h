// Facts folded from a list of events, as known at a sequence: what a query loads from an index,
// without the index.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "computation/facts.h"
#include "ledger/evolve.h"

namespace runut::testing {

class FoldedFacts final : public Facts {
 public:
  FoldedFacts() = default;
  explicit FoldedFacts(const std::vector<Event>& events) {
    for (const Event& event : events) apply(event);
  }
  FoldedFacts(const std::vector<Event>& events, Sequence known_at) {
    for (const Event& event : events)
      if (event.sequence <= known_at) apply(event);
  }

  void apply(const Event& event) {
    const int offset = agency_.utc_offset_minutes();
    for (const Touch& touch : touches(event, offset)) {
      if (touch.subject.kind == SubjectKind::agency) {
        if (touch.month) continue;  // no fact
        const Status folded = evolve(agency_, event);
        RUNUT_CHECK(folded.has_value(), folded ? "" : folded.error().describe());
      } else if (touch.subject.kind == SubjectKind::person) {
        const PersonId person{touch.subject.id};
        if (touch.month == late_daily_events) {
          evolve(late_daily_[person], event, offset);
        } else if (touch.month) {
          MonthFacts& facts = months_[{person, *touch.month}];
          facts.month = *touch.month;
          evolve(facts, event, offset);
        } else {
          PersonFacts& facts = people_[person];
          facts.person = person;
          evolve(facts, event, offset);
        }
      }
    }
    known_at_ = event.sequence;
  }

  [[nodiscard]] Sequence known_at() const override { return known_at_; }
  [[nodiscard]] const AgencyFacts& agency() const override { return agency_; }
  [[nodiscard]] const PersonFacts& person(PersonId person) const override {
    return people_[person];
  }
  [[nodiscard]] const MonthFacts& month(PersonId person, Month month) const override {
    return months_[{person, month}];
  }
  [[nodiscard]] std::vector<LateMark> late_daily(PersonId person, Sequence after) const override {
    std::vector<LateMark> out = late_daily_[person];
    std::erase_if(out, [&](const LateMark& mark) { return mark.sequence <= after; });
    return out;
  }

 private:
  AgencyFacts agency_;
  Sequence known_at_;
  mutable std::map<PersonId, PersonFacts> people_;
  mutable std::map<std::pair<PersonId, Month>, MonthFacts> months_;
  mutable std::map<PersonId, std::vector<LateMark>> late_daily_;
};

}  // namespace runut::testing
