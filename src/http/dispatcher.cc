#include "http/dispatcher.h"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <random>

#include "http/coding.h"
#include "http/problem.h"

namespace runut::http {
namespace {

using Clock = std::chrono::steady_clock;

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// "00-<trace id>-<parent id>-<flags>" (W3C Trace Context section 3.2).
std::string trace_of(const Request& request) {
  const std::string_view given = request.header("traceparent").value_or("");
  if (given.size() < 55 || given[2] != '-' || given[35] != '-' || given.starts_with("ff"))
    return {};
  const std::string_view id = given.substr(3, 32);
  if (id.find_first_not_of("0123456789abcdef") != id.npos || id.find_first_not_of('0') == id.npos)
    return {};
  return std::string(id);
}

std::string allow(const std::vector<Method>& methods) {
  std::string out;
  for (const Method method : methods) out += std::string(to_string(method)) + ", ";
  if (std::find(methods.begin(), methods.end(), Method::get) != methods.end()) out += "HEAD, ";
  return out + "OPTIONS";
}

Response problem_free(unsigned status) {
  Response out;
  out.status = status;
  return out;
}

void complete(Response& response, const Request& header) {
  bool is_keeping_told = false;
  bool is_for_once = false;
  for (const Field& field : response.headers)
    if (field.name == "Cache-Control") {
      is_keeping_told = true;
      is_for_once = is_for_once || field.value == "no-store";
    }
  // Most of what is told here is about people: nobody keeps it who was not told to.
  if (!is_keeping_told) response.with("Cache-Control", "no-store");
  if (response.status != 200) return;
  // What says of itself that nobody may keep it, nobody has already.
  if (!is_for_once && (header.method == Method::get || header.method == Method::head))
    for (const Field& field : response.headers)
      if (field.name == "ETag" && has_it_already(header, field.value)) {
        response.status = 304;
        response.body.clear();
        return;
      }
  if (response.stream) return;
  response.with("Vary", "Accept, Accept-Encoding");
  if (takes_gzip(header)) code_gzip(response);
}

}  // namespace

Readers::Readers(unsigned threads, std::size_t queued_max) : queued_max_(queued_max) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

void Readers::end() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

bool Readers::run(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= queued_max_) return false;
    queue_.push_back(std::move(task));
  }
  arrived_.notify_one();
  return true;
}

void Readers::work() {
  pthread_setname_np(pthread_self(), "runut-reader");
  for (;;) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const std::function<void()> task = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    task();
  }
}

// What is known of a request from its header on.
struct Dispatcher::Begun {
  Clock::time_point at = Clock::now();
  Request asked;  // of it, what the answer depends on when it is there, and who is told
  const Route* route = nullptr;
  std::map<std::string, std::string, std::less<>> path;
  identity::Principal principal;
  std::string who;  // the principal's name, which stays when the rest has become the call's
  std::string request_id;
  std::string trace;
  Reply reply;
};

Dispatcher::Dispatcher(DispatcherOptions options, std::vector<Route> routes)
    : options_(options),
      routes_(std::move(routes)),
      readers_(options.reader_threads, options.readers_queued_max) {
  for (const Route& route : routes_) patterns_.push_back(pattern_of(route.pattern));
  std::random_device chance;
  id_prefix_ = fmt::format("{:08x}-", chance());
}

void Dispatcher::authenticate_by(Authenticate authenticate, Challenge challenge) {
  authenticate_ = std::move(authenticate);
  challenge_ = std::move(challenge);
}

std::string Dispatcher::next_id() {
  std::array<char, 16> digits{};
  char* const end = std::to_chars(digits.begin(), digits.end(), ++ids_, 16).ptr;
  std::string out = id_prefix_;
  out.append(digits.data(), end);
  return out;
}

Dispatcher::Pattern Dispatcher::pattern_of(std::string_view text) {
  Pattern out;
  while (!text.empty()) {
    text.remove_prefix(1);  // the slash
    const std::size_t end = std::min(text.find('/'), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(end);
    const bool is_literal = !part.starts_with('{');
    out.takes_rest = part.ends_with("...}");
    if (!is_literal) part = part.substr(1, part.size() - (out.takes_rest ? 5 : 2));
    out.parts.push_back({std::string(part), is_literal});
    out.literals += is_literal ? 1 : 0;
  }
  return out;
}

// From the end, where patterns differ most.
bool Dispatcher::fits(const Pattern& pattern, const std::vector<std::string>& given) {
  const std::vector<Part>& parts = pattern.parts;
  const bool is_longer = given.size() > parts.size();
  if (given.size() < parts.size() || (is_longer && !pattern.takes_rest)) return false;
  for (std::size_t k = parts.size(); k-- > 0;) {
    const bool rest = is_longer && k + 1 == parts.size();
    if (parts[k].is_literal ? parts[k].text != given[k] : given[k].empty() && !rest) return false;
  }
  return true;
}

// A part as it stands goes before a name: /people/me before /people/{person}.
Dispatcher::Match Dispatcher::match(const Request& request) const {
  Match best;
  const Pattern* pattern = nullptr;
  const Method wanted = request.method == Method::head ? Method::get : request.method;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (routes_[i].method != wanted || !fits(patterns_[i], request.segments)) continue;
    if (pattern != nullptr && patterns_[i].literals <= pattern->literals) continue;
    best.route = &routes_[i];
    pattern = &patterns_[i];
  }
  for (std::size_t k = 0; pattern != nullptr && k < pattern->parts.size(); ++k) {
    const Part& part = pattern->parts[k];
    if (part.is_literal) continue;
    std::string value = request.segments[k];
    if (pattern->takes_rest && k + 1 == pattern->parts.size())
      for (std::size_t rest = k + 1; rest < request.segments.size(); ++rest)
        value += "/" + request.segments[rest];
    best.path.emplace(part.text, std::move(value));
  }
  return best;
}

