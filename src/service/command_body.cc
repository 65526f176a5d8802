#include "service/command_body.h"

#include <algorithm>
#include <boost/json.hpp>

#include "json/json.h"

namespace runut::service {
namespace {

constexpr std::string_view blank = " \t\r\n";

// "application/json; charset=utf-8" without its parameters.
std::string media_type(const http::Request& request) {
  const std::string_view given = request.header("Content-Type").value_or("application/json");
  std::string out(given.substr(0, std::min(given.find(';'), given.size())));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  out.erase(out.find_last_not_of(blank) + 1);
  return out;
}

Result<CommandBody> too_many(std::size_t items_max) {
  return fail(Error{ErrorCode::exhausted,
                    "commands.too_many",
                    "body",
                    {},
                    "a request brings at most " + std::to_string(items_max) + " commands"});
}

Result<CommandBody> split_array(const http::Request& request, std::size_t items_max) {
  RUNUT_ASSIGN(const boost::json::value parsed,
               parse_json(request.body, {.bytes_max = request.body.size()}));
  CommandBody out{BodyForm::array, {}, {}};
  const boost::json::array& items = parsed.as_array();
  if (items.empty())
    return fail(
        Error{ErrorCode::invalid_input, "commands.none", "body", {}, "there is no command"});
  if (items.size() > items_max) return too_many(items_max);
  out.held.reserve(items.size());
  for (const boost::json::value& item : items) {
    out.held.push_back(boost::json::serialize(item));
    out.items.push_back({out.items.size() + 1, out.held.back()});
  }
  return out;
}

Result<CommandBody> split_lines(const http::Request& request, std::size_t items_max) {
  CommandBody out{BodyForm::lines, {}, {}};
  std::string_view rest = request.body;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.find_first_not_of(blank) == line.npos) continue;
    if (out.items.size() == items_max) return too_many(items_max);
    out.items.push_back({number, line});
  }
  if (out.items.empty())
    return fail(
        Error{ErrorCode::invalid_input, "commands.none", "body", {}, "there is no command"});
  return out;
}

}  // namespace

Result<CommandBody> split_body(const http::Request& request, std::size_t items_max) {
  const std::string type = media_type(request);
  if (type == "application/x-ndjson" || type == "application/jsonl")
    return split_lines(request, items_max);
  if (type != "application/json")
    return fail(Error{ErrorCode::unsupported, "http.media_type", "Content-Type", type,
                      "application/json or application/x-ndjson"});
  const std::size_t first = request.body.find_first_not_of(blank);
  if (first != std::string::npos && request.body[first] == '[')
    return split_array(request, items_max);
  return CommandBody{BodyForm::one, {{1, request.body}}, {}};
}

Result<std::string> with_id(std::string_view text, const CommandId& id) {
  RUNUT_ASSIGN(const boost::json::value parsed, parse_json(text));
  const auto* members = parsed.if_object();
  if (members == nullptr || members->contains("id")) return std::string(text);
  const std::size_t open = text.find('{');
  return "{\"id\":\"" + to_string(id) + "\"" + (members->empty() ? "" : ",") +
         std::string(text.substr(open + 1));
}

}  // namespace runut::service
