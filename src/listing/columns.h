// Columns and parameters that many listings have.
#pragma once

#include "listing/listing.h"
#include "listing/source.h"

namespace runut::listing {

inline constexpr Column agency_column{"agency", ColumnType::text, "Code of the agency"};
inline constexpr Column period_column{"period", ColumnType::text, "The period asked for"};
inline constexpr Column person_column{"person", ColumnType::text, "The person, such as P17"};
inline constexpr Column unit_column{"unit", ColumnType::text, "The unit, such as U3"};

inline constexpr Parameter period_parameter{"period", ParameterType::period, true,
                                            "Period: 2022-S1, 2022-Q3, 2022-08 or 2022"};

// The day that is asked for, else that of the last event.
inline constexpr Parameter day_parameter{"on", ParameterType::date, false,
                                         "The day (2022-12-31); default: that of the last event"};
[[nodiscard]] inline Result<Date> day_asked(const Source& source, const Arguments& arguments) {
  if (arguments.has("on")) return arguments.date("on");
  return source.today();
}

}  // namespace runut::listing
