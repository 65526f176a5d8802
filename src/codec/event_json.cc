#include "codec/event_json.h"

#include "codec/json_writer.h"

namespace runut {

namespace codec {
void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;  // first byte not written yet: what needs no escape is copied in runs
  for (std::size_t i = 0; i < text.size(); ++i) {
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
