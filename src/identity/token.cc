#include "identity/token.h"

#include <boost/json.hpp>
#include <mutex>
#include <unordered_map>

#include "base/sha256.h"
#include "identity/base64url.h"
#include "identity/claims.h"

namespace runut::identity {

struct TokenVerifier::Issuer {
  Issuer(IssuerOptions given, const Fetch& fetch)
      : options(std::move(given)),
        keys({options.keys, options.retry_seconds, options.refresh_seconds}, fetch) {}
  const IssuerOptions options;
  mutable Keys keys;
};

// Tokens whose signature held, by their digest: checking one costs 138 us with ES256 and 58 with
// RS256, to find it here again 1. Two generations: what was asked for since the last change of them
// is kept, so memory is bounded without a list to keep in order.
class TokenVerifier::Remembered {
 public:
  struct Entry {
    Principal principal;
    Validity validity;
    const Issuer* issuer = nullptr;
    std::uint64_t generation = 0;  // of the issuer's keys
  };

  explicit Remembered(std::size_t entries_max) : half_(entries_max / 2) {}

  [[nodiscard]] std::shared_ptr<const Entry> find(const Hash256& digest) {
    const std::lock_guard lock(mutex_);
    if (const auto at = young_.find(digest); at != young_.end()) return at->second;
    const auto at = old_.find(digest);
    if (at == old_.end()) return nullptr;
    auto entry = std::move(at->second);
    old_.erase(at);
    put(digest, entry);
    return entry;
  }
  void add(const Hash256& digest, Entry entry) {
    if (half_ == 0) return;
    const std::lock_guard lock(mutex_);
    put(digest, std::make_shared<const Entry>(std::move(entry)));
  }

 private:
  using Map = std::unordered_map<Hash256, std::shared_ptr<const Entry>>;
  void put(const Hash256& digest, std::shared_ptr<const Entry> entry) {
    if (young_.size() >= half_) {
      old_ = std::move(young_);
      young_ = Map();
    }
    young_[digest] = std::move(entry);
  }

  const std::size_t half_;
  std::mutex mutex_;
  Map young_;
  Map old_;
};

struct TokenVerifier::Parts {
  std::string header;
  std::string claims;

