// What is written is read back as it was.
#include <gtest/gtest.h>

#include "codec/envelope_codec.h"
#include "codec/event_json.h"
#include "codec/payload_codec.h"
#include "tests/codec/generator.h"

namespace runut::codec_test {
namespace {

constexpr std::uint64_t rounds = 40;  // of each type

class EventsOfEveryType : public ::testing::TestWithParam<EventType> {
 protected:
  [[nodiscard]] static std::uint64_t seed(std::uint64_t round) {
    return static_cast<std::uint64_t>(GetParam()) * 1'000'000 + round;
  }
};

std::string type_name(const ::testing::TestParamInfo<EventType>& info) {
  return std::string(to_string(info.param));
}

TEST_P(EventsOfEveryType, read_back_as_they_were_written) {
  for (std::uint64_t round = 0; round < rounds; ++round) {
    const Event event = Generator(seed(round)).event(GetParam());
    const auto stored = encode_event(event);
    ASSERT_TRUE(stored) << stored.error().describe() << ", seed " << seed(round);
    const auto read = decode_event(*stored);
    ASSERT_TRUE(read) << read.error().describe() << ", seed " << seed(round);
    EXPECT_EQ(*read, event) << "seed " << seed(round) << ": " << payload_json(event.payload);
  }
}

TEST_P(EventsOfEveryType, read_back_from_any_alignment) {
  const Event event = Generator(seed(0)).event(GetParam());
  const Bytes stored = encode_event(event).value();
  for (std::size_t shift = 0; shift < 8; ++shift) {
    const Bytes shifted = Bytes(shift, 'x') + stored;
    const auto read = decode_event(BytesView(shifted).substr(shift));
    ASSERT_TRUE(read) << read.error().describe();
    EXPECT_EQ(*read, event);
    EXPECT_TRUE(read_envelope_key(BytesView(shifted).substr(shift)));
  }
}

TEST_P(EventsOfEveryType, keep_absent_what_is_absent_and_present_what_is_zero) {
  const Event bare = Generator(seed(0), Optionals::none).event(GetParam());
  const auto read = decode_event(encode_event(bare).value());
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(*read, bare);
  EXPECT_FALSE(read->regulation || read->supersedes || read->causation || read->correlation ||
               read->actor.credential || read->actor.on_behalf_of);
  EXPECT_TRUE(read->evidence.empty() && read->sealed.empty());

  // Optional scalars that are there and 0.
  Event zero = bare;
  std::size_t zeros = 0;
  std::visit(
      [&]<class P>(P& record) {
        if constexpr (Record<P>)
          P::visit(record, [&]<class T>(std::string_view, T& field) {
            if constexpr (codec::is_optional<T>)
              if constexpr (codec::IsScalar<typename T::value_type>) {
                const auto none = codec::Scalar<typename T::value_type>::from_stored(0);
                if (!codec::Scalar<typename T::value_type>::valid(none)) return;
                field = none;
                ++zeros;
              }
          });
      },
      zero.payload);
  zero.subject = subject_of(zero.payload);
  EXPECT_EQ(decode_event(encode_event(zero).value()).value(), zero);
  if (zeros > 0) {
    EXPECT_NE(decode_event(encode_event(zero).value()).value(), bare);
  }
}

TEST_P(EventsOfEveryType, have_a_key_that_agrees_with_the_whole) {
  for (std::uint64_t round = 0; round < rounds; ++round) {
    const Event event = Generator(seed(round)).event(GetParam());
    const auto key = read_envelope_key(encode_event(event).value());
    ASSERT_TRUE(key) << key.error().describe();
    EXPECT_EQ(key->sequence, event.sequence);
    EXPECT_EQ(key->previous, event.previous);
    EXPECT_EQ(key->command, event.command);
    EXPECT_EQ(key->commit_index, event.commit_index);
    EXPECT_EQ(key->commit_count, event.commit_count);
    EXPECT_EQ(key->type, event.type());
  }
}

INSTANTIATE_TEST_SUITE_P(Released, EventsOfEveryType, ::testing::ValuesIn(released_types()),
                         type_name);

class CommandsOfEveryName : public ::testing::TestWithParam<std::string_view> {};

std::vector<std::string_view> command_names() {
  return {
#define RUNUT_TEST_COMMAND_NAME(name, body) #name,
      RUNUT_COMMANDS(RUNUT_TEST_COMMAND_NAME)
#undef RUNUT_TEST_COMMAND_NAME
  };
}

std::string command_test_name(const ::testing::TestParamInfo<std::string_view>& info) {
  return std::string(info.param);
}

TEST_P(CommandsOfEveryName, read_back_from_their_json) {
  for (std::uint64_t seed = 0; seed < rounds; ++seed) {
    const Command command = Generator(seed).command(make_command_body(GetParam()));
    const std::string line = to_json(command);
    EXPECT_EQ(line.find('\n'), std::string::npos) << "one line a command";
    const auto read = parse_command(line);
    ASSERT_TRUE(read) << read.error().describe() << "\n" << line;
    EXPECT_EQ(*read, command) << line;
    EXPECT_EQ(to_json(*read), line) << "the same command is the same bytes";
  }
}

TEST_P(CommandsOfEveryName, read_back_with_every_optional_absent) {
  const Command command = Generator(1, Optionals::none).command(make_command_body(GetParam()));
  const auto read = parse_command(to_json(command));
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(*read, command);
  EXPECT_FALSE(read->acted_at || read->recorded_at || read->occurred_on || read->supersedes ||
               read->expected_version || read->correlation || read->actor.credential);
}

INSTANTIATE_TEST_SUITE_P(Released, CommandsOfEveryName, ::testing::ValuesIn(command_names()),
                         command_test_name);

}  // namespace
}  // namespace runut::codec_test
