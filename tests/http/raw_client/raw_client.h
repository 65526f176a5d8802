// A client that sends bytes as they are given, well-formed or not, and reads answers by itself: it
// shares no code with the server. Over TCP, or over TLS by OpenSSL.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_session_st;

namespace runut::testing {

struct TlsAsk {
  std::string authority;      // PEM file: whose certificates are believed, for "localhost"
  std::string certificate{};  // PEM files of the client's own
  std::string key{};
  int version = 0;                    // such as TLS1_2_VERSION; 0: whatever both speak
  ssl_session_st* resumed = nullptr;  // RawClient::session() of an earlier client
};

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
  // The handshake is done on return, or trouble() tells why not.
  RawClient(std::uint16_t port, const TlsAsk& ask);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False: the other side has closed.
  bool send(std::string_view bytes) const;
  // No more will be sent (half-closed; over TLS that is said by close_notify alone).
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

  // Of TLS. What ended the handshake or the last read, empty when nothing has.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  [[nodiscard]] std::string version() const;  // "TLSv1.3"
  [[nodiscard]] std::string server() const;   // serial number of its certificate
  // To be taken up by another client, once something was read; the caller's.
  [[nodiscard]] std::shared_ptr<ssl_session_st> session() const;
  [[nodiscard]] bool is_resumed() const;
  // The other side has said that nothing more comes (close_notify), so nothing was cut off.
  [[nodiscard]] bool was_closed_properly() const;

  // send() and read(), of "GET /path" and the like with "Host" added.
  std::optional<RawAnswer> ask(std::string_view method, std::string_view target,
                               std::string_view headers = "", std::string_view body = "");

 private:
  bool fill(std::chrono::steady_clock::time_point until);

  int socket_ = -1;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> tls_;
  std::string trouble_;
  std::string buffer_;
};

// "GET /x HTTP/1.1\r\nHost: …", with Content-Length when there is a body.
[[nodiscard]] std::string request_text(std::string_view method, std::string_view target,
                                       std::string_view headers = "", std::string_view body = "");

}  // namespace runut::testing
