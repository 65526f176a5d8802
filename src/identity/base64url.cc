#include "identity/base64url.h"

namespace runut::identity {

std::string to_base64url(BytesView raw) {
  std::string text = to_base64(raw);
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return text;
}

Result<Bytes> from_base64url(std::string_view text) {
  const auto wrong = [] {
    return fail(ErrorCode::invalid_input, "this is not base64url without padding");
  };
  if (text.find_first_of("+/=") != std::string_view::npos) return wrong();
  std::string padded(text);
  for (char& c : padded) {
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  while (padded.size() % 4 != 0) padded += '=';
  auto raw = from_base64(padded);
  if (!raw || to_base64url(*raw) != text) return wrong();
  return raw;
}

}  // namespace runut::identity
