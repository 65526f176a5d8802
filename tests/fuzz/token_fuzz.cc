// Tokens and key sets: every input is an answer, and nobody is let in, for the one issuer has
// signed nothing that names a subject.
#include <cstddef>
#include <cstdint>
#include <string>

#include "identity/token.h"

namespace {

// RFC 7515 appendices A.2 and A.3.
constexpr const char* keys =
    R"({"keys":[{"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26)"
    R"(mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47so)"
    R"(MZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4)"
    R"(uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54)"
    R"(h4FRWyuXpoQ"},{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

runut::identity::TokenVerifier verifier() {
  runut::identity::IssuerOptions joe;
  joe.issuer = "joe";
  joe.audiences = {"runut"};
  joe.keys = "https://joe.test/keys";
  auto made = runut::identity::TokenVerifier::make(
      {joe}, [](const std::string&) -> runut::Result<std::string> { return keys; });
  return std::move(*made);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const runut::identity::TokenVerifier tokens = verifier();
  const std::string text(reinterpret_cast<const char*>(data), size);
  constexpr runut::Instant before_expiry{1'300'819'000'000'000};
  const auto who = tokens.verify(text, before_expiry);
  RUNUT_CHECK(!who, "a token that nobody signed is accepted");
  RUNUT_CHECK(!who.error().rule.empty(), "a token is refused without a rule");
  if (const auto set = runut::identity::read_key_set(text)) {
    for (const auto& key : *set) RUNUT_CHECK(!key.verifies(text), "a key set is no signature");
  }
  return 0;
}
