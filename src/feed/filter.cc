#include "feed/filter.h"

#include <algorithm>

#include "feed/cloud_event.h"

namespace runut::feed {
namespace {

void name_unit(EventKeys& keys, UnitId unit) {
  for (UnitId& place : keys.units) {
    if (place == unit) return;
    if (place.value != 0) continue;
    place = unit;
    return;
  }
}

template <class T>
void name_units(EventKeys& keys, const T& field) {
  if constexpr (std::is_same_v<T, UnitId>) {
    name_unit(keys, field);
  } else if constexpr (std::is_same_v<T, std::optional<UnitId>>) {
    if (field) name_unit(keys, *field);
  } else if constexpr (std::is_same_v<T, RunId>) {
    name_unit(keys, field.unit);
  }
}

template <class T>
bool accepts(const std::vector<T>& list, const T& value) {
  return std::binary_search(list.begin(), list.end(), value);
}

Result<EventType> parse_type(std::string_view name) {
  if (name.starts_with(type_prefix)) name.remove_prefix(type_prefix.size());
  for (const auto& row : EnumNames<EventType>::table)
    if (row.name == name) return row.value;
  return fail(ErrorCode::invalid_input, "this version knows no such type of event");
}

template <class T, class Parse>
std::vector<T> read_list(const std::vector<std::string>& text, std::string_view field, Parse parse,
                         std::vector<Error>& violations) {
  std::vector<T> out;
  if (text.size() > filter_entries_max) {
    violations.push_back({ErrorCode::invalid_input, "filter.size", std::string(field),
                          std::to_string(text.size()),
                          "a list has at most " + std::to_string(filter_entries_max) +
                              " entries; without one, everything passes"});
    return out;
  }
  for (const std::string& entry : text) {
    const auto parsed = parse(entry);
    if (parsed)
      out.push_back(*parsed);
    else
      violations.push_back({ErrorCode::invalid_input, "filter." + std::string(field),
                            std::string(field), entry.substr(0, 80), parsed.error().message});
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

EventKeys keys_of(const Event& event) {
  EventKeys keys{event.type(), event.subject, {}};
  if (event.subject.kind == SubjectKind::unit) name_unit(keys, UnitId{event.subject.id});
  std::visit(
      [&]<class P>(const P& payload) {
        if constexpr (Record<P>)
          P::visit(payload, [&](std::string_view, const auto& field) { name_units(keys, field); });
      },
      event.payload);
  return keys;
}

bool matches(const Filter& filter, const EventKeys& keys) {
  if (!filter.types.empty() && !accepts(filter.types, keys.type)) return false;
  if (!filter.persons.empty() && (keys.subject.kind != SubjectKind::person ||
                                  !accepts(filter.persons, PersonId{keys.subject.id})))
    return false;
  return filter.units.empty() ||
         std::any_of(keys.units.begin(), keys.units.end(),
                     [&](UnitId unit) { return unit.value != 0 && accepts(filter.units, unit); });
}

Filter read_filter(const FilterText& text, std::vector<Error>& violations) {
  return {read_list<EventType>(text.types, "type", parse_type, violations),
          read_list<UnitId>(text.units, "unit", parse_unit_id, violations),
          read_list<PersonId>(text.persons, "person", parse_person_id, violations)};
}

FilterText to_text(const Filter& filter) {
  FilterText out;
  for (const EventType type : filter.types) out.types.emplace_back(to_string(type));
  for (const UnitId unit : filter.units) out.units.push_back(to_string(unit));
  for (const PersonId person : filter.persons) out.persons.push_back(to_string(person));
  return out;
}

}  // namespace runut::feed
