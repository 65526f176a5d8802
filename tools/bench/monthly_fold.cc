#include "tools/bench/monthly_fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "projections/attendance.h"
#include "projections/reports.h"
#include "projections/roster.h"

namespace runut::bench {
namespace {

// Kediri's approval_cutoff_day: before the 4th of the next month.
Instant approval_cutoff(Month month, int utc_offset_minutes) {
  return start_of(first_day(month + 1) + 3, utc_offset_minutes);
}

constexpr auto people_sql = "SELECT DISTINCT person FROM person_registered ORDER BY person";

// A submission that a later one replaced, under its id or by naming it, does not count.
constexpr auto reports_sql = R"(
SELECT p.person, sum(s.minutes) FROM person_registered p
CROSS JOIN daily_report_submitted s ON s.person = p.person AND s.date BETWEEN ?1 AND ?2
CROSS JOIN daily_report_approved a ON a.person = s.person AND a.date = s.date
  AND a.report = s.report AND a.sequence > s.sequence AND a.recorded_at < ?3
WHERE NOT EXISTS (SELECT 1 FROM daily_report_submitted x
  WHERE x.person = s.person AND x.date = s.date AND x.sequence > s.sequence
    AND (x.report = s.report OR x.supersedes = s.sequence))
GROUP BY p.person)";

constexpr auto clocks_sql = R"(
SELECT person, count(first_in), sum(first_in), count(last_out), sum(last_out) FROM (
  SELECT c.person AS person,
    min(CASE WHEN c.direction = {0} THEN (c.at + {2}) / 60000000 % 1440 END) AS first_in,
    max(CASE WHEN c.direction = {1} THEN (c.at + {2}) / 60000000 % 1440 END) AS last_out
  FROM person_registered p
  CROSS JOIN attendance_recorded c ON c.person = p.person AND c.occurred_on BETWEEN ?1 AND ?2
  GROUP BY c.person, c.occurred_on)
GROUP BY person)";

constexpr auto excuses_sql = R"(
SELECT p.person, count(DISTINCT d.date) FROM person_registered p
CROSS JOIN excuse_decided d ON d.person = p.person AND d.date BETWEEN ?1 AND ?2
WHERE d.approved = 1 GROUP BY p.person)";

template <class Take>
Status each_row(const SqliteStatement& statement, Take&& take) {
  for (;;) {
    RUNUT_ASSIGN(const bool row, statement.step());
    if (!row) return {};
    take(statement);
  }
}

}  // namespace

Result<SqlFold> SqlFold::prepare(const SqliteDatabase& database, int utc_offset_minutes) {
  SqlFold fold;
  fold.utc_offset_minutes_ = utc_offset_minutes;
  RUNUT_ASSIGN(fold.people_, database.prepare(people_sql));
  RUNUT_ASSIGN(fold.reports_, database.prepare(reports_sql));
  RUNUT_ASSIGN(fold.clocks_,
               database.prepare(fmt::format(clocks_sql, static_cast<int>(ClockDirection::in),
                                            static_cast<int>(ClockDirection::out),
                                            std::int64_t{utc_offset_minutes} * 60'000'000)));
  RUNUT_ASSIGN(fold.excuses_, database.prepare(excuses_sql));
  return fold;
}

Result<FoldedMonths> SqlFold::fold(Month month) const {
  FoldedMonths out;
  RUNUT_TRY(each_row(
      people_, [&](const SqliteStatement& row) { out.push_back({.person = row.number(0)}); }));
  const auto of = [&](std::int64_t person) -> FoldedMonth& {
    return *std::lower_bound(
        out.begin(), out.end(), person,
        [](const FoldedMonth& folded, std::int64_t wanted) { return folded.person < wanted; });
  };
  const std::vector<FactCell> dates = {std::int64_t{first_day(month).days},
                                       std::int64_t{last_day(month).days}};
  std::vector<FactCell> with_cutoff = dates;
  with_cutoff.emplace_back(approval_cutoff(month, utc_offset_minutes_).micros);
  RUNUT_TRY(reports_.bind(with_cutoff));
  RUNUT_TRY(each_row(
      reports_, [&](const SqliteStatement& row) { of(row.number(0)).approved = row.number(1); }));
  RUNUT_TRY(clocks_.bind(dates));
  RUNUT_TRY(each_row(clocks_, [&](const SqliteStatement& row) {
    FoldedMonth& folded = of(row.number(0));
    folded.days_in = row.number(1);
    folded.first_in = row.number(2);
    folded.days_out = row.number(3);
    folded.last_out = row.number(4);
  }));
  RUNUT_TRY(excuses_.bind(dates));
  RUNUT_TRY(each_row(
      excuses_, [&](const SqliteStatement& row) { of(row.number(0)).excused = row.number(1); }));
  return out;
}

Result<FoldedMonths> fold_views(const FoldViews& views, Month month, int utc_offset_minutes) {
  RUNUT_ASSIGN(const std::vector<PersonId> people, roster::persons(views.roster));
  const Instant cutoff = approval_cutoff(month, utc_offset_minutes);
  FoldedMonths out;
  out.reserve(people.size());
  for (const PersonId person : people) {
    FoldedMonth folded{.person = static_cast<std::int64_t>(person.value)};
    RUNUT_ASSIGN(const std::vector<reports::Report> reported,
                 reports::of_person(views.reports, person, first_day(month), last_day(month)));
    for (const reports::Report& report : reported)
      if (report.state == reports::State::approved && report.decided_at < cutoff)
        folded.approved += report.minutes.value;
    RUNUT_ASSIGN(const std::vector<attendance::Day> days,
                 attendance::days_of(views.attendance, person, first_day(month), last_day(month)));
    for (const attendance::Day& day : days) {
      if (day.first_in) {
        ++folded.days_in;
        folded.first_in += local_minute(day.first_in->at, utc_offset_minutes);
      }
      if (day.last_out) {
        ++folded.days_out;
        folded.last_out += local_minute(day.last_out->at, utc_offset_minutes);
      }
      if (std::any_of(day.excuses.begin(), day.excuses.end(),
                      [](const attendance::Excuse& excuse) { return excuse.approved; }))
        ++folded.excused;
    }
    out.push_back(folded);
  }
  return out;
}

}  // namespace runut::bench
