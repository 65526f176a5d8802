// The names of quantities, lines and vocabularies in both languages.
#pragma once

#include <string>

#include "computation/quantity.h"
#include "domain/event.h"
#include "query/page.h"
#include "regulation/terms.h"

namespace runut {

[[nodiscard]] std::string_view word(Quantity quantity, Language language);
[[nodiscard]] std::string_view word(LineKind kind, Language language);
[[nodiscard]] std::string_view word(Component component, Language language);
[[nodiscard]] std::string_view word(Tier tier, Language language);
[[nodiscard]] std::string_view word(ValueStatus status, Language language);
[[nodiscard]] std::string_view word(Assurance assurance, Language language);
[[nodiscard]] std::string month_name(Month month, Language language);  // Agustus 2022
// An amount in its measure: Rp 1.234, 95,00 %, 87.50, 300 menit.
[[nodiscard]] std::string measured(std::int64_t value, Measure measure, Language language);

}  // namespace runut
