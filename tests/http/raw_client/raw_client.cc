#include "http/raw_client/raw_client.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <utility>

namespace runut::testing {

using Clock = std::chrono::steady_clock;

namespace {

std::string tls_trouble() {
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason != nullptr ? reason : "the connection ended";
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : tls_(nullptr, SSL_free) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

RawClient::RawClient(std::uint16_t port, const TlsAsk& ask) : RawClient(port) {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()),
                                                             SSL_CTX_free);
  SSL_CTX_set_security_level(context.get(), 0);  // so that old versions may be asked for
  SSL_CTX_set_min_proto_version(context.get(), ask.version);
  SSL_CTX_set_max_proto_version(context.get(), ask.version);
  SSL_CTX_load_verify_file(context.get(), ask.authority.c_str());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  if (!ask.certificate.empty()) {
    SSL_CTX_use_certificate_chain_file(context.get(), ask.certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), ask.key.c_str(), SSL_FILETYPE_PEM);
  }
  tls_.reset(SSL_new(context.get()));
  SSL_set_fd(tls_.get(), socket_);
  SSL_set_tlsext_host_name(tls_.get(), "localhost");
  SSL_set1_host(tls_.get(), "localhost");
  if (ask.resumed != nullptr) SSL_set_session(tls_.get(), ask.resumed);
  if (SSL_connect(tls_.get()) != 1) trouble_ = tls_trouble();
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                              : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::end_sending() const {
  if (tls_)
    SSL_shutdown(tls_.get());
  else
    ::shutdown(socket_, SHUT_WR);
}

bool RawClient::fill(Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
  if (left.count() <= 0) return false;
  pollfd waits{.fd = socket_, .events = POLLIN, .revents = 0};
  const bool is_there = tls_ && SSL_pending(tls_.get()) > 0;
  if (!is_there && ::poll(&waits, 1, static_cast<int>(left.count())) <= 0) return false;
  std::array<char, 65'536> bytes{};
  const ssize_t got = tls_ ? SSL_read(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (got <= 0) {
    if (tls_) trouble_ = tls_trouble();
    return false;
  }
  buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawClient::read_until(std::string_view end, std::chrono::milliseconds wait) {
  const auto until = Clock::now() + wait;
  for (;;) {
    if (const std::size_t at = buffer_.find(end); at != std::string::npos) {
      std::string out = buffer_.substr(0, at + end.size());
      buffer_.erase(0, at + end.size());
      return out;
    }
    if (!fill(until)) return {};
  }
}

bool RawClient::closed(std::chrono::milliseconds wait) {
  const auto until = Clock::now() + wait;
  if (!buffer_.empty()) return false;
  pollfd waits{.fd = socket_, .events = POLLIN, .revents = 0};
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
  if (::poll(&waits, 1, static_cast<int>(left.count())) <= 0) return false;
  char byte = 0;
  if (tls_) return SSL_peek(tls_.get(), &byte, 1) <= 0;
  return ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
}

std::string RawClient::version() const {
  return SSL_get_version(tls_.get());
}

std::string RawClient::server() const {
  const X509* const certificate = SSL_get0_peer_certificate(tls_.get());
  if (certificate == nullptr) return {};
  return std::to_string(ASN1_INTEGER_get(X509_get0_serialNumber(certificate)));
}

std::shared_ptr<ssl_session_st> RawClient::session() const {
  return {SSL_get1_session(tls_.get()), SSL_SESSION_free};
}

bool RawClient::is_resumed() const {
  return SSL_session_reused(tls_.get()) == 1;
}

bool RawClient::was_closed_properly() const {
  return (SSL_get_shutdown(tls_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
}

std::optional<RawAnswer> RawClient::read(bool to_head, std::chrono::milliseconds wait) {
  const auto until = Clock::now() + wait;
  const std::string header = read_until("\r\n\r\n", wait);
  if (!header.starts_with("HTTP/1.1 ") || header.size() < 14) return std::nullopt;
  RawAnswer out;
  out.status = std::stoi(header.substr(9, 3));
  std::size_t at = header.find("\r\n") + 2;
  while (at < header.size() - 2) {
    const std::size_t end = header.find("\r\n", at);
    const std::string line = header.substr(at, end - at);
    at = end + 2;
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) return std::nullopt;
    std::string name = line.substr(0, colon);
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    out.headers[name] = line.substr(colon + 2);
  }
  if (to_head || out.status == 204 || out.status == 304 || out.status < 200) return out;
  if (out.header("transfer-encoding") == "chunked") {
    for (;;) {
      const std::string size = read_until("\r\n");
      if (size.empty()) return std::nullopt;
      const std::size_t bytes = std::stoul(size, nullptr, 16);
      while (buffer_.size() < bytes + 2)
        if (!fill(until)) return std::nullopt;
      out.body += buffer_.substr(0, bytes);
      buffer_.erase(0, bytes + 2);
      if (bytes == 0) return out;
    }
  }
  if (out.header("content-length").empty()) {
    while (fill(until)) {
    }
    out.body = std::exchange(buffer_, {});
    return out;
  }
  const std::size_t length = std::stoul(out.header("content-length"));
  while (buffer_.size() < length)
    if (!fill(until)) return std::nullopt;
  out.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return out;
}

std::optional<RawAnswer> RawClient::ask(std::string_view method, std::string_view target,
                                        std::string_view headers, std::string_view body) {
  if (!send(request_text(method, target, headers, body))) return std::nullopt;
  return read(method == "HEAD");
}

std::string request_text(std::string_view method, std::string_view target, std::string_view headers,
                         std::string_view body) {
  std::string out = std::string(method) + " " + std::string(target) +
                    " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers);
  if (!body.empty()) out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return out + "\r\n" + std::string(body);
}

}  // namespace runut::testing
