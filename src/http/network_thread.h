// A thread, and the connections that it serves. Included by the server's sources alone.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "http/session.h"

namespace runut::http {

class NetworkThread {
 public:
  explicit NetworkThread(std::shared_ptr<Shared> shared);
  // Connections that are still there end without a word. The thread has ended: join().
  ~NetworkThread();

  // Of the sockets that it takes; whoever owns the thread may use it too.
  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  void start();

  // Any thread. A connection that has just come; by TLS where a context is given.
  void take(Socket socket, std::string peer, std::shared_ptr<boost::asio::ssl::context> tls);
  // Any thread: what has arrived is still answered until then, everything else ends now.
  void finish(std::chrono::steady_clock::time_point until);
  void join();

 private:
  void begin(Socket socket, const std::string& peer,
             const std::shared_ptr<boost::asio::ssl::context>& tls);
  [[nodiscard]] std::shared_ptr<SessionBase> keep(std::unique_ptr<SessionBase> made);
  void cut_overdue();
  void until_quiet();
  template <class Visit>
  void for_each(Visit visit);

  const std::shared_ptr<Shared> shared_;
  std::set<SessionBase*> sessions_;  // before the context: what that still holds goes out of here
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  const std::shared_ptr<Mailbox> mailbox_;
  boost::asio::steady_timer overdue_{context_};
  boost::asio::steady_timer quiet_{context_};
  std::chrono::steady_clock::time_point finished_by_;
  std::thread thread_;
};

}  // namespace runut::http
