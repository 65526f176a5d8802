// Deliberate mistakes of the oracle. A comparison that cannot tell a mutated oracle from the true
// one would not notice the same mistake in the computation either;
// tests/oracle/check/mutation_test.cc plants each of them.
#pragma once

#include <string_view>

namespace runut::oracle {

// X(name, what goes wrong)
#define RUNUT_MUTATIONS(X)                                                                    \
  X(approval_exactly_at_cutoff, "an approval at 00:00 of the cut-off day is in time")         \
  X(half_up_rounds_down, "half_up cuts")                                                      \
  X(half_up_towards_zero, "half_up rounds a negative half towards zero")                      \
  X(no_daily_cap, "daily_cap_minutes is forgotten")                                           \
  X(days_off_reports_lost, "reports of free days do not count")                               \
  X(leave_day_reports_count, "reports of leave days count")                                   \
  X(superseded_report_keeps_approval, "superseding a report leaves its approval")             \
  X(leave_days_required, "leave days demand minutes")                                         \
  X(productivity_uncapped, "cap_bp is forgotten")                                             \
  X(weights_swapped, "w_p and w_d are exchanged")                                             \
  X(absent_adds_up, "an absent day also misses in and out")                                   \
  X(unclosed_day_is_absent, "a day without a record is absent before the month is closed")    \
  X(excuse_cutoff_ignored, "a late decision on an excuse counts")                             \
  X(band_ends_included, "the last minute of a band belongs to it")                            \
  X(seconds_count, "a started minute counts as a whole one")                                  \
  X(worse_side_only, "in and out do not add up")                                              \
  X(last_in_counts, "the last clock-in of the day decides")                                   \
  X(holidays_worked, "holidays are working days")                                             \
  X(tree_of_creation, "units stay below the parent that they were created with")              \
  X(root_schedule_first, "an ancestor's schedule hides the unit's own")                       \
  X(leave_bp_ignored, "leave pays in full")                                                   \
  X(status_bp_ignored, "a CPNS is paid in full")                                              \
  X(calendar_days_prorate, "the month is divided by calendar days")                           \
  X(class_ceiling_first, "a ceiling of the class hides those of unit and post")               \
  X(acting_min_days_ignored, "a short acting role is paid")                                   \
  X(acting_ended_late_counts, "an acting role that was ended early stays as long as planned") \
  X(acting_whole_ceiling, "an acting role is paid the whole ceiling")                         \
  X(acting_own_ceiling, "an acting role is priced by the own post")                           \
  X(factor_on_everything, "the performance factor applies to every component")                \
  X(sanction_on_running_amount, "a sanction is taken from gross after adjustments")           \
  X(unit_sanction_own_unit_only, "units below a sanctioned unit are spared")                  \
  X(second_sanction_ignored, "two disciplinary sanctions do not add")                         \
  X(cancellation_ignored, "a cancelled sanction goes on")                                     \
  X(tier_flag_ignored, "a ranking pays in a month whose document has no tier_adjustment")     \
  X(superseded_adjustment_pays, "an adjustment still pays after it was superseded")           \
  X(tax_on_gross, "tax is taken from gross")                                                  \
  X(deduction_before_tax, "tax is taken from what deductions leave")                          \
  X(deduction_cap_ignored, "the cap on a deduction's base is forgotten")                      \
  X(shortfall_collected, "a shortfall stays outstanding")                                     \
  X(carried_last, "carried deductions wait behind those of the month")                        \
  X(outstanding_forgotten, "what could not be taken is dropped")                              \
  X(paying_unit_of_first_day, "the unit of the first eligible day pays")                      \
  X(correction_keeps_cutoffs, "a recomputation still applies the cut-offs")                   \
  X(posted_ignored, "corrections posted before are not settled")                              \
  X(correction_run_takes_back, "a correction run posts negative corrections")                 \
  X(settled_with_corrections, "nets of locked runs are settled with their correction lines")  \
  X(last_rating_ignored, "the first rating counts, whoever gave it")                          \
  X(score_weights_swapped, "w_result and w_behaviour are exchanged")                          \
  X(survey_forgotten, "opinion_360 changes the weights and nothing else")                     \
  X(survey_always_counts, "a survey counts where opinion_360 is false")                       \
  X(answers_are_equal, "relations are one mean over all answers")                             \
  X(rating_before_survey, "the superior's rating hides what they answered in the survey")     \
  X(empty_relation_weighs, "a relation without answers takes its weight along")               \
  X(correction_keeps_survey, "a correction leaves what the superior answered in the survey")  \
  X(tie_keys_reversed, "tie keys are compared in the wrong order")                            \
  X(dense_rank, "ranks go on 1, 1, 2")                                                        \
  X(serial_rank, "ranks go on 1, 2, 3")                                                       \
  X(above_reduced_first, "tails that overlap shrink from above")                              \
  X(remainder_prefers_above, "equal remainders go to above first")                            \
  X(small_groups_stay, "a small group is not pooled")                                         \
  X(joined_not_counted, "joined members do not count for the minimum size")                   \
  X(discipline_key_as_corrected, "the discipline key drops the cut-offs")                     \
  X(place_counts_equals, "after an objection equals stand before")

// Of the predicate regime: noticed on ledgers of such a city
// (tests/ledger/predicate_oracle_test.cc).
#define RUNUT_PREDICATE_MUTATIONS(X)                                                           \
  X(quadrant_transposed, "result and behaviour are exchanged in the quadrant")                 \
  X(first_expectation_counts, "of several expectations the first counts")                      \
  X(anybodys_expectation_counts, "an earlier appraiser's expectation counts")                  \
  X(unit_predicate_of_the_root, "the highest unit's predicate holds")                          \
  X(replaced_unit_predicate_holds, "a replaced predicate of a unit holds")                     \
  X(units_below_counted, "people of the units below are counted")                              \
  X(undelivered_not_counted, "who was rated and not delivered is not counted")                 \
  X(corrections_not_counted, "a corrected predicate counts as it was delivered")               \
  X(shares_rounded, "the places that a share allows are rounded up")                           \
  X(joined_predicates_apart, "each predicate of a joined term has to satisfy it")              \
  X(small_units_spared, "a unit of fewer than ten satisfies any row")                          \
  X(credit_without_months, "credit is given for a whole year, however long the post was held") \
  X(credit_of_last_post, "the last post's coefficient holds all year")                         \
  X(predicate_pays_its_own_period, "a predicate pays in the period that it is about")          \
  X(predicate_never_pays, "predicate_bp is forgotten")

enum class Mutation {
  none,
#define RUNUT_MUTATION_VALUE(name, text) name,
  RUNUT_MUTATIONS(RUNUT_MUTATION_VALUE) RUNUT_PREDICATE_MUTATIONS(RUNUT_MUTATION_VALUE)
#undef RUNUT_MUTATION_VALUE
};

struct MutationRow {
  Mutation mutation;
  std::string_view name;
  std::string_view mistake;
};
inline constexpr MutationRow mutation_table[] = {
#define RUNUT_MUTATION_ROW(name, text) {Mutation::name, #name, text},
    RUNUT_MUTATIONS(RUNUT_MUTATION_ROW)};
inline constexpr MutationRow predicate_mutation_table[] = {
    RUNUT_PREDICATE_MUTATIONS(RUNUT_MUTATION_ROW)
#undef RUNUT_MUTATION_ROW
};

}  // namespace runut::oracle
