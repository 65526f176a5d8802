#include "codec/event_json.h"

#include "codec/json_writer.h"

namespace runut {

namespace codec {
void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        else
          out += c;
    }
  }
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
