// What explain sums to the rupiah: how a payment comes about, cause after cause (rulebook
// section 3.5, Contributions). Telescoping differences: each cause is switched from neutral to
// actual, in a fixed order, so that nothing is left over and nothing counts twice.
#pragma once

#include <vector>

#include "computation/payment.h"

namespace runut {

enum class ContributionStep : std::uint8_t {
  unspecified,
  ceiling,       // Σ ceilings of the class on the last eligible day
  days,          // days, class, status and leave: Σ eligible − ceiling
  productivity,  // factor with discipline at 10 000
  discipline,    // the factor as it is
  line,          // each line after `earned`
};
RUNUT_ENUM_NAMES(ContributionStep, {E::ceiling, "ceiling"}, {E::days, "days"},
                 {E::productivity, "productivity"}, {E::discipline, "discipline"},
                 {E::line, "line"});

struct DayShare {
  Date day;
  std::int64_t size = 0;  // missing minutes, or bp of discipline
  Rupiah amount;
};

struct Contribution {
  ContributionStep step{};
  Rupiah amount;
  std::size_t line = 0;          // of step `line`: index into the payment's lines
  std::vector<DayShare> by_day;  // of productivity and discipline, earlier dates first
};

// They sum exactly to the payment's net. Productivity is shared by missing minutes a date,
// discipline by bp a date, by largest remainder, the earlier date first; a difference without any
// such date (a cap above 100 %) stays whole. For somebody without an eligible day only lines
// contribute.
[[nodiscard]] Result<std::vector<Contribution>> compute_contributions(
    const Facts& facts, const ComputedPayment& computed, const RulesOptions& options = {});

}  // namespace runut
