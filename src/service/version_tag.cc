#include "service/version_tag.h"

#include <charconv>

namespace runut::service {

std::string version_tag(std::uint32_t version) {
  return "\"" + std::to_string(version) + "\"";
}

Result<std::uint32_t> version_in(std::string_view if_match) {
  std::uint32_t version = 0;
  std::string_view tag = if_match;
  if (tag.size() >= 3 && tag.front() == '"' && tag.back() == '"') {
    tag = tag.substr(1, tag.size() - 2);
    if (tag.ends_with("-gzip")) tag.remove_suffix(5);  // as a coded answer has it (http/coding.h)
    const auto [stop, failure] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    if (failure == std::errc{} && stop == tag.data() + tag.size() && !tag.empty()) return version;
  }
  return fail(Error{ErrorCode::invalid_input, "http.if_match", "If-Match", std::string(if_match),
                    "expected the version that was seen, as \"7\""});
}

}  // namespace runut::service
