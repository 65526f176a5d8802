#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "computation/work.h"

namespace runut {
namespace {

// The records of one local day, and whether an excuse cancels them.
struct Clocked {
  DayAttendance attendance;
  Sequence in_event;
  Sequence out_event;
  Sequence excuse_event;  // of the ExcuseDecided that counts; 0: none
};
using Clocks = std::array<Clocked, 31>;

bool counts(const ExcuseFact& excuse, Counting counting, Instant cutoff) {
  return excuse.decided && excuse.approved &&
         (counting == Counting::as_known || excuse.decided_at < cutoff);
}

Clocks clocks_of(const Facts& facts, const PersonMonth& month, Counting counting) {
  Clocks out;
  const int offset = facts.agency().utc_offset_minutes();
  const MonthFacts& known = facts.month(month.person, month.month);
  const auto at_day = [&](Date day) -> Clocked* {
    const int index = day - first_day(month.month);
    return index >= 0 && index < days_in(month.month) ? &out[static_cast<std::size_t>(index)]
                                                      : nullptr;
  };
  for (const ClockFact& clock : known.clocks) {
    Clocked* const day = at_day(local_date(clock.at, offset));
    if (day == nullptr) continue;
    const std::int64_t minute = local_minute(clock.at, offset);
    DayAttendance& seen = day->attendance;
    if (clock.direction == ClockDirection::in && (!seen.first_in || minute < *seen.first_in)) {
      seen.first_in = minute;
      day->in_event = clock.sequence;
    }
    if (clock.direction == ClockDirection::out && (!seen.last_out || minute > *seen.last_out)) {
      seen.last_out = minute;
      day->out_event = clock.sequence;
    }
  }
  const Instant cutoff = approval_cutoff(month.rules, month.month, offset);
  for (const ExcuseFact& excuse : known.excuses) {
    Clocked* const day = at_day(excuse.date);
    if (day != nullptr && counts(excuse, counting, cutoff)) day->excuse_event = *excuse.decided;
  }
  return out;
}

DayDeduction deduct(const Facts& facts, const PersonMonth& month, const PersonDay& day,
                    const Clocked& clocked) {
  if (!day.required() || clocked.excuse_event != Sequence{}) return {};
  const bool closed = facts.agency().is_closed(day.assignment->unit, month.month, facts.known_at());
  return day_deduction(month.rules->work, day.start, day.end, clocked.attendance, closed);
}

std::string clock_text(std::optional<std::int64_t> minute) {
  return minute ? fmt::format("{:02}:{:02}", *minute / 60, *minute % 60) : "-";
}

// What became of an excuse, as far as this computation counts it.
std::string_view told_as(const ExcuseFact& excuse, Counting counting, Instant cutoff) {
  if (!excuse.decided) return "excuse_undecided";
  if (!excuse.approved) return "excuse_denied";
  return counts(excuse, counting, cutoff) ? "excuse_accepted" : "excuse_too_late";
}

bool has_excuse(const MonthFacts& known, Date day) {
  return std::any_of(known.excuses.begin(), known.excuses.end(),
                     [&](const ExcuseFact& excuse) { return excuse.date == day; });
}

Note day_note(const Facts& facts, const PersonMonth& month, Counting counting, const PersonDay& day,
              const Clocked& clocked, const DayDeduction& deduction) {
  Note note;
  note.detail = to_string(day.day);
  const auto& seen = clocked.attendance;
  note.formula = fmt::format("{}-{} / {}-{}: ", clock_text(seen.first_in),
                             clock_text(seen.last_out), clock_text(day.start), clock_text(day.end));
  if (clocked.excuse_event != Sequence{}) {
    note.formula += "0";
  } else if (deduction.absent.value > 0) {
    note.formula += fmt::format("{}", deduction.absent.value);
    note.rules = {month.rules.rule(Parameter::absent)};
  } else {
    note.formula += fmt::format("{} + {}", deduction.in.value, deduction.out.value);
    note.rules = {
        month.rules.rule(seen.first_in ? Parameter::late_bands : Parameter::missing_in),
        month.rules.rule(seen.last_out ? Parameter::early_bands : Parameter::missing_out)};
  }
  const Instant cutoff =
      approval_cutoff(month.rules, month.month, facts.agency().utc_offset_minutes());
  for (const ExcuseFact& excuse : facts.month(month.person, month.month).excuses) {
    if (excuse.date != day.day) continue;
    const std::string_view told = told_as(excuse, counting, cutoff);
    note.formula += fmt::format("; {}", told);
    note.events.push_back(excuse.filed);
    note.events.push_back(excuse.decided.value_or(Sequence{}));
    if (told == "excuse_too_late")
      note.rules.push_back(month.rules.rule(Parameter::approval_cutoff_day));
  }
  note.events.push_back(clocked.in_event);
  note.events.push_back(clocked.out_event);
  note.events = distinct(std::move(note.events));
  return note;
}

}  // namespace

BasisPoints band_deduction(const std::vector<Band>& bands, std::int64_t minutes) {
  for (const Band& band : bands)
    if (!band.until || minutes < band.until->value) return band.deduction;
  return bands.back().deduction;
}

DayDeduction day_deduction(const WorkRules& rules, std::int64_t start, std::int64_t end,
                           const DayAttendance& attendance, bool closed) {
  DayDeduction out;
  if (!attendance.first_in && !attendance.last_out) {
    if (closed) out.absent = rules.absent;
    return out;
  }
  const auto past = [](std::int64_t minutes) { return std::max<std::int64_t>(0, minutes); };
  out.in = attendance.first_in ? band_deduction(rules.late, past(*attendance.first_in - start))
                               : rules.missing_in;
  out.out = attendance.last_out ? band_deduction(rules.early, past(end - *attendance.last_out))
                                : rules.missing_out;
  return out;
}

std::vector<DayDeduction> deductions_by_day(const Facts& facts, const PersonMonth& month,
                                            Counting counting) {
  const Clocks clocks = clocks_of(facts, month, counting);
  std::vector<DayDeduction> out;
  for (std::size_t i = 0; i < month.days.size(); ++i)
    out.push_back(deduct(facts, month, month.days[i], clocks[i]));
  return out;
}

template <class Recorder>
Status compute_discipline(const Facts& facts, const PersonMonth& month, Counting counting,
                          Recorder& recorder, MonthWork& out) {
  recorder.open(Quantity::discipline);
  const Clocks clocks = clocks_of(facts, month, counting);
  std::int64_t deducted = 0;
  for (std::size_t i = 0; i < month.days.size(); ++i) {
    const PersonDay& day = month.days[i];
    const DayDeduction deduction = deduct(facts, month, day, clocks[i]);
    deducted += deduction.total().value;
    if constexpr (Recorder::records) {
      const MonthFacts& known = facts.month(month.person, month.month);
      if (deduction.total().value > 0 || (day.required() && has_excuse(known, day.day)))
        recorder.leaf(Quantity::day_deduction, deduction.total().value, Measure::bp,
                      [&] { return day_note(facts, month, counting, day, clocks[i], deduction); });
    }
  }
  out.discipline = BasisPoints{std::max<std::int64_t>(0, whole.value - deducted)};
  recorder.close(out.discipline.value, Measure::bp, [&] {
    Note note;
    note.formula = fmt::format("max(0, 10.000 − {})", grouped(deducted));
    note.rules = {month.rules.rule(Parameter::late_bands),
                  month.rules.rule(Parameter::early_bands)};
    return note;
  });
  return {};
}

template <class Recorder>
Result<MonthWork> compute_work(const Facts& facts, const PersonMonth& month, Counting counting,
                               Recorder& recorder) {
  recorder.open(Quantity::performance_factor);
  MonthWork out;
  RUNUT_TRY(compute_productivity(facts, month, counting, recorder, out));
  RUNUT_TRY(compute_discipline(facts, month, counting, recorder, out));
  const FactorWeights& weights = month.rules->work.weights;
  RUNUT_ASSIGN(const std::int64_t factor,
               divide(static_cast<Int128>(weights.productivity.value) * out.productivity.value +
                          static_cast<Int128>(weights.discipline.value) * out.discipline.value,
                      whole.value, month.rules->rounding));
  out.factor = BasisPoints{factor};
  recorder.close(factor, Measure::bp, [&] {
    Note note;
    note.formula = fmt::format("({} × {} + {} × {}) ÷ 10.000", grouped(weights.productivity.value),
                               grouped(out.productivity.value), grouped(weights.discipline.value),
                               grouped(out.discipline.value));
    note.rounding = month.rules->rounding;
    note.rules = {month.rules.rule(Parameter::factor_weights)};
    return note;
  });
  return out;
}

Status check_attendance_closed(const Facts& facts, const PersonMonth& month) {
  if (month.rules->work.weights.discipline.value == 0) return {};
  for (const PersonDay& day : month.days)
    if (day.eligible() &&
        !facts.agency().is_closed(day.assignment->unit, month.month, facts.known_at()))
      return fail(Error{ErrorCode::rejected, "attendance.month_open", "month",
                        to_string(month.month),
                        fmt::format("{} has not closed the month's attendance for {}",
                                    to_string(day.assignment->unit), to_string(month.person))});
  return {};
}

template Status compute_discipline(const Facts&, const PersonMonth&, Counting, NullRecorder&,
                                   MonthWork&);
template Status compute_discipline(const Facts&, const PersonMonth&, Counting, DerivationRecorder&,
                                   MonthWork&);
template Result<MonthWork> compute_work(const Facts&, const PersonMonth&, Counting, NullRecorder&);
template Result<MonthWork> compute_work(const Facts&, const PersonMonth&, Counting,
                                        DerivationRecorder&);

}  // namespace runut
