#include "proof/receipt.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "proof/hash_source.h"
#include "tests/proof/reference_tree.h"

namespace runut {
namespace {

const std::string origin = "runut.example/kota-kediri";

class SignedLog : public ::testing::Test {
 protected:
  std::unique_ptr<Ed25519Signer> signer_ = Ed25519Signer::from_seed(origin, Bytes(32, 'k')).value();
  CheckpointTrust trust_{origin, {{origin, signer_->public_key()}}};
  std::vector<Bytes> events_;

  SignedLog() {
    for (int i = 0; i < 21; ++i) events_.push_back("stored bytes of event " + std::to_string(i));
  }
  [[nodiscard]] std::vector<Hash256> leaves() const {
    std::vector<Hash256> hashes;
    for (const Bytes& event : events_) hashes.push_back(leaf_hash(event));
    return hashes;
  }
  [[nodiscard]] Checkpoint checkpoint() const {
    return {origin, {events_.size(), reference::mth(leaves())}, {}};
  }
  [[nodiscard]] Receipt receipt(std::uint64_t index) const {
    const std::vector<Hash256> hashes = leaves();
    LeafHashes source(hashes);
    return {events_[index], index, inclusion_proof(source, {index, hashes.size()}).value(),
            sign_checkpoint(checkpoint(), *signer_).value()};
  }
};

TEST_F(SignedLog, SignsACheckpointThatItsReadersTrust) {
  const std::string note = sign_checkpoint(checkpoint(), *signer_).value();
  EXPECT_TRUE(note.starts_with(origin + "\n21\n"));
  EXPECT_EQ(open_checkpoint(note, trust_).value(), checkpoint());
  CheckpointTrust other = trust_;
  other.origin = "runut.example/denpasar";
  EXPECT_EQ(open_checkpoint(note, other).error().rule, "checkpoint.origin");
  other = trust_;
  other.keys[0].public_key = {};
  EXPECT_EQ(open_checkpoint(note, other).error().code, ErrorCode::unauthorised);
  std::string larger = note;
  larger.replace(origin.size() + 1, 2, "22");
  EXPECT_EQ(open_checkpoint(larger, trust_).error().code, ErrorCode::corrupt);
}

TEST(CheckpointText, IsThatOfTheSpecification) {
  const std::string example =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const Checkpoint checkpoint = parse_checkpoint_text(example).value();
  EXPECT_EQ(checkpoint.origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint.tree.size, 20852163U);
  EXPECT_EQ(checkpoint_text(checkpoint), example);
  EXPECT_EQ(parse_checkpoint_text(example + "an extension\n")->extensions,
            std::vector<std::string>{"an extension"});
}

TEST(CheckpointText, IsRefusedNamingTheLine) {
  const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  struct Row {
    std::string text;
    const char* line;
  };
  const Row rows[] = {
      {"", "1"},
      {"origin", "1"},
      {"\n1\n" + root, "1"},
      {"origin\n", "2"},
      {"origin\n01\n" + root, "2"},
      {"origin\n-1\n" + root, "2"},
      {"origin\n1 \n" + root, "2"},
      {"origin\n18446744073709551616\n" + root, "2"},
      {"origin\n1\n", "3"},
      {"origin\n1\nAAAA\n", "3"},
      {"origin\n1\n" + root.substr(0, 44), "3"},
      {"origin\n1\n " + root, "3"},
      {"origin\n1\n" + root + "\n", "4"},
      {"origin\n1\n" + root + "more", "4"},
  };
  for (const Row& row : rows) {
    const auto parsed = parse_checkpoint_text(row.text);
    ASSERT_FALSE(parsed) << row.text;
    EXPECT_EQ(parsed.error().value, row.line) << row.text;
  }
  EXPECT_EQ(parse_checkpoint_text("origin\n18446744073709551615\n" + root)->tree.size, UINT64_MAX);
}

TEST_F(SignedLog, GivesReceiptsThatVerifyOffline) {
  for (std::uint64_t index = 0; index < events_.size(); ++index) {
    const std::string text = to_string(receipt(index));
    const Receipt read = parse_receipt(text).value();
    EXPECT_EQ(read, receipt(index));
    EXPECT_EQ(to_string(read), text);
    EXPECT_EQ(verify_receipt(read, trust_).value(), checkpoint());
  }
}

TEST_F(SignedLog, GivesReceiptsOfOneEventAtOnePlaceOnly) {
  const Receipt good = receipt(5);
  Receipt bad = good;
  bad.event += "x";
  EXPECT_EQ(verify_receipt(bad, trust_).error().code, ErrorCode::corrupt);
  bad = good;
  bad.index = 6;
  EXPECT_EQ(verify_receipt(bad, trust_).error().code, ErrorCode::corrupt);
  bad = good;
  bad.inclusion[0].bytes[0] ^= 1;
  EXPECT_EQ(verify_receipt(bad, trust_).error().code, ErrorCode::corrupt);
  bad = good;
  const auto forger = Ed25519Signer::from_seed(origin, Bytes(32, 'f')).value();
  bad.checkpoint = sign_checkpoint(checkpoint(), *forger).value();
  EXPECT_EQ(verify_receipt(bad, trust_).error().code, ErrorCode::unauthorised);
}

TEST_F(SignedLog, RefusesAMalformedReceiptNamingTheLine) {
  const std::string good = to_string(receipt(5));
  const auto with = [&good](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  struct Row {
    const char* given;
    std::string text;
    const char* line;
  };
  const Row rows[] = {
      {"nothing", "", "1"},
      {"another format", with("@v1", "@v2"), "1"},
      {"no event", with("extra ", "index "), "2"},
      {"an event that is no base64", with("extra ", "extra !"), "2"},
      {"a leading zero", with("index 5", "index 05"), "3"},
      {"no index", with("index 5", "5"), "3"},
      {"a hash cut short", with("index 5\n", "index 5\nAAAA\n"), "4"},
  };
  for (const Row& row : rows) {
    const auto parsed = parse_receipt(row.text);
    ASSERT_FALSE(parsed) << row.given;
    EXPECT_EQ(parsed.error().value, row.line) << row.given;
  }
  EXPECT_EQ(parse_receipt(with("index 5", "index 21")).error().field, "index");
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(parse_receipt(good.substr(0, length))) << length;
}

TEST_F(SignedLog, NeverAcceptsAFlippedBitNorCrashes) {
  const std::string good = to_string(receipt(5));
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string flipped = good;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const auto parsed = parse_receipt(flipped);
    if (parsed) {
      ASSERT_FALSE(verify_receipt(*parsed, trust_)) << "bit " << bit;
    }
  }
}

}  // namespace
}  // namespace runut
