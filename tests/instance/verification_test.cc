// What verification finds, and that it is what reading event by event would find first: the log is
// longer than two stretches, so that workers meet at seams.
#include "instance/verification.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "tests/support/event_builder.h"

namespace runut {
namespace {

constexpr std::uint64_t stretch = 4096;
constexpr std::uint64_t length = 2 * stretch + 500;

// A log that says what it is told to.
class Shelf final : public EventLog {
 public:
  std::vector<StoredEvent> events;
  std::optional<Sequence> unreadable;

  [[nodiscard]] Head head() const override {
    return events.empty() ? Head{} : Head{Sequence{events.size()}, events.back().leaf};
  }
  [[nodiscard]] Result<EventBatch> read(Sequence from, ReadLimits limits) const override {
    EventBatch batch;
    for (std::uint64_t at = from.value;
         at <= events.size() && batch.size() < std::min<std::size_t>(limits.events, 300); ++at) {
      if (unreadable && at == unreadable->value) {
        if (!batch.empty()) break;
        return fail(
            Error{ErrorCode::corrupt, {}, "sequence", std::to_string(at), "this block is damaged"});
      }
      batch.events.push_back({Sequence{at}, events[at - 1].bytes, events[at - 1].leaf});
    }
    return batch;
  }
  [[nodiscard]] Result<Head> wait_for(Sequence, Millis) override { return head(); }
  [[nodiscard]] Result<TakenOver> take_over(const BuildTakeover&, Millis) override {
    return refused();
  }
  [[nodiscard]] Result<Head> begin_copy(Millis) override { return refused(); }
  [[nodiscard]] Status append(Commit&&) override { return refused(); }
  [[nodiscard]] std::vector<Settled> settle(Millis) override { return {}; }
  [[nodiscard]] std::size_t in_flight() const override { return 0; }
  [[nodiscard]] Status writable() const override { return refused(); }

 private:
  static tl::unexpected<Error> refused() {
    return fail(ErrorCode::unavailable, "a shelf is for reading");
  }
};

// Chained from `from` on, as whoever rewrites a log would.
void chain(std::vector<StoredEvent>& stored, std::vector<Event>& events, std::uint64_t from = 1) {
  stored.resize(events.size());
  for (std::uint64_t at = from; at <= events.size(); ++at) {
    events[at - 1].previous = at == 1 ? Hash256{} : stored[at - 2].leaf;
    Bytes bytes = encode_event(events[at - 1]).value();
    const Hash256 leaf = leaf_hash(bytes);
    stored[at - 1] = {std::move(bytes), leaf};
  }
}

// Four events of one commit lie on each seam.
std::vector<Event> history() {
  testing::EventBuilder ledger;
  while (ledger.head().value < length) {
    const bool before_seam = ledger.head().value % stretch == stretch - 2;
    if (before_seam) ledger.begin_commit();
    for (int i = 0; i < (before_seam ? 4 : 1); ++i) ledger.holiday(date(2022, 8, 17));
    if (before_seam) ledger.end_commit();
  }
  return ledger.events();
}

class VerificationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    static std::vector<Event> events = history();
    static const std::vector<StoredEvent> whole = [] {
      std::vector<StoredEvent> stored;
      chain(stored, events);
      return stored;
    }();
    events_ = events;
    shelf_.events = whole;
  }
  [[nodiscard]] StoredEvent& at(std::uint64_t sequence) { return shelf_.events[sequence - 1]; }
  // "rule sequence" of what is found; "whole".
  [[nodiscard]] std::string found() const {
    const Status read = Verification({}).read(shelf_);
    return read ? "whole" : read.error().rule + " " + read.error().value;
  }

  std::vector<Event> events_;
  Shelf shelf_;
};

TEST_F(VerificationTest, GrowsTheTreeThatItsLeavesMake) {
  const std::vector<std::uint64_t> sizes = {1,       2,           1000,        stretch - 1,
                                            stretch, stretch + 1, 2 * stretch, 2 * stretch + 1,
                                            length,  length + 7};
  Verification verification(sizes);
  ASSERT_TRUE(verification.read(shelf_));
  Frontier tree;
  for (const StoredEvent& event : shelf_.events) {
    tree.append(event.leaf);
    if (std::find(sizes.begin(), sizes.end(), tree.size()) == sizes.end()) continue;
    Checkpoint checkpoint;
    checkpoint.tree = {tree.size(), tree.root()};
    EXPECT_TRUE(verification.check(checkpoint)) << tree.size();
    checkpoint.tree.root.bytes[5] ^= 1;
    EXPECT_EQ(verification.check(checkpoint).error().rule, "verify.rewritten") << tree.size();
  }
  EXPECT_EQ(verification.head(), (TreeHead{tree.size(), tree.root()}));
  Checkpoint beyond;
  beyond.tree.size = length + 7;
  EXPECT_EQ(verification.check(beyond).error().rule, "verify.shorter");
}

