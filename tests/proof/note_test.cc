#include "proof/note.h"

#include <gtest/gtest.h>

namespace runut {
namespace {

Bytes raw(std::string_view hex) {
  return from_hex(hex).value();
}

TEST(Ed25519, AgreesWithRfc8032) {
  struct Row {
    const char* seed;
    const char* key;
    const char* message;
    const char* signature;
  };
  const Row rows[] = {
      // section 7.1, tests 1 to 3
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf"
       "9"
       "b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
       "1"
       "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
       "d"
       "c6594a7c15e9716ed28dc027beceea1ec40a"},
  };
  for (const Row& row : rows) {
    const auto signer = Ed25519Signer::from_seed("name", raw(row.seed)).value();
    EXPECT_EQ(to_hex(signer->public_key().view()), row.key);
    const Ed25519Signature signature = signer->sign(raw(row.message)).value();
    EXPECT_EQ(to_hex(signature.view()), row.signature);
    EXPECT_TRUE(ed25519_verify(signer->public_key(), raw(row.message), signature));
    EXPECT_FALSE(ed25519_verify(signer->public_key(), raw(row.message) + "x", signature));
    Ed25519Signature spoiled = signature;
    spoiled.bytes[40] ^= 1;
    EXPECT_FALSE(ed25519_verify(signer->public_key(), raw(row.message), spoiled));
  }
}

// The example of Go's sumdb/note, which defined the format.
const std::string peter_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string peter_seed = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const std::string enoch_key = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const std::string text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string peter_line =
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const std::string enoch_line =
    "\xE2\x80\x94 EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/"
    "5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

std::vector<VerifierKey> keys(std::initializer_list<std::string> texts) {
  std::vector<VerifierKey> parsed;
  for (const std::string& each : texts) parsed.push_back(parse_verifier_key(each).value());
  return parsed;
}

TEST(SignedNote, IsByteForByteThatOfSumdb) {
  const Bytes seed = from_base64(peter_seed).value().substr(1);
  const auto signer = Ed25519Signer::from_seed("PeterNeumann", seed).value();
  EXPECT_EQ(to_string(VerifierKey{signer->name(), signer->public_key()}), peter_key);
  SignedNote note{text, {}};
  ASSERT_TRUE(sign_note(note, *signer));
  EXPECT_EQ(to_string(note), text + "\n" + peter_line);
}

TEST(SignedNote, IsVerifiedByTrustedKeysAndCarriesOthers) {
  const SignedNote note = parse_note(text + "\n" + peter_line + enoch_line).value();
  EXPECT_EQ(note.text, text);
  ASSERT_EQ(note.signatures.size(), 2U);
  EXPECT_EQ(note.signatures[0].key_id, 0xc74f20a3U);
  EXPECT_TRUE(verify_note(note, keys({peter_key})));
  EXPECT_TRUE(verify_note(note, keys({enoch_key})));
  EXPECT_TRUE(verify_note(note, keys({peter_key, enoch_key})));
  EXPECT_EQ(verify_note(note, {}).error().code, ErrorCode::unauthorised);
  EXPECT_EQ(to_string(note), text + "\n" + peter_line + enoch_line);
}

TEST(SignedNote, IsRefusedWhenATrustedSignatureIsWrong) {
  const SignedNote other = parse_note("Another text.\n\n" + peter_line + enoch_line).value();
  EXPECT_EQ(verify_note(other, keys({peter_key})).error().code, ErrorCode::corrupt);
  SignedNote note = parse_note(text + "\n" + peter_line + enoch_line).value();
  note.signatures[0].signature[3] ^= 1;
  EXPECT_TRUE(verify_note(note, keys({enoch_key}))) << "a line of an unknown key is ignored";
  EXPECT_EQ(verify_note(note, keys({peter_key, enoch_key})).error().code, ErrorCode::corrupt);
  note.signatures[0].signature.pop_back();
  EXPECT_EQ(verify_note(note, keys({peter_key})).error().code, ErrorCode::corrupt);
  note.signatures[0].key_id ^= 1;
  EXPECT_EQ(verify_note(note, keys({peter_key})).error().code, ErrorCode::unauthorised);
}

TEST(SignedNote, MayHaveBlankLinesInItsText) {
  const SignedNote note = parse_note("one\n\ntwo\n\n" + peter_line).value();
  EXPECT_EQ(note.text, "one\n\ntwo\n");
}

TEST(SignedNote, IsRefusedNamingTheLine) {
  std::string many = text + "\n";
  for (int i = 0; i < 101; ++i) many += peter_line;
  struct Row {
    const char* given;
    std::string note;
    const char* line;
  };
  const Row rows[] = {
      {"no blank line", text, ""},
      {"no signature", text + "\n", "4"},
      {"no final newline", text + "\n" + peter_line.substr(0, peter_line.size() - 1), "4"},
      {"a control character", "a\n\x01" + text + "\n" + peter_line, "2"},
      {"a carriage return", "a\r\n" + text + "\n" + peter_line, "1"},
      {"not UTF-8", "\xff" + text + "\n" + peter_line, ""},
      {"a line that is no signature", text + "\n" + peter_line + "Unexpected line.\n", "5"},
      {"a blank in a name", text + "\n\xE2\x80\x94 Bad Name x08go/ZJkuA=\n", "4"},
      {"a plus in a name", text + "\n\xE2\x80\x94 Bad+Name x08go/ZJkuA=\n", "4"},
      {"no name", text + "\n\xE2\x80\x94  x08go/ZJkuA=\n", "4"},
      {"no base64", text + "\n\xE2\x80\x94 Name x08go/ZJk\n", "4"},
      {"a key id alone", text + "\n\xE2\x80\x94 Name x08gow==\n", "4"},
      {"101 signatures", many, "104"},
      {"nothing", "", ""},
  };
  for (const Row& row : rows) {
    const auto note = parse_note(row.note);
    ASSERT_FALSE(note) << row.given;
    EXPECT_EQ(note.error().code, ErrorCode::invalid_input) << row.given;
    EXPECT_EQ(note.error().value, row.line) << row.given;
  }
  EXPECT_EQ(parse_note(std::string(note_max_bytes + 1, 'x')).error().code, ErrorCode::exhausted);
}

TEST(VerifierKey, IsReadAsSumdbWritesItAndNothingElse) {
  EXPECT_EQ(to_string(parse_verifier_key(peter_key).value()), peter_key);
  // every fragment and every changed character is refused
  for (std::size_t from = 0; from <= peter_key.size(); ++from)
    for (std::size_t to = from; to <= peter_key.size(); ++to) {
      const bool whole = from == 0 && to == peter_key.size();
      if (!whole) {
        EXPECT_FALSE(parse_verifier_key(peter_key.substr(from, to - from)));
      }
    }
  for (std::size_t i = 0; i < peter_key.size(); ++i) {
    std::string mangled = peter_key;
    ++mangled[i];
    EXPECT_FALSE(parse_verifier_key(mangled)) << mangled;
  }
  EXPECT_EQ(parse_verifier_key("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
                .error()
                .code,
            ErrorCode::unsupported);
}

TEST(KeyName, IsOneWordWithoutPlus) {
  for (const char* good : {"runut.example/kota-kediri", "a", "kantor-\xC3\xA9"})
    EXPECT_TRUE(is_key_name(good)) << good;
  for (const char* bad : {"", "a b", "a+b", "a\nb", "a\tb",
                          "a\xC2\xA0"
                          "b",
                          "a\xE3\x80\x80", "a\xE2\x80\xA8", "\xff"})
    EXPECT_FALSE(is_key_name(bad)) << bad;
  EXPECT_EQ(Ed25519Signer::from_seed("a b", Bytes(32, 'k')).error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace runut
