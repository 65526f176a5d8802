// Keys of issuers from their URLs, fetched in a thread of its own: who checks a token on the
// network's thread must not wait for another server.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "base/result.h"

namespace runut::service {

// Thread-safe.
class KeyFetcher {
 public:
  // `fetched` is called in the fetcher's thread after each fetch that succeeded.
  explicit KeyFetcher(std::function<void()> fetched);
  ~KeyFetcher();

  // What was fetched last, and in the background it is fetched again unless that was a moment ago.
  // unavailable (token.keys): nothing was yet; ask again.
  [[nodiscard]] Result<std::string> operator()(const std::string& url);
  // Fetches all that were ever asked for again, however short ago that was.
  void renew();

 private:
  struct Entry {
    std::string text;
    std::chrono::steady_clock::time_point at;
    std::string trouble;  // of the last try
  };
  void work();

  const std::function<void()> fetched_;
  std::mutex mutex_;
  std::condition_variable wanted_changed_;
  std::map<std::string, Entry> entries_;
  std::set<std::string> wanted_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace runut::service
