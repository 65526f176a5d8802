#include "seal/key_file.h"

#include <gtest/gtest.h>

#include "base/sha256.h"

namespace runut {
namespace {

// Groups as syncs would have written them: {2, 3} is a group of two records, then one of three.
Bytes file_of(std::initializer_list<std::uint32_t> groups) {
  SeededRandomness randomness(5);
  const Key256 master = Key256::draw(randomness);
  Bytes bytes;
  append_key_header(bytes, {42, master_key_id(master)});
  std::uint64_t id = 1;
  for (const std::uint32_t group : groups)
    for (std::uint32_t place = 0; place < group; ++place) {
      KeyRecord record = wrap_key(wrapping_key(master, 42), {KeyRecordKind::person, id++},
                                  Key256::draw(randomness), randomness);
      record.place = place;
      append_key_record(bytes, record);
    }
  return bytes;
}

std::size_t at(std::size_t record) {
  return key_header_bytes + record * key_record_bytes;
}

TEST(KeyFile, ReadsBackWhatWasAppended) {
  const KeyFileContents contents = parse_key_file(file_of({2, 3, 1})).value();
  ASSERT_EQ(contents.records.size(), 6U);
  EXPECT_EQ(contents.header.agency_tag, 42U);
  EXPECT_EQ(contents.records[4].id, 5U);
  EXPECT_EQ(contents.records[4].place, 2U);
  EXPECT_EQ(contents.torn_bytes, 0U);
}

TEST(KeyFile, WrapsAKeyForOneIdOfOneKindInOneAgency) {
  SeededRandomness randomness(6);
  const Key256 master = Key256::draw(randomness);
  const Key256 key = Key256::draw(randomness);
  const Key256 wrapping = wrapping_key(master, 1);
  const KeyRecord record = wrap_key(wrapping, {KeyRecordKind::person, 7}, key, randomness);
  EXPECT_EQ(unwrap_key(wrapping, record).value(), key);
  EXPECT_FALSE(unwrap_key(wrapping_key(master, 2), record));
  KeyRecord other = record;
  other.id = 8;
  EXPECT_FALSE(unwrap_key(wrapping, other));
  other = record;
  other.kind = KeyRecordKind::tombstone;
  EXPECT_FALSE(unwrap_key(wrapping, other));
}

TEST(KeyFile, ToleratesATailCutAnywhere) {
  const Bytes whole = file_of({2, 3});
  for (std::size_t length = key_header_bytes; length < whole.size(); ++length) {
    const auto contents = parse_key_file(BytesView(whole).substr(0, length));
    ASSERT_TRUE(contents) << length;
    EXPECT_EQ(contents->records.size(), (length - key_header_bytes) / key_record_bytes);
    EXPECT_EQ(contents->intact_bytes + contents->torn_bytes, length);
  }
}

TEST(KeyFile, ToleratesPagesOfTheLastGroupThatNeverReachedTheDisk) {
  // given the last group (records 2 to 4), when one page of 16 bytes' alignment stayed zero
  for (std::size_t from = at(2); from < at(5); from += 16) {
    for (const std::size_t until : {from + 16, from + 64, at(5)}) {
      Bytes torn = file_of({2, 3});
      if (until > torn.size()) continue;
      torn.replace(from, until - from, until - from, '\0');
      const auto contents = parse_key_file(torn);
      // then it is torn where a record's edge is zero, and never silently accepted
      if (contents) {
        EXPECT_EQ(contents->records.size(), (from - key_header_bytes) / key_record_bytes);
        EXPECT_GT(contents->torn_bytes, 0U);
      } else {
        EXPECT_EQ(contents.error().code, ErrorCode::corrupt);
        EXPECT_LT(until - from, key_record_bytes) << "a hole of whole pages reaches an edge";
      }
    }
  }
}

TEST(KeyFile, NamesDamageThatNoCrashExplains) {
  struct Row {
    const char* given;
    std::size_t from;
    std::size_t count;
    const char* record;
  };
  const Row zeroed[] = {
      {"zeros over the first record", at(0), key_record_bytes, "0"},
      {"zeros over the end of the first group", at(1), key_record_bytes, "1"},
      {"zeros inside a record of the last group", at(3) + 24, 32, "3"},
  };
  for (const Row& row : zeroed) {
    Bytes bytes = file_of({2, 3});
    bytes.replace(row.from, row.count, row.count, '\0');
    const auto contents = parse_key_file(bytes);
    ASSERT_FALSE(contents) << row.given;
    EXPECT_EQ(contents.error().code, ErrorCode::corrupt) << row.given;
    EXPECT_EQ(contents.error().value, row.record) << row.given;
  }
}

TEST(KeyFile, NamesEveryFlippedBit) {
  const Bytes whole = file_of({1, 2});
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    Bytes flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const auto contents = parse_key_file(flipped);
    ASSERT_FALSE(contents) << bit;
    ASSERT_EQ(contents.error().code, ErrorCode::corrupt);
  }
}

TEST(KeyFile, RefusesANewerFormatByName) {
  Bytes bytes = file_of({1}).substr(0, 40);
  bytes[11] = 2;
  const Hash256 digest = sha256(bytes);
  bytes.append(digest.view().substr(0, 8));
  const auto contents = parse_key_file(bytes);
  ASSERT_FALSE(contents);
  EXPECT_EQ(contents.error().code, ErrorCode::unsupported);
  EXPECT_EQ(contents.error().value, "2");
}

TEST(KeyFile, NeverCrashesOnNoise) {
  SeededRandomness randomness(9);
  const Bytes whole = file_of({2, 2});
  for (int round = 0; round < 2000; ++round) {
    Bytes bytes = whole.substr(0, randomness.below(whole.size() + 1));
    for (std::uint64_t changes = randomness.below(4); changes > 0 && !bytes.empty(); --changes)
      bytes[randomness.below(bytes.size())] = static_cast<char>(randomness.next());
    (void)parse_key_file(bytes);
  }
}

}  // namespace
}  // namespace runut
