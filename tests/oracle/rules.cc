#include "tests/oracle/rules.h"

#include <boost/json.hpp>

#include "json/json.h"

namespace runut::oracle {
namespace {

namespace json = boost::json;

const json::value& member(const json::value& object, std::string_view name) {
  RUNUT_CHECK(object.is_object(), "an object belongs here: " + std::string(name));
  const json::value* found = object.as_object().if_contains(name);
  RUNUT_CHECK(found != nullptr, "the document lacks " + std::string(name));
  return *found;
}
std::string text(const json::value& value) {
  RUNUT_CHECK(value.is_string(), "a string belongs here");
  return std::string(value.as_string());
}
Number number(const json::value& value) {
  RUNUT_CHECK(value.is_int64(), "a number belongs here");
  return value.as_int64();
}
bool flag(const json::value& value) {
  RUNUT_CHECK(value.is_bool(), "true or false belongs here");
  return value.as_bool();
}
std::optional<Number> number_or_unset(const json::value& value) {
  return value.is_null() ? std::nullopt : std::optional(number(value));
}
template <class Enum>
Enum name_of(const json::value& value) {
  const auto known = enum_from<Enum>(text(value));
  RUNUT_CHECK(known.has_value(), "an unknown name in the document: " + text(value));
  return *known;
}

Number minute_of(const json::value& clock) {  // "07:30"
  const std::string t = text(clock);
  RUNUT_CHECK(t.size() == 5 && t[2] == ':', "a time is written HH:MM");
  return ((t[0] - '0') * 10 + (t[1] - '0')) * 60 + (t[3] - '0') * 10 + (t[4] - '0');
}

WeekHours week(const json::value& schedule) {
  static constexpr std::string_view names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                               "friday", "saturday", "sunday"};
  WeekHours out;
  for (std::size_t i = 0; i < 7; ++i) {
    const json::value* day = schedule.as_object().if_contains(names[i]);
    if (day == nullptr) continue;
    out[i] = DayHours{minute_of(member(*day, "start")), minute_of(member(*day, "end")),
                      number(member(*day, "minutes"))};
  }
  return out;
}

std::vector<DeductionBand> bands(const json::value& list) {
  std::vector<DeductionBand> out;
  for (const json::value& entry : list.as_array()) {
    DeductionBand band;
    band.from = number(member(entry, "from"));
    if (const json::value* until = entry.as_object().if_contains("until"))
      band.until = number_or_unset(*until);
    band.bp = number(member(entry, "bp"));
    out.push_back(band);
  }
  return out;
}

template <class Value>
void read_predicates(const Value& value, Rules& r) {
  for (const auto& [result, row] : value("predicate_quadrant").as_object())
    for (const auto& [behaviour, predicate] : row.as_object())
      r.quadrant[name_of<Expectation>(json::value(result))]
                [name_of<Expectation>(json::value(behaviour))] = name_of<Predicate>(predicate);
  r.unit_first = flag(value("unit_predicate_first"));
  r.enforced = text(value("distribution_mode")) == "enforced";
  for (const auto& [unit, row] : value("distribution").as_object())
    for (const json::value& term : row.as_array()) {
      DistributionDemand demand;
      for (const json::value& name : member(term, "predicates").as_array())
        demand.predicates.insert(name_of<Predicate>(name));
      const auto bound = [&](std::string_view name) {
        const json::value* found = term.as_object().if_contains(name);
        return found == nullptr ? std::nullopt : std::optional(number(*found));
      };
      demand.at_most_bp = bound("at_most");
      demand.at_least_bp = bound("at_least");
      demand.persons_at_least = bound("persons_at_least");
      r.distribution[name_of<UnitPredicate>(json::value(unit))].push_back(demand);
    }
  for (const auto& [name, share] : value("credit_shares").as_object())
    r.credit_shares[name_of<Predicate>(json::value(name))] = number(share);
  for (const auto& [title, coefficient] : value("credit_coefficients").as_object())
    r.credit_coefficients[std::string(title)] = number(coefficient);
  if (!value("predicate_bp").is_null())
    for (const auto& [name, rate] : value("predicate_bp").as_object())
      r.predicate_bp[name_of<Predicate>(json::value(name))] = number(rate);
}

}  // namespace

