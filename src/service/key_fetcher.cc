#include "service/key_fetcher.h"

#include "http/client.h"

namespace runut::service {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds a_moment{5};

Result<std::string> fetch_keys(http::Client& client, const std::string& url) {
  http::ClientRequest request;
  request.url = url;
  request.headers = {{"Accept", "application/jwk-set+json, application/json"}};
  RUNUT_ASSIGN(http::ClientResponse response, client.fetch(request));
  if (response.status == 200) return std::move(response.body);
  return fail(Error{ErrorCode::unavailable, "token.keys", "keys", url,
                    "the issuer answered " + std::to_string(response.status)});
}

}  // namespace

KeyFetcher::KeyFetcher(std::function<void()> fetched) : fetched_(std::move(fetched)) {
  thread_ = std::thread([this] { work(); });
}

KeyFetcher::~KeyFetcher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_changed_.notify_all();
  thread_.join();
}

Result<std::string> KeyFetcher::operator()(const std::string& url) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(url);
  const bool has_text = found != entries_.end() && !found->second.text.empty();
  if (!has_text || found->second.at + a_moment < Clock::now()) {
    wanted_.insert(url);
    wanted_changed_.notify_all();
  }
  if (has_text) return found->second.text;
  return fail(Error{ErrorCode::unavailable, "token.keys", "keys", url,
                    found == entries_.end() || found->second.trouble.empty()
                        ? "the issuer's keys are being fetched; ask again"
                        : found->second.trouble});
}

void KeyFetcher::renew() {
  const std::lock_guard lock(mutex_);
  for (const auto& [url, entry] : entries_) wanted_.insert(url);
  wanted_changed_.notify_all();
}

void KeyFetcher::work() {
  http::Client client;
  for (;;) {
    std::unique_lock lock(mutex_);
    wanted_changed_.wait(lock, [&] { return stopping_ || !wanted_.empty(); });
    if (stopping_) return;
    const std::string url = *wanted_.begin();
    lock.unlock();
    auto text = fetch_keys(client, url);
    lock.lock();
    wanted_.erase(url);
    Entry& entry = entries_[url];
    entry.trouble = text ? std::string() : text.error().describe();
    if (text) {
      entry.text = std::move(*text);
      entry.at = Clock::now();
    }
    lock.unlock();
    if (text) fetched_();
  }
}

}  // namespace runut::service
