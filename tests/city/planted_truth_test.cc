// What the audit finds in a simulated city is what was planted in it: each item as the findings
// that it must leave, each finding as an item's, and none besides.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "city.h"
#include "codec/envelope_codec.h"
#include "query/audit.h"

namespace runut {
namespace {

using testing::City;
using Kind = Finding::Kind;

std::optional<Kind> finding_kind(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(last_finding_kind); ++i)
    if (to_string(static_cast<Kind>(i)) == name) return static_cast<Kind>(i);
  return std::nullopt;
}

// The findings that an item must leave, as planted.json tells them.
std::map<Kind, std::size_t> left_by(const simulation::PlantedItem& item) {
  std::map<Kind, std::size_t> out;
  for (const std::string_view name : simulation::audit_findings(item.kind)) {
    const auto kind = finding_kind(name);
    EXPECT_TRUE(kind.has_value()) << name;
    if (kind) ++out[*kind];
  }
  return out;
}

struct Audited {
  AuditReport report;
  std::map<Sequence, CommandId> commands;  // of the findings' events
};

Audited audited(City& city) {
  Auditor auditor;
  std::map<Sequence, CommandId> commands;
  for (Sequence from{1};;) {
    const auto batch = city.log().read(from);
    EXPECT_TRUE(batch.has_value());
    if (!batch || batch->empty()) break;
    for (const EventView& view : batch->events) {
      auto event = decode_event(view.bytes);
      EXPECT_TRUE(event.has_value());
      commands.emplace(event->sequence, event->command);
      EXPECT_TRUE(auditor.add(std::move(*event)).has_value());
      from = next(view.sequence);
    }
  }
  auditor.finish();
  return {auditor.report(), std::move(commands)};
}

std::string expected(const simulation::PlantedItem& item, std::string_view name) {
  for (const auto& [key, value] : item.expected)
    if (key == name) return value;
  return {};
}

bool is_of(const Finding& finding, const CommandId& command, const simulation::PlantedItem& item) {
  if (std::find(item.commands.begin(), item.commands.end(), command) == item.commands.end())
    return false;
  // One publication finds the ties of many groups.
  if (finding.kind == Kind::tie) return finding.values.at(0) == expected(item, "group");
  // One lock posts the corrections of many people and months.
  return finding.kind != Kind::correction_posted ||
         (item.person && finding.subject == subject_of(*item.person) &&
          finding.month == item.month);
}

// Enough for every story; RUNUT_PEOPLE where it is set (the soak tests do).
std::uint32_t people() {
  const char* const wanted = std::getenv("RUNUT_PEOPLE");
  return wanted == nullptr ? 150 : static_cast<std::uint32_t>(std::stoul(wanted));
}

// As planted.json says, item by item; returns the kinds of finding that the items leave.
std::map<Kind, std::size_t> expect_planted_truth(City& city) {
  const Audited audit = audited(city);
  const auto& items = city.planted().items;
  std::map<std::pair<std::size_t, Kind>, std::size_t> found;
  for (const Finding& finding : audit.report.findings) {
    const CommandId command =
        finding.sequence == Sequence{} ? CommandId{} : audit.commands.at(finding.sequence);
    std::size_t matches = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!left_by(items[i]).contains(finding.kind) || !is_of(finding, command, items[i])) continue;
      ++matches;
      ++found[{i, finding.kind}];
    }
    EXPECT_EQ(matches, 1U) << to_string(finding.kind) << " at " << finding.sequence.value << ": "
                           << finding.detail;
  }
  std::map<Kind, std::size_t> expected;
  for (std::size_t i = 0; i < items.size(); ++i)
    for (const auto& [kind, times] : left_by(items[i])) {
      expected[kind] += times;
      EXPECT_EQ((found[{i, kind}]), times)
          << items[i].kind << " (" << items[i].note << ") as " << to_string(kind);
    }
  EXPECT_TRUE(audit.report.agrees());
  return expected;
}

class PlantedTruth : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(PlantedTruth, IsWhatTheAuditFindsAndNothingElse) {
  City city({.people = people(), .from = month(2022, 1), .to = month(2022, 8), .seed = GetParam()});
  const auto expected = expect_planted_truth(city);
  EXPECT_GE(expected.size(), 16U) << "kinds of finding that this city must show";
}

// The regime changes within the months: half a year of quarters is evaluated by predicate.
TEST_P(PlantedTruth, IsWhatTheAuditFindsInACityOfPredicates) {
  City city({.people = people(), .from = month(2022, 5), .to = month(2022, 12), .seed = GetParam()},
            {.pack = "kota-denpasar"});
  const auto expected = expect_planted_truth(city);
  for (const Kind kind : {Kind::outside_distribution, Kind::objection, Kind::evaluation_corrected,
                          Kind::overdue_senior_post, Kind::refused_attempt})
    EXPECT_TRUE(expected.contains(kind)) << to_string(kind);
  for (const auto& refused : city.refused()) {
    const auto& items = city.planted().items;
    EXPECT_TRUE(std::any_of(items.begin(), items.end(),
                            [&](const auto& item) {
                              return (item.kind == "violation" ||
                                      item.kind == simulation::rejected_kind) &&
                                     std::find(item.commands.begin(), item.commands.end(),
                                               refused.command.id) != item.commands.end();
                            }))
        << command_name(refused.command.body) << ": " << refused.error.describe();
  }
}

INSTANTIATE_TEST_SUITE_P(Seed, PlantedTruth, ::testing::Values(2022));
INSTANTIATE_TEST_SUITE_P(OtherSeeds, PlantedTruth, ::testing::Values(2, 7));

}  // namespace
}  // namespace runut
