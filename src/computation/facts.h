// Facts: the only thing that a computation reads. Dated facts of subjects as known at a sequence,
// folded from events by ledger/evolve. The same computation runs on live facts, on facts as known
// earlier, and on facts with hypothetical events laid over them.
#pragma once

#include <array>
#include <boost/container/flat_map.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "computation/facts_acting.h"
#include "computation/facts_careers.h"
#include "computation/facts_evaluation.h"
#include "computation/facts_feedback.h"
#include "computation/facts_imports.h"
#include "computation/facts_merit.h"
#include "computation/facts_planning.h"
#include "computation/facts_qualification.h"
#include "domain/touches.h"
#include "regulation/timeline.h"

namespace runut {

// --- one person, standing facts ---

// An event that set an assignment's last day.
struct AssignmentEnd {
  Date last_day;
  Sequence sequence;
  friend bool operator==(const AssignmentEnd&, const AssignmentEnd&) = default;
};

struct AssignmentFact {
  std::uint32_t assignment = 0;
  UnitId unit;
  std::string post;
  std::uint32_t job_class = 0;
  PositionKind kind{};
  Echelon echelon{};
  AssignmentRole role{};
  bool tpp_eligible = false;
  bool rankable = false;
  Interval days;  // as known: ends with AssignmentEnded or PersonSeparated
  Sequence started;
  Date planned_until;               // as it started; open_end without a last day
  std::vector<AssignmentEnd> ends;  // in sequence order; the last one holds
  friend bool operator==(const AssignmentFact&, const AssignmentFact&) = default;
};

template <class T>
struct DatedFact {  // holds from `from` until a later one; of one day the highest sequence holds
  T value;
  Date from;
  Sequence sequence;
  friend bool operator==(const DatedFact&, const DatedFact&) = default;
};

struct AppraiserFact {
  PersonId appraiser;
  std::optional<PersonId> superior;
  friend bool operator==(const AppraiserFact&, const AppraiserFact&) = default;
};

struct DelegationFact {  // granted by this person
  PersonId to;
  Interval days;
  Sequence sequence;
  friend bool operator==(const DelegationFact&, const DelegationFact&) = default;
};

struct LeaveFact {
  LeaveKind kind{};
  Interval days;
  Sequence sequence;
  friend bool operator==(const LeaveFact&, const LeaveFact&) = default;
};

struct SeparationFact {
  SeparationCause cause{};
  Date last_day;
  Sequence sequence;
  friend bool operator==(const SeparationFact&, const SeparationFact&) = default;
};

struct IdentifierFact {
  IdentifierKind kind{};
  Mac128 lookup;
  Date from;
  Sequence sequence;
  friend bool operator==(const IdentifierFact&, const IdentifierFact&) = default;
};

struct AdjustmentFact {
  AdjustmentCause cause{};
  Period period;
  BasisPoints delta;
  std::vector<Month> months;  // as decided; `pays_in` applies supersession
  Sequence sequence;
  std::optional<Sequence> causation;
  std::optional<Sequence> supersedes;  // replaced from this one's first month on
  friend bool operator==(const AdjustmentFact&, const AdjustmentFact&) = default;
};

// A payment that the bank sent back.
struct ReturnFact {
  RunId run;
  Sequence sequence;
  friend bool operator==(const ReturnFact&, const ReturnFact&) = default;
};

struct DisciplinaryFact {
  Month first;
  Month last;  // shortened by a cancellation
  Sequence sequence;
  std::optional<Sequence> cancelled;
  friend bool operator==(const DisciplinaryFact&, const DisciplinaryFact&) = default;
};

struct DeductionFact {
  std::optional<EmploymentStatus> status;  // agency-wide ones
  std::string code;
  std::optional<Rupiah> amount;
  std::optional<BasisPoints> rate;
  std::optional<AmountBase> base;
  std::optional<Rupiah> cap;
  Month first;
  std::optional<Month> last;
  Sequence sequence;
  friend bool operator==(const DeductionFact&, const DeductionFact&) = default;
};

struct PaymentFact {
  Sequence sequence;
  TppPaymentComputed payment;
  friend bool operator==(const PaymentFact&, const PaymentFact&) = default;
};

// An event about a month that had ended when it was recorded.
struct LateMark {
  MonthRange months;
  Sequence sequence;
  // Of approvals and of decisions on excuses: when, for a regular run counts them by its cut-off.
  std::optional<Instant> decided_at;
  friend bool operator==(const LateMark&, const LateMark&) = default;
};

struct PersonFacts {
  PersonId person;
  std::optional<Sequence> registered;
  std::vector<AssignmentFact> assignments;            // by first day
  std::vector<DatedFact<EmploymentStatus>> statuses;  // in sequence order, like all below
  std::vector<ActingFact> acting;
  std::vector<DatedFact<std::string>> grades;
  std::vector<DatedFact<AppraiserFact>> appraisers;
  std::vector<DelegationFact> delegations;
  std::vector<LeaveFact> leaves;
  std::optional<SeparationFact> separation;
  std::vector<IdentifierFact> identifiers;
  std::vector<QualificationFact> qualifications;
  std::vector<CompetencyFact> competencies;
  std::vector<CertificationFact> certifications;
  std::vector<EvaluationFact> evaluations;  // by period
  std::vector<PlanFact> plans;              // by period
  std::vector<DialogueFact> dialogues;
  std::vector<CoachingFact> coachings;
  std::vector<SurveyFact> surveys;
  std::vector<AdjustmentFact> adjustments;
  std::vector<ReturnFact> returns;
  std::vector<DisciplinaryFact> sanctions;
  std::vector<DeductionFact> deductions;
  std::vector<PaymentFact> carrying;  // with outstanding or carried amounts
  std::vector<LateMark> late;         // of standing events; those of daily ones: Facts::late_daily
  std::optional<Sequence> erased;     // SubjectKeyDestroyed

