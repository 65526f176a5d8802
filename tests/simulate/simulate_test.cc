// A simulated city: the same every time, in order, with everything planted that it says it planted.
#include "simulation/simulate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/sha256.h"
#include "codec/command_json.h"
#include "tests/simulate/kediri.h"

namespace runut::simulation {
namespace {

SimulateOptions small(std::uint64_t seed = 1) {
  return {.people = 100, .from = month(2022, 6), .to = month(2022, 8), .seed = seed};
}

// What a test asks of a stream, taken while it passes.
struct Watched {
  Planted planted;
  Hash256 digest;
  std::uint64_t commands = 0;
  std::map<CommandId, std::string> names;
};

Watched watch(const SimulateOptions& options) {
  Watched out;
  const CommandSink sink = [&](const Command& command) -> Status {
    ++out.commands;
    const std::string line = to_json(command);
    out.digest = sha256({out.digest.view(), line});
    out.names.emplace(command.id, command_name(command.body));
    return {};
  };
  auto planted = simulate(options, kediri(), sink);
  EXPECT_TRUE(planted.has_value()) << (planted ? "" : planted.error().describe());
  if (planted) out.planted = std::move(*planted);
  return out;
}

TEST(Simulate, GivesTheSameBytesForTheSameSeed) {
  const Watched once = watch(small());
  const Watched again = watch(small());
  EXPECT_EQ(once.digest, again.digest);
  EXPECT_EQ(to_json(once.planted), to_json(again.planted));
  EXPECT_NE(once.digest, watch(small(2)).digest);
}

TEST(Simulate, NeverStepsBackInTimeNorRepeatsAnId) {
  Instant last{INT64_MIN};
  std::set<CommandId> ids;
  const CommandSink sink = [&](const Command& command) -> Status {
    EXPECT_TRUE(command.recorded_at && *command.recorded_at >= last) << to_json(command);
    EXPECT_TRUE(ids.insert(command.id).second) << to_string(command.id);
    last = *command.recorded_at;
    return {};
  };
  ASSERT_TRUE(simulate(small(), kediri(), sink));
  EXPECT_GT(ids.size(), 20'000u);
}

TEST(Simulate, FoundsTheLedgerInTheOrderThatEveryFileKeeps) {
  std::vector<std::string> order;
  std::set<std::string> seen;
  const CommandSink sink = [&](const Command& command) -> Status {
    std::string name(command_name(command.body));
    if (seen.insert(name).second) order.push_back(std::move(name));
    return {};
  };
  ASSERT_TRUE(simulate(small(), kediri(), sink));
  order.resize(14);
  EXPECT_THAT(order, ::testing::ElementsAre("FoundAgency", "EnactRegulation", "AmendRegulation",
                                            "SetHoliday", "CreateUnit", "SetSchedule",
                                            "SetTppCeiling", "SetBudget", "RegisterPerson",
                                            "AssignIdentifier", "ChangeStatus", "ChangeGrade",
                                            "StartAssignment", "AssignAppraiser"));
}

TEST(Simulate, PlantsEveryKindAndNamesItsCommands) {
  const Watched watched =
      watch({.people = 200, .from = month(2022, 1), .to = month(2022, 8), .seed = 1});
  std::set<std::string> kinds;
  for (const PlantedItem& item : watched.planted.items) {
    kinds.insert(item.kind);
    EXPECT_FALSE(item.commands.empty()) << item.kind << ": " << item.note;
    for (const CommandId& id : item.commands)
      EXPECT_TRUE(watched.names.contains(id)) << item.kind << " " << to_string(id);
  }
  EXPECT_THAT(kinds, ::testing::ElementsAreArray(planted_kinds()));
  EXPECT_EQ(watched.planted.commands, watched.commands);
}

// Sekretariat Daerah, dinas, badan, kecamatan, kelurahan, puskesmas and schools, with the posts
// that go with them.
TEST(Simulate, FoundsACityWithEveryKindOfUnitAndPost) {
  std::set<std::string> units;
  std::set<std::string> posts;
  std::set<Echelon> echelons;
  std::set<std::uint64_t> with_own_week;
  const CommandSink sink = [&](const Command& command) -> Status {
    if (const auto* const unit = std::get_if<UnitCreated>(&command.body)) {
      std::string name = unit->name.substr(0, unit->name.find(' '));
      if (name == "UPTD") name = unit->name.substr(0, 14);
      units.insert(name);
    } else if (const auto* const held = std::get_if<AssignmentStarted>(&command.body)) {
      posts.insert(held->post.substr(0, held->post.find(' ')));
      echelons.insert(held->echelon);
    } else if (const auto* const schedule = std::get_if<ScheduleSet>(&command.body)) {
      with_own_week.insert(schedule->unit.value);
    } else if (std::holds_alternative<AttendanceRecorded>(command.body)) {
      return fail(ErrorCode::exhausted, "founded");
    }
    return {};
  };
  ASSERT_FALSE(
      simulate({.people = 600, .from = month(2022, 4), .to = month(2022, 4)}, kediri(), sink));
  for (const char* unit : {"Pemerintah", "Sekretariat", "Dinas", "Badan", "Kecamatan", "Kelurahan",
                           "UPTD Puskesmas", "SD", "SMP", "Bagian", "Bidang"})
    EXPECT_TRUE(units.contains(unit)) << unit;
  for (const char* post : {"Guru", "Perawat", "Dokter", "Bidan", "Lurah", "Camat", "Kepala",
                           "Sekretaris", "Bendahara", "Analis"})
    EXPECT_TRUE(posts.contains(post)) << post;
  EXPECT_EQ(echelons.size(), 4u);
  EXPECT_GE(with_own_week.size(), 4u) << "the root, health centres and schools";
}

// A long simulation does not hold what is over.
// A city is founded in any month of the years that the pack knows.
TEST(Simulate, BeginsInAnyMonth) {
  const CommandSink nowhere = [](const Command&) -> Status { return {}; };
  for (const Month from : {month(2020, 2), month(2020, 9), month(2021, 2), month(2021, 7)}) {
    const auto planted = simulate({.people = 150, .from = from, .to = from + 1}, kediri(), nowhere);
    EXPECT_TRUE(planted.has_value())
        << to_string(from) << (planted ? "" : ": " + planted.error().describe());
  }
}

TEST(Simulate, HandsPlantedItemsOnWhenTheirMonthIsOver) {
  const SimulateOptions options{.people = 100, .from = month(2021, 1), .to = month(2021, 12)};
  std::vector<PlantedItem> handed_on;
  Instant now{INT64_MIN};
  const CommandSink sink = [&](const Command& command) -> Status {
    now = *command.recorded_at;
    return {};
  };
  const PlantedSink planted_sink = [&](const PlantedItem& item) -> Status {
    if (item.kind == "late_approval" && *item.month + 3 <= options.to) {
      EXPECT_LT(now, start_of(first_day(*item.month + 4), kediri().pack.utc_offset_minutes));
    }
    handed_on.push_back(item);
    return {};
  };
  const auto streamed = simulate(options, kediri(), sink, planted_sink);
  const auto held = simulate(options, kediri(), sink);
  ASSERT_TRUE(streamed && held);
  EXPECT_TRUE(streamed->items.empty());
  const auto lines = [](const std::vector<PlantedItem>& items) {
    std::vector<std::string> out;
    for (const PlantedItem& item : items) out.push_back(planted_line(item, true));
    return out;
  };
  EXPECT_EQ(lines(handed_on), lines(held->items));
  EXPECT_EQ(planted_closing(*streamed), planted_closing(*held));
}

TEST(Simulate, EveryCommandIsReadBackAsItWasWritten) {
  std::uint64_t checked = 0;
  const CommandSink sink = [&](const Command& command) -> Status {
    const std::string line = to_json(command);
    const auto read = parse_command(line);
    EXPECT_TRUE(read.has_value()) << read.error().describe() << "\n" << line;
    EXPECT_TRUE(read && *read == command) << line;
    ++checked;
    return {};
  };
  SimulateOptions options = small();
  options.from = options.to;
  ASSERT_TRUE(simulate(options, kediri(), sink));
  EXPECT_GT(checked, 5'000u);
}

TEST(Simulate, StopsWithTheErrorOfItsSink) {
  int taken = 0;
  const CommandSink full = [&](const Command&) -> Status {
    if (++taken > 100) return fail(ErrorCode::exhausted, "the disk is full");
    return {};
  };
  const auto stopped = simulate(small(), kediri(), full);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::exhausted);
  EXPECT_EQ(taken, 101);
}

TEST(Simulate, RefusesWhatItCannotPlay) {
  const CommandSink nowhere = [](const Command&) -> Status { return {}; };
  struct Row {
    const char* what;
    SimulateOptions options;
  };
  for (const Row& row :
       {Row{"people", {.people = 99, .from = month(2022, 1), .to = month(2022, 8)}},
        Row{"to", {.people = 300, .from = month(2022, 8), .to = month(2022, 1)}},
        Row{"month", {.people = 300, .from = month(2024, 8), .to = month(2025, 1)}},
        Row{"people", {.people = 100, .from = month(2020, 1), .to = month(2022, 12)}},
        Row{"from", {.people = 300, .from = month(2019, 1), .to = month(2019, 2)}}}) {
    const auto refused = simulate(row.options, kediri(), nowhere);
    ASSERT_FALSE(refused) << row.what;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(refused.error().field, row.what);
  }
}

TEST(Simulate, NamesTheYearsWhoseHolidaysThePackKnows) {
  const CommandSink nowhere = [](const Command&) -> Status { return {}; };
  const auto refused =
      simulate({.people = 300, .from = month(2025, 1), .to = month(2025, 12)}, kediri(), nowhere);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().value, "2025-01");
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("has holidays of 2020 to 2024"));
}

}  // namespace
}  // namespace runut::simulation
