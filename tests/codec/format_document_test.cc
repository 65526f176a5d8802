// schemas/FORMAT.md says what is true.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <regex>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "codec/envelope_header.h"
#include "seal/sealed.h"
#include "tests/codec/event_text.h"
#include "tests/codec/schema.h"

namespace runut::codec_test {
namespace {

const std::string& document() {
  static const std::string text = read_text_file(RUNUT_SOURCE_DIR "/schemas/FORMAT.md");
  return text;
}

// What stands in the only block of that language.
std::string block(const std::string& language) {
  const std::string fence = "```" + language + "\n";
  const std::size_t begin = document().find(fence) + fence.size();
  return document().substr(begin, document().find("```", begin) - begin);
}

Bytes example() {
  std::string digits;
  static const std::regex byte(R"( ([0-9a-f]{2})(?=[ \n]))");
  const std::string text = block("hex");
  for (std::sregex_iterator match(text.begin(), text.end(), byte), end; match != end; ++match)
    digits += (*match)[1];
  return from_hex(digits).value();
}

TEST(FormatDocument, has_an_example_that_reads_as_it_says) {
  ASSERT_EQ(example().size(), 224U);
  const auto event = decode_event(example());
  ASSERT_TRUE(event) << event.error().describe();
  EXPECT_EQ(event_text(*event), block("json"));
  EXPECT_NE(document().find("leaf hash: `" + to_hex(leaf_hash(example()).view()) + "`"),
            std::string::npos);
}

TEST(FormatDocument, numbers_the_lines_of_its_example) {
  static const std::regex line(R"(^([0-9a-f]{4})  )", std::regex::multiline);
  const std::string text = block("hex");
  std::size_t expected = 0;
  for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match) {
    EXPECT_EQ((*match)[1], fmt::format("{:04x}", expected));
    expected += 16;
  }
  EXPECT_EQ(expected, example().size());
}

TEST(FormatDocument, lists_the_header_as_it_lies_in_memory) {
  const std::vector<std::tuple<std::size_t, std::size_t, std::string>> code = {
#define RUNUT_TEST_ROW(field) \
  {offsetof(codec::Header, field), sizeof(codec::Header::field), #field},
      RUNUT_HEADER_FIELDS(RUNUT_TEST_ROW)
#undef RUNUT_TEST_ROW
  };
  std::vector<std::tuple<std::size_t, std::size_t, std::string>> written;
  static const std::regex row(R"(\| (\d+) \| (\d+) \| `(\w+)` \|)");
  for (std::sregex_iterator match(document().begin(), document().end(), row), end; match != end;
       ++match)
    written.emplace_back(std::stoul((*match)[1]), std::stoul((*match)[2]), (*match)[3]);
  EXPECT_EQ(written, code);
}

TEST(FormatDocument, lists_the_sealed_text_as_it_is_laid_out) {
  Sealed sealed{PersonId{17}, {}, {}, Bytes(16 + 5 + aead_tag_bytes, 'c')};
  sealed.nonce.bytes.fill(0x11);
  sealed.commitment.bytes.fill(0x22);
  const Bytes bytes = serialise(sealed);
  EXPECT_EQ(bytes.substr(0, 8), Bytes(7, '\0') + '\x11');
  EXPECT_EQ(bytes.substr(8, 12), sealed.nonce.view());
  EXPECT_EQ(bytes.substr(20, 32), sealed.commitment.view());
  EXPECT_EQ(bytes.substr(52), sealed.ciphertext);
  EXPECT_EQ(bytes.size(), 68U + 5 + 16);
}

TEST(FormatDocument, names_every_rule_that_a_reader_refuses_by) {
  for (const char* rule : {"envelope.format", "envelope.version", "envelope.field", "event.value",
                           "event.subject", "event.reference", "event.type", "payload.version",
                           "payload.field", "payload.table", "payload.value"})
    EXPECT_NE(document().find("`" + std::string(rule) + "`"), std::string::npos) << rule;
}

// The sizes that the store's layout was decided on (architecture decision 2).
TEST(FormatDocument, states_sizes_that_hold) {
  Event event = decode_event(example()).value();
  EXPECT_LE(encode_event(event).value().size(), 272U);
  event.payload =
      DailyReportSubmitted{PersonId{17}, ReportId{202'208'031}, date(2022, 8, 3), Minutes{330}};
  event.sealed = Bytes(sealed_overhead_bytes + 100, 's');
  EXPECT_EQ(encode_event(event).value().size(), 416U);
  event.actor.method = "oidc";
  event.actor.issuer = "https://sso.kedirikota.go.id";
  event.actor.credential = sha256("a token");
  EXPECT_EQ(encode_event(event).value().size(), 520U);
}

}  // namespace
}  // namespace runut::codec_test