  [[nodiscard]] const AssignmentFact* assignment_on(Date day) const;
  // Rulebook 3.1: that day's assignment, else the next, else the previous; null without any.
  [[nodiscard]] const AssignmentFact* assignment_near(Date day) const;
  [[nodiscard]] const DatedFact<EmploymentStatus>* status_on(Date day) const;
  [[nodiscard]] const DatedFact<std::string>* grade_on(Date day) const;
  [[nodiscard]] const DatedFact<AppraiserFact>* appraiser_on(Date day) const;
  [[nodiscard]] const LeaveFact* leave_on(Date day) const;
  [[nodiscard]] const EvaluationFact* evaluation(Period period) const;
  [[nodiscard]] const PlanFact* plan(Period period) const;
  [[nodiscard]] const SurveyFact* survey(Period period) const;
  friend bool operator==(const PersonFacts&, const PersonFacts&) = default;
};

// --- one person, one month ---

enum class ReportState : std::uint8_t {
  submitted,
  approved,
  returned,
  rejected,
  withdrawn,
  superseded
};

struct ReportFact {
  ReportId report;
  Date date;
  Minutes minutes;
  ReportState state = ReportState::submitted;
  Sequence submitted;
  Sequence decided;    // 0: undecided
  Instant decided_at;  // action time of the decision
  PersonId decided_by;
  friend bool operator==(const ReportFact&, const ReportFact&) = default;
};

struct ClockFact {
  Instant at;
  ClockDirection direction{};
  std::uint64_t device = 0;
  std::uint64_t device_sequence = 0;
  Sequence sequence;
  friend bool operator==(const ClockFact&, const ClockFact&) = default;
};

struct ExcuseFact {
  std::uint64_t excuse = 0;
  Date date;
  Sequence filed;
  std::optional<Sequence> decided;
  Instant decided_at;  // action time
  bool approved = false;
  friend bool operator==(const ExcuseFact&, const ExcuseFact&) = default;
};

struct PostedCorrectionFact {
  TppCorrectionPosted posted;
  Sequence sequence;
  friend bool operator==(const PostedCorrectionFact&, const PostedCorrectionFact&) = default;
};

struct MonthFacts {
  Month month;
  std::vector<ReportFact> reports;  // in submission order
  std::vector<ClockFact> clocks;    // in sequence order
  std::vector<ExcuseFact> excuses;
  std::vector<PaymentFact> payments;  // every TppPaymentComputed of a run of this month, in order
  std::vector<PostedCorrectionFact> corrections;  // posted for this month
  friend bool operator==(const MonthFacts&, const MonthFacts&) = default;
};

// --- the agency: units, rules, runs, rankings ---

// Kept whole in memory (it is small) and append-only: every accessor takes `known_at` and ignores
// what has a higher sequence, so one instance answers for every past sequence.

struct UnitClosing {
  Date last_day;
  Sequence sequence;
  friend bool operator==(const UnitClosing&, const UnitClosing&) = default;
};

struct UnitFact {
  UnitId unit;
  std::optional<UnitId> parent;  // as created: until the first move
  std::string code;
  std::string name;
  bool paying = false;
  Date from;
  Sequence sequence;
  std::vector<DatedFact<UnitId>> moves = {};  // in sequence order
  std::optional<UnitClosing> closed = {};

