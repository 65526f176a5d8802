#include "projector/replayed_rows.h"

#include <gtest/gtest.h>

#include <map>

#include "projections/registry.h"
#include "tests/projector/ledger.h"
#include "tests/projector/random_events.h"

namespace runut {
namespace {

using testing_projector::add_random;
using testing_projector::fill;
using testing_projector::open_store;
using testing_projector::read_header;

std::map<Bytes, Bytes> all(const RowReader& rows) {
  std::map<Bytes, Bytes> out;
  EXPECT_TRUE(rows.scan("A", "\x7F", [&](BytesView key, BytesView value) -> Status {
    out.emplace(key, value);
    return {};
  }));
  return out;
}

TEST(ReplayedRows, AreTheViewAsItStoodThen) {
  testing_projector::Events events;
  MemoryEventLog log(&read_header);
  const testing::TemporaryDirectory directory;
  auto projector = Projector::open(open_store(directory.path()), log,
                                   {all_projections.begin(), all_projections.end()});
  ASSERT_TRUE(projector);
  // What each view held after each part, before the log went on.
  std::map<Sequence, std::map<std::string_view, std::map<Bytes, Bytes>>> then;
  for (std::uint64_t part = 0; part < 4; ++part) {
    add_random(events, part, 300);
    fill(log, events);
    ASSERT_TRUE((*projector)->catch_up());
    for (const Projection& projection : all_projections)
      then[log.head().sequence][projection.name] =
          all(CurrentRows((*projector)->views(), std::string(projection.name)));
  }
  for (const auto& [head, views] : then)
    for (const Projection& projection : all_projections) {
      Sequence told;
      const auto replayed = ReplayedRows::fold(log, projection, head,
                                               [&](Sequence folded, Sequence) { told = folded; });
      ASSERT_TRUE(replayed) << replayed.error().describe();
      EXPECT_EQ(told, head);
      const auto& expected = views.at(projection.name);
      EXPECT_FALSE(expected.empty()) << projection.name;
      EXPECT_EQ(all(**replayed), expected) << projection.name << " at " << head.value;
      for (const auto& [key, value] : expected) EXPECT_EQ((*replayed)->get(key).value(), value);
      EXPECT_EQ((*replayed)->get("nothing").value(), std::nullopt);
    }
}

// Whatever was kept earlier, and however much: the same rows as from the beginning.
TEST(ReplayedRows, GoOnFromRowsThatWereKept) {
  testing_projector::Events events;
  MemoryEventLog log(&read_header);
  std::vector<Sequence> heads;
  for (std::uint64_t part = 0; part < 4; ++part) {
    add_random(events, part, 300);
    fill(log, events);
    heads.push_back(log.head().sequence);
  }
  for (const Projection& projection : all_projections) {
    const auto whole = ReplayedRows::fold(log, projection, heads.back());
    ASSERT_TRUE(whole);
    const auto expected = all(**whole);
    for (const Sequence kept_at : heads) {
      auto kept = ReplayedRows::fold(log, projection, kept_at);
      ASSERT_TRUE(kept);
      const std::shared_ptr<const RowReader> rows = std::move(*kept);
      const auto later =
          ReplayedRows::fold(log, projection, heads.back(), {}, KeptRows{rows, kept_at});
      ASSERT_TRUE(later) << later.error().describe();
      EXPECT_EQ(all(**later), expected) << projection.name << " from " << kept_at.value;
      for (const auto& [key, value] : expected) EXPECT_EQ((*later)->get(key).value(), value);
      EXPECT_EQ((*later)->get("nothing").value(), std::nullopt);
      EXPECT_EQ(ViewState::digest_of(**later)->hash, ViewState::digest_of(**whole)->hash);
    }
  }
}

TEST(ReplayedRows, RefuseAnEventBeyondTheHead) {
  testing_projector::Events events;
  MemoryEventLog log(&read_header);
  fill(log, events);
  const auto replayed = ReplayedRows::fold(log, all_projections.front(), Sequence{2});
  ASSERT_FALSE(replayed);
  EXPECT_EQ(replayed.error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace runut
