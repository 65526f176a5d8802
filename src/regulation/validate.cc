#include "regulation/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "domain/correction_code.h"

namespace runut {
namespace {

class Judge {
 public:
  explicit Judge(const ParameterSet& unread) : unread_(unread) {}

  [[nodiscard]] bool read(Parameter parameter) const {
    return !unread_.test(static_cast<std::size_t>(parameter));
  }
  void violation(std::string_view rule, std::string field, std::string value, std::string message) {
    out_.push_back(Error{ErrorCode::rejected, std::string(rule), std::move(field), std::move(value),
                         std::move(message)});
  }
  void violation(std::string_view rule, Parameter parameter, std::string_view below,
                 std::string value, std::string message) {
    violation(rule, fmt::format("/parameters/{}/value{}", to_string(parameter), below),
              std::move(value), std::move(message));
  }
  [[nodiscard]] std::vector<Error> take() { return std::move(out_); }

 private:
  const ParameterSet& unread_;
  std::vector<Error> out_;
};

void expect_whole(Judge& judge, Parameter parameter, std::string_view below, std::string_view rule,
                  std::int64_t sum) {
  if (sum == whole.value) return;
  judge.violation(rule, parameter, below, fmt::format("{}", sum),
                  "these shares must sum to 10000 bp");
}

void judge_weights(Judge& judge, const Document& d) {
  if (judge.read(Parameter::score_weights)) {
    const auto check = [&](std::string_view below, const ScoreWeights& w) {
      expect_whole(judge, Parameter::score_weights, below, "weights.sum",
                   w.result.value + w.behaviour.value);
    };
    check("/without_360", d.evaluation.without_360);
    check("/with_360", d.evaluation.with_360);
  }
  const RelationWeights& r = d.evaluation.relations;
  if (judge.read(Parameter::relation_weights))
    expect_whole(judge, Parameter::relation_weights, "", "weights.sum",
                 r.superior.value + r.peer.value + r.subordinate.value);
  if (judge.read(Parameter::factor_weights))
    expect_whole(judge, Parameter::factor_weights, "", "weights.sum",
                 d.work.weights.productivity.value + d.work.weights.discipline.value);
  const TierShares& t = d.ranking.tiers;
  if (judge.read(Parameter::tiers))
    expect_whole(judge, Parameter::tiers, "", "tiers.sum",
                 t.above.value + t.meets.value + t.below.value);
}

void judge_bands(Judge& judge, Parameter parameter, const std::vector<Band>& bands) {
  if (!judge.read(parameter)) return;
  if (bands.front().from.value != 0)
    judge.violation("bands.start_at_zero", parameter, "/0/from",
                    fmt::format("{}", bands.front().from.value),
                    "the first band starts at minute 0");
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const Band& band = bands[i];
    const bool last = i + 1 == bands.size();
    const std::string below = fmt::format("/{}/until", i);
    if (last != !band.until) {
      judge.violation("bands.last_open", parameter, below,
                      band.until ? fmt::format("{}", band.until->value) : "none",
                      "the last band and only the last has no end");
    } else if (band.until && *band.until <= band.from) {
      judge.violation("bands.tile", parameter, below, fmt::format("{}", band.until->value),
                      "a band holds at least one minute");
    }
    if (last) continue;
    const Band& next = bands[i + 1];
    if (band.until && next.from != *band.until)
      judge.violation("bands.tile", parameter, fmt::format("/{}/from", i + 1),
                      fmt::format("{}", next.from.value),
                      fmt::format("the band before ends at {}: neither gap nor overlap is allowed",
                                  band.until->value));
    if (next.deduction < band.deduction)
      judge.violation("bands.never_fall", parameter, fmt::format("/{}/bp", i + 1),
                      fmt::format("{}", next.deduction.value),
                      fmt::format("less than the {} bp of the band before", band.deduction.value));
  }
}

void judge_schedule(Judge& judge, const std::vector<DaySchedule>& schedule) {
  if (!judge.read(Parameter::schedule)) return;
  static constexpr std::array<std::string_view, 8> days = {
      "", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  if (schedule.empty())
    judge.violation("schedule.empty", Parameter::schedule, "", "{}",
                    "a week needs at least one working day");
  for (const DaySchedule& day : schedule) {
    const std::string at = fmt::format("/{}", days[day.weekday]);
    if (day.start >= day.end) {
      judge.violation("schedule.order", Parameter::schedule, at + "/end",
                      fmt::format("{:02}:{:02}", day.end / 60, day.end % 60),
                      "a day ends after it starts");
    } else if (day.minutes.value > static_cast<std::int64_t>(day.end - day.start)) {
      judge.violation("schedule.minutes", Parameter::schedule, at + "/minutes",
                      fmt::format("{}", day.minutes.value),
                      fmt::format("the day is {} minutes long", day.end - day.start));
    }
  }
}

// `name` turns an entry into what the document says.
template <class List, class Name>
void judge_unique(Judge& judge, Parameter parameter, const List& list, std::string_view below,
                  Name name) {
  if (!judge.read(parameter)) return;
  std::set<std::string> seen;
  std::size_t index = 0;
  for (const auto& entry : list) {
    std::string text(name(entry));
    if (!seen.insert(text).second)
      judge.violation("list.duplicate", parameter, fmt::format("/{}{}", index, below), text,
                      "an entry stands once");
    ++index;
  }
}

void judge_evaluation(Judge& judge, const EvaluationRules& rules) {
  if (!judge.read(Parameter::numeric_bands)) return;
  const NumericBandFloors& f = rules.bands;
  const std::pair<std::string_view, Score> floors[] = {{"/sangat_baik", f.sangat_baik},
                                                       {"/baik", f.baik},
                                                       {"/cukup", f.cukup},
                                                       {"/kurang", f.kurang}};
  for (std::size_t i = 1; i < std::size(floors); ++i)
    if (floors[i].second >= floors[i - 1].second)
      judge.violation("numeric_bands.fall", Parameter::numeric_bands, floors[i].first,
                      fmt::format("{}", floors[i].second.value),
                      "each band begins below the better one");
}

// No predicate stands in two terms of a row, or what is feasible could not be told by adding.
void judge_distribution(Judge& judge, const PredicateRules& rules) {
  if (!judge.read(Parameter::distribution)) return;
  for (const auto& unit : EnumNames<UnitPredicate>::table) {
    std::set<Predicate> seen;
    const DistributionRow& row = rules.rows.at(static_cast<std::size_t>(unit.value) - 1);
    for (std::size_t i = 0; i < row.size(); ++i)
      for (const Predicate predicate : row[i].predicates)
        if (!seen.insert(predicate).second)
          judge.violation("distribution.overlap", Parameter::distribution,
                          fmt::format("/{}/{}/predicates", unit.name, i),
                          std::string(to_string(predicate)),
                          "a predicate stands in one term of a row at most");
  }
}

void judge_predicates(Judge& judge, const Document& d) {
  if (!judge.read(Parameter::evaluation_regime)) return;
  judge_distribution(judge, d.evaluation.predicate);
  judge_unique(judge, Parameter::unit_predicate_signatories,
               d.evaluation.predicate.unit_signatories, "",
               [](const std::string& office) { return office; });
  const bool by_predicate = d.evaluation.regime == Regime::predicate;
  if (by_predicate && judge.read(Parameter::several_assignments) &&
      d.evaluation.several_assignments != SeveralAssignments::last)
    judge.violation("several_assignments.predicate", Parameter::several_assignments, "",
                    std::string(to_string(d.evaluation.several_assignments)),
                    "expectations have no mean over days: the last appraiser's count");
  if (!by_predicate && judge.read(Parameter::predicate_bp) && d.tpp.predicate)
    judge.violation("predicate_bp.regime", Parameter::predicate_bp, "", "set",
                    "a document without predicates pays nothing by them");
}

void judge_components(Judge& judge, const TppRules& rules) {
  const auto name = [](auto entry) { return to_string(entry); };
  judge_unique(judge, Parameter::components, rules.components, "", name);
  judge_unique(judge, Parameter::factor_applies_to, rules.factor_applies_to, "", name);
  judge_unique(judge, Parameter::line_order, rules.line_order, "", name);
  judge_unique(judge, Parameter::deductions, rules.deductions, "/code",
               [](const DocumentDeduction& deduction) { return deduction.code; });
  if (judge.read(Parameter::deductions))
    for (std::size_t i = 0; i < rules.deductions.size(); ++i)
      if (rules.deductions[i].code == correction_code)
        judge.violation("deductions.reserved_code", Parameter::deductions,
                        fmt::format("/{}/code", i), std::string(correction_code),
                        "outstanding negative corrections have this code");
  const auto listed = [&](Component component) {
    return std::find(rules.components.begin(), rules.components.end(), component) !=
           rules.components.end();
  };
  if (judge.read(Parameter::components) && judge.read(Parameter::acting_rule) &&
      listed(Component::acting) != rules.acting.has_value())
    judge.violation("components.acting", Parameter::components, "",
                    rules.acting ? "not listed" : "acting",
                    "`acting` is listed exactly where acting_rule is set");
  if (judge.read(Parameter::components) && judge.read(Parameter::factor_applies_to))
    for (std::size_t i = 0; i < rules.factor_applies_to.size(); ++i)
      if (!listed(rules.factor_applies_to[i]))
        judge.violation("components.unknown", Parameter::factor_applies_to, fmt::format("/{}", i),
                        std::string(to_string(rules.factor_applies_to[i])),
                        "components does not list it");
  if (judge.read(Parameter::components) && judge.read(Parameter::adjustment_base) &&
      rules.adjustment_base.kind == AdjustmentBase::Kind::component &&
      !listed(rules.adjustment_base.component))
    judge.violation("components.unknown", Parameter::adjustment_base, "",
                    std::string(to_string(rules.adjustment_base.component)),
                    "components does not list it");
  if (judge.read(Parameter::line_order))
    for (const auto& row : EnumNames<LineKind>::table)
      if (std::find(rules.line_order.begin(), rules.line_order.end(), row.value) ==
          rules.line_order.end())
        judge.violation("line_order.permutation", Parameter::line_order, "", std::string(row.name),
                        "every kind of line has its place");
}

void judge_rates(Judge& judge, const TppRules& rules) {
  if (judge.read(Parameter::status_bp) && rules.status_bp.empty())
    judge.violation("status.missing", Parameter::status_bp, "", "{}",
                    "without any status nobody would be paid");
  if (!judge.read(Parameter::tax_by_grade)) return;
  const std::vector<std::string>& grades = known_grades();
  for (const std::string& grade : grades)
    if (!rules.tax_by_grade.contains(grade))
      judge.violation("tax.grade_missing", Parameter::tax_by_grade, "", grade,
                      "every grade has a rate, 0 is written");
  for (const auto& [grade, rate] : rules.tax_by_grade)
    if (std::find(grades.begin(), grades.end(), grade) == grades.end())
      judge.violation("tax.grade_unknown", Parameter::tax_by_grade, "", grade,
                      "grades are I/a to IV/e and PPPK I to PPPK XVII");
}

void judge_exceptions(Judge& judge, const Document& d) {
  if (!judge.read(Parameter::tax_by_grade)) return;
  const std::vector<std::string>& grades = known_grades();
  for (const auto& [grade, provenance] : d.tax_exceptions)
    if (std::find(grades.begin(), grades.end(), grade) == grades.end())
      judge.violation("exceptions.unknown", "/parameters/tax_by_grade/exceptions", grade,
                      "an exception is of grades that have a rate");
}

void judge_governance(Judge& judge, const Document& d) {
  const GovernanceRules& rules = d.governance;
  if (judge.read(Parameter::merit_categories))
    for (std::size_t i = 0; i < rules.merit.size(); ++i) {
      const MeritRange& range = rules.merit[i];
      if (range.until < range.from || (i > 0 && range.from != rules.merit[i - 1].until + 1))
        judge.violation("merit.tile", Parameter::merit_categories, fmt::format("/{}", i),
                        fmt::format("{}-{}", range.from, range.until),
                        "categories rise without gap or overlap");
    }
  judge_unique(judge, Parameter::merit_categories, rules.merit, "/category",
               [](const MeritRange& range) { return to_string(range.category); });
  if (const SeniorPostTerms& terms = rules.senior_posts;
      judge.read(Parameter::senior_post_terms) && terms.minimum_years > terms.review_years)
    judge.violation("senior_post_terms.order", Parameter::senior_post_terms, "/minimum_years",
                    std::to_string(terms.minimum_years),
                    "a review is due before anybody may be moved");
  if (judge.read(Parameter::applies_by)) {
    if (rules.ranking_applies_by != AppliesBy::decision)
      judge.violation("applies_by.fixed", Parameter::applies_by, "/ranking",
                      std::string(to_string(rules.ranking_applies_by)),
                      "rankings are computed by the document of their decision");
    if (rules.tpp_applies_by != AppliesBy::payment_month)
      judge.violation("applies_by.fixed", Parameter::applies_by, "/tpp",
                      std::string(to_string(rules.tpp_applies_by)),
                      "TPP is computed by the document of the payment month");
  }
  if (judge.read(Parameter::tier_adjustment) && judge.read(Parameter::ranking) &&
      d.tpp.tier_adjustment && !d.ranking.enabled)
    judge.violation("tier_adjustment.ranking", Parameter::tier_adjustment, "", "true",
                    "tiers come from a ranking, which this document does not hold");
  if (judge.read(Parameter::evaluation_regime) && judge.read(Parameter::ranking) &&
      d.evaluation.regime == Regime::predicate && d.ranking.enabled)
    judge.violation("ranking.predicate", Parameter::ranking, "", "true",
                    "the predicate regime has no scores to rank by");
  const auto text = [](const std::string& office) { return office; };
  judge_unique(judge, Parameter::tie_authority, d.ranking.tie_authority, "", text);
  judge_unique(judge, Parameter::ranking_signatories, d.ranking.signatories, "", text);
  judge_unique(judge, Parameter::lock_signatories, rules.lock_signatories, "", text);
  std::set<std::string> signatories;
  for (std::size_t i = 0; i < rules.senior_posts.signatories.size(); ++i)
    if (const std::string& office = rules.senior_posts.signatories[i];
        judge.read(Parameter::senior_post_terms) && !signatories.insert(office).second)
      judge.violation("list.duplicate", Parameter::senior_post_terms,
                      fmt::format("/signatories/{}", i), office, "an entry stands once");
}

}  // namespace

std::vector<Error> validate(const Document& document, const ParameterSet& unread) {
  Judge judge(unread);
  const DocumentHeader& header = document.header;
  if (header.promulgated_on < header.enacted_on)
    judge.violation("dates.order", "/regulation/promulgated_on", to_string(header.promulgated_on),
                    "promulgation comes after enactment");
  judge_evaluation(judge, document.evaluation);
  judge_predicates(judge, document);
  judge_weights(judge, document);
  judge_unique(judge, Parameter::tie_keys, document.ranking.tie_keys, "",
               [](TieKey key) { return to_string(key); });
  judge_schedule(judge, document.work.schedule);
  judge_bands(judge, Parameter::late_bands, document.work.late);
  judge_bands(judge, Parameter::early_bands, document.work.early);
  judge_components(judge, document.tpp);
  judge_rates(judge, document.tpp);
  judge_exceptions(judge, document);
  judge_governance(judge, document);
  return judge.take();
}

Error summarise(const std::vector<Error>& violations) {
  RUNUT_CHECK(!violations.empty(), "nothing to summarise");
  Error out = violations.front();
  if (violations.size() > 1)
    out.message += fmt::format(" (and {} more violations of this document)", violations.size() - 1);
  return out;
}

}  // namespace runut
