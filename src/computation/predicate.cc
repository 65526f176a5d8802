#include "computation/predicate.h"

#include <string>

namespace runut {
namespace {

// Both enumerations number their values from 1.
template <class Enum>
std::size_t row_of_value(Enum value) {
  return static_cast<std::size_t>(value) - 1;
}

using Bound = DistributionTerm::Bound;

// How many of `rated` persons a term asks for at least and allows at most.
struct TermRange {
  Int128 least = 0;
  Int128 most = 0;
};

// In whole persons: count x 10 000 >= share x rated is count >= the quotient rounded up, exactly.
TermRange range_of(const DistributionTerm& term, std::int64_t rated) {
  const Int128 quota = static_cast<Int128>(term.value) * rated;
  switch (term.bound) {
    case Bound::share_at_most: return {0, quota / whole.value};
    case Bound::share_at_least: return {(quota + whole.value - 1) / whole.value, rated};
    case Bound::persons_at_least: return {term.value, rated};
  }
  return {0, rated};
}

Result<void> check_row(const DistributionRow& row) {
  std::array<bool, predicate_count> seen{};
  for (const DistributionTerm& term : row) {
    if (term.value < 0 || (term.bound != Bound::persons_at_least && term.value > whole.value))
      return reject("predicate.distribution_value", "value", std::to_string(term.value),
                    "a share lies between 0 and 10000 bp, a number of persons is not negative");
    if (term.predicates.empty())
      return reject("predicate.distribution_empty", "predicates", "",
                    "a term of a distribution names at least one predicate");
    for (const Predicate predicate : term.predicates) {
      if (!is_known(predicate))
        return reject("predicate.unknown", "predicates",
                      std::to_string(static_cast<int>(predicate)), "unknown predicate");
      if (seen.at(row_of_value(predicate)))
        return reject("predicate.distribution_overlap", "predicates",
                      std::string(to_string(predicate)),
                      "a predicate stands in one term of a row at most");
      seen.at(row_of_value(predicate)) = true;
    }
  }
  return {};
}

// The terms are disjoint, so a split exists exactly when the people asked for are not more than
// those there are, and the places allowed are not fewer.
bool is_feasible(const DistributionRow& row, std::int64_t rated) {
  Int128 least = 0;
  Int128 most = 0;
  std::size_t named = 0;
  for (const DistributionTerm& term : row) {
    const TermRange range = range_of(term, rated);
    least += range.least;
    most += range.most;
    named += term.predicates.size();
  }
  return least <= rated && (named < predicate_count || most >= rated);
}

}  // namespace

Result<Predicate> predicate_of(Expectation result, Expectation behaviour,
                               const Quadrant& quadrant) {
  if (!is_known(result))
    return reject("predicate.rating_missing", "result", std::to_string(static_cast<int>(result)),
                  "no predicate without a rating of the work result");
  if (!is_known(behaviour))
    return reject("predicate.rating_missing", "behaviour",
                  std::to_string(static_cast<int>(behaviour)),
                  "no predicate without a rating of the behaviour");
  return quadrant.at(row_of_value(result)).at(row_of_value(behaviour));
}

Result<DistributionCheck> check_distribution(const PredicateCounts& counts,
                                             const DistributionRow& row) {
  RUNUT_TRY(check_row(row));
  DistributionCheck check;
  for (const std::int64_t count : counts) {
    if (count < 0)
      return reject("predicate.count_negative", "counts", std::to_string(count),
                    "a number of persons is not negative");
    RUNUT_ASSIGN(check.rated, checked_add(check.rated, count));
  }
  check.feasible = is_feasible(row, check.rated);
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::int64_t held = 0;
    for (const Predicate predicate : row[i].predicates) held += counts.at(row_of_value(predicate));
    const TermRange range = range_of(row[i], check.rated);
    if (held < range.least || held > range.most) check.broken.push_back(i);
  }
  return check;
}

Result<Score> annual_credit(Predicate predicate, const std::vector<CreditMonths>& year,
                            const CreditShares& shares, Rounding rounding) {
  if (!is_known(predicate))
    return reject("predicate.unknown", "predicate", std::to_string(static_cast<int>(predicate)),
                  "no credit without a predicate");
  std::int64_t months = 0;
  std::int64_t weighted = 0;
  for (const CreditMonths& post : year) {
    if (post.months < 0 || post.months > 12 - months)
      return reject("predicate.credit_months", "months", std::to_string(post.months),
                    "an annual evaluation covers twelve months at most");
    months += post.months;
    RUNUT_ASSIGN(const std::int64_t part, checked_mul(post.coefficient.value, post.months));
    RUNUT_ASSIGN(weighted, checked_add(weighted, part));
  }
  RUNUT_ASSIGN(
      const std::int64_t credit,
      mul_div(weighted, shares.at(row_of_value(predicate)).value, 12 * whole.value, rounding));
  return Score{credit};
}

}  // namespace runut
