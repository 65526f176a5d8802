#include "base/date.h"

#include <fmt/format.h>

#include <chrono>

namespace runut {
namespace {

constexpr std::int64_t micros_per_minute = 60LL * 1'000'000;
constexpr std::int64_t micros_per_day = 24LL * 60 * micros_per_minute;
constexpr int first_year = 1900;
constexpr int last_year = 2200;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

tl::unexpected<Error> malformed(std::string_view kind, std::string_view text,
                                std::string_view example) {
  return fail(Error{ErrorCode::invalid_input,
                    "format." + std::string(kind),
                    {},
                    std::string(text),
                    fmt::format("not a valid {} (written like {})", kind, example)});
}

// `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool is_at(std::string_view text, std::size_t at, char c) {
  return at < text.size() && text[at] == c;
}

}  // namespace

bool is_valid_date(int year, int month_of_year, int day) {
  if (year < first_year || year > last_year || month_of_year < 1 || month_of_year > 12 || day < 1)
    return false;
  return std::chrono::year_month_day{std::chrono::year{year},
                                     std::chrono::month{static_cast<unsigned>(month_of_year)},
                                     std::chrono::day{static_cast<unsigned>(day)}}
      .ok();
}

Date date(int year, int month_of_year, int day) {
  RUNUT_CHECK(is_valid_date(year, month_of_year, day), "no such day");
  const std::chrono::year_month_day ymd{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month_of_year)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

YearMonthDay civil(Date date) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{date.days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Weekday weekday(Date date) {
  // 1970-01-01 was a Thursday.
  return static_cast<Weekday>(((date.days % 7) + 7 + 3) % 7);
}

Month month(int year, int month_of_year) {
  RUNUT_CHECK(is_valid_date(year, month_of_year, 1), "no such month");
  return Month{year * 12 + month_of_year - 1};
}
Month month_of(Date date) {
  const YearMonthDay ymd = civil(date);
  return Month{ymd.year * 12 + ymd.month - 1};
}
int year_of(Month month) {
  return month.index / 12;
}
int month_of_year(Month month) {
  return month.index % 12 + 1;
}
Date first_day(Month month) {
  const std::chrono::year_month_day ymd{
      std::chrono::year{year_of(month)},
      std::chrono::month{static_cast<unsigned>(month_of_year(month))}, std::chrono::day{1}};
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}
Date last_day(Month month) {
  return first_day(month + 1) - 1;
}
int days_in(Month month) {
  return first_day(month + 1) - first_day(month);
}

Date first_day(Period period) {
  return first_day(period.first);
}
Date last_day(Period period) {
  return last_day(period.last());
}

namespace {
// `value` has at most `count` digits. Dates and instants are written once a command: no format
// string is read for them.
void put_digits(std::string& text, std::size_t at, std::size_t count, std::int64_t value) {
  for (std::size_t i = count; i-- > 0; value /= 10)
    text[at + i] = static_cast<char>('0' + value % 10);
}
}  // namespace

std::string to_string(Date date) {
  const YearMonthDay ymd = civil(date);
  if (ymd.year < 0 || ymd.year > 9999)
    return fmt::format("{:04}-{:02}-{:02}", ymd.year, ymd.month, ymd.day);
  std::string text = "0000-00-00";
  put_digits(text, 0, 4, ymd.year);
  put_digits(text, 5, 2, ymd.month);
  put_digits(text, 8, 2, ymd.day);
  return text;
}
std::string to_string(Month month) {
  return fmt::format("{:04}-{:02}", year_of(month), month_of_year(month));
}
std::string to_string(Period period) {
  const int year = year_of(period.first);
  const int start = month_of_year(period.first);
  switch (period.months) {
    case 12: return fmt::format("{:04}", year);
    case 6: return fmt::format("{:04}-S{}", year, (start - 1) / 6 + 1);
    case 3: return fmt::format("{:04}-Q{}", year, (start - 1) / 3 + 1);
    default: return to_string(period.first);
  }
}
std::string to_string(Instant instant) {
  const std::int64_t day = floor_div(instant.micros, micros_per_day);
  const std::int64_t within = instant.micros - day * micros_per_day;
  std::string text = to_string(Date{static_cast<std::int32_t>(day)});
  const std::size_t at = text.size();
  text += "T00:00:00.000000Z";
  put_digits(text, at + 1, 2, within / (60 * micros_per_minute));
  put_digits(text, at + 4, 2, within / micros_per_minute % 60);
  put_digits(text, at + 7, 2, within / 1'000'000 % 60);
  put_digits(text, at + 10, 6, within % 1'000'000);
  return text;
}

Result<Date> parse_date(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month_number = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (text.size() != 10 || !is_at(text, 4, '-') || !is_at(text, 7, '-') ||
      !is_valid_date(year, month_number, day))
    return malformed("date", text, "2022-08-15");
  return date(year, month_number, day);
}

Result<Month> parse_month(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month_number = digits(text, 5, 2);
  if (text.size() != 7 || !is_at(text, 4, '-') || !is_valid_date(year, month_number, 1))
    return malformed("month", text, "2022-08");
  return month(year, month_number);
}

Result<Period> parse_period(std::string_view text) {
  const int year = digits(text, 0, 4);
  const bool year_ok = is_valid_date(year, 1, 1);
  if (year_ok && text.size() == 4) return Period{month(year, 1), 12};
  if (year_ok && text.size() == 7 && text[4] == '-') {
    const int part = digits(text, 6, 1);
    if (text[5] == 'S' && (part == 1 || part == 2)) return Period{month(year, part * 6 - 5), 6};
    if (text[5] == 'Q' && part >= 1 && part <= 4) return Period{month(year, part * 3 - 2), 3};
    if (const auto single = parse_month(text)) return Period{*single, 1};
  }
  return malformed("period", text, "2022-S1");
}

Result<Instant> parse_instant(std::string_view text) {
  const auto wrong = [&] { return malformed("instant", text, "2022-08-15T07:30:00Z"); };
  if (text.size() < 20 || !is_at(text, 10, 'T')) return wrong();
  const auto day = parse_date(text.substr(0, 10));
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (!day || !is_at(text, 13, ':') || !is_at(text, 16, ':') || hour < 0 || hour > 23 ||
      minute < 0 || minute > 59 || second < 0 || second > 59)
    return wrong();
  std::size_t at = 19;
  std::int64_t fraction = 0;
  if (is_at(text, at, '.')) {
    ++at;
    std::int64_t unit = 100'000;
    const std::size_t start = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) {
      if (at - start == 6) return wrong();
      fraction += (text[at] - '0') * unit;
    }
    if (at == start) return wrong();
  }
  std::int64_t offset_minutes = 0;
  if (is_at(text, at, 'Z')) {
    ++at;
  } else if (is_at(text, at, '+') || is_at(text, at, '-')) {
    const int offset_hour = digits(text, at + 1, 2);
    const int offset_minute = digits(text, at + 4, 2);
    if (!is_at(text, at + 3, ':') || offset_hour < 0 || offset_hour > 14 || offset_minute < 0 ||
        offset_minute > 59)
      return wrong();
    offset_minutes = (offset_hour * 60 + offset_minute) * (text[at] == '-' ? -1 : 1);
    at += 6;
  } else {
    return wrong();
  }
  if (at != text.size()) return wrong();
  return Instant{day->days * micros_per_day +
                 (hour * 60LL + minute - offset_minutes) * micros_per_minute +
                 second * 1'000'000LL + fraction};
}

Date local_date(Instant instant, int utc_offset_minutes) {
  return Date{static_cast<std::int32_t>(
      floor_div(instant.micros + utc_offset_minutes * micros_per_minute, micros_per_day))};
}
int local_minute(Instant instant, int utc_offset_minutes) {
  const std::int64_t local = instant.micros + utc_offset_minutes * micros_per_minute;
  return static_cast<int>((local - floor_div(local, micros_per_day) * micros_per_day) /
                          micros_per_minute);
}
Instant start_of(Date date, int utc_offset_minutes) {
  return Instant{date.days * micros_per_day - utc_offset_minutes * micros_per_minute};
}

}  // namespace runut
