#include "service/command_body.h"

#include <algorithm>

#include "json/document.h"

namespace runut::service {
namespace {

constexpr std::string_view blank = " \t\r\n";

// "application/json; charset=utf-8" without its parameters.
std::string_view media_type(const http::Request& request) {
  const std::string_view given = request.header("Content-Type").value_or("application/json");
  const std::string_view type = given.substr(0, given.find(';'));
  return type.substr(0, type.find_last_not_of(blank) + 1);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
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
  RUNUT_ASSIGN(const JsonDocument document,
               JsonDocument::parse(request.body, {.bytes_max = request.body.size()}));
  CommandBody out{BodyForm::array, {}, {}};
  const JsonNode& items = document.root();
  if (items.size() == 0)
    return fail(
        Error{ErrorCode::invalid_input, "commands.none", "body", {}, "there is no command"});
  if (items.size() > items_max) return too_many(items_max);
  out.held.reserve(items.size());
  for (const JsonNode& item : items) {
    out.held.push_back(to_string(item));
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
  const std::string_view type = media_type(request);
  const auto is = [&](std::string_view other) { return http::is_same_in_any_case(type, other); };
  if (is("application/x-ndjson") || is("application/jsonl")) return split_lines(request, items_max);
  if (!is("application/json"))
    return fail(Error{ErrorCode::unsupported, "http.media_type", "Content-Type", lower_case(type),
                      "application/json or application/x-ndjson"});
  const std::size_t first = request.body.find_first_not_of(blank);
  if (first != std::string::npos && request.body[first] == '[')
    return split_array(request, items_max);
  return CommandBody{BodyForm::one, {{1, request.body}}, {}};
}

Result<std::string> with_id(std::string_view text, const CommandId& id) {
  RUNUT_ASSIGN(const JsonDocument document, JsonDocument::parse(text));
  const JsonNode& root = document.root();
  if (!root.is(JsonNode::Kind::object) || root.find("id") != nullptr) return std::string(text);
  const std::size_t open = text.find('{');
  return "{\"id\":\"" + to_string(id) + "\"" + (root.size() == 0 ? "" : ",") +
         std::string(text.substr(open + 1));
}

}  // namespace runut::service
