// Planning (SKP): as a year begins every unit signs its agreement and states its indicators (IKU),
// each serving one of the unit above, and everybody plans results that serve them. Years whose
// January is not simulated are planned already.
#pragma once

#include "simulation/world.h"

namespace runut::simulation {

// The k-th indicator of a unit in a year; k below the number of its indicators.
[[nodiscard]] std::uint64_t indicator_id(int year, UnitIndex unit, std::uint32_t k);
[[nodiscard]] std::uint32_t indicators_of(const City& city, UnitIndex unit);

void schedule_planning(World& world);

}  // namespace runut::simulation
