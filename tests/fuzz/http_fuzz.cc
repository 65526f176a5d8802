// A request as the service reads it, behind Beast: target, query, conditions, Accept and the bodies
// of commands. Every one has exactly one answer, and what is taken means the same when it is said
// again. Input: "METHOD TARGET", headers a line each, a blank line, the body.
#include <algorithm>
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>

#include "codec/command_json.h"
#include "http/accept.h"
#include "http/dispatcher.h"
#include "http/problem.h"
#include "http/target.h"
#include "json/json.h"
#include "listing/registry.h"
#include "service/answer.h"
#include "service/command_body.h"
#include "service/feed_asked.h"
#include "service/pages.h"
#include "service/version_tag.h"

namespace {

using namespace runut;
using http::Call;
using http::Method;
using http::Response;

std::string_view line_of(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view out = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return out;
}

Method method_named(std::string_view name) {
  for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::patch,
                              Method::delete_, Method::options})
    if (to_string(method) == name) return method;
  return Method::other;
}

http::Request request_of(std::string_view text, std::string_view& target) {
  http::Request out;
  const std::string_view first = line_of(text);
  const std::size_t blank = std::min(first.find(' '), first.size());
  out.method = method_named(first.substr(0, blank));
  target = first.substr(std::min(blank + 1, first.size()));
  out.target = target;
  for (std::string_view line = line_of(text); !line.empty(); line = line_of(text)) {
    const std::size_t colon = line.find(": ");
    if (colon != line.npos)
      out.headers.push_back(
          {std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
  }
  out.body = text;
  return out;
}

// Large enough to be coded, with a tag.
Response long_answer(std::string_view type) {
  Response out;
  out.type = type;
  out.body.assign(5'000, 'x');
  out.with("ETag", service::version_tag(7));
  return out;
}

Result<Response> list(const Call& call) {
  const listing::Listing* const asked = listing::find_listing(call.at("listing"));
  if (asked == nullptr) return fail(ErrorCode::not_found, "there is no such listing");
  RUNUT_ASSIGN(const std::string_view type, http::preferred_type(call.request, service::row_types));
  service::Asked query = service::read_query(call, true);
  if (query.cursor) {
    RUNUT_ASSIGN(const service::ListCursor cursor, service::parse_cursor(*query.cursor));
    const auto again = service::parse_cursor(to_string(cursor));
    RUNUT_CHECK(again && *again == cursor, "a cursor that is taken is one that is given");
  }
  std::erase_if(query.others, [](const auto& given) { return given.name == "agency"; });
  const auto arguments = listing::Arguments::read(*asked, query.others);
  if (!arguments) {
    const bool is_nameless = std::any_of(query.others.begin(), query.others.end(),
                                         [](const auto& given) { return given.name.empty(); });
    for (const Error& error : arguments.error())
      RUNUT_CHECK(!error.field.empty() || is_nameless, "what is wrong with a parameter names it");
    return http::problem(arguments.error());
  }
  return long_answer(type);
}

Result<Response> take_commands(const Call& call) {
  RUNUT_ASSIGN(const service::CommandBody body, service::split_body(call.request, 100));
  RUNUT_CHECK(body.items.size() <= 100, "no more items than may be");
  if (const auto condition = call.request.header("If-Match")) {
    RUNUT_ASSIGN(const std::uint32_t version, service::version_in(*condition));
    const auto again = service::version_in(service::version_tag(version));
    RUNUT_CHECK(again && *again == version, "a version has one tag");
  }
  for (const service::CommandText& item : body.items) {
    const auto command = parse_command(item.text);
    RUNUT_CHECK(command || !command.error().rule.empty(), "a refusal names its rule");
    const auto named = service::with_id(item.text, CommandId{});
    if (!command || !named) continue;
    const auto again = parse_command(*named);
    RUNUT_CHECK(!again || again->body == command->body, "an id changes nothing else");
  }
  return long_answer("application/json");
}

Result<Response> follow(const Call& call) {
  constexpr Sequence head{1'000};
  const auto form = service::form_of(call.request);
  const auto asked = service::read_asked(call.request, {}, head);
  if (!asked) return http::problem(asked.error());
  RUNUT_CHECK(asked->after <= head, "nobody begins behind the head");
  http::Request next;
  RUNUT_CHECK(http::parse_target(service::next_target(call.request, head), next).has_value(),
              "the next target is one");
  const auto again = service::read_asked(next, {}, head);
  RUNUT_CHECK(again && again->filter == asked->filter && again->after == head,
              "the next page is of the same events");
  return long_answer(form ? "text/event-stream" : "application/json");
}

http::Dispatcher& dispatcher() {
  const auto route = [](Method method, const char* pattern, http::Answering answer) {
    return http::Route{.method = method,
                       .pattern = pattern,
                       .lane = http::Lane::network,
                       .handler = http::answering(std::move(answer))};
  };
  static http::Dispatcher out({.reader_threads = 0},
                              {route(Method::get, "/v1/{agency}/{listing}", &list),
                               route(Method::get, "/v1/{agency}/events", &follow),
                               route(Method::post, "/v1/{agency}/commands", &take_commands)});
  return out;
}

void check_answer(const Response& answer) {
  RUNUT_CHECK(answer.status >= 200 && answer.status < 600, "a status is one");
  RUNUT_CHECK(answer.status != 500, "nothing that arrives is our bug");
  RUNUT_CHECK(answer.status != 304 || answer.body.empty(), "nothing follows a 304");
  if (answer.status < 400) return;
  const auto body = parse_json(answer.body);
  RUNUT_CHECK(body && body->is_object(), "a problem is a JSON object");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view target;
  http::Request request = request_of({reinterpret_cast<const char*>(data), size}, target);
  if (const Status parsed = http::parse_target(target, request); !parsed) {
    RUNUT_CHECK(!parsed.error().rule.empty(), "a refusal names its rule");
    return 0;
  }
  int answers = 0;
  dispatcher().serve(std::move(request), [&](const Response& answer) {
    ++answers;
    check_answer(answer);
  });
  RUNUT_CHECK(answers == 1, "a request has one answer");
  return 0;
}