TEST_F(VerificationTest, FindsNothingWrongInAnEmptyLog) {
  shelf_.events.clear();
  EXPECT_EQ(found(), "whole");
}

TEST_F(VerificationTest, TellsHowFarItIs) {
  Sequence last;
  ASSERT_TRUE(Verification({}).read(shelf_, [&](Sequence reached, Sequence head) {
    EXPECT_GT(reached, last);
    EXPECT_EQ(head, Sequence{length});
    last = reached;
  }));
  EXPECT_EQ(last, Sequence{length});
}

// The places where workers begin and end, and one in the middle.
const std::uint64_t places[] = {1,     2, 1777, stretch, stretch + 1, 2 * stretch, 2 * stretch + 1,
                                length};

TEST_F(VerificationTest, NamesAnEventWhoseBytesAreNotThoseThatWereHashed) {
  for (const std::uint64_t place : places) {
    at(place).bytes.back() = static_cast<char>(at(place).bytes.back() ^ 1);
    EXPECT_EQ(found(), "verify.leaf_hash " + std::to_string(place));
    at(place).bytes.back() = static_cast<char>(at(place).bytes.back() ^ 1);
  }
  EXPECT_EQ(found(), "whole");
}

TEST_F(VerificationTest, NamesTheEventBehindOneThatWasReplacedWithItsHash) {
  for (const std::uint64_t place : places) {
    const StoredEvent kept = at(place);
    Event other = events_[place - 1];
    other.previous = place == 1 ? Hash256{} : at(place - 1).leaf;
    other.reason = "lain";
    at(place).bytes = encode_event(other).value();
    at(place).leaf = leaf_hash(at(place).bytes);
    EXPECT_EQ(found(), place == length ? "whole" : "verify.chain " + std::to_string(place + 1));
    at(place) = kept;
  }
}

TEST_F(VerificationTest, NamesTheFirstPlaceWhereEventsAreMissing) {
  for (const std::uint64_t place : places) {
    if (place == length) continue;
    const StoredEvent kept = at(place);
    shelf_.events.erase(shelf_.events.begin() + static_cast<std::ptrdiff_t>(place - 1));
    EXPECT_EQ(found(), "verify.sequence " + std::to_string(place));
    shelf_.events.insert(shelf_.events.begin() + static_cast<std::ptrdiff_t>(place - 1), kept);
  }
}

TEST_F(VerificationTest, NamesAnEventThatIsNoEnvelope) {
  for (const std::uint64_t place : places) {
    const StoredEvent kept = at(place);
    at(place) = {Bytes("no envelope"), leaf_hash("no envelope")};
    EXPECT_EQ(found(), "verify.envelope " + std::to_string(place));
    at(place) = kept;
  }
}

// Chained anew with every hash right, as somebody would who has the program: only the commits tell.
TEST_F(VerificationTest, NamesTheEventThatDoesNotContinueItsCommit) {
  struct Row {
    std::uint64_t place;
    std::uint32_t index;
    std::uint32_t count;
    const char* found;
  };
  for (const Row& row :
       {Row{stretch + 1, 3, 4, "verify.commit 4097"}, Row{stretch + 1, 2, 5, "verify.commit 4097"},
        Row{stretch, 0, 1, "verify.commit 4096"}, Row{10, 1, 2, "verify.commit 10"},
        Row{stretch + 2, 2, 3, "verify.commit 4098"}, Row{length, 0, 2, "verify.commit 8692"}}) {
    Event& event = events_[row.place - 1];
    const Event kept = event;
    event.commit_index = row.index;
    event.commit_count = row.count;
    chain(shelf_.events, events_, row.place);
    EXPECT_EQ(found(), row.found);
    event = kept;
    chain(shelf_.events, events_, row.place);
  }
  events_[stretch].command.bytes[0] ^= 1;
  chain(shelf_.events, events_, stretch + 1);
  EXPECT_EQ(found(), "verify.commit 4097");
}

TEST_F(VerificationTest, GivesTheLogsOwnErrorWhereItCannotBeRead) {
  for (const std::uint64_t place : places) {
    shelf_.unreadable = Sequence{place};
    EXPECT_EQ(found(), " " + std::to_string(place));
  }
}

TEST_F(VerificationTest, NamesTheFirstOfSeveralWhicheverWorkerIsFaster) {
  shelf_.unreadable = Sequence{2 * stretch + 1};
  at(stretch + 3).bytes.back() = static_cast<char>(at(stretch + 3).bytes.back() ^ 1);
  at(stretch + 90).bytes.clear();
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(found(), "verify.leaf_hash " + std::to_string(stretch + 3));
  at(stretch - 1).leaf = {};
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(found(), "verify.leaf_hash " + std::to_string(stretch - 1));
}

}  // namespace
}  // namespace runut
