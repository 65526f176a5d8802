// What is planted, decided before the first command: who, when, and what a right ledger answers.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "simulation/city.h"
#include "simulation/evaluations.h"
#include "simulation/planted_book.h"

namespace runut::simulation {

// One person's day that does not follow chance.
struct PlannedDay {
  PersonIndex person = nobody;
  Date date{};
  std::optional<int> late_minutes{};
  std::optional<std::int64_t> report_minutes{};
  std::optional<Instant> approved_at{};
  std::optional<ItemIndex> item{};  // that lists the report's commands
};

// Of days by person, then date; null: an ordinary one.
[[nodiscard]] const PlannedDay* planned_day(const std::vector<PlannedDay>& days, PersonIndex person,
                                            Date date);

enum class ExcuseStory { in_time, late, filed_late, denied };

struct PlannedExcuse {
  PersonIndex person = nobody;
  Date date{};
  ExcuseStory story{};
  Date filed;
  Instant decided_at;
  ItemIndex item = 0;
};

struct PlannedChange {  // of the roster, or a rating that is not delivered
  PersonIndex person = nobody;
  ItemIndex item = 0;
};

// A unit that gets another parent, or is merged into another: Unit::moved, Unit::last_day.
struct PlannedUnit {
  UnitIndex unit = nobody;
  std::vector<PersonIndex> people{};  // who leave it
  ItemIndex item = 0;
};

struct PlannedDelegation {
  PersonIndex from = nobody;
  PersonIndex to = nobody;
  Interval days;
  ItemIndex item = 0;
};

enum class IncidentKind {
  colleague_approves,
  self_approves,
  future_report,
  second_decision,
  malformed_nip,
  overlapping_assignment,
  overlapping_leave,
  computer_locks,
  own_plan,         // approved by whose it is
  others_plan,      // approved by a colleague
  indicator_cycle,  // the city's indicator is to serve one of an office
  feedback_by_colleague,
  dialogue_tomorrow,
  certified_twice,
  survey_by_outsider,
  survey_answered_twice,
  rated_before_unit  // has its predicate
};

struct PlannedIncident {
  IncidentKind kind{};
  PersonIndex person = nobody;  // whom it concerns
  PersonIndex actor = nobody;   // who tries
  Date date{};
  ItemIndex item = 0;
};

enum class SanctionKind { disciplinary, personal, unit };

struct PlannedSanction {
  SanctionKind kind{};
  PersonIndex person = nobody;
  UnitIndex unit = nobody;
  Month month;             // first that pays less
  std::uint32_t months{};  // of a disciplinary one
  ItemIndex item = 0;
  std::optional<Month> cancelled_from{};  // of a disciplinary one
};

enum class ObjectionStory { upheld, dismissed, late, overdue };  // late: filed; overdue: decided

struct PlannedObjection {
  PersonIndex person = nobody;
  ObjectionStory story{};
  ItemIndex item = 0;
  std::optional<Ratings> corrected{};  // of an upheld one
};

// Two members of a group with one key, on both sides of a cut-off.
struct PlannedTie {
  UnitIndex unit = nobody;  // of the group
  Cutoff cutoff{};
  std::array<PersonIndex, 2> members{nobody, nobody};
  PersonIndex chosen = nobody;
  ItemIndex item = 0;
};

// A division that closes a month's attendance when others are paid already: the run of its office
// waits for it.
struct PlannedClosing {
  UnitIndex unit = nobody;
  Month month;
  ItemIndex item = 0;
  ItemIndex refused = 0;  // the run, computed before the closing
};

// Leave of a day that was worked, told when the month is paid.
struct PlannedLeave {
  PersonIndex person = nobody;
  Date date{};
  ItemIndex item = 0;
};

// A payment that the bank sends back.
struct PlannedReturn {
  PersonIndex person = nobody;
  RunId run;
  ItemIndex item = 0;
};

enum class PlanStory { late, unsubmitted, unlinked, revised };

// What somebody's plan (SKP) of a year has of its own.
struct PlannedPlan {
  PlanStory story{};
  PersonIndex person = nobody;
  Period period;
  Date date;  // of the late approval, of the revision
  ItemIndex item = 0;
};

// Somebody acts in a post of another, or in one that nobody has.
struct PlannedActing {
  PersonIndex person = nobody;
  UnitIndex unit = nobody;  // of the post
  std::uint32_t number = 1;
  AssignmentRole role{};
  std::string post{};
  std::uint32_t job_class = 0;
  Date from{};
  Date until{};  // of Plh told beforehand, else the day that ends it
  ItemIndex item = 0;
  std::optional<ItemIndex> refused{};  // a second role on the same days
};

// A senior post (JPT) as it is held in the first month.
struct PlannedTenure {
  PersonIndex person = nobody;
  UnitIndex unit = nobody;
  std::optional<Date> review_due{};  // within the months
  bool is_reviewed = false;          // and extended, before that day
  std::optional<ItemIndex> item{};
};

// A unit whose people do not suit its predicate.
struct PlannedDeviation {
  Period period;
  UnitIndex unit = nobody;
  ItemIndex item = 0;
};

// An objection to a predicate.
struct PlannedDispute {
  Period period;
  PersonIndex person = nobody;
  UnitIndex unit = nobody;  // in which the person is rated
  bool upheld = false;
  ItemIndex item = 0;
};

// A run that is locked, reopened and locked again before its payment is ordered.
struct PlannedReopening {
  RunId run;
  ItemIndex item = 0;
};

// Commands of a run that belong to a planted correction.
struct CarriedCorrection {
  RunId run;
  ItemIndex item = 0;
};

// To whom something happens every month, the stories going round among them.
struct MonthlyPeople {
  std::vector<PersonIndex> approved_late;
  std::vector<PersonIndex> excused;
  std::uint32_t late_a_month = 0;    // of approved_late, each month
  std::uint32_t excused_timely = 0;  // of excused, each month; the rest is denied
  std::uint32_t excused_late = 0;
  std::uint32_t excused_filed_late = 0;
};

// All but what is planned month by month (plan_month.h): of a size with the city's years.
struct Plan {
  std::vector<PlannedDay> days;  // by person, then date
  MonthlyPeople monthly;
  std::vector<PlannedChange> moves;
  std::vector<PlannedChange> separations;
  std::vector<PlannedChange> newcomers;
  std::vector<PlannedUnit> units;
  std::vector<PlannedDelegation> delegations;
  std::vector<PlannedIncident> incidents;
  std::vector<PlannedSanction> sanctions;
  std::vector<PlannedChange> undelivered;
  std::vector<PlannedObjection> objections;
  std::optional<PlannedReopening> reopening;
  std::vector<PlannedPlan> plans;
  std::vector<CarriedCorrection> carried;
  std::optional<Evaluations> evaluations;  // when a ranking falls into the months
  std::vector<PlannedTie> ties;
  std::vector<PlannedClosing> closings;
  std::vector<PlannedLeave> leaves;
  std::vector<PlannedReturn> returns;
  std::vector<UnitIndex> settled_by_correction;  // paying units, of the last month
  std::vector<PlannedActing> acting;
  std::vector<PlannedTenure> tenures;
  std::vector<Period> predicate_periods;
  std::optional<std::pair<PersonIndex, std::string>> unit_predicate_signatory;  // with office
  std::vector<PlannedDeviation> deviations;
  std::vector<PlannedDispute> disputes;

