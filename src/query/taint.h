// What has come out otherwise in an alternative history, and which commands may notice.
#pragma once

#include <set>
#include <utility>

#include "computation/facts.h"
#include "domain/command.h"

namespace runut {

class Taint {
 public:
  explicit Taint(int utc_offset_minutes) : utc_offset_minutes_(utc_offset_minutes) {}

  // Everything that folds this event reads differently from now on.
  void add(const Event& event);

  // Whether the decision on the command may read any of it: by what needs() says of the command,
  // the appraisers of the people in it, and what of the agency its kind of command reads. Says yes
  // too often rather than too seldom.
  [[nodiscard]] bool may_reach(const Command& command, const Facts& facts) const;
  // Somebody is appraised by another, or has another post: how two people stand to each other.
  [[nodiscard]] bool relates_people() const { return relates_people_; }

 private:
  [[nodiscard]] bool has(PersonId person) const { return people_.contains(person); }

  int utc_offset_minutes_;
  std::set<PersonId> people_;  // standing facts
  std::set<std::pair<PersonId, Month>> months_;
  bool settlement_ = false;  // runs, rankings, units' predicates, who was where
  bool agency_ = false;      // anything else of the agency
  bool relates_people_ = false;
};

}  // namespace runut
