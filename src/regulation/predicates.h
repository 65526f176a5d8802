// Terms and tables of the predicate regime (rulebook section 3.3; PermenPANRB 6/2022): what a
// regulation says about the quadrant, the distribution and the credit of functional posts. The
// values are a document's; nothing here is one.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/money.h"
#include "domain/vocabulary.h"

namespace runut {

// Of one person.
enum class Predicate : std::uint8_t {
  unspecified,
  sangat_kurang,
  kurang,
  butuh_perbaikan,
  baik,
  sangat_baik
};
RUNUT_ENUM_NAMES(Predicate, {E::sangat_kurang, "sangat_kurang"}, {E::kurang, "kurang"},
                 {E::butuh_perbaikan, "butuh_perbaikan"}, {E::baik, "baik"},
                 {E::sangat_baik, "sangat_baik"});
inline constexpr std::size_t predicate_count = 5;

// Of one axis against what was expected.
enum class Expectation : std::uint8_t { unspecified, below, meets, above };
RUNUT_ENUM_NAMES(Expectation, {E::below, "below"}, {E::meets, "meets"}, {E::above, "above"});

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

}  // namespace runut
