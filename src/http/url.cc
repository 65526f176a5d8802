#include "http/url.h"

#include <algorithm>
#include <charconv>

namespace runut::http {
namespace {

constexpr std::size_t url_bytes_max = 2048;

tl::unexpected<Error> no_url(std::string_view text, std::string message) {
  return fail(Error{ErrorCode::invalid_input, "http.url", "url", std::string(text.substr(0, 200)),
                    std::move(message)});
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_address_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

std::string Url::authority() const {
  std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != (secure ? 443 : 80)) out += ":" + std::to_string(port);
  return out;
}

std::string Url::origin() const {
  return (secure ? "https://" : "http://") + authority();
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > url_bytes_max)
    return no_url(text, "an address has at most " + std::to_string(url_bytes_max) + " bytes");
  if (std::any_of(text.begin(), text.end(), [](char c) { return c <= ' ' || c >= '\x7f'; }))
    return no_url(text, "an address is printable ASCII without blanks");
  Url url;
  const std::string scheme = lower(text.substr(0, 8));
  if (scheme == "https://") {
    url.secure = true;
    text.remove_prefix(8);
  } else if (scheme.starts_with("http://")) {
    text.remove_prefix(7);
  } else {
    return no_url(text, "an address begins with https:// or http://");
  }
  url.port = url.secure ? 443 : 80;

  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  std::string_view authority = text.substr(0, end);
  const std::string_view rest = text.substr(end);
  if (rest.find('#') != std::string_view::npos)
    return no_url(rest, "an address that is asked has no fragment");
  // Of what stands before '@' nothing is shown: it may be a password.
  if (authority.find('@') != std::string_view::npos)
    return no_url({}, "an address must not carry a user name or a password");

  const bool bracketed = authority.starts_with("[");
  const std::size_t close = authority.find(']');
  if (bracketed && close == std::string_view::npos) return no_url(authority, "']' is missing");
  const std::size_t host_end =
      bracketed ? close + 1 : std::min(authority.find(':'), authority.size());
  url.host = lower(bracketed ? authority.substr(1, close - 1) : authority.substr(0, host_end));
  authority.remove_prefix(host_end);
  if (url.host.empty() || url.host.size() > 253 ||
      !std::all_of(url.host.begin(), url.host.end(),
                   bracketed ? is_address_character : is_name_character))
    return no_url(url.host, "this is not the name or address of a host");
  if (!authority.empty()) {
    const std::string_view digits = authority.substr(1);
    const auto [stop, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
    if (authority.front() != ':' || failure != std::errc{} ||
        stop != digits.data() + digits.size() || url.port == 0)
      return no_url(authority, "a port is a number from 1 to 65535");
  }
  url.target = rest.starts_with("/") ? std::string(rest) : "/" + std::string(rest);
  return url;
}

}  // namespace runut::http
