// A client that sends bytes as they are given, well-formed or not, and reads answers by itself: it
// shares no code with the server.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace runut::testing {

struct RawAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // chunks joined
  [[nodiscard]] std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
  }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False: the other side has closed.
  bool send(std::string_view bytes) const;
  // No more will be sent (half-closed).
  void end_sending() const;
  // The next answer; null when the connection ended, or nothing came within `wait`, before it was
  // whole. `to_head`: there is no body, whatever the header says.
  std::optional<RawAnswer> read(bool to_head = false,
                                std::chrono::milliseconds wait = std::chrono::seconds(10));
  // The next bytes up to and including `end`, as they come; empty as above.
  std::string read_until(std::string_view end,
                         std::chrono::milliseconds wait = std::chrono::seconds(10));
  // The other side has closed and nothing is left to read, within `wait`.
  bool closed(std::chrono::milliseconds wait = std::chrono::seconds(10));

  // send() and read(), of "GET /path" and the like with "Host" added.
  std::optional<RawAnswer> ask(std::string_view method, std::string_view target,
                               std::string_view headers = "", std::string_view body = "");

 private:
  bool fill(std::chrono::steady_clock::time_point until);

  int socket_ = -1;
  std::string buffer_;
};

// "GET /x HTTP/1.1\r\nHost: …", with Content-Length when there is a body.
[[nodiscard]] std::string request_text(std::string_view method, std::string_view target,
                                       std::string_view headers = "", std::string_view body = "");

}  // namespace runut::testing
