// Columns and parameters that many listings have.
#pragma once

#include "listing/listing.h"

namespace runut::listing {

inline constexpr Column agency_column{"agency", ColumnType::text, "Code of the agency"};
inline constexpr Column period_column{"period", ColumnType::text, "The period asked for"};
inline constexpr Column person_column{"person", ColumnType::text, "The person, such as P17"};
inline constexpr Column unit_column{"unit", ColumnType::text, "The unit, such as U3"};

inline constexpr Parameter period_parameter{"period", ParameterType::period, true,
                                            "Period: 2022-S1, 2022-Q3, 2022-08 or 2022"};

}  // namespace runut::listing
