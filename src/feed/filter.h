// Which events somebody wants.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "domain/event.h"

namespace runut::feed {

// An event passes that every list accepts; an empty list accepts all.
//
// Whether an event passes is told from that event alone, so that a subscription gets the same
// events whenever it asks, from any place in the log:
// - `persons`: the subject is one of them. Within a subject versions are dense, so the client sees
//   for itself that nothing is missing.
// - `units`: the event is about one of these units or names it (a post in it, a run of it). Units
//   below are not meant: the tree is that of a day and moves are recorded late, so an answer for
//   "and below" would change from one reading to the next; whoever wants them names them. Nor are
//   the people of the unit: what is said of them is found by person.
struct Filter {
  std::vector<EventType> types{};  // sorted, as are the others
  std::vector<UnitId> units{};
  std::vector<PersonId> persons{};
  friend bool operator==(const Filter&, const Filter&) = default;
};

// What a filter looks at.
struct EventKeys {
  EventType type{};
  Subject subject;
  std::array<UnitId, 3> units;  // that it names, 0 where there are fewer
};
[[nodiscard]] EventKeys keys_of(const Event& event);
[[nodiscard]] bool matches(const Filter& filter, const EventKeys& keys);

// As given: names of types with or without "id.runut.", U3, P17.
struct FilterText {
  std::vector<std::string> types{};
  std::vector<std::string> units{};
  std::vector<std::string> persons{};
};
inline constexpr std::size_t filter_entries_max = 200;  // of one list

// Every violation, with the rule filter.type, filter.unit, filter.person or filter.size; `field` is
// the list's name.
[[nodiscard]] Filter read_filter(const FilterText& text, std::vector<Error>& violations);
[[nodiscard]] FilterText to_text(const Filter& filter);

}  // namespace runut::feed
