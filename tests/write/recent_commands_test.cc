#include "write/recent_commands.h"

#include <gtest/gtest.h>

#include <map>

#include "base/clock.h"

namespace runut {
namespace {

RecentCommand command(const CommandId& id, std::uint64_t first, std::uint32_t count) {
  return {id, Mac128{}, Sequence{first}, count, nullptr};
}

// Ids that begin alike collide in the table, and one behind the other move when one is forgotten.
CommandId id_at(std::uint64_t number, std::uint64_t kinds) {
  CommandId id;
  id.bytes[0] = static_cast<std::uint8_t>(number % kinds);
  id.bytes[15] = static_cast<std::uint8_t>(number % 251);
  for (unsigned byte = 0; byte < 6; ++byte)
    id.bytes[9 + byte] = static_cast<std::uint8_t>(number >> (8 * byte));
  return id;
}

// {first seed}
class RecentCommandsProperty : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RecentCommandsProperty, FindsWhatAMapFinds) {
  SeededRandomness random(GetParam());
  RecentCommands recent;
  std::map<CommandId, std::uint64_t> model;
  std::map<std::uint64_t, CommandId> by_sequence;
  std::uint64_t head = 0;
  for (std::uint64_t number = 0; number < 20'000; ++number) {
    const CommandId id = random.below(2) == 0 ? id_at(number, 3) : random.draw<CommandId>();
    const std::uint64_t first = head + 1;
    const auto count = static_cast<std::uint32_t>(1 + random.below(3));
    head += count;
    recent.add(command(id, first, count));
    model.emplace(id, first);
    by_sequence.emplace(head, id);
    if (random.below(50) == 0) {
      const std::uint64_t until = head - random.below(std::min<std::uint64_t>(head, 400) + 1);
      recent.forget_until(Sequence{until});
      while (!by_sequence.empty() && by_sequence.begin()->first <= until) {
        model.erase(by_sequence.begin()->second);
        EXPECT_EQ(recent.find(by_sequence.begin()->second), nullptr);
        EXPECT_TRUE(recent.may_be_elsewhere(by_sequence.begin()->second));
        by_sequence.erase(by_sequence.begin());
      }
      for (const auto& [known, sequence] : model) {
        const RecentCommand* found = recent.find(known);
        ASSERT_NE(found, nullptr);
        ASSERT_EQ(found->first.value, sequence);
      }
    }
    ASSERT_EQ(recent.find(random.draw<CommandId>()), nullptr);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RecentCommandsProperty, testing::Range<std::uint64_t>(1, 5));

TEST(RecentCommands, NothingIsLeftAfterAReset) {
  RecentCommands recent;
  const CommandId id = id_at(7, 2);
  EXPECT_EQ(recent.find(id), nullptr);
  recent.add(command(id, 1, 1));
  ASSERT_NE(recent.find(id), nullptr);
  recent.reset({});
  EXPECT_EQ(recent.find(id), nullptr);
  recent.add(command(id, 9, 2));
  EXPECT_EQ(recent.find(id)->last(), Sequence{10});
}

TEST(RecentCommands, KnowAboveWhichIdNothingIsRecordedElsewhere) {
  RecentCommands recent;
  EXPECT_FALSE(recent.may_be_elsewhere(id_at(1, 1)));
  recent.reset(id_at(5, 1));
  EXPECT_TRUE(recent.may_be_elsewhere(id_at(1, 1)));
  EXPECT_TRUE(recent.may_be_elsewhere(id_at(5, 1)));
  EXPECT_FALSE(recent.may_be_elsewhere(id_at(6, 1)));
  recent.add(command(id_at(8, 1), 1, 1));
  recent.add(command(id_at(7, 1), 2, 1));
  EXPECT_FALSE(recent.may_be_elsewhere(id_at(6, 1))) << "held here";
  recent.forget_until(Sequence{2});
  EXPECT_TRUE(recent.may_be_elsewhere(id_at(8, 1)));
  EXPECT_FALSE(recent.may_be_elsewhere(id_at(9, 1)));
}

}  // namespace
}  // namespace runut
