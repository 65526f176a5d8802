// Addresses that this process asks by itself: http and https, nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace runut::http {

struct Url {
  bool secure = false;  // https
  std::string host;     // lower case; an IPv6 address without its brackets
  std::uint16_t port = 80;
  std::string target = "/";  // path and query, as written

  friend bool operator==(const Url&, const Url&) = default;
  // Host and, where it is not the scheme's own, port: as the Host header has it.
  [[nodiscard]] std::string authority() const;
  // "https://host:port": what a connection can be shared by.
  [[nodiscard]] std::string origin() const;
};

// RFC 3986, strictly: no user information, no fragment, printable ASCII only, at most 2048 bytes.
// invalid_input with the rule http.url.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

}  // namespace runut::http
