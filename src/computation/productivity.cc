#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "computation/work.h"

namespace runut {
namespace {

// Why an existing report adds no minutes.
enum class NotCounted : std::uint8_t { counted, undecided, late, day, leave };

constexpr std::string_view name_of(NotCounted why) {
  switch (why) {
    case NotCounted::undecided: return "undecided";
    case NotCounted::late: return "approved_late";
    case NotCounted::day: return "not_eligible_day";
    case NotCounted::leave: return "leave";
    case NotCounted::counted: break;
  }
  return "counted";
}

bool stands(const ReportFact& report) {
  return report.state == ReportState::approved || report.state == ReportState::submitted;
}

struct Counter {
  const PersonMonth& month;
  Counting counting;
  Instant cutoff;

  Counter(const Facts& facts, const PersonMonth& person_month, Counting how)
      : month(person_month),
        counting(how),
        cutoff(approval_cutoff(person_month.rules, person_month.month,
                               facts.agency().utc_offset_minutes())) {}

  [[nodiscard]] const PersonDay& day_of(const ReportFact& report) const {
    return month.days[static_cast<std::size_t>(report.date - first_day(month.month))];
  }
  [[nodiscard]] NotCounted judge(const ReportFact& report) const {
    const PersonDay& day = day_of(report);
    if (report.state != ReportState::approved) return NotCounted::undecided;
    if (!day.active) return NotCounted::day;
    if (day.leave != nullptr) return NotCounted::leave;
    if (counting == Counting::until_cutoff && report.decided_at >= cutoff) return NotCounted::late;
    return NotCounted::counted;
  }
};

using DayMinutes = std::array<std::int64_t, 31>;

// Before the cap.
DayMinutes counted_minutes(const Facts& facts, const Counter& counter) {
  DayMinutes out{};
  const PersonMonth& month = counter.month;
  for (const ReportFact& report : facts.month(month.person, month.month).reports) {
    if (month_of(report.date) != month.month || counter.judge(report) != NotCounted::counted)
      continue;
    out[static_cast<std::size_t>(report.date - first_day(month.month))] += report.minutes.value;
  }
  return out;
}

std::int64_t capped(const Rules& rules, std::int64_t minutes) {
  return rules->work.daily_cap ? std::min(minutes, rules->work.daily_cap->value) : minutes;
}

template <class Recorder>
void record_days(const Facts& facts, const Counter& counter, const DayMinutes& minutes,
                 Recorder& recorder) {
  if constexpr (Recorder::records) {
    const PersonMonth& month = counter.month;
    const MonthFacts& known = facts.month(month.person, month.month);
    for (const PersonDay& day : month.days) {
      const auto index = static_cast<std::size_t>(day.day - first_day(month.month));
      Note note;
      note.detail = to_string(day.day);
      for (const ReportFact& report : known.reports) {
        if (report.date != day.day || !stands(report)) continue;
        const NotCounted why = counter.judge(report);
        if (why == NotCounted::counted) {
          note.formula +=
              fmt::format("{}{}", note.formula.empty() ? "" : " + ", report.minutes.value);
          note.events.push_back(report.submitted);
          note.events.push_back(report.decided);
          continue;
        }
        recorder.leaf(Quantity::not_counted_report, report.minutes.value, Measure::minutes, [&] {
          Note left_out;
          left_out.detail =
              fmt::format("R{} {} {}", report.report.value, to_string(day.day), name_of(why));
          left_out.events = distinct({report.submitted, report.decided});
          return left_out;
        });
      }
      if (note.formula.empty()) continue;
      const std::int64_t value = capped(month.rules, minutes[index]);
      if (value != minutes[index])
        note.formula = fmt::format("min({}, {})", month.rules->work.daily_cap->value, note.formula);
      recorder.leaf(Quantity::day_minutes, value, Measure::minutes,
                    [&] { return std::move(note); });
    }
  }
}

}  // namespace

template <class Recorder>
Status compute_productivity(const Facts& facts, const PersonMonth& month, Counting counting,
                            Recorder& recorder, MonthWork& out) {
  recorder.open(Quantity::productivity);
  const Rules& rules = month.rules;
  const Counter counter(facts, month, counting);
  const DayMinutes minutes = counted_minutes(facts, counter);

  std::int64_t required = 0;
  std::int64_t required_days = 0;
  for (const PersonDay& day : month.days)
    if (day.required()) {
      required += day.minutes.value;
      ++required_days;
    }
  recorder.leaf(Quantity::required_minutes, required, Measure::minutes, [&] {
    Note note;
    note.formula = fmt::format("{} hari", required_days);
    note.rules = {rules.rule(Parameter::schedule)};
    for (const PersonDay& day : month.days) {
      note.events.push_back(day.schedule_event);
      if (day.leave != nullptr) note.events.push_back(day.leave->sequence);
    }
    note.events = distinct(std::move(note.events));
    return note;
  });

  recorder.open(Quantity::approved_minutes);
  std::int64_t approved = 0;
  for (const std::int64_t of_day : minutes) approved += capped(rules, of_day);
  record_days(facts, counter, minutes, recorder);
  recorder.close(approved, Measure::minutes, [&] {
    Note note;
    note.rules = {rules.rule(Parameter::approval_cutoff_day),
                  rules.rule(Parameter::daily_cap_minutes)};
    note.detail = counting == Counting::as_known ? "as_known" : to_string(counter.cutoff);
    return note;
  });

  std::int64_t productivity = whole.value;
  if (required > 0) {
    RUNUT_ASSIGN(productivity, mul_div(approved, whole.value, required, rules->rounding));
    productivity = std::min(productivity, rules->work.productivity_cap.value);
  }
  out.required = Minutes{required};
  out.approved = Minutes{approved};
  out.productivity = BasisPoints{productivity};
  recorder.close(productivity, Measure::bp, [&] {
    Note note;
    note.formula = required == 0 ? "10.000"
                                 : fmt::format("min({}, {} × 10.000 ÷ {})",
                                               grouped(rules->work.productivity_cap.value),
                                               grouped(approved), grouped(required));
    note.rounding = rules->rounding;
    note.rules = {rules.rule(Parameter::productivity_cap), rules.rule(Parameter::number_rounding)};
    return note;
  });
  return {};
}

std::vector<DayLoss> losses_by_day(const Facts& facts, const PersonMonth& month,
                                   Counting counting) {
  const Counter counter(facts, month, counting);
  const DayMinutes minutes = counted_minutes(facts, counter);
  const std::vector<DayDeduction> deductions = deductions_by_day(facts, month, counting);
  std::vector<DayLoss> out;
  for (std::size_t i = 0; i < month.days.size(); ++i) {
    const PersonDay& day = month.days[i];
    if (!day.required()) continue;
    const std::int64_t missing =
        std::max<std::int64_t>(0, day.minutes.value - capped(month.rules, minutes[i]));
    const BasisPoints deduction = deductions[i].total();
    if (missing > 0 || deduction.value > 0) out.push_back({day.day, Minutes{missing}, deduction});
  }
  return out;
}

template Status compute_productivity(const Facts&, const PersonMonth&, Counting, NullRecorder&,
                                     MonthWork&);
template Status compute_productivity(const Facts&, const PersonMonth&, Counting,
                                     DerivationRecorder&, MonthWork&);

}  // namespace runut
