// Terms and tables of the predicate regime (rulebook section 3.3; PermenPANRB 6/2022): what a
// regulation says about the quadrant, the distribution and the credit of functional posts. The
// values are a document's; nothing here is one.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/money.h"
#include "domain/vocabulary.h"

namespace runut {

inline constexpr std::size_t predicate_count = 5;

// [work result][behaviour], each ordered below, meets, above.
using Quadrant = std::array<std::array<Predicate, 3>, 3>;

// One demand on the people of a unit. The people of all its predicates count together.
struct DistributionTerm {
  enum class Bound : std::uint8_t { share_at_most, share_at_least, persons_at_least };
  std::vector<Predicate> predicates;
  Bound bound{};
  std::int64_t value = 0;  // bp of those rated; persons for persons_at_least
  friend bool operator==(const DistributionTerm&, const DistributionTerm&) = default;
};

// What one predicate of a unit demands of its people. No predicate stands in two terms.
using DistributionRow = std::vector<DistributionTerm>;

// The share of the coefficient that each predicate earns, by Predicate from sangat_kurang up.
using CreditShares = std::array<BasisPoints, predicate_count>;

// What a predicate adds to pay or takes from it, by Predicate from sangat_kurang up.
using PredicateRates = std::array<BasisPoints, predicate_count>;

// What the regulation says of a unit whose people do not satisfy its row.
enum class DistributionMode : std::uint8_t { unspecified, advisory, enforced };
RUNUT_ENUM_NAMES(DistributionMode, {E::advisory, "advisory"}, {E::enforced, "enforced"});

// Stated by documents of the predicate regime, and by no other.
struct PredicateRules {
  Quadrant quadrant{};
  bool unit_first = false;                    // nobody is rated before their unit has its predicate
  std::vector<std::string> unit_signatories;  // offices
  DistributionMode mode{};
  std::array<DistributionRow, predicate_count> rows;  // by UnitPredicate from sangat_kurang up
  CreditShares credit_shares{};
  // By how the title of a functional post ends ("Ahli Muda"); hundredths a year.
  std::map<std::string, Score, std::less<>> credit_coefficients;
  friend bool operator==(const PredicateRules&, const PredicateRules&) = default;
};

}  // namespace runut
