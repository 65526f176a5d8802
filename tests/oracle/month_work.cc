#include "tests/oracle/month_work.h"

#include <algorithm>
#include <map>

namespace runut::oracle {
namespace {

constexpr std::int64_t micros_per_minute = 60'000'000;

// The life of a report, told in order. Only what is approved at the end counts.
struct Report {
  Date date;
  Number minutes = 0;
  Sequence submitted;
  std::optional<Instant> approved_at;
};

std::map<ReportId, Report> reports_of(const View& view, PersonId person) {
  std::map<Sequence, const Event*> story;
  for (const auto& r : view.recorded_of<DailyReportSubmitted>(person))
    story[r.sequence()] = r.event;
  for (const auto& r : view.of<DailyReportApproved>(person)) story[r.sequence()] = r.event;
  for (const auto& r : view.of<DailyReportReturned>(person)) story[r.sequence()] = r.event;
  for (const auto& r : view.of<DailyReportRejected>(person)) story[r.sequence()] = r.event;
  for (const auto& r : view.of<DailyReportWithdrawn>(person)) story[r.sequence()] = r.event;

  std::map<ReportId, Report> reports;
  for (const auto& [sequence, event] : story) {
    if (const auto* submitted = std::get_if<DailyReportSubmitted>(&event->payload)) {
      Report report{submitted->date, submitted->minutes.value, sequence, std::nullopt};
      if (event->supersedes) {
        // Superseding a report voids its approval, whether it keeps the id or takes another.
        for (auto& [id, other] : reports) {
          if (other.submitted != *event->supersedes) continue;
          if (view.with(Mutation::superseded_report_keeps_approval))
            report.approved_at = other.approved_at;
          other.approved_at.reset();
        }
      }
      reports[submitted->report] = report;
    } else if (const auto* approved = std::get_if<DailyReportApproved>(&event->payload)) {
      reports[approved->report].approved_at = event->action_time();
    } else if (const auto* returned = std::get_if<DailyReportReturned>(&event->payload)) {
      reports[returned->report].approved_at.reset();
    } else if (const auto* rejected = std::get_if<DailyReportRejected>(&event->payload)) {
      reports[rejected->report].approved_at.reset();
    } else if (const auto* withdrawn = std::get_if<DailyReportWithdrawn>(&event->payload)) {
      reports[withdrawn->report].approved_at.reset();
    }
  }
  return reports;
}

bool before_cutoff(const View& view, Instant action, Instant cutoff) {
  return view.with(Mutation::approval_exactly_at_cutoff) ? action <= cutoff : action < cutoff;
}

Number approved_minutes(const View& view, const Rules& rules, PersonId person, Month month,
                        Cutoffs cutoffs, const std::vector<WorkDay>& days) {
  const auto reports = reports_of(view, person);
  const Instant cutoff = approval_cutoff(view, rules, month);
  Number total = 0;
  for (const WorkDay& day : days) {
    if (!day.payable) continue;
    if (day.leave && !view.with(Mutation::leave_day_reports_count)) continue;
    if (!day.working && view.with(Mutation::days_off_reports_lost)) continue;
    Number of_the_day = 0;
    for (const auto& [id, report] : reports) {
      if (report.date != day.date || !report.approved_at) continue;
      if (cutoffs == Cutoffs::of_the_month && !before_cutoff(view, *report.approved_at, cutoff))
        continue;
      of_the_day += report.minutes;
    }
    if (rules.daily_cap && !view.with(Mutation::no_daily_cap))
      of_the_day = std::min(of_the_day, *rules.daily_cap);
    total += of_the_day;
  }
  return total;
}

Number band_bp(const View& view, const std::vector<DeductionBand>& bands, Number minutes) {
  for (const DeductionBand& band : bands) {
    const Number end_shift = view.with(Mutation::band_ends_included) ? 1 : 0;
    if (!band.until || minutes < *band.until + end_shift) return band.bp;
  }
  return 0;
}

struct Clocked {
  std::optional<Number> first_in;  // minute of the local day, cut
  std::optional<Number> last_out;
  bool any = false;
};

Clocked clocked_on(const View& view, PersonId person, Date day) {
  const int offset = view.utc_offset_minutes();
  Clocked out;
  for (const auto& recorded : view.of<AttendanceRecorded>(person)) {
    const Instant at = recorded.fact->at;
    if (local_date(at, offset) != day) continue;
    out.any = true;
    Number minute = local_minute(at, offset);
    if (view.with(Mutation::seconds_count) && at.micros % micros_per_minute != 0) ++minute;
    if (recorded.fact->direction == ClockDirection::in) {
      const bool later = view.with(Mutation::last_in_counts);
      if (!out.first_in || (later ? minute > *out.first_in : minute < *out.first_in))
        out.first_in = minute;
    } else if (!out.last_out || minute > *out.last_out) {
      out.last_out = minute;
    }
  }
  return out;
}

bool excused(const View& view, PersonId person, Date day, Instant cutoff, Cutoffs cutoffs) {
  for (const auto& decided : view.of<ExcuseDecided>(person)) {
    if (decided.fact->date != day || !decided.fact->approved) continue;
    if (cutoffs == Cutoffs::none || view.with(Mutation::excuse_cutoff_ignored)) return true;
    if (before_cutoff(view, decided.event->action_time(), cutoff)) return true;
  }
  return false;
}

// Readings (3.1): a day without any record deducts nothing while its unit's month is open ("counts
// as absent only where its unit has closed the month", 3.4); a day with a record has both of its
// sides judged whether the month is closed or not. An excuse cancels all of its day's deductions,
// `absent` too. Coming early or leaving late is 0 minutes, which the first band prices.
DisciplineDay judged(const View& view, const Rules& rules, PersonId person, const WorkDay& day,
                     bool closed, Instant cutoff, Cutoffs cutoffs) {
  DisciplineDay out{day.date, 0, false};
  const Clocked clocked = clocked_on(view, person, day.date);
  if (!clocked.any) {
    out.absent = closed || view.with(Mutation::unclosed_day_is_absent);
    if (out.absent) out.bp = rules.absent;
    if (out.absent && view.with(Mutation::absent_adds_up))
      out.bp += rules.missing_in + rules.missing_out;
  } else {
    const Number in_side =
        clocked.first_in
            ? band_bp(view, rules.late, std::max<Number>(0, *clocked.first_in - day.hours->start))
            : rules.missing_in;
    const Number out_side =
        clocked.last_out
            ? band_bp(view, rules.early, std::max<Number>(0, day.hours->end - *clocked.last_out))
            : rules.missing_out;
    out.bp =
        view.with(Mutation::worse_side_only) ? std::max(in_side, out_side) : in_side + out_side;
  }
  if (out.bp != 0 && excused(view, person, day.date, cutoff, cutoffs)) out.bp = 0;
  return out;
}

}  // namespace

std::vector<WorkDay> month_days(const View& view, const Rules& rules, PersonId person,
                                Month month) {
  const std::vector<Assignment> all = assignments(view, person);
  std::vector<WorkDay> out;
  for (Date date = first_day(month); date <= last_day(month); date = date + 1) {
    WorkDay day;
    day.date = date;
    day.assignment = assignment_on(all, date);
    day.status = status_on(view, person, date);
    day.leave = leave_on(view, person, date);
    // One set of working days per person and month: days outside any assignment take the schedule
    // of the next one, else of the previous one.
    if (const auto near = assignment_near(all, date))
      day.hours = hours_on(view, rules, near->unit, date);
    day.working = day.hours.has_value() && !is_holiday(view, date);
    day.payable = day.assignment && day.assignment->tpp_eligible && day.status &&
                  rules.status_bp.contains(*day.status);
    day.eligible = day.working && day.payable;
    out.push_back(day);
  }
  return out;
}

const WorkDay* last_eligible(const std::vector<WorkDay>& days) {
  const WorkDay* last = nullptr;
  for (const WorkDay& day : days)
    if (day.eligible) last = &day;
  return last;
}

Instant approval_cutoff(const View& view, const Rules& rules, Month month) {
  const Date day = first_day(month + 1) + (rules.cutoff_day - 1);
  return Instant{(static_cast<std::int64_t>(day.days) * 1'440 - view.utc_offset_minutes()) *
                 micros_per_minute};
}

MonthWork month_work(const View& view, const Rules& rules, PersonId person, Month month,
                     Cutoffs cutoffs) {
  MonthWork work;
  work.days = month_days(view, rules, person, month);
  const Instant cutoff = approval_cutoff(view, rules, month);
  Number deducted = 0;
  for (const WorkDay& day : work.days) {
    if (day.working) ++work.working_days;
    if (!day.eligible) continue;
    if (day.leave) {
      if (view.with(Mutation::leave_days_required)) work.required += day.hours->minutes;
      continue;
    }
    work.required += day.hours->minutes;
    const bool closed = is_closed(view, day.assignment->unit, month);
    if (!closed) work.open_units.push_back(day.assignment->unit);
    const DisciplineDay judgement = judged(view, rules, person, day, closed, cutoff, cutoffs);
    deducted += judgement.bp;
    if (judgement.bp != 0) work.deductions.push_back(judgement);
  }
  work.approved = approved_minutes(view, rules, person, month, cutoffs, work.days);
  if (work.required == 0) {
    work.productivity = whole_bp;
  } else {
    work.productivity = view.divide(Wide{work.approved} * whole_bp, work.required, rules);
    if (!view.with(Mutation::productivity_uncapped))
      work.productivity = std::min(work.productivity, rules.productivity_cap);
  }
  work.discipline = std::max<Number>(0, whole_bp - deducted);
  Number weight_p = rules.weight_productivity;
  Number weight_d = rules.weight_discipline;
  if (view.with(Mutation::weights_swapped)) std::swap(weight_p, weight_d);
  work.performance_factor = view.divide(
      Wide{weight_p} * work.productivity + Wide{weight_d} * work.discipline, whole_bp, rules);
  return work;
}

}  // namespace runut::oracle
