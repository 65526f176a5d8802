// A pack: the facts of one agency beside its documents, as schemas/regulations/<pack>/pack.json
// states them. Reading files is the caller's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/events_daily.h"
#include "regulation/terms.h"

namespace runut {

struct PackDocument {
  std::string file;  // beside pack.json
  std::string id;
  std::optional<std::string> amends;  // none: enacted
};

struct PackHoliday {
  Date date;
  HolidayKind kind{};
  std::string name;
};

// What the city would record as ScheduleSet for the root and for every unit with a schedule of its
// own.
struct PackSchedule {
  std::string name;
  Date from;
  Date until;
  std::vector<DaySchedule> days;
  std::string source;
  ValueStatus status{};
};

struct Pack {
  std::string id;      // "kota-kediri"
  std::string agency;  // "Pemerintah Kota Kediri"
  int utc_offset_minutes = 0;
  std::vector<PackDocument> documents;  // in order of effect
  std::vector<PackHoliday> holidays;    // ascending dates
  std::string holidays_source;
  ValueStatus holidays_status{};
  std::vector<PackSchedule> schedules;
  std::vector<std::string> notes;
};

// Every violation at once, like read_document().
[[nodiscard]] tl::expected<Pack, std::vector<Error>> read_pack(std::string_view text);

}  // namespace runut
