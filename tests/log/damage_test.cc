// Bytes that changed on the disk: found, named, and never a crash.
#include "log/damage.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "log/rocksdb_event_log.h"
#include "store/damaged_block.h"
#include "test_encoding.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing_log {

using testing::TemporaryDirectory;
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t commits = 1'500;

// Texts like real ones: a part that compresses, a part that does not.
std::string text_of(std::uint64_t number) {
  SeededRandomness chance(number);
  std::string text = "report of " + std::to_string(number) + " minutes, approved; ";
  text += text + text;
  std::string sealed(100, '\0');
  chance.fill(sealed.data(), sealed.size());
  return text + sealed;
}

void write_log(const std::string& directory) {
  const auto log = RocksdbEventLog::open(directory, read_header);
  ASSERT_TRUE(log.has_value());
  Head head = (*log)->take_over(takeover_on, Millis{5'000})->head;
  for (std::uint64_t i = 0; i < commits; ++i) {
    ASSERT_TRUE((*log)->append(chain(head, command_id(i), {text_of(i)})).has_value());
    if (i % 100 == 99) (void)(*log)->settle(Millis{5'000});
  }
  while ((*log)->in_flight() > 0) (void)(*log)->settle(Millis{5'000});
}

std::vector<fs::path> files_of(const std::string& directory, const std::string& part) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(directory))
    if (entry.path().filename().string().find(part) != std::string::npos && entry.file_size() > 0)
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void flip(const fs::path& file, std::uint64_t at, std::uint8_t mask) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(at));
  const char byte = static_cast<char>(stream.get() ^ mask);
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(byte);
}

bool named(const std::vector<Damage>& damages, std::uint64_t sequence) {
  return std::any_of(damages.begin(), damages.end(), [&](const Damage& damage) {
    return damage.from.value <= sequence && sequence <= damage.to.value;
  });
}

// Every event that can be read, in blocks with wrong checksums, too.
std::map<std::uint64_t, std::string> readable(const std::string& directory) {
  std::map<std::uint64_t, std::string> found;
  StoreOptions options{.directory = directory, .families = log_families()};
  options.access = StoreAccess::salvage;
  const auto store = Store::open(options);
  if (!store || !(*store)->family("log")) return found;
  const auto take = [&](BytesView key, BytesView value) {
    const auto first = parse_frame_key(key);
    const Result<Bytes> plain = unpack_frame(value);
    std::vector<EventView> events;
    if (first && plain) (void)parse_frame(*first, *plain, events);
    for (const EventView& event : events) found.emplace(event.sequence.value, event.bytes);
  };
  // Each place is looked for on its own: what a damaged block hides is found behind it.
  StoreIterator frame = (*store)->iterate(*(*store)->family("log"), {.fill_cache = false});
  std::vector<SalvagedRow> salvaged;
  for (std::uint64_t from = 1; from <= commits + 1; ++from) {
    if (found.contains(from)) continue;
    frame.seek(frame_key(Sequence{from}));
    if (frame.valid())
      take(frame.key(), frame.value());
    else if (salvaged.empty())
      salvaged = salvage_block(frame.status());
  }
  for (const SalvagedRow& row : salvaged) take(row.key, row.value);
  return found;
}

class DamageTest : public ::testing::Test {
 protected:
  void SetUp() override { write_log(original.path()); }
  [[nodiscard]] std::string fresh_copy(const std::string& name) const {
    const std::string copy = copies.path() + "/" + name;
    fs::remove_all(copy);
    fs::copy(original.path(), copy, fs::copy_options::recursive);
    return copy;
  }
  TemporaryDirectory original;
  TemporaryDirectory copies;
};

TEST_F(DamageTest, ASoundLogHasNone) {
  Sequence reached;
  const auto damages =
      find_damage(original.path(), read_header, [&](Sequence at, Sequence) { reached = at; });
  ASSERT_TRUE(damages.has_value()) << damages.error().describe();
  EXPECT_EQ(damages->size(), 0u);
  EXPECT_EQ(reached.value, commits + 2);
}

TEST_F(DamageTest, AFlippedByteOfAnEventIsNamedByItsSequence) {
  const std::string copy = fresh_copy("one");
  const auto files = files_of(copy, ".sst");
  // The sealed part of event 702 (the 701st report) does not compress: it is in the file as it is.
  const std::string sealed = text_of(700).substr(text_of(700).size() - 40, 8);
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const std::size_t at = all.find(sealed);
    if (at == std::string::npos) continue;
    flip(file, at, 0x01);
    const auto damages = find_damage(copy, read_header);
    ASSERT_TRUE(damages.has_value());
    ASSERT_EQ(damages->size(), 1u);
    EXPECT_EQ(damages->front(),
              (Damage{Sequence{702}, Sequence{702}, "the event is not what was written"}));
    return;
  }
  FAIL() << "the event's bytes were not found in any file";
}

// A key's byte that changes so that the order still holds: the frame is whole, and in another's
// place.
TEST_F(DamageTest, AnEventInTheWrongPlaceIsNamedThere) {
  const std::string copy = fresh_copy("displaced");
  Sequence moved, after;
  {
    const auto store = Store::open({.directory = copy, .families = log_families()});
    ASSERT_TRUE(store.has_value());
    const Family log = *(*store)->family("log");
    StoreIterator frame = (*store)->iterate(log);
    frame.seek(frame_key(Sequence{700}));
    ASSERT_TRUE(frame.valid());
    moved = *parse_frame_key(frame.key());
    const Bytes value(frame.value());
    frame.next();
    after = *parse_frame_key(frame.key());
    StoreBatch batch;
    batch.erase(log, frame_key(moved));
    batch.put(log, frame_key(next(moved)), value);
    ASSERT_TRUE((*store)->write(batch, Durability::synced).has_value());
  }
  const auto damages = find_damage(copy, read_header);
  ASSERT_TRUE(damages.has_value());
  for (Sequence at = moved; at <= after; at = next(at))
    EXPECT_TRUE(named(*damages, at.value)) << at.value;
  EXPECT_EQ(damages->front(), (Damage{moved, moved, "these events are missing"}));
}

TEST_F(DamageTest, FlippedBytesAnywhereAreNamedOrHarmlessAndNeverCrash) {
  const auto whole = readable(original.path());
  ASSERT_EQ(whole.size(), commits + 1);
  SeededRandomness chance(7);
  std::size_t exact = 0, ranges = 0, harmless = 0, unreadable = 0;
  for (int round = 0; round < 150; ++round) {
    const std::string copy = fresh_copy("flipped");
    const auto files = files_of(copy, round % 10 == 9 ? "MANIFEST" : ".sst");
    ASSERT_FALSE(files.empty());
    const fs::path file = files[chance.below(files.size())];
    // A third near the end: indexes, properties, the footer.
    const std::uint64_t size = fs::file_size(file);
    const std::uint64_t at =
        round % 3 == 0 && size > 1'000 ? size - 1 - chance.below(1'000) : chance.below(size);
    const auto mask = static_cast<std::uint8_t>(1 + chance.below(255));
    flip(file, at, mask);
    const auto damages = find_damage(copy, read_header);
    if (!damages) {
      ++unreadable;
      EXPECT_FALSE(RocksdbEventLog::open(copy, read_header).has_value())
          << damages.error().describe();
      continue;
    }
    const auto found = readable(copy);
    for (const auto& [sequence, bytes] : whole) {
      const auto now = found.find(sequence);
      if (now != found.end() && now->second == bytes) continue;
      ASSERT_TRUE(named(*damages, sequence))
          << file << " at " << at << " with " << int{mask} << ": event " << sequence << " is "
          << (now == found.end() ? "not found" : "another") << "; " << damages->size()
          << " damages, round " << round;
    }
    if (damages->empty()) {
      ++harmless;
    } else if (damages->size() == 1 && damages->front().from == damages->front().to) {
      ++exact;
    } else {
      ++ranges;
    }
  }
  std::printf("exact %zu, ranges %zu, harmless %zu, nothing readable %zu\n", exact, ranges,
              harmless, unreadable);
  EXPECT_GT(exact, 0u);
}

TEST_F(DamageTest, AMissingFileIsNamedByItsSequences) {
  const std::string copy = fresh_copy("missing");
  for (const fs::path& file : files_of(copy, ".sst")) fs::remove(file);
  const auto damages = find_damage(copy, read_header);
  EXPECT_TRUE(!damages || named(*damages, 700));
  EXPECT_FALSE(RocksdbEventLog::open(copy, read_header).has_value());
}

// The write-ahead log of a process that was killed: a torn end is what a kill leaves, anything else
// is damage. Nothing in the middle may vanish silently.
TEST(DamagedWriteAheadLog, NeverLosesAnythingInTheMiddleSilently) {
  const TemporaryDirectory live;
  const TemporaryDirectory copies;
  const std::string image = copies.path() + "/image";
  std::map<std::uint64_t, std::string> whole;
  {
    const auto log = RocksdbEventLog::open(live.path(), read_header);
    ASSERT_TRUE(log.has_value());
    Head head = (*log)->take_over(takeover_on, Millis{5'000})->head;
    for (std::uint64_t i = 0; i < 600; ++i) {
      ASSERT_TRUE((*log)->append(chain(head, command_id(i), {text_of(i)})).has_value());
      if (i % 5 == 4) (void)(*log)->settle(Millis{5'000});
    }
    while ((*log)->in_flight() > 0) (void)(*log)->settle(Millis{5'000});
    fs::copy(live.path(), image, fs::copy_options::recursive);
    const EventBatch batch = *(*log)->read(Sequence{1});
    for (const EventView& event : batch.events) whole[event.sequence.value] = Bytes(event.bytes);
  }
  {
    const std::string sound = copies.path() + "/sound";
    fs::copy(image, sound, fs::copy_options::recursive);
    const auto log = RocksdbEventLog::open(sound, read_header);
    ASSERT_TRUE(log.has_value()) << log.error().describe();
    ASSERT_EQ((*log)->head().sequence.value, whole.size());
  }
  constexpr std::uint64_t block = 32 * 1024;  // RocksDB cannot tell a torn record in the last one
  SeededRandomness chance(11);
  std::size_t refused = 0, shorter = 0, harmless = 0;
  for (int round = 0; round < 60; ++round) {
    const std::string copy = copies.path() + "/flipped";
    fs::remove_all(copy);
    fs::copy(image, copy, fs::copy_options::recursive);
    const auto files = files_of(copy, ".log");
    ASSERT_FALSE(files.empty());
    const std::uint64_t size = fs::file_size(files.back());
    const std::uint64_t at = chance.below(size);
    flip(files.back(), at, static_cast<std::uint8_t>(1 + chance.below(255)));
    const auto damages = find_damage(copy, read_header);
    const auto log = RocksdbEventLog::open(copy, read_header);
    if (!log) {
      ++refused;
      EXPECT_EQ(log.error().code, ErrorCode::corrupt) << log.error().describe();
      EXPECT_TRUE(!damages || !damages->empty()) << "what cannot be opened is damaged";
      continue;
    }
    const std::uint64_t head = (*log)->head().sequence.value;
    const EventBatch kept = *(*log)->read(Sequence{1});
    ASSERT_EQ(kept.size(), head);
    for (const EventView& event : kept.events)
      ASSERT_EQ(event.bytes, whole[event.sequence.value]) << "at " << at;
    if (head == whole.size()) {
      ++harmless;
    } else {
      ++shorter;
      EXPECT_GE(at / block, (size - 1) / block) << "only the very end can be taken for torn";
    }
  }
  std::printf("refused %zu, shorter %zu, harmless %zu\n", refused, shorter, harmless);
  EXPECT_GT(refused, 0u);
}

}  // namespace
}  // namespace runut::testing_log
