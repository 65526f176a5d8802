#include "http/raw_client/raw_client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <utility>

namespace runut::testing {

using Clock = std::chrono::steady_clock;

RawClient::RawClient(std::uint16_t port) {
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

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::end_sending() const {
  ::shutdown(socket_, SHUT_WR);
}

bool RawClient::fill(Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
  if (left.count() <= 0) return false;
  pollfd waits{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&waits, 1, static_cast<int>(left.count())) <= 0) return false;
  std::array<char, 65'536> bytes{};
  const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
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
  return ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
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
