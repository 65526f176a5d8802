// Facts in which one person's differ: one more event about them, or a rating that nobody gave.
#pragma once

#include "computation/facts.h"

namespace runut {

// All other facts, the person's months included, are those of `facts`, which outlives this object.
class PersonOverlay : public Facts {
 public:
  [[nodiscard]] const AgencyFacts& agency() const final { return facts_.agency(); }
  [[nodiscard]] const PersonFacts& person(PersonId person) const final {
    return person == id_ ? changed_ : facts_.person(person);
  }
  [[nodiscard]] const MonthFacts& month(PersonId person, Month month) const final {
    return facts_.month(person, month);
  }
  [[nodiscard]] std::vector<LateMark> late_daily(PersonId person, Sequence after) const final {
    return facts_.late_daily(person, after);
  }

 protected:
  PersonOverlay(const Facts& facts, PersonId person)
      : changed_(facts.person(person)), facts_(facts), id_(person) {}

  PersonFacts changed_;

 private:
  const Facts& facts_;
  const PersonId id_;
};

}  // namespace runut
