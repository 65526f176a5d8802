#include "log/frame.h"

#include <gtest/gtest.h>

#include <random>

#include "base/sha256.h"

namespace runut {
namespace {

// Events as the ledger has them: each names the hash of the one before it, between bytes that
// repeat and bytes that do not.
struct Events {
  std::vector<Bytes> bytes;
  std::vector<Hash256> leaves;
};

Events chained(std::size_t count, std::size_t text) {
  std::mt19937 random(7);
  Events events;
  Hash256 previous{};
  for (std::size_t i = 0; i < count; ++i) {
    Bytes bytes = "an event of some kind, ";
    for (std::size_t k = 0; k < i % 3; ++k) bytes += "longer";
    bytes.append(previous.view());
    for (std::size_t k = 0; k < text; ++k) bytes.push_back(static_cast<char>(random()));
    previous = leaf_hash(bytes);
    events.bytes.push_back(std::move(bytes));
    events.leaves.push_back(previous);
  }
  return events;
}

Bytes stored(const Events& events, FramePacking packing) {
  FrameBuilder builder;
  for (std::size_t i = 0; i < events.bytes.size(); ++i)
    builder.add(events.bytes[i], events.leaves[i]);
  Bytes room;
  return Bytes(builder.finish(room, packing));
}

int version_of(BytesView value) {
  return value.front();
}

void expect_events(BytesView value, const Events& events) {
  const auto plain = unpack_frame(value);
  ASSERT_TRUE(plain) << plain.error().message;
  std::vector<EventView> read;
  ASSERT_TRUE(parse_frame(Sequence{11}, *plain, read));
  ASSERT_EQ(read.size(), events.bytes.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].sequence.value, 11 + i);
    EXPECT_EQ(read[i].bytes, events.bytes[i]);
    EXPECT_EQ(read[i].leaf, events.leaves[i]);
  }
}

TEST(Frame, GivesBackWhatWasPutIntoIt) {
  for (const FramePacking packing : {FramePacking::quick, FramePacking::dense})
    for (const std::size_t count : {1U, 2U, 3U, 200U})
      for (const std::size_t text : {0U, 10U, 300U}) {
        const Events events = chained(count, text);
        expect_events(stored(events, packing), events);
      }
}

TEST(Frame, HoldsEventsThatNameNoHashBeforeThem) {
  Events events;
  for (std::size_t i = 0; i < 50; ++i) {
    // Empty ones, short ones, and one that has room for a hash but another one.
    events.bytes.emplace_back(i * 3, static_cast<char>('a' + i % 7));
    events.leaves.push_back(leaf_hash(events.bytes.back()));
  }
  expect_events(stored(events, FramePacking::dense), events);
  expect_events(stored(events, FramePacking::quick), events);
}

TEST(Frame, IsSmallerWhenItIsDense) {
  const Events events = chained(200, 40);
  EXPECT_LT(stored(events, FramePacking::dense).size(), stored(events, FramePacking::quick).size());
}

TEST(Frame, IsPackedQuicklyButNotAsQuicklyWhenItIsSmall) {
  const Events few = chained(12, 40);
  EXPECT_EQ(version_of(stored(few, FramePacking::dense)), 2);
  EXPECT_LT(stored(few, FramePacking::dense).size(), stored(few, FramePacking::quick).size());
  EXPECT_EQ(version_of(stored(chained(200, 40), FramePacking::dense)), 3);
  EXPECT_EQ(version_of(stored(chained(200, 40), FramePacking::quick)), 2);
}

// Whatever a disk makes of it: an error, or events that parse. Never a crash, never more than a
// frame.
TEST(Frame, IsRefusedOrReadWhenAnyByteOfItIsAnother) {
  for (const FramePacking packing : {FramePacking::quick, FramePacking::dense}) {
    const Events events = packing == FramePacking::quick ? chained(40, 20) : chained(130, 40);
    const Bytes good = stored(events, packing);
    ASSERT_EQ(version_of(good), packing == FramePacking::quick ? 2 : 3);
    std::size_t refused = 0;
    std::size_t different = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (const int bit : {0, 3, 7}) {
        Bytes bad = good;
        bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
        std::vector<EventView> read;
        const auto plain = unpack_frame(bad);
        if (!plain || !parse_frame(Sequence{1}, *plain, read)) {
          ++refused;
          continue;
        }
        // What comes out does not fit its hashes.
        bool all = read.size() == events.bytes.size();
        for (const EventView& event : read) all = all && leaf_hash(event.bytes) == event.leaf;
        different += all ? 0 : 1;
      }
      EXPECT_FALSE(unpack_frame(good.substr(0, at)) &&
                   unpack_frame(good.substr(0, at))->size() == unpack_frame(good)->size())
          << "cut at " << at;
    }
    EXPECT_GT(refused, 0U);
    EXPECT_GT(different, good.size());
  }
}

}  // namespace
}  // namespace runut
