#include "query/taint.h"

#include <algorithm>

#include "ledger/decide.h"

namespace runut {
namespace {

template <class T, class... Ts>
constexpr bool is_one_of = (std::is_same_v<T, Ts> || ...);

// Runs, rankings, senior posts, predicates of units and lists of their people: the agency's facts
// that no daily command reads.
bool is_settlement(const Payload& payload) {
  return std::visit(
      []<class P>(const P&) {
        return is_one_of<P, TppRunComputed, TppRunLocked, TppRunReopened, PaymentOrdered,
                         PaymentConfirmed, RankingGroupFrozen, RankingGroupMember, TieAtCutoffFound,
                         TieResolved, RankingPublished, RankingMemberPlaced, AssignmentStarted,
                         ActingRoleStarted, SeniorPostFilled, SeniorPostReviewed,
                         SeniorPostExtended, SeniorPostEnded, UnitPredicateSet,
                         UnitEvaluationsClosed>;
      },
      payload);
}

// Nine of ten commands: they read the person, that month, and of the agency its units and calendar.
bool is_daily(const CommandBody& body) {
  return std::visit(
      []<class B>(const B&) {
        return is_one_of<B, DailyReportSubmitted, DailyReportApproved, DailyReportReturned,
                         DailyReportRejected, DailyReportWithdrawn, AttendanceRecorded,
                         AttendanceExcused, ExcuseDecided>;
      },
      body);
}

}  // namespace

void Taint::add(const Event& event) {
  if (std::holds_alternative<AccessRecorded>(event.payload) ||
      std::holds_alternative<ProjectionPromoted>(event.payload))
    return;  // nothing is decided by it
  relates_people_ |= std::visit(
      []<class P>(const P&) {
        return is_one_of<P, AppraiserAssigned, AssignmentStarted, AssignmentEnded, PersonSeparated>;
      },
      event.payload);
  for (const Touch& touch : touches(event, utc_offset_minutes_)) {
    if (touch.subject.kind != SubjectKind::person)
      (is_settlement(event.payload) ? settlement_ : agency_) = true;
    else if (touch.month)
      months_.emplace(PersonId{touch.subject.id}, *touch.month);
    else
      people_.insert(PersonId{touch.subject.id});
  }
}

bool Taint::may_reach(const Command& command, const Facts& facts) const {
  if (agency_) return true;
  // Anybody may be behind it.
  if (relates_people_ && command.actor.kind == ActorKind::pseudonym) return true;
  if (settlement_ && !is_daily(command.body)) return true;
  const Needs needed = needs(command, facts.agency());
  if (needed.computes) return !people_.empty() || !months_.empty() || settlement_;
  if (!months_.empty() &&
      std::any_of(needed.months.begin(), needed.months.end(), [&](const Needs::PersonMonth& each) {
        return months_.contains({each.person, each.month});
      }))
    return true;
  if (people_.empty()) return false;
  return std::any_of(needed.people.begin(), needed.people.end(), [&](PersonId person) {
    if (has(person)) return true;
    const auto& appraisers = facts.person(person).appraisers;
    return std::any_of(appraisers.begin(), appraisers.end(), [&](const auto& appraised) {
      return has(appraised.value.appraiser) ||
             (appraised.value.superior && has(*appraised.value.superior));
    });
  });
}

}  // namespace runut
