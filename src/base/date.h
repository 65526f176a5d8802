// Civil dates, months, ranking periods and instants. Proleptic Gregorian, no time zone database:
// an agency has one fixed offset (rulebook: `utc_offset_minutes`).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace runut {

// A calendar day, as days since 1970-01-01. Accepted range: 1900-01-01 to 2200-12-31.
struct Date {
  std::int32_t days = 0;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
  friend constexpr Date operator+(Date date, int days) { return Date{date.days + days}; }
  friend constexpr Date operator-(Date date, int days) { return Date{date.days - days}; }
  friend constexpr int operator-(Date a, Date b) { return a.days - b.days; }
};

// A calendar month, as months since 0000-01.
struct Month {
  std::int32_t index = 0;
  friend constexpr auto operator<=>(const Month&, const Month&) = default;
  friend constexpr Month operator+(Month month, int count) { return Month{month.index + count}; }
  friend constexpr Month operator-(Month month, int count) { return Month{month.index - count}; }
  friend constexpr int operator-(Month a, Month b) { return a.index - b.index; }
};

// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t micros = 0;
  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
};

// Both days included; an open interval ends at Date::max-like `open_end`.
inline constexpr Date open_end{84370 + 365 * 100};
struct Interval {
  Date from;
  Date until = open_end;
  friend constexpr auto operator<=>(const Interval&, const Interval&) = default;
  [[nodiscard]] constexpr bool contains(Date day) const { return from <= day && day <= until; }
  [[nodiscard]] constexpr bool overlaps(const Interval& other) const {
    return from <= other.until && other.from <= until;
  }
};

enum class Weekday : std::uint8_t {
  monday,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday,
  sunday
};

struct YearMonthDay {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

// `date(2022, 2, 30)` is our bug, not input: checked.
[[nodiscard]] Date date(int year, int month, int day);
[[nodiscard]] YearMonthDay civil(Date date);
[[nodiscard]] Weekday weekday(Date date);
[[nodiscard]] bool is_valid_date(int year, int month, int day);

[[nodiscard]] Month month(int year, int month_of_year);
[[nodiscard]] Month month_of(Date date);
[[nodiscard]] Date first_day(Month month);
[[nodiscard]] Date last_day(Month month);
[[nodiscard]] int days_in(Month month);
[[nodiscard]] int year_of(Month month);
[[nodiscard]] int month_of_year(Month month);  // 1..12

// A ranking or evaluation period: whole calendar months, written 2022-S1, 2022-Q3, 2022-08 or 2022.
struct Period {
  Month first;
  std::int32_t months = 6;  // 1, 3, 6 or 12
  friend constexpr auto operator<=>(const Period&, const Period&) = default;
  [[nodiscard]] constexpr Month last() const { return first + (months - 1); }
  [[nodiscard]] constexpr bool contains(Month month) const {
    return first <= month && month <= last();
  }
  [[nodiscard]] constexpr Period following() const { return Period{first + months, months}; }
};
[[nodiscard]] Date first_day(Period period);
[[nodiscard]] Date last_day(Period period);

[[nodiscard]] std::string to_string(Date date);        // 2022-08-15
[[nodiscard]] std::string to_string(Month month);      // 2022-08
[[nodiscard]] std::string to_string(Period period);    // 2022-S1
[[nodiscard]] std::string to_string(Instant instant);  // RFC 3339, UTC: 2022-08-15T01:02:03.000004Z

[[nodiscard]] Result<Date> parse_date(std::string_view text);
[[nodiscard]] Result<Month> parse_month(std::string_view text);
[[nodiscard]] Result<Period> parse_period(std::string_view text);
// RFC 3339 with Z or a numeric offset, up to six digits of fraction; leap seconds are rejected.
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);

// The local civil day and the minute of that day (0..1439, cut) at a fixed offset.
[[nodiscard]] Date local_date(Instant instant, int utc_offset_minutes);
[[nodiscard]] int local_minute(Instant instant, int utc_offset_minutes);
// 00:00 local of that day.
[[nodiscard]] Instant start_of(Date date, int utc_offset_minutes);

}  // namespace runut
