#include "http/message.h"

#include <algorithm>

namespace runut::http {
bool is_same_in_any_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view to_string(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::delete_: return "DELETE";
    case Method::options: return "OPTIONS";
    case Method::other: break;
  }
  return "";
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const Field& field : headers)
    if (is_same_in_any_case(field.name, name)) return field.value;
  return std::nullopt;
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  for (const Field& field : query)
    if (field.name == name) return field.value;
  return std::nullopt;
}

}  // namespace runut::http
