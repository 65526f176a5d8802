#include "domain/touches.h"

#include <algorithm>

namespace runut {
namespace {

constexpr Month open_month{2'400 * 12};

MonthRange months_of(Date from, std::optional<Date> until) {
  return {month_of(from), until ? month_of(*until) : open_month};
}

// The months whose pay an event can change, by payload.
struct AffectedMonths {
  const Event& event;
  int utc_offset_minutes;
  using Range = std::optional<MonthRange>;

  static Range one(Month month) { return MonthRange{month, month}; }
  static Range one(Date day) { return one(month_of(day)); }
  static Range from(Date day) { return MonthRange{month_of(day), open_month}; }

  Range operator()(const DailyReportSubmitted& e) const { return one(e.date); }
  Range operator()(const DailyReportApproved& e) const { return one(e.date); }
  Range operator()(const DailyReportReturned& e) const { return one(e.date); }
  Range operator()(const DailyReportRejected& e) const { return one(e.date); }
  Range operator()(const DailyReportWithdrawn& e) const { return one(e.date); }
  Range operator()(const AttendanceRecorded& e) const {
    return one(local_date(e.at, utc_offset_minutes));
  }
  Range operator()(const AttendanceExcused& e) const { return one(e.date); }
  Range operator()(const ExcuseDecided& e) const { return one(e.date); }
  Range operator()(const AttendanceMonthClosed& e) const { return one(e.month); }
  Range operator()(const ScheduleSet& e) const { return months_of(e.from, e.until); }
  Range operator()(const HolidaySet& e) const { return one(e.date); }
  Range operator()(const RegulationEnacted& e) const { return from(e.effective_from); }
  Range operator()(const RegulationAmended& e) const { return from(e.effective_from); }
  Range operator()(const RegulationRepealed& e) const { return from(e.effective_from); }
  Range operator()(const UnitMoved& e) const { return from(e.from); }
  Range operator()(const StatusChanged& e) const { return from(e.from); }
  Range operator()(const GradeChanged& e) const { return from(e.from); }
  Range operator()(const AssignmentStarted& e) const { return months_of(e.from, e.until); }
  Range operator()(const AssignmentEnded& e) const { return from(e.last_day); }
  Range operator()(const ActingRoleStarted& e) const { return months_of(e.from, e.until); }
  Range operator()(const ActingRoleEnded& e) const { return from(e.from); }
  Range operator()(const LeaveGranted& e) const { return months_of(e.from, e.until); }
  Range operator()(const PersonSeparated& e) const { return from(e.last_day); }
  Range operator()(const TppCeilingSet& e) const { return MonthRange{e.effective, open_month}; }
  Range operator()(const DeductionSet& e) const {
    return MonthRange{e.first, e.last.value_or(open_month)};
  }
  Range operator()(const TppAdjustmentDecided& e) const {
    if (e.months.empty()) return std::nullopt;
    const auto [first, last] = std::minmax_element(e.months.begin(), e.months.end());
    // A superseding decision also ends what the earlier one would have paid later.
    return MonthRange{*first, event.supersedes ? open_month : *last};
  }
  // A predicate pays, where a document says so, in the period that follows.
  Range operator()(const EvaluationDelivered& e) const { return following(e.predicate, e.period); }
  Range operator()(const EvaluationCorrected& e) const { return following(e.predicate, e.period); }
  static Range following(const std::optional<Predicate>& predicate, Period period) {
    if (!predicate) return std::nullopt;
    return MonthRange{period.following().first, period.following().last()};
  }
  Range operator()(const UnitSanctionImposed& e) const { return MonthRange{e.first, e.last}; }
  Range operator()(const DisciplinarySanctionImposed& e) const {
    return MonthRange{e.first_month, e.first_month + (static_cast<int>(e.months) - 1)};
  }
  Range operator()(const DisciplinarySanctionCancelled& e) const {
    return MonthRange{e.from_month, open_month};
  }
  template <class Other>
  Range operator()(const Other&) const {
    return std::nullopt;
  }
};

// Under which month of its person an event is filed; none: standing facts.
struct FiledMonth {
  const Event& event;
  int utc_offset_minutes;

  std::optional<Month> operator()(const TppPaymentComputed& e) const { return e.run.month; }
  std::optional<Month> operator()(const TppCorrectionPosted& e) const { return e.for_month; }
  template <class Other>
  std::optional<Month> operator()(const Other& e) const {
    constexpr bool daily =
        std::is_same_v<Other, DailyReportSubmitted> || std::is_same_v<Other, DailyReportApproved> ||
        std::is_same_v<Other, DailyReportReturned> || std::is_same_v<Other, DailyReportRejected> ||
        std::is_same_v<Other, DailyReportWithdrawn> || std::is_same_v<Other, AttendanceRecorded> ||
        std::is_same_v<Other, AttendanceExcused> || std::is_same_v<Other, ExcuseDecided>;
    if constexpr (daily)
      return AffectedMonths{event, utc_offset_minutes}(e)->first;
    else
      return std::nullopt;
  }
};

bool is_kept_by_agency(const Payload& payload) {
  return std::visit(
      []<class P>(const P&) {
        return std::is_same_v<P, RankingGroupMember> || std::is_same_v<P, RankingMemberPlaced> ||
               std::is_same_v<P, AssignmentStarted> || std::is_same_v<P, PersonRegistered> ||
               std::is_same_v<P, IdentifierAssigned> || std::is_same_v<P, SubjectKeyDestroyed> ||
               std::is_same_v<P, SeniorPostFilled> || std::is_same_v<P, SeniorPostReviewed> ||
               std::is_same_v<P, SeniorPostExtended> || std::is_same_v<P, SeniorPostEnded> ||
               std::is_same_v<P, ActingRoleStarted> || std::is_same_v<P, ImportedEventAccepted>;
      },
      payload);
}

// A payment that carries amounts from or to other months is needed by the person's next run.
bool is_carrying(const Payload& payload) {
  const auto* payment = std::get_if<TppPaymentComputed>(&payload);
  return payment != nullptr &&
         (!payment->outstanding.empty() ||
          std::any_of(payment->lines.begin(), payment->lines.end(),
                      [](const PaymentLine& line) { return line.for_month.has_value(); }));
}

}  // namespace

std::optional<MonthRange> affected_months(const Event& event, int utc_offset_minutes) {
  return std::visit(AffectedMonths{event, utc_offset_minutes}, event.payload);
}

Touches touches(const Event& event, int utc_offset_minutes) {
  Touches out;
  if (std::holds_alternative<AccessRecorded>(event.payload)) {
    out.add({event.subject, month_of(local_date(event.recorded_at, utc_offset_minutes))});
    return out;
  }
  if (event.subject.kind != SubjectKind::person) {
    // Units and the agency are one small history.
    out.add({agency_subject, std::nullopt});
    if (event.subject.kind == SubjectKind::unit) out.add({event.subject, std::nullopt});
    return out;
  }
  const std::optional<Month> filed =
      std::visit(FiledMonth{event, utc_offset_minutes}, event.payload);
  out.add({event.subject, filed});
  if (filed) {
    const Month recorded = month_of(local_date(event.recorded_at, utc_offset_minutes));
    const bool is_fact = !std::holds_alternative<TppPaymentComputed>(event.payload) &&
                         !std::holds_alternative<TppCorrectionPosted>(event.payload);
    if (is_fact && recorded > *filed) out.add({event.subject, late_daily_events});
    if (is_carrying(event.payload)) out.add({event.subject, std::nullopt});
  }
  if (event.is_held() || is_kept_by_agency(event.payload)) out.add({agency_subject, std::nullopt});
  if (const auto* delegation = std::get_if<DelegationGranted>(&event.payload))
    out.add({subject_of(delegation->to_person), std::nullopt});
  return out;
}

}  // namespace runut