  [[nodiscard]] std::optional<UnitId> parent_on(Date day, Sequence known_at) const;
  // Its closing alone counts: a unit is not asked for before its first day.
  [[nodiscard]] bool is_open_on(Date day, Sequence known_at) const;
  friend bool operator==(const UnitFact&, const UnitFact&) = default;
};

struct ScheduleFact {
  Interval days;
  std::array<std::optional<DaySchedule>, 7> weekdays;  // Monday first
  Sequence sequence;
  friend bool operator==(const ScheduleFact&, const ScheduleFact&) = default;
};

struct HolidayFact {
  HolidayKind kind{};
  std::string name;
  Sequence sequence;
  friend bool operator==(const HolidayFact&, const HolidayFact&) = default;
};

struct CeilingFact {
  Component component{};
  std::uint32_t job_class = 0;
  std::optional<UnitId> unit;
  std::optional<std::string> post;
  Rupiah amount;
  Month effective;
  Sequence sequence;
  friend bool operator==(const CeilingFact&, const CeilingFact&) = default;
};

struct BudgetFact {
  Rupiah amount;
  Sequence sequence;
  friend bool operator==(const BudgetFact&, const BudgetFact&) = default;
};

struct UnitSanctionFact {
  UnitId unit;
  Month first;
  Month last;
  Sequence sequence;
  friend bool operator==(const UnitSanctionFact&, const UnitSanctionFact&) = default;
};

struct RunFact {
  struct Computed {
    Sequence sequence;
    TppRunComputed header;
    std::optional<PersonId> by;  // for separation of duties; empty: a system
    friend bool operator==(const Computed&, const Computed&) = default;
  };
  struct Locked {
    Sequence sequence;
    Sequence computed;  // the TppRunComputed that was locked
    friend bool operator==(const Locked&, const Locked&) = default;
  };
  std::vector<Computed> computed;
  std::vector<Locked> locked;
  std::vector<Sequence> reopened;
  std::vector<Sequence> ordered;
  std::vector<Sequence> confirmed;

