// The predicate regime's part of the merit report (rulebook section 3.3).
#pragma once

#include "report/sources.h"

namespace runut::report {

[[nodiscard]] bool has_predicates(const Facts& facts, Period period);

// Units with a predicate of their own or a closing: their people by predicate as the closing
// counted them, and what its check said; open ones have no counts yet.
[[nodiscard]] Section predicates_section(const Facts& facts, Period period);

}  // namespace runut::report
