#include "projections/attendance.h"

#include <algorithm>
#include <map>

#include "projections/lookup.h"

namespace runut::attendance {
namespace {

struct ClockRow {
  Instant at;
  ClockDirection direction{};
  std::uint64_t device = 0;
  std::uint64_t device_sequence = 0;
  RUNUT_FIELDS(ClockRow, at, direction, device, device_sequence)
};
struct ExcuseRow {
  std::uint64_t excuse = 0;
  bool decision = false;
  bool approved = false;
  Instant at;  // action time
  RUNUT_FIELDS(ExcuseRow, excuse, decision, approved, at)
};
struct ClosingRow {
  Sequence sequence;
  RUNUT_FIELDS(ClosingRow, sequence)
};

Key day_key(char space, PersonId person, Date date) {
  Key key(space);
  key.person(person).date(date);
  return key;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;
  const Event& event = input.event;

  void operator()(const AttendanceRecorded& e) {
    const Date day = local_date(e.at, input.utc_offset_minutes);
    put_row(rows, day_key('c', e.person, day).sequence(event.sequence),
            ClockRow{e.at, e.direction, e.device, e.device_sequence});
  }
  void operator()(const AttendanceExcused& e) {
    put_row(rows, day_key('x', e.person, e.date).sequence(event.sequence),
            ExcuseRow{e.excuse, false, false, event.action_time()});
  }
  void operator()(const ExcuseDecided& e) {
    put_row(rows, day_key('x', e.person, e.date).sequence(event.sequence),
            ExcuseRow{e.excuse, true, e.approved, event.action_time()});
  }
  void operator()(const AttendanceMonthClosed& e) {
    put_row(rows, Key('m').month(e.month).unit(e.unit), ClosingRow{event.sequence});
  }
  template <class Other>
  void operator()(const Other&) {}
};

void add_excuse(Day& day, Sequence sequence, const ExcuseRow& row) {
  const auto known = std::find_if(day.excuses.begin(), day.excuses.end(),
                                  [&](const Excuse& entry) { return entry.excuse == row.excuse; });
  Excuse& entry = known != day.excuses.end() ? *known : day.excuses.emplace_back();
  entry.excuse = row.excuse;
  if (!row.decision) {
    entry.filed = sequence;
    return;
  }
  entry.decided = sequence;
  entry.decided_at = row.at;
  entry.approved = row.approved;
}

}  // namespace

Status fold(const FoldInput& input, Rows& rows) {
  std::visit(Folder{input, rows}, input.event.payload);
  return {};
}

Result<std::vector<Day>> days_of(const RowReader& rows, PersonId person, Date first, Date last) {
  std::map<Date, Day> days;
  RUNUT_TRY(each_row<ClockRow>(rows, day_key('c', person, first), day_key('c', person, last + 1),
                               [&](KeyCursor key, const ClockRow& row) {
                                 (void)key.person();
                                 Day& day = days[key.date()];
                                 const Clock time{row.at, key.sequence()};
                                 ++day.clocks;
                                 if (row.direction == ClockDirection::in) {
                                   if (!day.first_in || time.at < day.first_in->at)
                                     day.first_in = time;
                                 } else if (!day.last_out || time.at > day.last_out->at) {
                                   day.last_out = time;
                                 }
                               }));
  RUNUT_TRY(each_row<ExcuseRow>(rows, day_key('x', person, first), day_key('x', person, last + 1),
                                [&](KeyCursor key, const ExcuseRow& row) {
                                  (void)key.person();
                                  Day& day = days[key.date()];
                                  add_excuse(day, key.sequence(), row);
                                }));
  std::vector<Day> out;
  for (auto& [date, day] : days) {
    day.date = date;
    out.push_back(std::move(day));
  }
  return out;
}

Result<std::vector<Closing>> closings_of(const RowReader& rows, Month month) {
  std::vector<Closing> out;
  RUNUT_TRY(
      each_row<ClosingRow>(rows, Key('m').month(month), [&](KeyCursor key, const ClosingRow& row) {
        (void)key.month();
        out.push_back({key.unit(), month, row.sequence});
      }));
  return out;
}

}  // namespace runut::attendance
