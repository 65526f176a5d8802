// Where regulation packs are found on disk.
#pragma once

#include <string>
#include <vector>

#include "simulation/setting.h"

namespace runut::cli {

// Reads pack.json of `name` and every document that it names. `directory` empty: ./schemas/regulations,
// then beside the binary (../schemas/regulations, ../share/runut/regulations). not_found names the
// places that were tried.
[[nodiscard]] Result<std::vector<simulation::PackFile>> read_pack_files(const std::string& name,
                                                                       const std::string& directory);

}  // namespace runut::cli
