// Every projection of the product, in the order in which they are folded.
#pragma once

#include <array>

#include "projections/subject_index.h"

namespace runut {

inline constexpr std::array all_projections = {
    subject_index_projection,
};

}  // namespace runut
