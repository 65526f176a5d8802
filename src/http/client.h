// Asks other servers: keys of an issuer, endpoints of webhooks, and in tests our own.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "http/url.h"

namespace runut::http {

// Where an address leads, told from its bits alone; a mapped IPv4 address counts as that.
enum class AddressKind : std::uint8_t {
  global,
  inner,       // RFC 1918, 100.64/10, fc00::/7: a network of one's own
  loopback,    // this machine
  link_local,  // 169.254/16, fe80::/10: among others, where clouds keep credentials
  special,     // unspecified, multicast, broadcast, reserved
};
struct PeerAddress {
  std::string text;
  AddressKind kind{};
};

struct ClientOptions {
  std::chrono::milliseconds connect_max{5'000};  // name, connection, TLS handshake
  // Everything; only the system's resolver may take longer, and then it holds the destructor.
  std::chrono::milliseconds total_max{15'000};
  std::size_t header_bytes_max = 32 * 1024;
  std::size_t body_bytes_max = std::size_t{1} << 20;
  std::string ca_file{};  // PEM; empty: the system's roots
  // Asked for each address that the name resolved to, right before it is connected to, so that a
  // name that changes its mind in between leads nowhere else.
  std::function<Status(const PeerAddress&)> may_connect{};
};

struct ClientRequest {
  Method method = Method::get;
  std::string url{};
  std::vector<Field> headers{};  // Host, Content-Length and Connection are the client's own
  std::string body{};
  // May be sent again when a kept connection turns out to be closed; GET and HEAD always may.
  bool repeatable = false;
};

struct ClientResponse {
  unsigned status = 0;
  std::vector<Field> headers;
  std::string body;
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

// HTTP/1.1, one request at a time; the connection is kept for the next one to the same origin.
// Certificates are verified, and that they are the host's. Not thread-safe.
class Client {
 public:
  explicit Client(ClientOptions options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Whatever status the server gives is an answer; redirects are not followed.
  // invalid_input: http.url, http.header. unavailable: http.name, http.connect, http.tls,
  // http.timeout, http.broken (the connection ended before an answer), http.cut (within it).
  // unauthorised: what may_connect says. exhausted: http.size. corrupt: http.malformed: no HTTP.
  [[nodiscard]] Result<ClientResponse> fetch(const ClientRequest& request);

 private:
  class Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace runut::http
