// The code of an outstanding negative correction (Outstanding::code); no deduction has it.
#pragma once

#include <string_view>

namespace runut {

inline constexpr std::string_view correction_code = "correction";

}  // namespace runut
