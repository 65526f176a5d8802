#include "http/target.h"

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

namespace runut::http {
namespace {

Status malformed(std::string_view target) {
  return fail(Error{ErrorCode::invalid_input, "http.target", "target",
                    std::string(target.substr(0, 200)), "this is no request target"});
}

}  // namespace

Status parse_target(std::string_view target, Request& out) {
  out.segments.clear();
  out.query.clear();
  if (target == "*") return {};
  const auto parsed = target.starts_with('/') ? boost::urls::parse_origin_form(target)
                                              : boost::urls::parse_uri(target);
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
