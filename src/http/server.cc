#include "http/server.h"

#include <boost/asio/write.hpp>

#include "http/network_thread.h"
#include "http/tls_context.h"

namespace runut::http {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Failure = boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

class Server::Impl {
 public:
  Impl(ServerOptions options, Admit admit)
      : shared_(std::make_shared<Shared>(std::move(options), std::move(admit))),
        threads_(make_threads(shared_)) {}

  Status open() {
    const ServerOptions& options = shared_->options;
    RUNUT_ASSIGN(tls_, make_tls_context(options.tls));
    Failure failure;
    const auto address = asio::ip::make_address(options.address, failure);
    if (failure)
      return fail(Error{ErrorCode::invalid_input, "http.address", "listen", options.address,
                        "this is no IP address"});
    const tcp::endpoint endpoint(address, options.port);
    const auto refuse = [&](const char* what) {
      return fail(Error{ErrorCode::unavailable, "http.listen", "listen",
                        options.address + ":" + std::to_string(options.port),
                        std::string(what) + ": " + failure.message()});
    };
    acceptor_.open(endpoint.protocol(), failure);
    if (failure) return refuse("no socket");
    acceptor_.set_option(asio::socket_base::reuse_address(true), failure);
    acceptor_.bind(endpoint, failure);
    if (failure) return refuse("the address cannot be taken");
    acceptor_.listen(1'024, failure);
    if (failure) return refuse("nobody can be let in");
    port_ = acceptor_.local_endpoint(failure).port();
    accept();
    for (const auto& thread : threads_) thread->start();
    is_running_ = true;
    return {};
  }

  ~Impl() { stop(std::chrono::milliseconds(0)); }

  void stop(std::chrono::milliseconds grace) {
    if (!std::exchange(is_running_, false)) return;
    asio::post(first(), [this, grace] {
      Failure ignored;
      acceptor_.close(ignored);
      shared_->stopping = true;
      const auto until = std::chrono::steady_clock::now() + grace;
      for (const auto& thread : threads_) thread->finish(until);
    });
    for (const auto& thread : threads_) thread->join();
  }

  Status renew(const TlsOptions& options) {
    RUNUT_ASSIGN(auto renewed, make_tls_context(options));
    const std::lock_guard lock(tls_mutex_);
    if ((renewed == nullptr) != (tls_ == nullptr))
      return fail(Error{ErrorCode::invalid_input, "http.tls", "tls.certificate",
                        options.certificate, "TLS begins and ends with the server alone"});
    tls_ = std::move(renewed);
    return {};
  }

  std::uint16_t port() const { return port_; }

  ServerCounts counts() const {
    return {accepted_.load(), shared_->open.load(), turned_away_.load(), shared_->malformed.load(),
            shared_->answers_dropped.load()};
  }

 private:
  using Threads = std::vector<std::unique_ptr<NetworkThread>>;

  static Threads make_threads(const std::shared_ptr<Shared>& shared) {
    Threads out;
    while (out.size() < std::max(1U, shared->options.threads))
      out.push_back(std::make_unique<NetworkThread>(shared));
    return out;
  }

  asio::io_context& first() { return threads_.front()->context(); }

  std::shared_ptr<asio::ssl::context> tls() {
    const std::lock_guard lock(tls_mutex_);
    return tls_;
  }

  // On the first thread; each connection goes to the next one.
  void accept() {
    NetworkThread& thread = *threads_[accepted_ % threads_.size()];
    acceptor_.async_accept(thread.context(), [this, &thread](Failure failure, Socket socket) {
      if (!acceptor_.is_open()) return;
      if (failure) return accept_later();
      ++accepted_;
      begin(thread, std::move(socket));
      accept();
    });
  }

  // Out of descriptors, most likely: asking again at once would only burn time.
  void accept_later() {
    later_.expires_after(std::chrono::milliseconds(50));
    later_.async_wait([this](Failure) {
      if (acceptor_.is_open()) accept();
    });
  }

  void begin(NetworkThread& thread, Socket socket) {
    Failure ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
    const auto remote = socket.remote_endpoint(ignored);
    if (++shared_->open > shared_->options.connections_max) return turn_away(std::move(socket));
    thread.take(std::move(socket), remote.address().to_string(), tls());
  }

  void turn_away(Socket socket) {
    --shared_->open;
    ++turned_away_;
    const auto answer = std::make_shared<std::string>(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
        "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n");
    const auto held = std::make_shared<Socket>(std::move(socket));
    asio::async_write(*held, asio::buffer(*answer), [held, answer](Failure, std::size_t) {});
  }

  const std::shared_ptr<Shared> shared_;
  std::mutex tls_mutex_;
  std::shared_ptr<asio::ssl::context> tls_;  // of the connections to come; null: none have TLS
  const Threads threads_;
  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<std::uint64_t> turned_away_{0};
  Acceptor acceptor_{first()};
  asio::steady_timer later_{first()};
  std::uint16_t port_ = 0;
  bool is_running_ = false;
};

Result<std::unique_ptr<Server>> Server::listen(ServerOptions options, Admit admit) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(admit));
  RUNUT_TRY(impl->open());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
Status Server::renew(const TlsOptions& tls) {
  return impl_->renew(tls);
}
std::uint16_t Server::port() const {
  return impl_->port();
}
ServerCounts Server::counts() const {
  return impl_->counts();
}
void Server::stop(std::chrono::milliseconds grace) {
  impl_->stop(grace);
}

}  // namespace runut::http
