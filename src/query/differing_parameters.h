// Which parameters two documents set differently.
#pragma once

#include <string>
#include <vector>

#include "regulation/document.h"

namespace runut {

// Of those that a computation of pay (`of_payments`) or of a ranking reads, in the order of the
// enumeration.
[[nodiscard]] std::vector<std::string> differing_parameters(const Document& a, const Document& b,
                                                            bool of_payments);

}  // namespace runut