std::vector<Method> Dispatcher::methods_of(const Request& request) const {
  std::vector<Method> out;
  for (std::size_t i = 0; i < routes_.size(); ++i)
    if (fits(patterns_[i], request.segments) &&
        std::find(out.begin(), out.end(), routes_[i].method) == out.end())
      out.push_back(routes_[i].method);
  return out;
}

Response Dispatcher::refused(const Begun& begun, Response response) const {
  response.with("X-Request-Id", begun.request_id).with("Cache-Control", "no-store");
  return response;
}

std::variant<Response, Admitted> Dispatcher::begin(const Request& header) {
  const auto begun = std::make_shared<Begun>();
  begun->asked.method = header.method;
  begun->asked.peer = header.peer;
  for (const std::string_view name : {"If-None-Match", "Accept-Encoding"})
    if (const auto value = header.header(name))
      begun->asked.headers.push_back({std::string(name), std::string(*value)});
  const std::string_view given = header.header("X-Request-Id").value_or("");
  begun->request_id =
      !given.empty() && given.size() <= 128 && is_visible(given) ? std::string(given) : next_id();
  begun->trace = trace_of(header);

  const auto refuse = [&](Response response) -> std::variant<Response, Admitted> {
    response = refused(*begun, std::move(response));
    tell_of(*begun, response);
    return response;
  };

  Match found = match(header);
  if (found.route == nullptr || header.method == Method::options) {
    const std::vector<Method> methods = methods_of(header);
    if (methods.empty() && header.target != "*")
      return refuse(problem(404, Error{ErrorCode::not_found, "http.path", "target",
                                       header.target.substr(0, 200), "there is nothing here"}));
    if (header.method == Method::options)
      return refuse(problem_free(204).with("Allow", allow(methods)));
    return refuse(problem(405, Error{ErrorCode::invalid_input, "http.method", "method",
                                     std::string(to_string(header.method)),
                                     "the resource has " + allow(methods)})
                      .with("Allow", allow(methods)));
  }
  begun->route = found.route;
  begun->path = std::move(found.path);
  if (authenticate_ && found.route->resource != identity::Resource::open) {
    auto principal = authenticate_(header);
    if (!principal)
      return refuse(
          problem(principal.error().code == ErrorCode::unavailable ? 503 : 401, principal.error())
              .with("WWW-Authenticate", challenge_(principal.error())));
    begun->principal = std::move(*principal);
    begun->who = begun->principal.name;
    if (authorise_)
      if (const Status may = authorise_(begun->principal, *found.route); !may) {
        Response answer = problem(may.error());
        if (answer.status == 403) answer.with("WWW-Authenticate", challenge_(may.error()));
        return refuse(std::move(answer));
      }
  }

  if (found.route->parameters)
    for (const Field& field : header.query) {
      const auto& known = *found.route->parameters;
      if (std::find(known.begin(), known.end(), field.name) == known.end())
        return refuse(problem(Error{ErrorCode::invalid_input, "query.unknown", field.name,
                                    field.value, "there is no such parameter"}));
    }
  Admitted in;
  in.body_max = found.route->body_max > 0 ? found.route->body_max : options_.body_max;
  in.serve = [this, begun](Request&& request, Reply&& reply) {
    handle(begun, std::move(request), std::move(reply));
  };
  return in;
}

void Dispatcher::handle(const std::shared_ptr<Begun>& begun, Request&& request, Reply&& reply) {
  const Route& route = *begun->route;
  begun->reply = std::move(reply);
  Call call{.request = std::move(request),
            .path = std::move(begun->path),
            .principal = std::move(begun->principal),
            .resource = route.resource,
            .request_id = begun->request_id,
            .reply = [this, begun](Response&& response) { answer(*begun, std::move(response)); }};
  if (route.lane == Lane::network || (route.at_once && route.at_once(call)))
    return route.handler(std::move(call));
  const auto shared = std::make_shared<Call>(std::move(call));
  if (!readers_.run([&route, shared] { route.handler(std::move(*shared)); }))
    shared->reply(problem(503, Error{ErrorCode::exhausted,
                                     "service.readers_busy",
                                     {},
                                     {},
                                     "too many queries wait already"}));
}

void Dispatcher::answer(Begun& begun, Response&& response) const {
  complete(response, begun.asked);
  response.with("X-Request-Id", begun.request_id);
  tell_of(begun, response);
  begun.reply(std::move(response));
}

void Dispatcher::tell_of(const Begun& begun, const Response& response) const {
  if (!observer_) return;
  observer_({begun.asked.method, begun.route ? std::string_view(begun.route->pattern) : "",
             begun.request_id, begun.asked.peer, begun.who, begun.trace, response.status,
             response.body.size(),
             std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun.at)});
}

Admit Dispatcher::admit() {
  return [this](const Request& header) { return begin(header); };
}

void Dispatcher::serve(Request request, Reply reply) {
  auto begun = begin(request);
  if (auto* refused = std::get_if<Response>(&begun)) return reply(std::move(*refused));
  Admitted& in = std::get<Admitted>(begun);
  if (request.body.size() > in.body_max)
    return reply(problem(
        413, Error{ErrorCode::invalid_input, "http.body_size", {}, {}, "the body is too long"}));
  in.serve(std::move(request), std::move(reply));
}

}  // namespace runut::http
