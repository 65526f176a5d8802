#include "http/target.h"

#include <algorithm>
#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>
#include <optional>

namespace runut::http {
namespace {

Status malformed(std::string_view target) {
  return fail(Error{ErrorCode::invalid_input, "http.target", "target",
                    std::string(target.substr(0, 200)), "this is no request target"});
}

// Whether a segment stands for itself, whatever a URL may mean: neither escaped nor a dot.
bool is_plain(std::string_view segment) {
  return !segment.empty() && std::all_of(segment.begin(), segment.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

// The segments of a path of such alone, without a query: nothing of it needs a parser of URLs.
std::optional<std::vector<std::string>> plain_segments(std::string_view target) {
  std::vector<std::string> out;
  out.reserve(8);
  while (target.starts_with('/')) {
    const std::size_t end = std::min(target.find('/', 1), target.size());
    const std::string_view segment = target.substr(1, end - 1);
    if (!is_plain(segment)) return std::nullopt;
    out.emplace_back(segment);
    target.remove_prefix(end);
  }
  if (!target.empty() || out.empty()) return std::nullopt;
  return out;
}

}  // namespace

Status parse_target(std::string_view target, Request& out) {
  out.segments.clear();
  out.query.clear();
  if (target == "*") return {};
  if (auto segments = plain_segments(target)) {
    out.segments = std::move(*segments);
    return {};
  }
  const auto parsed = target.starts_with('/') ? boost::urls::parse_origin_form(target)
                                              : boost::urls::parse_absolute_uri(target);
  if (!parsed) return malformed(target);
  for (const auto& segment : parsed->segments()) out.segments.emplace_back(std::string(segment));
  for (const auto& parameter : parsed->params())
    out.query.push_back({std::string(parameter.key), std::string(parameter.value)});
  const auto has_nul = [](const std::string& text) { return text.find('\0') != text.npos; };
  for (const std::string& segment : out.segments)
    if (has_nul(segment)) return malformed(target);
  for (const Field& field : out.query)
    if (has_nul(field.name) || has_nul(field.value)) return malformed(target);
  return {};
}

std::string percent_encoded(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

}  // namespace runut::http
