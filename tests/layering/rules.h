// The laws of src/README.md that no compiler checks: who may include whom, what the pure folders
// may not call, how long a file may be. One source file in, every breach of it out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace runut::layering {

struct Violation {
  std::string file;  // relative to the root of the repository
  std::size_t line = 0;
  std::string rule;  // stable name, e.g. "layering.direction"
  std::string message;

  friend bool operator==(const Violation&, const Violation&) = default;

  // "src/domain/event.h:12: [pure.clock] ..."
  [[nodiscard]] std::string describe() const;
};

inline constexpr std::size_t lines_max = 600;

// path: relative to the root, with forward slashes; text: what the file holds. Pure.
[[nodiscard]] std::vector<Violation> check_source(std::string_view path, std::string_view text);

}  // namespace runut::layering
