// Bytes that were written once, for ever readable. Golden files are only decoded, never compared
// with what today's encoder writes, and never written again: a change that breaks one breaks
// ledgers.
//
// A new type gets its files from RUNUT_WRITE_GOLDEN=1 build/codec_test --gtest_filter='*Golden*',
// which leaves those that are there alone.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "codec/envelope_codec.h"
#include "codec/payload_codec.h"
#include "tests/codec/event_text.h"
#include "tests/codec/generator.h"
#include "tests/codec/process.h"
#include "tests/codec/schema.h"

namespace runut::codec_test {
namespace {

const std::string directory = RUNUT_SOURCE_DIR "/tests/golden/events/";

std::string golden_name(EventType type, unsigned version) {
  return fmt::format("{}.v{}", to_string(type), version);
}

// Every version of the type that was ever released.
std::vector<std::string> names_of(EventType type) {
  std::vector<std::string> names;
  for (unsigned version = 1; version <= payload_version(type); ++version)
    names.push_back(golden_name(type, version));
  return names;
}

class GoldenEvents : public ::testing::TestWithParam<EventType> {
 protected:
  void SetUp() override {
    const char* asked = std::getenv("RUNUT_WRITE_GOLDEN");
    if (asked == nullptr || std::string_view(asked) != "1") return;
    const EventType type = GetParam();
    const std::string path = directory + golden_name(type, payload_version(type));
    if (std::filesystem::exists(path + ".bin")) return;
    const auto seed = static_cast<std::uint64_t>(type);
    const Event event = Generator(seed, Optionals::all, Values::plausible).event(type);
    write_file(path + ".bin", encode_event(event).value());
    write_file(path + ".json", event_text(event));
  }
};

TEST_P(GoldenEvents, read_as_on_the_day_they_were_written) {
  for (const std::string& name : names_of(GetParam())) {
    ASSERT_TRUE(std::filesystem::exists(directory + name + ".bin"))
        << "a released type without golden bytes: tests/golden/events/" << name << ".bin";
    const auto event = decode_event(read_text_file(directory + name + ".bin"));
    ASSERT_TRUE(event) << name << ": " << event.error().describe();
    EXPECT_EQ(event->type(), GetParam()) << name;
    EXPECT_EQ(event_text(*event), read_text_file(directory + name + ".json")) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Released, GoldenEvents, ::testing::ValuesIn(released_types()), type_name);

TEST(GoldenFiles, belong_to_released_types) {
  std::set<std::string> known;
  for (const EventType type : released_types())
    for (const std::string& name : names_of(type)) known.insert({name + ".bin", name + ".json"});
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    EXPECT_TRUE(known.contains(entry.path().filename().string()))
        << entry.path().filename() << ": a type or version that nothing releases";
}

}  // namespace
}  // namespace runut::codec_test
