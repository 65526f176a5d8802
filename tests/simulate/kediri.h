// The pack kota-kediri as it stands in the tree.
#pragma once

#include "simulation/simulate.h"

namespace runut::simulation {

[[nodiscard]] const Setting& kediri();

}  // namespace runut::simulation
