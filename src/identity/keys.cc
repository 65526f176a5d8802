#include "identity/keys.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "json/json.h"

namespace runut::identity {
namespace {

constexpr std::int64_t micros_a_second = 1'000'000;
constexpr std::size_t set_bytes_max = std::size_t{1} << 20;
constexpr Instant never{INT64_MIN};

tl::unexpected<Error> no_set(std::string message) {
  return fail(Error{ErrorCode::invalid_input, "key.set", {}, {}, std::move(message)});
}
tl::unexpected<Error> no_keys(std::string_view source, std::string message) {
  return fail(
      Error{ErrorCode::unavailable, "token.keys", "kid", std::string(source), std::move(message)});
}

bool is_url(std::string_view source) {
  return source.starts_with("https://") || source.starts_with("http://");
}

Result<std::string> read_key_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return fail(Error{ErrorCode::unavailable, "token.keys", "keys", path, "no such file to read"});
  std::string text(set_bytes_max + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

Result<std::vector<PublicKey>> read_key_set(const std::string& text) {
  const auto value = parse_json(text, {.bytes_max = set_bytes_max, .fractions = true});
  if (!value) return no_set(value.error().message);
  const auto* object = value->if_object();
  const auto* keys = object == nullptr ? nullptr : object->if_contains("keys");
  if (keys == nullptr || !keys->is_array())
    return no_set("a JWK set is an object with an array `keys`");
  std::vector<PublicKey> out;
  std::string why = "it is empty";
  for (const auto& jwk : keys->get_array()) {
    auto key = PublicKey::read(jwk);
    if (key)
      out.push_back(std::move(*key));
    else
      why = key.error().message;
  }
  if (out.empty()) return no_set("no key of the set can be used: " + why);
  return out;
}

Keys::Keys(KeysOptions options, Fetch fetch)
    : options_(std::move(options)),
      fetch_(std::move(fetch)),
      fetched_at_(never),
      tried_at_(never) {}

std::shared_ptr<const Keys::Set> Keys::current() const {
  const std::lock_guard lock(mutex_);
  return set_;
}

bool Keys::is_due(std::int64_t seconds, Instant since, Instant now) const {
  // A clock that was set back must not put the next fetch off.
  return since == never || now < since || now.micros - since.micros >= seconds * micros_a_second;
}

// With fetching_ held, mutex_ not.
Status Keys::fetch_held(Instant now) {
  {
    const std::lock_guard lock(mutex_);
    tried_at_ = now;
  }
  RUNUT_ASSIGN(std::string text,
               is_url(options_.source) ? fetch_(options_.source) : read_key_file(options_.source));
  RUNUT_ASSIGN(Set set, read_key_set(text));
  const std::lock_guard lock(mutex_);
  fetched_at_ = now;
  if (set_ != nullptr && text_ == text) return {};
  set_ = std::make_shared<const Set>(std::move(set));
  text_ = std::move(text);
  ++generation_;
  return {};
}

Status Keys::reload(Instant now) {
  const std::lock_guard fetching(fetching_);
  return fetch_held(now);
}

void Keys::refresh(Instant now) {
  {
    const std::lock_guard lock(mutex_);
    if (set_ == nullptr || !is_due(options_.refresh_seconds, fetched_at_, now) ||
        !is_due(options_.retry_seconds, tried_at_, now))
      return;
  }
  const std::unique_lock fetching(fetching_, std::try_to_lock);
  // What fails is no reason to refuse a token whose key is known.
  if (fetching) (void)fetch_held(now);
}

Result<PublicKey> Keys::find(std::string_view kid, Algorithm algorithm, Instant now) {
  refresh(now);
  const auto search = [&](const Set& set) -> Result<PublicKey> {
    bool named = false;
    const PublicKey* found = nullptr;
    for (const PublicKey& key : set) {
      if (!kid.empty() && key.kid() != kid) continue;
      named = true;
      if (!key.fits(algorithm)) continue;
      if (found != nullptr && kid.empty()) {
        return fail(Error{ErrorCode::unauthorised,
                          "token.unknown_key",
                          "kid",
                          {},
                          "the issuer has several keys: the header must name one"});
      }
      if (found == nullptr) found = &key;
    }
    if (found != nullptr) return *found;
    if (named) {
      return fail(Error{ErrorCode::unauthorised, "token.algorithm", "alg",
                        std::string(to_string(algorithm)), "the key is not for this algorithm"});
    }
    return fail(Error{ErrorCode::unauthorised, "token.unknown_key", "kid",
                      std::string(kid.substr(0, 80)), "the issuer has no such key"});
  };

  if (const auto set = current()) {
    auto found = search(*set);
    if (found || found.error().rule != "token.unknown_key" || kid.empty()) return found;
    {
      const std::lock_guard lock(mutex_);
      if (!is_due(options_.retry_seconds, tried_at_, now) && set == set_) return found;
    }
  }
  const std::unique_lock fetching(fetching_, std::try_to_lock);
  if (!fetching) return no_keys(options_.source, "the issuer's keys are being fetched: ask again");
  bool due = false;
  {
    const std::lock_guard lock(mutex_);
    due = is_due(options_.retry_seconds, tried_at_, now);
  }
  const Status fetched = due ? fetch_held(now) : Status{};
  const auto set = current();
  if (set != nullptr) return search(*set);
  return no_keys(options_.source, fetched ? "the issuer's keys could not be fetched a moment ago"
                                          : fmt::format("the issuer's keys cannot be fetched: {}",
                                                        fetched.error().message));
}

}  // namespace runut::identity
