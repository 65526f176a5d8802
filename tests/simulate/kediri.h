// The packs as they stand in the tree.
#pragma once

#include "simulation/simulate.h"

namespace runut::simulation {

[[nodiscard]] const Setting& kediri();
[[nodiscard]] Setting pack(const std::string& name);

}  // namespace runut::simulation
