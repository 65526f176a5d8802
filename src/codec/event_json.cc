#include "codec/event_json.h"

#include <cstring>

#include "codec/json_writer.h"

namespace runut {

namespace codec {
namespace {

// Whether none of the eight bytes from here on needs an escape.
bool are_unescaped(const char* text) {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101;
  std::uint64_t eight = 0;
  std::memcpy(&eight, text, 8);
  const std::uint64_t quotes = eight ^ ('"' * ones);
  const std::uint64_t slashes = eight ^ ('\\' * ones);
  // A byte's high bit shows that it was below what was taken from it; what has its high bit set is
  // part of a character beyond ASCII.
  const std::uint64_t below = ((eight - 0x20 * ones) & ~eight) | ((quotes - ones) & ~quotes) |
                              ((slashes - ones) & ~slashes);
  return (below & (0x80 * ones)) == 0;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;  // first byte not written yet: what needs no escape is copied in runs
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (text.size() - i > 8 && are_unescaped(text.data() + i)) i += 8;
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') [[likely]]
      continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    }
  }
  out.append(text, plain);
  out += '"';
}
}  // namespace codec

std::string payload_json(const Payload& payload) {
  std::string out;
  std::visit(
      [&]<class P>(const P& record) {
        if constexpr (Record<P>)
          codec::append_json(out, record);
        else
          out = "{}";
      },
      payload);
  return out;
}

}  // namespace runut
