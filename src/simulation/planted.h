// What a simulation planted on purpose, so that audit and explain can be asked for exactly that.
// Written beside the commands as planted.json.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/event.h"

namespace runut::simulation {

// The kind of commands that no ledger may accept; they leave no event.
inline constexpr std::string_view rejected_kind = "rejected_command";

struct PlantedItem {
  std::string kind;  // "late_approval", "tie", "violation", ...: planted_kinds()
  std::optional<PersonId> person;
  std::optional<UnitId> unit;
  std::optional<Month> month;  // whose pay or work it concerns
  std::optional<Date> date;
  std::vector<CommandId> commands;  // in the order of the file
  std::string note;
  std::vector<std::pair<std::string, std::string>> expected;  // name, value as text
};

// The one whose August the demonstration explains.
struct Heroine {
  PersonId person;
  std::string identifier;
  UnitId unit;
  std::string group;
  std::uint32_t members = 0;
  std::uint32_t rank = 0;
  Period period;
  Month month;
  RunId run;             // that cuts her
  RunId correction_run;  // that pays it back
  Score result;
  Score behaviour;
  Score score;
  Score corrected_result;
  Score avoided_by;    // the smallest addition to the result that avoids the cut
  PersonId neighbour;  // the last one above the cut-off
  Tier before{};
  Tier after{};
};

struct Planted {
  std::string agency;
  std::string regulation;
  std::uint64_t seed = 0;
  std::uint32_t people = 0;
  Month from;
  Month to;
  std::uint64_t commands = 0;
  std::map<std::string, std::uint64_t> by_command;  // name, number
  std::map<std::string, std::uint64_t> by_kind;     // of planted items
  std::optional<Heroine> heroine;                   // when a ranking was published
  std::vector<PlantedItem> items;                   // unless a sink takes them
};

// Takes an item once all its commands are known; an error ends the simulation.
using PlantedSink = std::function<Status(const PlantedItem&)>;

// Every kind that eight months up to that of the ranking plant at least once in a city of 200
// people and more.
[[nodiscard]] const std::vector<std::string>& planted_kinds();

// What an audit must find of an item of that kind, by the names of findings, one each; nothing of
// what breaks no rule. Each finding rests on one of the item's commands.
[[nodiscard]] const std::vector<std::string_view>& audit_findings(std::string_view kind);

// One JSON object, one item a line, written as the items come: what stands before the first item,
// each item, and the totals after the last.
[[nodiscard]] std::string planted_opening();
[[nodiscard]] std::string planted_line(const PlantedItem& item, bool first);
[[nodiscard]] std::string planted_closing(const Planted& totals);
// The three together, of the items held.
[[nodiscard]] std::string to_json(const Planted& planted);

}  // namespace runut::simulation
