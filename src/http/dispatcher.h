// From a request to its route: who asks, may they, which thread answers.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "http/route.h"
#include "http/server.h"

namespace runut::http {

// Threads that answer what takes longer than the network's thread may be kept.
class Readers {
 public:
  Readers(unsigned threads, std::size_t queued_max);
  ~Readers() { end(); }
  // What is queued is still done; later tasks are refused.
  void end();
  // False: the queue is full, or the readers have ended.
  [[nodiscard]] bool run(std::function<void()> task);

 private:
  void work();

  const std::size_t queued_max_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

// What became of a request.
struct Answered {
  Method method{};
  std::string_view pattern;  // of the route; empty: none matched
  std::string_view request_id;
  std::string_view peer;
  std::string_view principal;
  std::string_view trace;  // trace-id of a valid traceparent (W3C Trace Context), or empty
  unsigned status = 0;
  std::size_t bytes = 0;
  std::chrono::microseconds took{};
};

struct DispatcherOptions {
  unsigned reader_threads = 2;
  std::size_t readers_queued_max = 1'024;
  std::size_t body_max = std::size_t{1} << 20;  // where the route says nothing
};

// Who asks. An error becomes 401 (unauthorised) or 503 (unavailable).
using Authenticate = std::function<Result<identity::Principal>(const Request&)>;
// WWW-Authenticate of such an answer, and of a 403.
using Challenge = std::function<std::string(const Error&)>;
// Whether they may, as far as that is known before anything was read; an error becomes 403.
using Authorise = std::function<Status(const identity::Principal&, const Route&)>;

class Dispatcher {
 public:
  Dispatcher(DispatcherOptions options, std::vector<Route> routes);

  // Before serving begins. Without them everybody is let in.
  void authenticate_by(Authenticate authenticate, Challenge challenge);
  void authorise_by(Authorise authorise) { authorise_ = std::move(authorise); }
  void tell(std::function<void(const Answered&)> observer) { observer_ = std::move(observer); }

  // For Server::listen(); the dispatcher must outlive the server.
  [[nodiscard]] Admit admit();
  // Readers end what they have; the dispatcher itself must outlive every reply that is still owed.
  void end_readers() { readers_.end(); }
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

  // The whole way, for tests: the reply of a request that has its body.
  void serve(Request request, Reply reply);

 private:
  struct Match {
    const Route* route = nullptr;
    std::map<std::string, std::string, std::less<>> path;
  };
  struct Begun;
  struct Part {
    std::string text;  // as it stands, or the name that was in braces
    bool is_literal = true;
  };
  struct Pattern {
    std::vector<Part> parts;
    std::size_t literals = 0;  // parts that are
    bool takes_rest = false;
  };

  [[nodiscard]] static Pattern pattern_of(std::string_view text);
  [[nodiscard]] static bool fits(const Pattern& pattern, const std::vector<std::string>& given);
  [[nodiscard]] Match match(const Request& request) const;
  // That the resource has, in the order of its routes; none: there is no such resource.
  [[nodiscard]] std::vector<Method> methods_of(const Request& request) const;
  [[nodiscard]] std::variant<Response, Admitted> begin(const Request& header);
  [[nodiscard]] Response refused(const Begun& begun, Response response) const;
  // Tells the observer of the answer, whoever gives it.
  void tell_of(const Begun& begun, const Response& response) const;
  void handle(const std::shared_ptr<Begun>& begun, Request&& request, Reply&& reply);
  void answer(Begun& begun, Response&& response) const;
  [[nodiscard]] std::string next_id();

  const DispatcherOptions options_;
  const std::vector<Route> routes_;
  std::vector<Pattern> patterns_;
  Authenticate authenticate_;
  Authorise authorise_;
  Challenge challenge_;
  std::function<void(const Answered&)> observer_;
  std::string id_prefix_;
  std::atomic<std::uint64_t> ids_{0};
  Readers readers_;  // last: its threads use the others
};

}  // namespace runut::http
