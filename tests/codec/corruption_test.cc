// Bytes that nobody wrote: each decodes to an error or an event, never to a crash. Under the asan
// preset this is also the proof that nothing outside is read.
#include <gtest/gtest.h>

#include <memory>

#include "codec/envelope_codec.h"
#include "tests/codec/event_text.h"
#include "tests/codec/generator.h"
#include "tests/codec/standard_verifier.h"

namespace runut::codec_test {
namespace {

const StandardVerifier& standard_verifier() {
  static const StandardVerifier verifier;
  return verifier;
}

// On the heap, not one byte more: a sanitizer sees the first step outside.
struct Exact {
  explicit Exact(BytesView bytes) : data(new char[bytes.size()]), size(bytes.size()) {
    std::memcpy(data.get(), bytes.data(), size);
  }
  [[nodiscard]] BytesView view() const { return {data.get(), size}; }
  std::unique_ptr<char[]> data;
  std::size_t size;
};

// What must hold for any bytes at all. True when they are an event.
bool survives(BytesView bytes) {
  const Exact exact(bytes);
  const auto event = decode_event(exact.view());
  const auto key = read_envelope_key(exact.view());
  if (!event) {
    EXPECT_TRUE(event.error().code == ErrorCode::corrupt ||
                event.error().code == ErrorCode::unsupported)
        << event.error().describe();
    EXPECT_FALSE(event.error().rule.empty()) << event.error().describe();
    return false;
  }
  EXPECT_TRUE(key) << "an event without a key";
  if (key) {
    EXPECT_EQ(key->sequence, event->sequence);
    EXPECT_EQ(key->previous, event->previous);
    EXPECT_EQ(key->command, event->command);
    EXPECT_EQ(key->commit_index, event->commit_index);
    EXPECT_EQ(key->commit_count, event->commit_count);
    EXPECT_EQ(key->type, event->type());
  }
  EXPECT_TRUE(standard_verifier().accepts(event->type(), bytes))
      << "we read what other FlatBuffers readers refuse: " << event_text(*event);
  // What was read can be written again, and is the same.
  const auto again = encode_event(*event);
  EXPECT_TRUE(again) << again.error().describe();
  if (again) {
    EXPECT_EQ(decode_event(*again).value(), *event);
  }
  return true;
}

class DamagedEvents : public ::testing::TestWithParam<EventType> {
 protected:
  static Bytes stored(std::uint64_t seed) {
    return encode_event(Generator(seed).event(GetParam())).value();
  }
};

TEST_P(DamagedEvents, survive_being_cut_anywhere) {
  for (std::uint64_t seed = 0; seed < 2; ++seed) {
    const Bytes bytes = stored(seed);
    ASSERT_TRUE(survives(bytes));
    for (std::size_t size = 0; size < bytes.size(); ++size)
      survives(BytesView(bytes).substr(0, size));
  }
}

TEST_P(DamagedEvents, survive_every_flipped_bit) {
  Bytes bytes = stored(3);
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const auto mask = static_cast<char>(1U << (bit % 8));
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    refused += survives(bytes) ? 0U : 1U;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
  EXPECT_GT(refused, 100U) << "offsets, lengths and vocabularies are checked";
}

TEST_P(DamagedEvents, survive_edge_values_in_any_place) {
  Generator random(static_cast<std::uint64_t>(GetParam()));
  const Bytes whole = stored(4);
  for (int round = 0; round < 2000; ++round) {
    Bytes bytes = whole;
    for (std::uint64_t writes = 1 + random.below(3); writes > 0; --writes) {
      static constexpr std::array<std::uint32_t, 10> edges{
          0, 1, 4, 0x7F, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFC, 0x10000};
      const std::uint32_t value = random.coin() ? edges.at(random.below(edges.size()))
                                                : static_cast<std::uint32_t>(random.below(512));
      const std::size_t width = std::size_t{1} << random.below(3);
      // Half of the time where offsets lie: the first bytes, and the vtables near them.
      const std::uint64_t reach = random.coin() ? 64 : bytes.size();
      const std::size_t at = random.below(std::min<std::uint64_t>(reach, bytes.size() - width));
      std::memcpy(bytes.data() + at, &value, width);
    }
    survives(bytes);
  }
}

std::string type_name(const ::testing::TestParamInfo<EventType>& info) {
  return std::string(to_string(info.param));
}
INSTANTIATE_TEST_SUITE_P(Released, DamagedEvents, ::testing::ValuesIn(released_types()), type_name);

TEST(Noise, is_never_an_event) {
  Generator random(1);
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes = random.bytes(random.below(400));
    if (random.coin() && bytes.size() >= 8) bytes.replace(4, 4, "RNT1");
    EXPECT_FALSE(survives(bytes));
  }
}

}  // namespace
}  // namespace runut::codec_test
