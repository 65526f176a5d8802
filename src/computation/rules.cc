#include "computation/rules.h"

namespace runut {
namespace {

Result<Rules> resolve(const Facts& facts, Date day, std::string_view field,
                      const RulesOptions& options) {
  const Date applied_on = options.rules_as_of.value_or(day);
  const auto found = facts.agency().timeline.in_force(applied_on, facts.known_at());
  if (!found)
    return fail(Error{ErrorCode::rejected, "regulation.none", std::string(field),
                      to_string(applied_on), "no regulation document is in force on that day"});
  return Rules{found->document, found->sequence, applied_on, options.rules_as_of.has_value()};
}

}  // namespace

AppliedRule Rules::rule(Parameter parameter) const {
  return {parameter,
          document->header.id,
          regulation,
          document->provenance(parameter),
          spec_of(parameter).applies_by,
          applied_on,
          hypothetical};
}

AppliedRule Rules::tax_rule(std::string_view grade) const {
  AppliedRule out = rule(Parameter::tax_by_grade);
  out.provenance = document->tax_provenance(grade);
  return out;
}

Result<Rules> payment_rules(const Facts& facts, Month month, const RulesOptions& options) {
  return resolve(facts, first_day(month), "month", options);
}

Result<Rules> ranking_rules(const Facts& facts, Date published_on, const RulesOptions& options) {
  return resolve(facts, published_on, "occurred_on", options);
}

Instant approval_cutoff(const Rules& rules, Month month, int utc_offset_minutes) {
  const Date day = first_day(month + 1) + static_cast<int>(rules->work.approval_cutoff_day - 1);
  return start_of(day, utc_offset_minutes);
}

}  // namespace runut
