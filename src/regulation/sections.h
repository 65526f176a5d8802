// A document's exact text in the ledger: RegulationSection events of at most 60 000 bytes, because
// an event is bounded at 65 535.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"

namespace runut {

inline constexpr std::size_t section_bytes_max = 60'000;

// Joined in order the sections are `text` again, byte for byte. Cut between characters of UTF-8, so
// that each section is text too. At least one section, also for an empty text.
[[nodiscard]] std::vector<std::string> split_sections(std::string_view text);

// Corrupt (rule regulation.text_hash) unless the joined text has that hash.
[[nodiscard]] Result<std::string> join_sections(std::span<const std::string> sections,
                                                const Hash256& expected);

// SHA-256 of the exact bytes.
[[nodiscard]] inline Hash256 text_hash(std::string_view text) {
  return sha256(text);
}

}  // namespace runut
