// Ledgers on which every mistake of mutation.h shows: months of pay with each boundary of
// section 3.1 and 3.5, a ranked half year with an objection, and groups whose tails need care.
#pragma once

#include <memory>
#include <vector>

#include "tests/oracle/play/city.h"

namespace runut::oracle {

// Recorded by the true oracle, which agrees with all of them. Made once.
[[nodiscard]] const std::vector<std::unique_ptr<City>>& telling_cities();

}  // namespace runut::oracle
