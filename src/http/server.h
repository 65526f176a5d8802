// An HTTP/1.1 server (RFC 9110, RFC 9112) on Boost.Asio and Beast's parser: few threads for all
// connections, keep-alive and pipelining (answered in order), TLS when a certificate is given, and
// a bound for everything that a client may take of memory or time.
#pragma once

#include <chrono>
#include <memory>
#include <variant>

#include "base/result.h"
#include "http/message.h"

namespace runut::http {

struct TlsOptions {
  std::string certificate{};  // PEM file, the chain included; empty: no TLS
  std::string key{};          // PEM file
  // PEM file of authorities: a client may show a certificate of theirs (Request::certificate).
  std::string client_authorities{};
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any; Server::port() tells
  TlsOptions tls{};
  unsigned threads = 1;  // that the connections are divided among
  std::size_t connections_max = 4'096;
  std::size_t header_bytes_max = std::size_t{16} << 10;
  std::size_t bodies_bytes_max = std::size_t{256} << 20;   // of all requests together
  std::size_t answers_bytes_max = std::size_t{256} << 20;  // that clients have not taken yet
  // From the first byte to the end of the header; as long may a TLS handshake take.
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_time{60'000};
  std::chrono::milliseconds idle_time{75'000};   // between requests
  std::chrono::milliseconds write_time{30'000};  // for one piece to be taken
};

// A request whose header was read, let in.
struct Admitted {
  std::size_t body_max = 0;  // a larger body is refused with 413
  // Called on the connection's network thread once the body is there.
  std::function<void(Request&&, Reply&&)> serve;
};

// What the server asks as soon as a header was read, before any of its body: to let the request in,
// or to answer it at once. On a network thread, on several at a time; must not block.
using Admit = std::function<std::variant<Response, Admitted>(const Request& header)>;

struct ServerCounts {
  std::uint64_t accepted = 0;
  std::uint64_t open = 0;
  std::uint64_t turned_away = 0;      // over connections_max
  std::uint64_t malformed = 0;        // requests that were none
  std::uint64_t answers_dropped = 0;  // over answers_bytes_max: 503 went out instead
};

class Server {
 public:
  // Listens on return. unavailable: the address is taken or not ours; invalid_input: a PEM file
  // cannot be used.
  [[nodiscard]] static Result<std::unique_ptr<Server>> listen(ServerOptions options, Admit admit);
  ~Server();

  // Connections from now on get this certificate; those that are there stay as they are. Errors as
  // listen(), and where TLS would begin or end by it (http.tls); then nothing changes. Any thread.
  [[nodiscard]] Status renew(const TlsOptions& tls);

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] ServerCounts counts() const;

  // Accepts nothing more, ends idle connections, lets requests that have arrived be answered
  // within `grace`, then cuts what is left. Returns when the thread has ended.
  void stop(std::chrono::milliseconds grace);

  class Impl;

 private:
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace runut::http
