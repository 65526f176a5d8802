// Readers of the words that documents and packs share. Include in .cc files only.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "domain/events_daily.h"
#include "json/cursor.h"
#include "regulation/terms.h"

namespace runut {

inline constexpr std::int64_t minutes_a_day = 1'440;

// A name of the vocabulary; reports field.name with the names that are allowed.
template <NamedEnum Enum>
bool read_name(const JsonCursor& at, Enum& out) {
  const auto name = at.text(0, 200);
  if (!name) return false;
  const auto known = enum_from<Enum>(*name);
  if (!known) {
    std::string names;
    for (const auto& row : EnumNames<Enum>::table)
      names += fmt::format("{}{}", names.empty() ? "" : ", ", row.name);
    at.report("field.name", *name, "one of these belongs here: " + names);
    return false;
  }
  out = *known;
  return true;
}

template <class Number>
void read_number(const JsonCursor& at, std::int64_t min, std::int64_t max, Number& out) {
  if (const auto number = at.integer(min, max)) out = Number{*number};
}

template <class Number>
void read_optional(const JsonCursor& at, std::int64_t min, std::int64_t max,
                   std::optional<Number>& out) {
  if (at.is_null()) return;
  if (const auto number = at.integer(min, max)) out = Number{*number};
}

// {"monday": {"minutes": 300, "start": "07:30", "end": "16:00"}, …}; a weekday without entry is
// free.
void read_schedule(const JsonCursor& at, std::vector<DaySchedule>& out);

}  // namespace runut
