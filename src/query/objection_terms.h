// The time limits of objections (PP 30/2019 has them; the city's document says how many days): what
// comes late is recorded all the same, and marked here.
//
// The rulebook does not say from when each limit counts. Chosen: filing from the later of the
// evaluation's delivery and the publication of a ranking that places the person by it; the
// explanation from its request; the decision from the filing. Calendar days, local dates; the last
// day is in time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "computation/facts.h"

namespace runut {

class ObjectionTerms {
 public:
  struct Late {
    std::string rule;    // objection.filed_late, objection.explained_late, objection.decided_late
    std::string detail;  // days taken and days allowed
    std::int64_t taken = 0;
    std::int64_t allowed = 0;
    Date since;
    Sequence from;  // the event that the days count from
  };
  // The next event of the log, in order. The document in force on its own day says what is late.
  [[nodiscard]] std::optional<Late> add(const Event& event, const AgencyFacts& agency);

  // Filed, and undecided on `today` after its time limit; by person and period.
  struct Overdue {
    PersonId person;
    Period period;
    Late late;  // rule objection.undecided
  };
  [[nodiscard]] std::vector<Overdue> overdue(Date today, const AgencyFacts& agency,
                                             Sequence known_at) const;

 private:
  struct Mark {
    Date day;
    Sequence sequence;
  };
  struct Since {
    std::optional<Mark> result_known;  // delivered or published
    std::optional<Mark> filed;
    std::optional<Mark> requested;
  };
  std::map<std::pair<PersonId, Period>, Since> since_;
};

}  // namespace runut
