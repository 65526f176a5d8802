#include "projections/attendance.h"

#include <algorithm>
#include <map>

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::attendance {
namespace {

struct ClockEntry {
  Sequence sequence;
  Date date;
  Instant at;
  ClockDirection direction{};
  std::uint64_t device = 0;
  std::uint64_t device_sequence = 0;
  RUNUT_FIELDS(ClockEntry, sequence, date, at, direction, device, device_sequence)
};
struct ExcuseEntry {
  Sequence sequence;
  Date date;
  std::uint64_t excuse = 0;
  bool decision = false;
  bool approved = false;
  Instant at;  // action time
  RUNUT_FIELDS(ExcuseEntry, sequence, date, excuse, decision, approved, at)
};
struct ClosingRow {
  Sequence sequence;
  RUNUT_FIELDS(ClosingRow, sequence)
};

Key month_key(char space, PersonId person, Month month) {
  Key key(space);
  key.person(person).month(month);
  return key;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;
  const Event& event = input.event;

  void operator()(const AttendanceRecorded& e) {
    const Date day = local_date(e.at, input.utc_offset_minutes);
    append_row(rows, month_key('c', e.person, month_of(day)),
               ClockEntry{event.sequence, day, e.at, e.direction, e.device, e.device_sequence});
  }
  void operator()(const AttendanceExcused& e) {
    append_row(rows, month_key('x', e.person, month_of(e.date)),
               ExcuseEntry{event.sequence, e.date, e.excuse, false, false, event.action_time()});
  }
  void operator()(const ExcuseDecided& e) {
    append_row(
        rows, month_key('x', e.person, month_of(e.date)),
        ExcuseEntry{event.sequence, e.date, e.excuse, true, e.approved, event.action_time()});
  }
  void operator()(const AttendanceMonthClosed& e) {
    put_row(rows, Key('m').month(e.month).unit(e.unit), ClosingRow{event.sequence});
  }
};

void add_clock(Day& day, const ClockEntry& entry) {
  const Clock clock{entry.at, entry.sequence};
  ++day.clocks;
  if (entry.direction == ClockDirection::in) {
    if (!day.first_in || clock.at < day.first_in->at) day.first_in = clock;
  } else if (!day.last_out || clock.at > day.last_out->at) {
    day.last_out = clock;
  }
}

void add_excuse(Day& day, const ExcuseEntry& entry) {
  const auto known = std::find_if(day.excuses.begin(), day.excuses.end(),
                                  [&](const Excuse& one) { return one.excuse == entry.excuse; });
  Excuse& excuse = known != day.excuses.end() ? *known : day.excuses.emplace_back();
  excuse.excuse = entry.excuse;
  if (!entry.decision) {
    excuse.filed = entry.sequence;
    return;
  }
  excuse.decided = entry.sequence;
  excuse.decided_at = entry.at;
  excuse.approved = entry.approved;
}

// The entries of the days from `first` to `last`.
template <Record Entry, class Take>
Status each_of_days(const RowReader& rows, char space, PersonId person, Date first, Date last,
                    Take&& take) {
  return each_entry<Entry>(rows, month_key(space, person, month_of(first)),
                           month_key(space, person, month_of(last) + 1),
                           [&](KeyCursor, const Entry& entry) {
                             if (entry.date >= first && entry.date <= last) take(entry);
                           });
}

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return input.event.is_held() ? Status() : fold_with<Folder>(input, rows);
}

Result<std::vector<Day>> days_of(const RowReader& rows, PersonId person, Date first, Date last) {
  std::map<Date, Day> days;
  RUNUT_TRY(each_of_days<ClockEntry>(rows, 'c', person, first, last, [&](const ClockEntry& entry) {
    add_clock(days[entry.date], entry);
  }));
  RUNUT_TRY(each_of_days<ExcuseEntry>(
      rows, 'x', person, first, last,
      [&](const ExcuseEntry& entry) { add_excuse(days[entry.date], entry); }));
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