  // The computation that is locked as known, or null: the last lock without a later reopening.
  [[nodiscard]] const Locked* lock(Sequence known_at) const;
  [[nodiscard]] const Computed* last_computed(Sequence known_at) const;
  [[nodiscard]] bool is_ordered(Sequence known_at) const;
  friend bool operator==(const RunFact&, const RunFact&) = default;
};

// What is known of a month without looking at each of its regular runs.
struct RegularMonthFact {
  Sequence first_computed_at;             // nothing of it was computed from less
  std::optional<Sequence> first_ordered;  // the first PaymentOrdered
  std::vector<Sequence> changes;          // TppRunLocked, PaymentOrdered, in sequence order
  friend bool operator==(const RegularMonthFact&, const RegularMonthFact&) = default;
};

struct GroupMemberFact {
  PersonId person;
  UnitId unit;
  std::uint32_t job_class = 0;
  Sequence sequence;
  friend bool operator==(const GroupMemberFact&, const GroupMemberFact&) = default;
};

struct TieFact {
  TieAtCutoffFound found;
  Sequence sequence;
  friend bool operator==(const TieFact&, const TieFact&) = default;
};
struct TieResolvedFact {
  TieResolved resolved;
  Sequence sequence;
  friend bool operator==(const TieResolvedFact&, const TieResolvedFact&) = default;
};
struct PlacementFact {
  RankingMemberPlaced placed;
  Sequence sequence;
  friend bool operator==(const PlacementFact&, const PlacementFact&) = default;
};

struct GroupFact {
  std::string group;
  Sequence frozen;
  std::vector<GroupMemberFact> members;
  std::vector<TieFact> ties;
  std::vector<TieResolvedFact> resolutions;
  std::optional<RankingPublished> published;
  Sequence published_at;                  // 0: not yet
  Date published_on;                      // occurred_on: decides which document ranks
  std::optional<Sequence> regulation;     // of the publication
  std::vector<PlacementFact> placements;  // as published, in rank order
  friend bool operator==(const GroupFact&, const GroupFact&) = default;
};

struct RankingFact {
  Period period;
  Sequence frozen;                    // of the first event of the freezing commit
  Date frozen_on;                     // occurred_on
  std::optional<PersonId> frozen_by;  // for separation of duties; empty: a system
  std::map<std::string, GroupFact> groups;
  std::vector<std::pair<PersonId, UnrankedReason>> unranked;
  friend bool operator==(const RankingFact&, const RankingFact&) = default;
};

// A document whose sections are still being read (they follow their header in its commit).
struct PendingRegulation {
  Sequence sequence;
  std::optional<std::string> amends;  // none: enacted
  Hash256 text_hash;
  std::uint32_t sections = 0;
  std::vector<std::string> read;
  friend bool operator==(const PendingRegulation&, const PendingRegulation&) = default;
};

class AgencyFacts {
 public:
  std::optional<AgencyFounded> founded;
  std::optional<PendingRegulation> pending_regulation;
  Timeline timeline;
  std::map<UnitId, UnitFact> units;
  std::vector<DatedFact<UnitId>> unit_moves;  // of all units, in sequence order
  std::map<UnitId, std::vector<ScheduleFact>> schedules;
  std::map<Date, HolidayFact> holidays;
  std::map<std::pair<UnitId, Month>, Sequence> attendance_closed;
  std::map<std::uint64_t, IndicatorFact> indicators;
  std::map<std::pair<UnitId, Period>, Sequence> agreements;  // UnitAgreementSigned
  std::map<std::uint32_t, MeritYearFact> merit;              // by year
  std::vector<SeniorPostFact> senior_posts;                  // tenures, in sequence order
  // In sequence order; one closing a unit and period.
  std::map<std::pair<UnitId, Period>, std::vector<UnitPredicateFact>> unit_predicates;
  std::map<std::pair<UnitId, Period>, UnitEvaluationsFact> evaluations_closed;
  std::vector<CeilingFact> ceilings;
  std::map<std::pair<UnitId, std::uint32_t>, std::vector<BudgetFact>> budgets;  // unit, year
  std::vector<UnitSanctionFact> unit_sanctions;
  std::vector<DeductionFact> deductions;  // by status
  std::map<RunId, RunFact> runs;
  std::map<Month, RegularMonthFact> regular_months;
  std::vector<Sequence> reopenings;         // of any run, in sequence order
  std::map<Month, Sequence> last_recorded;  // the agency's last event recorded in each month
  std::map<Period, RankingFact> rankings;
  std::map<UnitId, std::vector<PersonId>> ever_assigned;  // sorted; to find a unit's people
  std::map<UnitId, std::vector<PersonId>> ever_acting;    // sorted; in posts of the unit
  std::vector<LateMark> late;  // events that changed ended months for many
  // Registered. Flat: every command asks for two or three of them.
  boost::container::flat_map<PersonId, Sequence> persons;
  std::map<Mac128, PersonId> by_identifier;  // keyed HMAC of a NIP
  std::map<PersonId, Sequence> erased;       // SubjectKeyDestroyed
  ImportFacts imports;
  friend bool operator==(const AgencyFacts&, const AgencyFacts&) = default;

