// What is served: patterns, and who answers them.
#pragma once

#include <map>

#include "base/result.h"
#include "http/message.h"
#include "identity/principal.h"

namespace runut::http {

// One request on its way to one answer.
struct Call {
  Request request;
  std::map<std::string, std::string, std::less<>> path;  // {agency} of the pattern, and the others
  identity::Principal principal;
  identity::Resource resource{};  // of the route
  std::string request_id;         // ours, or the client's X-Request-Id
  Reply reply;                    // now or later

  // Of a name that the pattern has.
  [[nodiscard]] const std::string& at(std::string_view name) const {
    return path.find(name)->second;
  }
};

// Where a handler runs. One on a network thread must return at once; it may be asked on several at
// a time.
enum class Lane : std::uint8_t { network, readers };

// It takes from the call what it needs for longer than until it returns.
using Handler = std::function<void(Call&&)>;
// For what is answered before it returns; an error becomes a problem (problem.h).
using Answering = std::function<Result<Response>(const Call&)>;
[[nodiscard]] Handler answering(Answering answer);

struct Route {
  Method method = Method::get;  // GET serves HEAD too
  std::string pattern;          // "/v1/{agency}/rankings"; a last "{name...}" takes the rest
  identity::Resource resource{};
  Lane lane = Lane::readers;
  Handler handler;
  std::size_t body_max = 0;  // 0: the dispatcher's
  // Of the query: another one is refused (query.unknown). None: the handler looks at them.
  std::optional<std::vector<std::string>> parameters{};
  // For a route of the readers: whether this request may be handled on the network's thread all the
  // same, because its handler returns at once. It saves a hand-over. None: never.
  std::function<bool(const Call&)> at_once{};
};

}  // namespace runut::http
