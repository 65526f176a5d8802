// The unit tree, which is dated: units are created, moved and closed.
#include <algorithm>
#include <set>

#include "ledger/rules.h"

namespace runut::rules {
namespace {

// The days in [from, until] on which some unit gets another parent, `from` among them: between them
// the tree stays as it is.
std::set<Date> days_of_change(const Case& at, Date from, Date until) {
  std::set<Date> days = {from};
  for (const auto& [id, unit] : at.agency().units)
    for (const DatedFact<UnitId>& move : unit.moves)
      if (move.sequence <= at.known_at() && move.from > from && move.from <= until)
        days.insert(move.from);
  return days;
}

// From the new parent upward on a day, back to the moved unit: "U2 > U5 > U2"; empty without one.
std::string cycle_on(const Case& at, const UnitMoved& body, Date day) {
  std::string path = to_string(body.unit);
  for (const UnitId above : at.agency().upward(body.parent, day, at.known_at())) {
    path += " > " + to_string(above);
    if (above == body.unit) return path;
  }
  return {};
}

// Of `ever`, who holds one of `facts` in the unit on a day after `last_day`.
template <class Fact>
std::string there_after(const Case& at, const std::map<UnitId, std::vector<PersonId>>& ever,
                        std::vector<Fact> PersonFacts::*facts, UnitId unit, Date last_day) {
  std::string out;
  const auto people = ever.find(unit);
  if (people == ever.end()) return out;
  for (const PersonId id : people->second) {
    const std::vector<Fact>& held = at.person(id).*facts;
    if (std::any_of(held.begin(), held.end(), [&](const Fact& fact) {
          return fact.unit == unit && fact.days.until > last_day &&
                 fact.days.from <= fact.days.until;
        }))
      out += (out.empty() ? "" : ", ") + to_string(id);
  }
  return out;
}

// Units that are below this one, and open, on a day after `last_day`.
std::string below_after(const Case& at, UnitId parent, Date last_day) {
  std::string out;
  const std::set<Date> days = days_of_change(at, last_day + 1, open_end);
  for (const auto& [id, unit] : at.agency().units)
    if (std::any_of(days.begin(), days.end(), [&](Date day) {
          return unit.is_open_on(day, at.known_at()) &&
                 unit.parent_on(day, at.known_at()) == parent;
        }))
      out += (out.empty() ? "" : ", ") + to_string(id);
  return out;
}

}  // namespace

Decided decide_one(const Case& at, const UnitCreated& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  if (body.unit == UnitId{})
    return reject("unit.id", "data.unit", to_string(body.unit), "ids begin at 1");
  if (at.agency().units.contains(body.unit))
    return reject("unit.id_taken", "data.unit", to_string(body.unit), "another unit has that id");
  if (body.code.empty() || body.code.size() > 40)
    return reject("unit.code", "data.code", body.code, "1 to 40 bytes");
  if (body.name.empty() || body.name.size() > 200)
    return reject("unit.name", "data.name", body.name, "1 to 200 bytes");
  for (const auto& [id, unit] : at.agency().units)
    if (unit.code == body.code)
      return reject("unit.code_taken", "data.code", body.code, to_string(id) + " has that code");
  if (body.parent) {
    RUNUT_TRY(at.require_unit(*body.parent, "data.parent"));
    RUNUT_TRY(at.require_open(*body.parent, open_end, "data.parent"));
  } else if (!at.agency().units.empty()) {
    return reject("unit.second_root", "data.parent", {}, "the unit tree has one root");
  }
  return at.one(body, body.from);
}

// A move of an earlier day is a correction of what was recorded, never refused because a run is
// locked. The parent stays open as long as the unit is below it.
Decided decide_one(const Case& at, const UnitMoved& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  RUNUT_TRY(at.require_unit(body.parent, "data.parent"));
  const UnitFact& unit = *at.agency().unit(body.unit, at.known_at());
  if (!unit.parent)
    return reject("unit.root", "data.unit", to_string(body.unit), "the root stays the root");
  if (body.from < unit.from)
    return reject("unit.before_its_first_day", "data.from", to_string(body.from),
                  "the unit begins on " + to_string(unit.from));
  RUNUT_TRY(at.require_open(body.unit, body.from, "data.unit"));
  if (unit.parent_on(body.from, at.known_at()) == body.parent)
    return reject("unit.moved_nowhere", "data.parent", to_string(body.parent),
                  "it is below that unit on " + to_string(body.from) + " already");
  Date until = unit.closed ? unit.closed->last_day : open_end;
  for (const DatedFact<UnitId>& move : unit.moves)
    if (move.from > body.from) until = std::min(until, move.from - 1);
  RUNUT_TRY(at.require_open(body.parent, until, "data.parent"));
  for (const Date day : days_of_change(at, body.from, until))
    if (const std::string path = cycle_on(at, body, day); !path.empty())
      return reject("unit.cycle", "data.parent", to_string(body.parent),
                    "the units would form a circle on " + to_string(day) + ": " + path);
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const UnitClosed& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  const UnitFact& unit = *at.agency().unit(body.unit, at.known_at());
  if (!unit.parent)
    return reject("unit.root", "data.unit", to_string(body.unit), "an agency keeps its root");
  if (unit.closed)
    return reject("unit.closed", "data.unit", to_string(body.unit),
                  "the unit was closed with " + to_string(unit.closed->last_day));
  if (body.last_day < unit.from)
    return reject("unit.before_its_first_day", "data.last_day", to_string(body.last_day),
                  "the unit begins on " + to_string(unit.from));
  if (const std::string people = there_after(at, at.agency().ever_assigned,
                                             &PersonFacts::assignments, body.unit, body.last_day);
      !people.empty())
    return reject("unit.has_people", "data.unit", to_string(body.unit),
                  "assigned there after " + to_string(body.last_day) + ": " + people);
  if (const std::string people =
          there_after(at, at.agency().ever_acting, &PersonFacts::acting, body.unit, body.last_day);
      !people.empty())
    return reject("unit.has_acting", "data.unit", to_string(body.unit),
                  "acting there after " + to_string(body.last_day) + ": " + people);
  if (const std::string units = below_after(at, body.unit, body.last_day); !units.empty())
    return reject("unit.has_units", "data.unit", to_string(body.unit),
                  "below it after " + to_string(body.last_day) + ": " + units);
  return at.one(body, body.last_day);
}

}  // namespace runut::rules