  static Result<Parts> of(const std::string& token) {
    const auto wrong = [](std::string_view part, std::string message) {
      return refuse_token("token.malformed", part, {}, std::move(message));
    };
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string::npos ? first : token.find('.', first + 1);
    if (second == std::string::npos || token.find('.', second + 1) != std::string::npos)
      return wrong("", "a token has three parts with a '.' between them");
    auto header = from_base64url(std::string_view(token).substr(0, first));
    if (!header) return wrong("header", header.error().message);
    auto claims = from_base64url(std::string_view(token).substr(first + 1, second - first - 1));
    if (!claims) return wrong("claims", claims.error().message);
    if (const auto raw = from_base64url(std::string_view(token).substr(second + 1)); !raw)
      return wrong("signature", raw.error().message);
    return Parts{std::move(*header), std::move(*claims)};
  }
};

TokenVerifier::TokenVerifier() = default;
TokenVerifier::TokenVerifier(TokenVerifier&&) noexcept = default;
TokenVerifier& TokenVerifier::operator=(TokenVerifier&&) noexcept = default;
TokenVerifier::~TokenVerifier() = default;

namespace {

// Keys that travel in the open can be exchanged on their way.
bool is_plain_and_far(std::string_view source) {
  constexpr std::string_view plain = "http://";
  if (!source.starts_with(plain)) return false;
  source.remove_prefix(plain.size());
  const std::string_view place = source.substr(0, source.find('/'));
  if (place.find('@') != std::string_view::npos) return true;  // what stands before it is no host
  const std::size_t colon = place.find(':', place.starts_with('[') ? place.find(']') : 0);
  const std::string_view host = place.substr(0, colon);
  return host != "localhost" && host != "127.0.0.1" && host != "[::1]";
}

Status check_issuer(const IssuerOptions& issuer) {
  const auto wrong = [](std::string rule, std::string value, std::string message) {
    return fail(Error{ErrorCode::invalid_input, "identity." + rule, rule, std::move(value),
                      std::move(message)});
  };
  constexpr std::size_t issuer_bytes_max = 256;  // of an actor in the ledger
  if (issuer.issuer.empty() || issuer.issuer.size() > issuer_bytes_max)
    return wrong("issuer", issuer.issuer, "an issuer has a name of at most 256 bytes");
  if (issuer.audiences.empty())
    return wrong("audience", issuer.issuer, "without one, tokens for other services would pass");
  if (issuer.keys.empty()) return wrong("keys", issuer.issuer, "its keys are a file or a URL");
  if (is_plain_and_far(issuer.keys))
    return wrong("keys", issuer.keys, "keys from elsewhere come by https:// only");
  if (issuer.roles.empty() || issuer.person.empty())
    return wrong("claim", issuer.issuer, "the claims of roles and person are named");
  if (issuer.skew_seconds < 0 || issuer.skew_seconds > 600)
    return wrong("skew", std::to_string(issuer.skew_seconds), "0 to 600 seconds");
  return {};
}

}  // namespace

Result<TokenVerifier> TokenVerifier::make(std::vector<IssuerOptions> issuers, Fetch fetch,
                                          TokenLimits limits) {
  TokenVerifier out;
  out.limits_ = limits;
  out.remembered_ = std::make_unique<Remembered>(limits.remembered_max);
  for (IssuerOptions& options : issuers) {
    RUNUT_TRY(check_issuer(options));
    if (out.issuer_of(options.issuer))
      return fail(Error{ErrorCode::invalid_input, "identity.issuer", "issuer", options.issuer,
                        "the issuer is configured twice"});
    out.issuers_.push_back(std::make_unique<Issuer>(std::move(options), fetch));
  }
  return out;
}

Result<const TokenVerifier::Issuer*> TokenVerifier::issuer_of(std::string_view name) const {
  for (const auto& issuer : issuers_)
    if (issuer->options.issuer == name) return issuer.get();
  return refuse_token("token.issuer", "iss", name, "tokens of this issuer are not accepted");
}

bool TokenVerifier::empty() const {
  return issuers_.empty();
}

Status TokenVerifier::reload(Instant now) {
  Status first;
  for (const auto& issuer : issuers_) {
    Status done = issuer->keys.reload(now);
    if (!done && first) first = std::move(done);
  }
  return first;
}

Result<Principal> TokenVerifier::verify(const std::string& token, Instant now) const {
  if (token.size() > limits_.bytes_max)
    return refuse_token("token.too_large", "", std::to_string(token.size()),
                        "a token has at most " + std::to_string(limits_.bytes_max) + " bytes");
  const Hash256 digest = sha256(token);
  if (const auto known = remembered_->find(digest)) {
    known->issuer->keys.refresh(now);  // a withdrawn key goes, also when no other token comes
    if (known->generation == known->issuer->keys.generation()) {
      RUNUT_TRY(check_validity(known->validity, known->issuer->options.skew_seconds, now));
      return known->principal;
    }
  }

  RUNUT_ASSIGN(const Parts parts, Parts::of(token));
  RUNUT_ASSIGN(const TokenHeader header, read_header(parts.header));
  RUNUT_ASSIGN(const boost::json::value claims, read_claims(parts.claims));
  // Believed only so far as to know whose keys to ask.
  RUNUT_ASSIGN(const Issuer* issuer, issuer_of(claim_text(claims, "iss")));
  // Asked before the key: keys that change meanwhile make what is remembered worthless, not wrong.
  const std::uint64_t generation = issuer->keys.generation();
  RUNUT_ASSIGN(const PublicKey key, issuer->keys.find(header.kid, header.algorithm, now));
  if (!key.verifies(token))
    return refuse_token("token.signature", "", {}, "the signature is not the issuer's");
  RUNUT_ASSIGN(const Validity validity, read_validity(claims));
  RUNUT_TRY(check_validity(validity, issuer->options.skew_seconds, now));
  RUNUT_TRY(check_audience(claims, issuer->options.audiences));
  RUNUT_ASSIGN(Principal principal, read_principal(claims, issuer->options));
  principal.credential = digest;
  remembered_->add(digest, {principal, validity, issuer, generation});
  return principal;
}

}  // namespace runut::identity
