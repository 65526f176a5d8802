#include "seal/sealed.h"

#include <gtest/gtest.h>

#include <functional>

#include "seal/memory_key_store.h"

namespace runut {
namespace {

constexpr PersonId siti{17};
constexpr PersonId budi{18};

class SealedText : public ::testing::Test {
 protected:
  SeededRandomness randomness_{1};
  MemoryKeyStore keys_{randomness_};
  SealContext context_{0x6B6564697269ULL, randomness_.draw<CommandId>(), 7};

  Sealed seal(BytesView text, PersonId owner = siti) {
    return seal_text(keys_, owner, text, context_, randomness_).value();
  }
};

TEST_F(SealedText, OpensToWhatWasSealed) {
  for (const std::string& text : {std::string(), std::string("laporan harian: rapat koordinasi"),
                                  std::string(sealed_text_max_bytes, 'x')}) {
    const Sealed sealed = seal(text);
    EXPECT_EQ(sealed.ciphertext.find("rapat"), Bytes::npos);
    EXPECT_EQ(open_text(keys_, sealed, context_).value(), text);
    EXPECT_EQ(serialise(sealed).size(), sealed_overhead_bytes + text.size());
    EXPECT_EQ(parse_sealed(serialise(sealed)).value(), sealed);
  }
}

TEST_F(SealedText, NeverLooksTheSameTwice) {
  const Sealed first = seal("sama");
  const Sealed second = seal("sama");
  EXPECT_NE(first.nonce, second.nonce);
  EXPECT_NE(first.commitment, second.commitment) << "equal texts must not be recognised";
  EXPECT_NE(first.ciphertext, second.ciphertext);
}

TEST_F(SealedText, IsRefusedWhenTooLong) {
  const auto sealed =
      seal_text(keys_, siti, Bytes(sealed_text_max_bytes + 1, 'x'), context_, randomness_);
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().code, ErrorCode::exhausted);
}

TEST_F(SealedText, OpensNowhereElseAndUnderNoOtherKey) {
  const Sealed sealed = seal("teks");
  (void)seal("lain", budi);
  struct Row {
    const char* tampered;
    std::function<void(Sealed&, SealContext&)> change;
  };
  const Row rows[] = {
      {"agency", [](Sealed&, SealContext& c) { c.agency_tag ^= 1; }},
      {"command", [](Sealed&, SealContext& c) { c.command.bytes[15] ^= 1; }},
      {"event type", [](Sealed&, SealContext& c) { c.event_type ^= 1; }},
      {"owner", [](Sealed& s, SealContext&) { s.owner = budi; }},
      {"nonce", [](Sealed& s, SealContext&) { s.nonce.bytes[0] ^= 1; }},
      {"commitment", [](Sealed& s, SealContext&) { s.commitment.bytes[31] ^= 1; }},
      {"ciphertext", [](Sealed& s, SealContext&) { s.ciphertext[0] ^= 1; }},
      {"tag", [](Sealed& s, SealContext&) { s.ciphertext.back() ^= 1; }},
      {"length", [](Sealed& s, SealContext&) { s.ciphertext.pop_back(); }},
  };
  for (const Row& row : rows) {
    Sealed changed = sealed;
    SealContext context = context_;
    row.change(changed, context);
    const Result<Bytes> opened = open_text(keys_, changed, context);
    ASSERT_FALSE(opened) << row.tampered;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt) << row.tampered;
    EXPECT_FALSE(is_erased(opened.error())) << row.tampered;
  }
  Sealed unknown = sealed;
  unknown.owner = PersonId{99};
  EXPECT_EQ(open_text(keys_, unknown, context_).error().code, ErrorCode::not_found);
}

TEST_F(SealedText, IsErasedWithItsKeyWhichIsNoCorruption) {
  const Sealed sealed = seal("teks");
  const Sealed other = seal("teks", budi);
  ASSERT_TRUE(keys_.destroy(siti));
  const Result<Bytes> opened = open_text(keys_, sealed, context_);
  ASSERT_FALSE(opened);
  EXPECT_TRUE(is_erased(opened.error()));
  EXPECT_EQ(opened.error().code, ErrorCode::rejected);
  const auto again = seal_text(keys_, siti, "baru", context_, randomness_);
  ASSERT_FALSE(again) << "an erased person gets no new key";
  EXPECT_EQ(again.error().rule, "person.erased");
  EXPECT_TRUE(open_text(keys_, other, context_));
}

TEST_F(SealedText, CanBeDisclosedAgainstItsCommitment) {
  const Sealed sealed = seal("bukti");
  const Disclosure disclosure = disclose(keys_, sealed, context_).value();
  EXPECT_EQ(disclosure.text, "bukti");
  EXPECT_TRUE(check_disclosure(sealed.commitment, disclosure.salt, disclosure.text));
  EXPECT_FALSE(check_disclosure(sealed.commitment, disclosure.salt, "bukti lain"));
  Salt128 salt = disclosure.salt;
  salt.bytes[3] ^= 1;
  EXPECT_FALSE(check_disclosure(sealed.commitment, salt, disclosure.text));
}

TEST_F(SealedText, HasAFixedLayout) {
  const Sealed sealed{PersonId{0x0102030405060708ULL}, Nonce96::from("nnnnnnnnnnnn"),
                      Hash256::from(Bytes(32, 'c')), Bytes(33, 'x')};
  EXPECT_EQ(to_hex(serialise(sealed)), "0102030405060708" + to_hex("nnnnnnnnnnnn") +
                                           to_hex(Bytes(32, 'c')) + to_hex(Bytes(33, 'x')));
}

TEST_F(SealedText, IsParsedStrictly) {
  const Bytes good = serialise(seal("x"));
  for (std::size_t length = 0; length < sealed_overhead_bytes; ++length)
    EXPECT_EQ(parse_sealed(BytesView(good).substr(0, length)).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(parse_sealed(Bytes(sealed_overhead_bytes + sealed_text_max_bytes + 1, 'x')));
  Bytes nobody = good;
  nobody.replace(0, 8, 8, '\0');
  EXPECT_EQ(parse_sealed(nobody).error().field, "sealed.owner");
}

}  // namespace
}  // namespace runut
