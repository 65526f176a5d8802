// The keys of one issuer: a JWK set (RFC 7517 section 5) from a file or a URL, fetched again when a
// token names one that is not in it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/date.h"
#include "identity/jose.h"

namespace runut::identity {

// The body that is at the URL. Bounded in time and size by whoever gives it.
using Fetch = std::function<Result<std::string>(const std::string& url)>;

// Keys that this service cannot use are left out, as RFC 7517 section 5 asks. invalid_input
// (key.set): this is no JWK set, or none of its keys is usable.
[[nodiscard]] Result<std::vector<PublicKey>> read_key_set(const std::string& text);

struct KeysOptions {
  std::string source;               // https://…, http:// of this machine, else the path of a file
  std::int64_t retry_seconds = 30;  // between two fetches, whatever is asked for
  std::int64_t refresh_seconds = 3600;  // after this long, so that a withdrawn key goes
};

// Thread-safe. Whoever finds that a fetch is due makes it; all others go on with the keys that are
// there, and no lock is held meanwhile.
class Keys {
 public:
  Keys(KeysOptions options, Fetch fetch);

  // Which key made a signature. unauthorised: token.unknown_key, also after a fetch;
  // token.algorithm, the key of that name is for others. unavailable (token.keys): there are no
  // keys yet, or another thread is fetching those that may hold it: ask again.
  [[nodiscard]] Result<PublicKey> find(std::string_view kid, Algorithm algorithm, Instant now);
  // Fetches now. An error leaves the keys as they are.
  [[nodiscard]] Status reload(Instant now);
  // Fetches when those that are there are old; what fails is tried again later.
  void refresh(Instant now);
  // Another number whenever the keys are others.
  [[nodiscard]] std::uint64_t generation() const { return generation_.load(); }

 private:
  using Set = std::vector<PublicKey>;
  [[nodiscard]] std::shared_ptr<const Set> current() const;
  [[nodiscard]] bool is_due(std::int64_t seconds, Instant since, Instant now) const;
  [[nodiscard]] Status fetch_held(Instant now);

  const KeysOptions options_;
  const Fetch fetch_;
  mutable std::mutex mutex_;  // short: the pointer, the text, the two instants
  std::shared_ptr<const Set> set_;
  std::string text_;
  Instant fetched_at_;
  Instant tried_at_;
  std::mutex fetching_;
  std::atomic<std::uint64_t> generation_ = 0;
};

}  // namespace runut::identity