  [[nodiscard]] const PlannedDay* day_of(PersonIndex person, Date date) const;
  // Null: its people suit the unit's predicate.
  [[nodiscard]] const PlannedDeviation* deviates(Period period, UnitIndex unit) const;
  // Something is planned of the unit's people in that period.
  [[nodiscard]] bool is_told_of(Period period, UnitIndex unit) const;
};

struct PlanInput {
  Month from;
  Month to;
  const Setting& setting;
  const WorkCalendar& calendar;
  const Chance& chance;
};

// What an item tells, before its commands are known.
struct PlantedStory {
  std::string kind;
  std::optional<PersonIndex> person{};  // whose unit of the date, else of the month, is the item's
  std::optional<Month> month{};
  std::optional<Date> date{};
  std::string note;
  std::vector<std::pair<std::string, std::string>> expected;
};
// `first`: of the simulated months, for a story without date and month.
[[nodiscard]] PlantedItem planted_item(const City& city, Month first, PlantedStory story);

// Changes the city where a story needs it (moves, newcomers, separations) and enters in `book` one
// item for each story; their commands are added when they are written. Rejects a city that has too
// few people for the stories of so many years (code invalid_input).
[[nodiscard]] Result<Plan> make_plan(const PlanInput& input, City& city, PlantedBook& book);

// The period that the months rank, or none: the one before the first day of the first document with
// a ranking, when that document's first month is simulated.
[[nodiscard]] std::optional<Period> ranked_period(const PlanInput& input);

// Dates of the monthly pay, all office days.
struct PayDates {
  Date closed;    // attendance, every unit
  Date computed;  // after the cut-off
  Date locked;
  Date ordered;
  Date confirmed;
};
[[nodiscard]] PayDates pay_dates(const PlanInput& input, Month month);
// Of a run that waited for a division's closing.
[[nodiscard]] PayDates late_pay_dates(const PlanInput& input, Month month);
// Of the correction runs that settle the last month.
[[nodiscard]] PayDates settling_dates(const PlanInput& input);
// Approvals and decisions of the month count in its run before this instant.
[[nodiscard]] Instant cutoff_of(const PlanInput& input, Month month);

// Of the ranking, the objections and the heroine's correction.
struct RankingDates {
  Date rated_from;
  Date rated_until;
  Date frozen;
  Date published;
  Date resolved;
  Date republished;
  Date filed;
  Date requested;
  Date explained;
  Date decided;
  Date corrected;
  PayDates paid;  // the correction run
};
[[nodiscard]] RankingDates ranking_dates(const PlanInput& input, Period period);

// Surveys are opened from a day on and closed on another, in the last month of a period.
struct SurveyDates {
  Date opened;
  Date closed;
};
[[nodiscard]] SurveyDates survey_dates(const PlanInput& input, Month last);
[[nodiscard]] bool is_survey_month(const Setting& setting, Month month);

// Of an evaluation in the predicate regime, when its period is over.
struct PredicateDates {
  Date unit_predicates;
  Date rated_from;
  Date disputed;
  Date closed;
};
[[nodiscard]] PredicateDates predicate_dates(const PlanInput& input, Period period);
// The periods that are evaluated by predicate, when the months are simulated in which they are.
[[nodiscard]] std::vector<Period> predicate_periods(const PlanInput& input);

}  // namespace runut::simulation
