#include "regulation/sections.h"

#include <algorithm>

namespace runut {

std::vector<std::string> split_sections(std::string_view text) {
  std::vector<std::string> out;
  do {
    std::size_t length = std::min(text.size(), section_bytes_max);
    // Back to the first byte of a character; 3 steps at most, a text that is no UTF-8 is cut
    // anywhere.
    if (length < text.size())
      for (int step = 0; step < 3 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80;
           ++step)
        --length;
    out.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  } while (!text.empty());
  return out;
}

Result<std::string> join_sections(std::span<const std::string> sections, const Hash256& expected) {
  std::string text;
  for (const std::string& section : sections) text += section;
  const Hash256 actual = text_hash(text);
  if (actual != expected)
    return fail(Error{ErrorCode::corrupt,
                      "regulation.text_hash",
                      {},
                      to_hex(actual.view()),
                      "the sections are not the text that was enacted, whose hash is " +
                          to_hex(expected.view())});
  return text;
}

}  // namespace runut
