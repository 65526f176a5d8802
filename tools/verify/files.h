// Files read whole, with a bound.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace runut::verify {

inline constexpr std::size_t file_max_bytes = std::size_t{64} << 20;

// not_found: it cannot be read, "-" is stdin; exhausted: it is larger than the bound.
[[nodiscard]] Result<std::string> read_file(const std::string& path);
// Nothing when there is none.
[[nodiscard]] Result<std::optional<std::string>> read_if_there(const std::string& path);

}  // namespace runut::verify