  [[nodiscard]] int utc_offset_minutes() const { return founded ? founded->utc_offset_minutes : 0; }
  // No event that is recorded after the month has a sequence as low.
  [[nodiscard]] Sequence recorded_by(Month month) const;
  [[nodiscard]] const UnitFact* unit(UnitId id, Sequence known_at) const;
  // The tree is dated, for units move: whoever asks for it names the day.
  // The unit itself, its parent, ... up to the root.
  [[nodiscard]] std::vector<UnitId> upward(UnitId id, Date day, Sequence known_at) const;
  [[nodiscard]] bool is_within(UnitId unit, UnitId ancestor, Date day, Sequence known_at) const;
  [[nodiscard]] bool tree_changes(Date after, Date until,
                                  Sequence known_at) const;  // (after, until]
  // Nearest unit upward marked `paying`.
  [[nodiscard]] std::optional<UnitId> paying_unit(UnitId id, Date day, Sequence known_at) const;
  // Whether `paying` is the nearest such unit by any parents that were ever recorded, of whatever
  // days: who was in the unit may have been paid there, also where a later move says otherwise.
  [[nodiscard]] bool may_be_paid_by(UnitId id, UnitId paying, Sequence known_at) const;
  [[nodiscard]] bool is_holiday(Date day, Sequence known_at) const;
  [[nodiscard]] bool is_closed(UnitId unit, Month month, Sequence known_at) const;
  // Null for one that is not defined by then.
  [[nodiscard]] const IndicatorFact* indicator(std::uint64_t id, Sequence known_at) const;
  [[nodiscard]] std::optional<std::uint64_t> superior_indicator(std::uint64_t id,
                                                                Sequence known_at) const;
  [[nodiscard]] bool is_agreed(UnitId unit, Period period, Sequence known_at) const;
  // The unit's own, the latest, else the nearest ancestor's by the tree of the period's last day.
  [[nodiscard]] const UnitPredicateFact* unit_predicate(UnitId unit, Period period,
                                                        Sequence known_at) const;
  [[nodiscard]] bool is_evaluated(UnitId unit, Period period, Sequence known_at) const;  // closed
  // The ScheduleSet that covers the day for the unit (rulebook 3.1): its own with the highest
  // sequence, else the nearest ancestor's; null: the document's `schedule`.
  [[nodiscard]] const ScheduleFact* schedule(UnitId unit, Date day, Sequence known_at) const;
  // Rulebook 3.5 (1): post before unit (itself, then that day's nearest ancestor) before class;
  // null: none set.
  [[nodiscard]] const CeilingFact* ceiling(Component component, std::uint32_t job_class,
                                           UnitId unit, std::string_view post, Date day,
                                           Sequence known_at) const;
};

// --- the seam ---

// References live as long as the Facts object. Unknown subjects give empty facts. Not thread-safe.
class Facts {
 public:
  virtual ~Facts() = default;
  // Events with a higher sequence are not known here. Hypothetical events come after it.
  [[nodiscard]] virtual Sequence known_at() const = 0;
  [[nodiscard]] virtual const AgencyFacts& agency() const = 0;  // always filter by known_at()
  [[nodiscard]] virtual const PersonFacts& person(PersonId person) const = 0;
  [[nodiscard]] virtual const MonthFacts& month(PersonId person, Month month) const = 0;
  // The person's daily events that were recorded after their month and have a sequence > after, in
  // sequence order. Costs those alone, however many there were before.
  [[nodiscard]] virtual std::vector<LateMark> late_daily(PersonId person, Sequence after) const = 0;
};

}  // namespace runut
