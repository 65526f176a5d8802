#include "regulation/json_terms.h"

namespace runut {
namespace {

// "07:30" as a minute of the day.
void read_clock(const JsonCursor& at, std::uint32_t& out) {
  const auto text = at.text(1, 40);
  if (!text) return;
  const std::string& t = *text;
  const auto digit = [&](std::size_t i) { return t[i] >= '0' && t[i] <= '9'; };
  if (t.size() == 5 && digit(0) && digit(1) && t[2] == ':' && digit(3) && digit(4)) {
    const int hour = (t[0] - '0') * 10 + (t[1] - '0');
    const int minute = (t[3] - '0') * 10 + (t[4] - '0');
    if (hour < 24 && minute < 60) {
      out = static_cast<std::uint32_t>(hour * 60 + minute);
      return;
    }
  }
  at.report("field.clock", t, "a time HH:MM from 00:00 to 23:59 belongs here");
}

}  // namespace

void read_schedule(const JsonCursor& at, std::vector<DaySchedule>& out) {
  static constexpr std::string_view names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                               "friday", "saturday", "sunday"};
  at.fields({}, {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});
  for (std::uint32_t i = 0; i < std::size(names); ++i) {
    const JsonCursor day = at.at(names[i]);
    if (!day.present()) continue;
    DaySchedule entry;
    entry.weekday = i + 1;
    day.fields({"minutes", "start", "end"});
    read_number(day.at("minutes"), 0, minutes_a_day, entry.minutes);
    read_clock(day.at("start"), entry.start);
    read_clock(day.at("end"), entry.end);
    out.push_back(entry);
  }
}

}  // namespace runut
