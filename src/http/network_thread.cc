#include "http/network_thread.h"

#include <pthread.h>

namespace runut::http {
namespace {

namespace asio = boost::asio;
using Failure = boost::system::error_code;

// How often connections are looked at that take longer than they may.
constexpr std::chrono::milliseconds overdue_every{100};
constexpr std::chrono::milliseconds quiet_every{5};

}  // namespace

NetworkThread::NetworkThread(std::shared_ptr<Shared> shared)
    : shared_(std::move(shared)),
      work_(asio::make_work_guard(context_)),
      mailbox_(std::make_shared<Mailbox>(context_)) {}

NetworkThread::~NetworkThread() {
  mailbox_->close();
  for_each([](SessionBase& session) { session.abandon(); });
}

void NetworkThread::start() {
  cut_overdue();
  thread_ = std::thread([this] {
    pthread_setname_np(pthread_self(), "runut-network");
    context_.run();
  });
}

void NetworkThread::take(Socket socket, std::string peer, std::shared_ptr<asio::ssl::context> tls) {
  asio::post(context_, [this, socket = std::move(socket), peer = std::move(peer),
                        tls = std::move(tls)]() mutable { begin(std::move(socket), peer, tls); });
}

void NetworkThread::begin(Socket socket, const std::string& peer,
                          const std::shared_ptr<asio::ssl::context>& tls) {
  std::shared_ptr<SessionBase> session;
  if (tls)
    session = keep(std::make_unique<Session<asio::ssl::stream<Socket>>>(shared_, mailbox_, peer,
                                                                        std::move(socket), *tls));
  else
    session = keep(std::make_unique<Session<Socket>>(shared_, mailbox_, peer, std::move(socket)));
  session->start();
}

std::shared_ptr<SessionBase> NetworkThread::keep(std::unique_ptr<SessionBase> made) {
  sessions_.insert(made.get());
  return {made.release(), [this](SessionBase* ended) {
            sessions_.erase(ended);
            --shared_->open;
            delete ended;
          }};
}

void NetworkThread::cut_overdue() {
  const auto now = SessionBase::Clock::now();
  std::vector<std::shared_ptr<SessionBase>> overdue;
  for (SessionBase* session : sessions_)
    if (session->is_overdue(now)) overdue.push_back(session->shared_from_this());
  for (const auto& session : overdue) session->cut();
  overdue_.expires_after(overdue_every);
  overdue_.async_wait([this](Failure failure) {
    if (!failure) cut_overdue();
  });
}

void NetworkThread::finish(std::chrono::steady_clock::time_point until) {
  asio::post(context_, [this, until] {
    for_each([](SessionBase& session) { session.finish(); });
    finished_by_ = until;
    until_quiet();
  });
}

void NetworkThread::until_quiet() {
  if (sessions_.empty()) return context_.stop();
  if (std::chrono::steady_clock::now() >= finished_by_) {
    for_each([](SessionBase& session) { session.cut(); });
    return context_.stop();
  }
  quiet_.expires_after(quiet_every);
  quiet_.async_wait([this](Failure) { until_quiet(); });
}

void NetworkThread::join() {
  if (thread_.joinable()) thread_.join();
}

template <class Visit>
void NetworkThread::for_each(Visit visit) {
  std::vector<std::shared_ptr<SessionBase>> held;
  for (SessionBase* session : sessions_) held.push_back(session->shared_from_this());
  for (const auto& session : held) visit(*session);
}

}  // namespace runut::http
