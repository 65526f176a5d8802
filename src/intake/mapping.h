// How a city's own headers and words become the columns of schemas/imports.md.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace runut::intake {

// Without an entry a column has its own name and a value is itself.
struct Mapping {
  std::map<std::string, std::string> columns;                        // ours -> their header
  std::map<std::string, std::map<std::string, std::string>> values;  // column -> theirs -> ours

  [[nodiscard]] std::string_view header_of(std::string_view column) const;
};

// {"columns": {"person": "ID Pegawai"}, "values": {"paying": {"Ya": "true"}}}; both members may be
// left out. invalid_input names the first violation by its JSON pointer.
[[nodiscard]] Result<Mapping> parse_mapping(std::string_view json);

}  // namespace runut::intake
