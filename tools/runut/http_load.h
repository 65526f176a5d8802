// Many clients of an HTTP server in one thread, as a city's systems are at the closing hour: each
// connection sends its next request when the answer to the one before has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace runut::cli {

struct LoadOptions {
  std::uint16_t port = 0;  // on loopback
  std::size_t connections = 64;
  std::size_t requests = 0;
  // The bytes of request `number`, from 0; called in order.
  std::function<std::string(std::size_t number)> request;
  // Null, or what an answer's body is given to.
  std::function<void(std::string_view body)> answer;
};

struct LoadResult {
  double seconds = 0;
  std::vector<std::uint32_t> microseconds;  // of each answer, as they came
  std::map<int, std::uint64_t> statuses;
  [[nodiscard]] double percentile(double share) const;  // in milliseconds
};

// unavailable: a connection broke, or an answer was none.
[[nodiscard]] Result<LoadResult> run_load(const LoadOptions& options);

// "POST /path HTTP/1.1", with Host, Content-Type and Content-Length.
[[nodiscard]] std::string post_text(const std::string& path, const std::string& type,
                                    const std::string& body);
[[nodiscard]] std::string get_text(const std::string& path, const std::string& accept);

struct SubscriberResult {
  std::uint64_t deliveries = 0;
  double seconds = 0;  // from the first delivery to the last
};

// Many connections that read server-sent events, in one thread.
class Subscribers {
 public:
  // All are there, and each has had its first bytes.
  [[nodiscard]] static Result<Subscribers> connect(std::uint16_t port, std::size_t count,
                                                   const std::string& path);
  ~Subscribers();
  Subscribers(Subscribers&&) noexcept;
  Subscribers& operator=(Subscribers&&) = delete;

  // Until each has had so many events since the last call.
  [[nodiscard]] Result<SubscriberResult> receive(std::uint64_t events);
  // Reads whatever comes, for so long.
  [[nodiscard]] Status idle(std::chrono::milliseconds time);

 private:
  struct All;
  explicit Subscribers(std::unique_ptr<All> all);
  std::unique_ptr<All> all_;
};

}  // namespace runut::cli
