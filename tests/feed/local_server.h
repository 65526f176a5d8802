// An HTTP server on loopback for tests: one thread a connection, every request kept.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace runut::testing {

struct Arrived {
  std::string method;
  std::string target;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::size_t connection = 0;  // which one it came by
  [[nodiscard]] std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (boost::beast::iequals(key, {name.data(), name.size()})) return value;
    return "";
  }
};

struct Answering {
  unsigned status = 200;
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};
  std::chrono::milliseconds delay{0};
  bool hang_up = false;  // instead of an answer
  bool hang_up_after = false;
  std::string raw{};  // instead of an answer, these bytes
};

class LocalServer {
 public:
  using Handler = std::function<Answering(const Arrived&)>;

  explicit LocalServer(Handler handler, boost::asio::ssl::context* tls = nullptr)
      : handler_(std::move(handler)),
        tls_(tls),
        acceptor_(io_, {boost::asio::ip::make_address("127.0.0.1"), 0}) {
    port_ = acceptor_.local_endpoint().port();
    acceptor_thread_ = std::thread([this] { accept(); });
  }
  ~LocalServer() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      for (auto* socket : sockets_) ::shutdown(socket->native_handle(), SHUT_RDWR);
    }
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    changed_.notify_all();
    acceptor_thread_.join();
    for (std::thread& thread : connections_) thread.join();
  }
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  [[nodiscard]] std::string url(const std::string& target = "/") const {
    return (tls_ ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port_) + target;
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::vector<Arrived> arrived() const {
    const std::lock_guard lock(mutex_);
    return arrived_;
  }
  // True once so many requests have come.
  [[nodiscard]] bool wait_for(std::size_t requests,
                              std::chrono::seconds max = std::chrono::seconds(20)) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, max, [&] { return arrived_.size() >= requests; });
  }

 private:
  using Socket = boost::asio::ip::tcp::socket;

  void accept() {
    for (std::size_t number = 0;; ++number) {
      boost::system::error_code failure;
      auto socket = std::make_shared<Socket>(acceptor_.accept(failure));
      const std::lock_guard lock(mutex_);
      if (failure || stopping_) return;
      sockets_.push_back(socket.get());
      connections_.emplace_back([this, socket, number] {
        serve_on(*socket, number);
        const std::lock_guard inner(mutex_);
        std::erase(sockets_, socket.get());
      });
    }
  }

  void serve_on(Socket& socket, std::size_t number) {
    if (!tls_) return serve(socket, number);
    boost::asio::ssl::stream<Socket&> stream(socket, *tls_);
    boost::system::error_code failure;
    stream.handshake(boost::asio::ssl::stream_base::server, failure);
    if (!failure) serve(stream, number);
  }

  template <class Stream>
  void serve(Stream& stream, std::size_t number) {
    namespace http = boost::beast::http;
    boost::beast::flat_buffer buffer;
    while (true) {
      boost::system::error_code failure;
      http::request<http::string_body> request;
      http::read(stream, buffer, request, failure);
      if (failure) return;
      Arrived arrived{std::string(request.method_string()),
                      std::string(request.target()),
                      request.body(),
                      {},
                      number};
      for (const auto& field : request)
        arrived.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
      {
        const std::lock_guard lock(mutex_);
        arrived_.push_back(arrived);
      }
      changed_.notify_all();
      const Answering answer = handler_(arrived);
      {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, answer.delay, [&] { return stopping_; });
      }
      if (answer.hang_up) return;
      if (!answer.raw.empty()) {
        boost::asio::write(stream, boost::asio::buffer(answer.raw), failure);
        return;
      }
      http::response<http::string_body> response(http::int_to_status(answer.status), 11);
      response.result(answer.status);
      for (const auto& [key, value] : answer.headers) response.set(key, value);
      response.body() = answer.body;
      response.keep_alive(request.keep_alive());
      response.prepare_payload();
      http::write(stream, response, failure);
      if (failure || answer.hang_up_after) return;
    }
  }

  Handler handler_;
  boost::asio::ssl::context* tls_;
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<Arrived> arrived_;
  std::vector<Socket*> sockets_;
  std::vector<std::thread> connections_;
  std::thread acceptor_thread_;
};

}  // namespace runut::testing
