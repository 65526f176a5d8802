#include "http/server.h"

#include <pthread.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>
#include <thread>

#include "http/session.h"
#include "http/tls_context.h"

namespace runut::http {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Failure = boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

namespace {

// How often connections are looked at that take longer than they may.
constexpr std::chrono::milliseconds look_around{100};

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, Admit admit) : shared_(std::make_shared<Shared>()) {
    shared_->options = std::move(options);
    shared_->admit = std::move(admit);
    shared_->mailbox = std::make_shared<Mailbox>(context_);
  }

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
    cut_overdue();
    thread_ = std::thread([this] {
      pthread_setname_np(pthread_self(), "runut-network");
      context_.run();
    });
    return {};
  }

  ~Impl() {
    stop(std::chrono::milliseconds(0));
    shared_->mailbox->close();
    for_each([](SessionBase& session) { session.abandon(); });
  }

  void stop(std::chrono::milliseconds grace) {
    if (!thread_.joinable()) return;
    asio::post(context_, [this, grace] {
      Failure ignored;
      acceptor_.close(ignored);
      shared_->stopping = true;
      for_each([](SessionBase& session) { session.finish(); });
      stopped_by_ = std::chrono::steady_clock::now() + grace;
      until_quiet();
    });
    thread_.join();
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
    return {accepted_.load(), open_.load(), turned_away_.load(), shared_->malformed.load()};
  }

 private:
  std::shared_ptr<asio::ssl::context> tls() {
    const std::lock_guard lock(tls_mutex_);
    return tls_;
  }

  void accept() {
    acceptor_.async_accept([this](Failure failure, Socket socket) {
      if (!acceptor_.is_open()) return;
      if (failure) return accept_later();
      ++accepted_;
      begin(std::move(socket));
      accept();
    });
  }

  // Out of descriptors, most likely: asking again at once would only burn time.
  void accept_later() {
    timer_.expires_after(std::chrono::milliseconds(50));
    timer_.async_wait([this](Failure) {
      if (acceptor_.is_open()) accept();
    });
  }

  void cut_overdue() {
    const auto now = SessionBase::Clock::now();
    std::vector<std::shared_ptr<SessionBase>> overdue;
    for (SessionBase* session : sessions_)
      if (session->is_overdue(now)) overdue.push_back(session->shared_from_this());
    for (const auto& session : overdue) session->cut();
    watch_.expires_after(look_around);
    watch_.async_wait([this](Failure failure) {
      if (!failure) cut_overdue();
    });
  }

  void begin(Socket socket) {
    Failure ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
    const auto remote = socket.remote_endpoint(ignored);
    if (open_ >= shared_->options.connections_max) return turn_away(std::move(socket));
    std::shared_ptr<SessionBase> session;
    const std::string peer = remote.address().to_string();
    if (const auto context = tls())
      session = keep(std::make_unique<Session<asio::ssl::stream<Socket>>>(
          shared_, peer, std::move(socket), *context));
    else
      session = keep(std::make_unique<Session<Socket>>(shared_, peer, std::move(socket)));
    session->start();
  }

  std::shared_ptr<SessionBase> keep(std::unique_ptr<SessionBase> made) {
    sessions_.insert(made.get());
    ++open_;
    return {made.release(), [this](SessionBase* ended) {
              sessions_.erase(ended);
              --open_;
              delete ended;
            }};
  }

  void turn_away(Socket socket) {
    ++turned_away_;
    const auto answer = std::make_shared<std::string>(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n");
    const auto held = std::make_shared<Socket>(std::move(socket));
    asio::async_write(*held, asio::buffer(*answer), [held, answer](Failure, std::size_t) {});
  }

  template <class Visit>
  void for_each(Visit visit) {
    std::vector<std::shared_ptr<SessionBase>> held;
    for (SessionBase* session : sessions_) held.push_back(session->shared_from_this());
    for (const auto& session : held) visit(*session);
  }

  void until_quiet() {
    if (sessions_.empty()) return context_.stop();
    if (std::chrono::steady_clock::now() >= stopped_by_) {
      for_each([](SessionBase& session) { session.cut(); });
      return context_.stop();
    }
    timer_.expires_after(std::chrono::milliseconds(5));
    timer_.async_wait([this](Failure) { until_quiet(); });
  }

  const std::shared_ptr<Shared> shared_;
  std::mutex tls_mutex_;
  std::shared_ptr<asio::ssl::context> tls_;  // of the connections to come; null: none have TLS
  std::set<SessionBase*> sessions_;
  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<std::uint64_t> open_{0};
  std::atomic<std::uint64_t> turned_away_{0};
  asio::io_context context_{1};
  Acceptor acceptor_{context_};
  asio::steady_timer timer_{context_};
  asio::steady_timer watch_{context_};
  std::chrono::steady_clock::time_point stopped_by_;
  std::uint16_t port_ = 0;
  std::thread thread_;
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
