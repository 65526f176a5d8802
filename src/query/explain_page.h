// An explanation as a page in words an official would use, and as JSON.
#pragma once

#include <string>

#include "query/explanation.h"
#include "query/page.h"

namespace runut {

[[nodiscard]] Page explanation_page(const Explanation& explanation, Language language);

// Every value of the explanation; names as in query/explanation.h.
[[nodiscard]] std::string explanation_json(const Explanation& explanation);

}  // namespace runut
