// The predicate of a person's period (rulebook section 3.3).
#pragma once

#include "tests/oracle/history.h"

namespace runut::oracle {

// As it was told to the person, or corrected since; none: nothing was.
[[nodiscard]] std::optional<Predicate> told_predicate(const View& view, PersonId person,
                                                      Period period);
}  // namespace runut::oracle
