// The month and the half-year that most tests play in.
#pragma once

#include "base/date.h"

namespace runut::testing {

inline const Month august = month(2022, 8);         // 22 working days: 23 weekdays less 17 August
inline const Date august_first = date(2022, 8, 1);  // a Monday
inline const Date august_last = date(2022, 8, 31);
inline const Period s1{month(2022, 1), 6};

}  // namespace runut::testing
