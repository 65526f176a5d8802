// What must hold within one document before it may be enacted.
#pragma once

#include <bitset>
#include <string>
#include <vector>

#include "regulation/document.h"

namespace runut {

using ParameterSet = std::bitset<parameter_count>;

// Every violation at once, each with code rejected, a rule named below, the JSON pointer of the
// place and the value. Parameters in `unread` could not be read and are not judged.
//
//   dates.order             enacted <= promulgated
//   weights.sum             weights that do not sum to 10 000
//   tiers.sum               above + meets + below is not 10 000
//   bands.start_at_zero     the first band does not begin at minute 0
//   bands.tile              a gap or an overlap between two bands, or an empty band
//   bands.last_open         the last band has an end, or another has none
//   bands.never_fall        a deduction smaller than that of an earlier band
//   schedule.order          a day that ends when or before it starts
//   schedule.minutes        more minutes to report than the day is long
//   schedule.empty          no weekday at all: every month would lack working days
//   list.duplicate          one entry stands twice
//   components.unknown      a component in factor_applies_to or adjustment_base that is not listed
//   line_order.permutation  a kind of line is missing
//   deductions.reserved_code  "correction" names outstanding negative corrections
//   status.missing, leave.missing   no rate for any status; a leave kind without one is allowed
//   numeric_bands.fall      the floors do not fall strictly
//   distribution.overlap    a predicate in two terms of one row
//   several_assignments.predicate  days in the predicate regime, which has nothing to average
//   predicate_bp.regime     pay by predicate in a document without predicates
//   merit.tile              a gap or an overlap between two categories
//   tax.grade_missing, tax.grade_unknown
//   exceptions.unknown      an exception of tax_by_grade that is of no grade
//   tier_adjustment.ranking tier_adjustment without ranking
//   ranking.predicate       a ranking in the predicate regime, which has no scores
//   applies_by.fixed        another date than the rulebook computes by
//   regulation.unreleased   a value this version does not compute
[[nodiscard]] std::vector<Error> validate(const Document& document,
                                          const ParameterSet& unread = {});

// All violations as one error: the first, with the number of the others in its message.
[[nodiscard]] Error summarise(const std::vector<Error>& violations);

}  // namespace runut