Rules read_rules(std::string_view document_text) {
  const auto parsed = parse_json(document_text);
  RUNUT_CHECK(parsed.has_value(), "the document is not JSON");
  const json::value& parameters = member(*parsed, "parameters");
  const auto value = [&](std::string_view name) -> const json::value& {
    return member(member(parameters, name), "value");
  };

  Rules r;
  r.id = text(member(member(*parsed, "regulation"), "id"));
  r.rounding = rounding_mode(text(value("number_rounding")));

  const json::value& weights =
      member(value("score_weights"), flag(value("opinion_360")) ? "with_360" : "without_360");
  r.weight_result = number(member(weights, "result"));
  r.weight_behaviour = number(member(weights, "behaviour"));
  r.opinion_360 = flag(value("opinion_360"));
  r.relation_peer = number(member(value("relation_weights"), "peer"));
  r.relation_subordinate = number(member(value("relation_weights"), "subordinate"));
  r.several_assignments = text(value("several_assignments"));

  r.by_predicate = text(value("evaluation_regime")) == "predicate";
  if (r.by_predicate) read_predicates(value, r);

  r.period_months = static_cast<std::int32_t>(number(value("ranking_period")));
  r.ranking = flag(value("ranking"));
  r.share_above = number(member(value("tiers"), "above"));
  r.share_meets = number(member(value("tiers"), "meets"));
  r.share_below = number(member(value("tiers"), "below"));
  r.delta_above = number(member(value("tier_delta"), "above"));
  r.delta_below = number(member(value("tier_delta"), "below"));
  r.tail_rounding = text(value("tail_rounding"));
  r.scope = text(value("group_scope"));
  r.minimum_size = static_cast<std::size_t>(number(value("minimum_size")));
  for (const json::value& key : value("tie_keys").as_array()) r.tie_keys.push_back(text(key));

  r.schedule = week(value("schedule"));
  r.cutoff_day = static_cast<int>(number(value("approval_cutoff_day")));
  r.daily_cap = number_or_unset(value("daily_cap_minutes"));
  r.weight_productivity = number(member(value("factor_weights"), "productivity"));
  r.weight_discipline = number(member(value("factor_weights"), "discipline"));
  r.productivity_cap = number(value("productivity_cap"));
  r.late = bands(value("late_bands"));
  r.early = bands(value("early_bands"));
  r.missing_in = number(value("missing_in"));
  r.missing_out = number(value("missing_out"));
  r.absent = number(value("absent"));

  for (const json::value& name : value("components").as_array())
    r.components.push_back(name_of<Component>(name));
  for (const json::value& name : value("factor_applies_to").as_array())
    r.factor_applies_to.insert(name_of<Component>(name));
  if (const json::value& acting = value("acting_rule"); !acting.is_null()) {
    r.acting_min_days = number(member(acting, "min_days"));
    r.acting_bp = number(member(acting, "bp"));
  }
  for (const json::value& name : value("line_order").as_array())
    r.line_order.push_back(name_of<LineKind>(name));
  for (const auto& [name, rate] : value("status_bp").as_object())
    r.status_bp[name_of<EmploymentStatus>(json::value(name))] = number(rate);
  for (const auto& [name, rate] : value("leave_bp").as_object())
    r.leave_bp[name_of<LeaveKind>(json::value(name))] = number(rate);
  r.tier_adjustment = flag(value("tier_adjustment"));
  r.adjustment_base = text(value("adjustment_base"));
  r.disciplinary_bp = number_or_unset(value("disciplinary_bp"));
  r.unit_sanction_bp = number_or_unset(value("unit_sanction_bp"));
  r.personal_sanction_bp = number_or_unset(value("personal_sanction_bp"));
  for (const auto& [grade, rate] : value("tax_by_grade").as_object())
    r.tax_by_grade[std::string(grade)] = number(rate);
  for (const json::value& entry : value("deductions").as_array()) {
    DocumentDeductionRule rule;
    rule.code = text(member(entry, "code"));
    rule.bp = number(member(entry, "bp"));
    rule.base = name_of<AmountBase>(member(entry, "base"));
    if (const json::value* cap = entry.as_object().if_contains("cap"))
      rule.cap = number_or_unset(*cap);
    r.deductions.push_back(rule);
  }
  return r;
}

}  // namespace runut::oracle
