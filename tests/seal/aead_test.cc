#include "seal/aead.h"

#include <gtest/gtest.h>

namespace runut {
namespace {

Bytes raw(std::string_view hex) {
  return from_hex(hex).value();
}

struct Vector {
  const char* name;
  const char* key;
  const char* nonce;
  const char* aad;
  const char* plaintext;
  const char* ciphertext;
  const char* tag;
};

// McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13 to 16 (256-bit keys).
constexpr const char* zero_key = "0000000000000000000000000000000000000000000000000000000000000000";
constexpr const char* key_15 = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
const Vector vectors[] = {
    {"13", zero_key, "000000000000000000000000", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
    {"14", zero_key, "000000000000000000000000", "", "00000000000000000000000000000000",
     "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"},
    {"15", key_15, "cafebabefacedbaddecaf888", "",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
     "b094dac5d93471bdec1a502270e3cc6c"},
    {"16", key_15, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"},
};

TEST(Aead, AgreesWithTheGcmSpecification) {
  for (const Vector& vector : vectors) {
    const Key256 key(raw(vector.key));
    const Nonce96 nonce = Nonce96::from(raw(vector.nonce));
    const Bytes sealed = aead_encrypt(key, nonce, raw(vector.aad), raw(vector.plaintext));
    EXPECT_EQ(to_hex(sealed), std::string(vector.ciphertext) + vector.tag) << vector.name;
    EXPECT_EQ(aead_decrypt(key, nonce, raw(vector.aad), sealed).value(), raw(vector.plaintext))
        << vector.name;
  }
}

TEST(Aead, RefusesEveryFlippedBit) {
  const Key256 key(raw(key_15));
  const Nonce96 nonce = Nonce96::from(raw("cafebabefacedbaddecaf888"));
  const Bytes sealed = aead_encrypt(key, nonce, "where it stands", "a text");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes flipped = sealed;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const Result<Bytes> opened = aead_decrypt(key, nonce, "where it stands", flipped);
    ASSERT_FALSE(opened) << bit;
    ASSERT_EQ(opened.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(aead_decrypt(key, nonce, "elsewhere", sealed));
  for (std::size_t length = 0; length < sealed.size(); ++length)
    EXPECT_FALSE(aead_decrypt(key, nonce, "where it stands", sealed.substr(0, length))) << length;
}

}  // namespace
}  // namespace runut
