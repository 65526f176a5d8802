// What only many events together show: the audit's watch over the log, one pass, in order. Its
// memory follows the people and units, not the log.
//
// Readings chosen where the rulebook names the finding and not its measure:
//   approval_burst     `burst_approvals` or more reports approved by one person within 60 seconds
//                      (action times, in the log's order): one finding a burst
//   outside_quota      the tiers of RankingPublished differ from what the document's shares and
//                      rounding give for the group's members
//   outside_distribution  UnitEvaluationsClosed says that its row can be satisfied and is not
//   rating_after_lock  a result, behaviour, innovation or correction of a period whose ranking has
//                      placed the person, recorded when a locked regular run has paid them for a
//                      month that this ranking pays or costs (whatever their tier was); in the
//                      predicate regime one of a period whose predicate a document pays
//   overdue_objection  not decided at the end of the log, and past `decided_within` on its last day
//   overdue_senior_post  a tenure that runs on the log's last day, when its review, by the terms of
//                      that day, was due before
//   attendance_gap     a unit with an eligible assignment in the month, from the first month that
//                      any unit closed up to the last, its approval cut-off past
#pragma once

#include <functional>
#include <map>

#include "computation/facts.h"
#include "query/finding.h"

namespace runut {

inline constexpr std::size_t burst_approvals = 10;

class AuditWatch {
 public:
  using Found = std::function<void(Finding)>;
  explicit AuditWatch(Found found) : found_(std::move(found)) {}

  // The next event; `facts` are those before it.
  void add(const Event& event, const Facts& facts);
  // After the last event.
  void finish(const Facts& facts);

 private:
  struct Burst {
    std::vector<Sequence> events;  // within the last minute; all of them once it is a burst
    std::vector<Instant> times;    // as `events`
    std::vector<PersonId> people;  // whose reports, as `events`
    Month month;                   // of the first report
    int utc_offset_minutes = 0;
    bool found = false;
  };
  void approved(const Event& event, PersonId person, const Facts& facts);
  static void forget_before_minute(Burst& burst, Instant at);
  void end(PersonId approver, Burst& burst);
  void published(const Event& event, const RankingPublished& published, const Facts& facts);
  void closed(const Event& event, const UnitEvaluationsClosed& closed, const Facts& facts);
  void rated(const Event& event, PersonId person, Period period, std::string authority,
             const Facts& facts);
  void find_attendance_gaps(const Facts& facts);
  void find_overdue_posts(const Facts& facts);

  Found found_;
  std::map<PersonId, Burst> bursts_;  // by approver
  Instant last_;
};

}  // namespace runut
