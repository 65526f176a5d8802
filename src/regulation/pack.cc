#include "regulation/pack.h"

#include <boost/json.hpp>
#include <utility>

#include "json/json.h"
#include "regulation/json_terms.h"

namespace runut {
namespace {

void read_day(const JsonCursor& at, Date& out) {
  if (const auto day = at.day()) out = *day;
}
void read_text(const JsonCursor& at, std::size_t max, std::string& out) {
  if (auto text = at.text(1, max)) out = std::move(*text);
}

void read_holidays(const JsonCursor& at, Pack& pack) {
  at.fields({"source", "status", "days"});
  read_text(at.at("source"), 1000, pack.holidays_source);
  read_name(at.at("status"), pack.holidays_status);
  for (const JsonCursor& entry : at.at("days").elements(0, 1000)) {
    PackHoliday holiday;
    entry.fields({"date", "kind", "name"});
    read_day(entry.at("date"), holiday.date);
    read_name(entry.at("kind"), holiday.kind);
    read_text(entry.at("name"), 200, holiday.name);
    if (!pack.holidays.empty() && holiday.date <= pack.holidays.back().date)
      entry.report("pack.dates_rise", to_string(holiday.date),
                   "holidays stand in order, each once");
    pack.holidays.push_back(std::move(holiday));
  }
}

void read_schedules(const JsonCursor& at, Pack& pack) {
  for (const JsonCursor& entry : at.elements(0, 100)) {
    PackSchedule schedule;
    entry.fields({"name", "from", "until", "days", "source", "status"});
    read_text(entry.at("name"), 200, schedule.name);
    read_day(entry.at("from"), schedule.from);
    read_day(entry.at("until"), schedule.until);
    if (const JsonCursor days = entry.at("days"); days.present())
      read_schedule(days, schedule.days);
    read_text(entry.at("source"), 1000, schedule.source);
    read_name(entry.at("status"), schedule.status);
    if (schedule.until < schedule.from)
      entry.report("pack.interval", to_string(schedule.until), "an interval ends after it begins");
    pack.schedules.push_back(std::move(schedule));
  }
}

}  // namespace

tl::expected<Pack, std::vector<Error>> read_pack(std::string_view text) {
  auto parsed = parse_json(text);
  if (!parsed) return tl::unexpected(std::vector<Error>{std::move(parsed).error()});
  std::vector<Error> violations;
  const JsonCursor root(&*parsed, "", &violations);
  root.fields(
      {"pack", "agency", "utc_offset_minutes", "documents", "holidays", "schedules", "notes"});
  Pack pack;
  read_text(root.at("pack"), 64, pack.id);
  read_text(root.at("agency"), 200, pack.agency);
  if (const auto offset = root.at("utc_offset_minutes").integer(-720, 840))
    pack.utc_offset_minutes = static_cast<int>(*offset);
  for (const JsonCursor& entry : root.at("documents").elements(1, 100)) {
    PackDocument document;
    entry.fields({"file", "id"}, {"amends"});
    read_text(entry.at("file"), 100, document.file);
    if (document.file.find_first_of("/\\") != std::string::npos)
      entry.at("file").report("pack.file", document.file, "a file beside pack.json belongs here");
    read_text(entry.at("id"), 64, document.id);
    if (const JsonCursor amends = entry.at("amends"); amends.present())
      document.amends = amends.text(1, 64);
    pack.documents.push_back(std::move(document));
  }
  if (const JsonCursor holidays = root.at("holidays"); holidays.present())
    read_holidays(holidays, pack);
  read_schedules(root.at("schedules"), pack);
  for (const JsonCursor& entry : root.at("notes").elements(0, 100))
    if (auto note = entry.text(1, 1000)) pack.notes.push_back(std::move(*note));
  if (!violations.empty()) return tl::unexpected(std::move(violations));
  return pack;
}

}  // namespace runut
