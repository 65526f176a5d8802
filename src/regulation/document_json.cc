#include "regulation/document_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <limits>
#include <utility>

#include "json/cursor.h"
#include "json/json.h"
#include "regulation/json_terms.h"
#include "regulation/validate.h"

namespace runut {
namespace {

constexpr std::int64_t bp_max = 10'000;

void read_share(const JsonCursor& at, BasisPoints& out) {
  read_number(at, 0, bp_max, out);
}

void read_flag(const JsonCursor& at, bool& out) {
  if (const auto flag = at.flag()) out = *flag;
}

template <NamedEnum Enum>
void read_names(const JsonCursor& at, std::size_t count_min, std::vector<Enum>& out) {
  for (const JsonCursor& entry : at.elements(count_min, 20)) {
    Enum value{};
    if (read_name(entry, value)) out.push_back(value);
  }
}
void read_offices(const JsonCursor& at, std::vector<std::string>& out) {
  for (const JsonCursor& entry : at.elements(1, 20))
    if (auto office = entry.text(1, 100)) out.push_back(std::move(*office));
}

void read_bands(const JsonCursor& at, std::vector<Band>& out) {
  for (const JsonCursor& entry : at.elements(1, 50)) {
    Band band;
    entry.fields({"from", "bp"}, {"until"});
    read_number(entry.at("from"), 0, minutes_a_day, band.from);
    read_optional(entry.at("until"), 0, minutes_a_day, band.until);
    read_share(entry.at("bp"), band.deduction);
    out.push_back(band);
  }
}

void read_score_weights(const JsonCursor& at, ScoreWeights& out) {
  at.fields({"result", "behaviour"});
  read_share(at.at("result"), out.result);
  read_share(at.at("behaviour"), out.behaviour);
}

template <NamedEnum Enum>
void read_rates(const JsonCursor& at, std::int64_t max, std::map<Enum, BasisPoints>& out) {
  for (const auto& [name, rate] : at.members()) {
    const auto key = enum_from<Enum>(name);
    if (!key) {
      rate.report("field.name", name, "this is not a word of the vocabulary");
      continue;
    }
    read_number(rate, 0, max, out[*key]);
  }
}

void read_deductions(const JsonCursor& at, std::vector<DocumentDeduction>& out) {
  for (const JsonCursor& entry : at.elements(0, 50)) {
    DocumentDeduction deduction;
    entry.fields({"code", "bp", "base"}, {"cap"});
    if (auto code = entry.at("code").text(1, 40)) deduction.code = std::move(*code);
    read_share(entry.at("bp"), deduction.rate);
    read_name(entry.at("base"), deduction.base);
    read_optional(entry.at("cap"), 0, std::int64_t{1} << 50, deduction.cap);
    out.push_back(std::move(deduction));
  }
}

void read_merit(const JsonCursor& at, std::vector<MeritRange>& out) {
  for (const JsonCursor& entry : at.elements(1, 10)) {
    MeritRange range;
    entry.fields({"category", "from", "until"});
    read_name(entry.at("category"), range.category);
    read_number(entry.at("from"), 0, 400, range.from);
    read_number(entry.at("until"), 0, 400, range.until);
    out.push_back(range);
  }
}

void read_by_predicate(const JsonCursor& at, std::int64_t min, std::int64_t max,
                       std::array<BasisPoints, predicate_count>& out) {
  at.fields({"sangat_kurang", "kurang", "butuh_perbaikan", "baik", "sangat_baik"});
  for (const auto& row : EnumNames<Predicate>::table)
    read_number(at.at(row.name), min, max, out.at(static_cast<std::size_t>(row.value) - 1));
}

// Work result, then behaviour.
void read_quadrant(const JsonCursor& at, Quadrant& out) {
  at.fields({"below", "meets", "above"});
  for (const auto& result : EnumNames<Expectation>::table) {
    const JsonCursor row = at.at(result.name);
    if (!row.present()) continue;
    row.fields({"below", "meets", "above"});
    for (const auto& behaviour : EnumNames<Expectation>::table)
      read_name(row.at(behaviour.name), out.at(static_cast<std::size_t>(result.value) - 1)
                                            .at(static_cast<std::size_t>(behaviour.value) - 1));
  }
}

// {"predicates": ["baik"], "at_most": 7000}, or at_least, or persons_at_least: exactly one.
void read_distribution_term(const JsonCursor& at, DistributionTerm& out) {
  using Bound = DistributionTerm::Bound;
  at.fields({"predicates"}, {"at_most", "at_least", "persons_at_least"});
  read_names(at.at("predicates"), 1, out.predicates);
  std::size_t bounds = 0;
  const auto bound = [&](std::string_view name, Bound kind, std::int64_t max) {
    const JsonCursor stated = at.at(name);
    if (!stated.present()) return;
    ++bounds;
    out.bound = kind;
    read_number(stated, 0, max, out.value);
  };
  bound("at_most", Bound::share_at_most, bp_max);
  bound("at_least", Bound::share_at_least, bp_max);
  bound("persons_at_least", Bound::persons_at_least, 10'000);
  if (bounds != 1)
    at.report("distribution.bound", fmt::format("{}", bounds),
              "a term states one of at_most, at_least and persons_at_least");
}

void read_distribution(const JsonCursor& at, std::array<DistributionRow, predicate_count>& out) {
  at.fields({"sangat_kurang", "kurang", "butuh_perbaikan", "baik", "istimewa"});
  for (const auto& unit : EnumNames<UnitPredicate>::table)
    for (const JsonCursor& entry : at.at(unit.name).elements(0, predicate_count))
      read_distribution_term(entry,
                             out.at(static_cast<std::size_t>(unit.value) - 1).emplace_back());
}

void read_adjustment_base(const JsonCursor& at, AdjustmentBase& out) {
  const auto name = at.text(0, 100);
  if (!name) return;
  if (*name == "gross") {
    out.kind = AdjustmentBase::Kind::gross;
  } else if (*name == "ceiling") {
    out.kind = AdjustmentBase::Kind::ceiling;
  } else if (const auto component = enum_from<Component>(*name)) {
    out = {AdjustmentBase::Kind::component, *component};
  } else {
    at.report("field.name", *name, "gross, ceiling or a component belongs here");
  }
}

// One reader a parameter; the switch is exhaustive, so a new parameter cannot be forgotten.
void read_value(Parameter parameter, const JsonCursor& at, Document& d) {
  switch (parameter) {
    case Parameter::evaluation_regime: read_name(at, d.evaluation.regime); break;
    case Parameter::opinion_360: read_flag(at, d.evaluation.opinion_360); break;
    case Parameter::score_weights:
      at.fields({"without_360", "with_360"});
      if (at.at("without_360").present())
        read_score_weights(at.at("without_360"), d.evaluation.without_360);
      if (at.at("with_360").present()) read_score_weights(at.at("with_360"), d.evaluation.with_360);
      break;
    case Parameter::relation_weights:
      at.fields({"superior", "peer", "subordinate"});
      read_share(at.at("superior"), d.evaluation.relations.superior);
      read_share(at.at("peer"), d.evaluation.relations.peer);
      read_share(at.at("subordinate"), d.evaluation.relations.subordinate);
      break;
    case Parameter::numeric_bands:
      at.fields({"sangat_baik", "baik", "cukup", "kurang"});
      read_number(at.at("sangat_baik"), 0, 12'000, d.evaluation.bands.sangat_baik);
      read_number(at.at("baik"), 0, 12'000, d.evaluation.bands.baik);
      read_number(at.at("cukup"), 0, 12'000, d.evaluation.bands.cukup);
      read_number(at.at("kurang"), 0, 12'000, d.evaluation.bands.kurang);
      break;
    case Parameter::several_assignments: read_name(at, d.evaluation.several_assignments); break;
    case Parameter::objection_days:
      at.fields({"filed_within", "explained_within", "decided_within"});
      read_number(at.at("filed_within"), 1, 365, d.evaluation.objection.filed_within);
      read_number(at.at("explained_within"), 1, 365, d.evaluation.objection.explained_within);
      read_number(at.at("decided_within"), 1, 365, d.evaluation.objection.decided_within);
      break;
    case Parameter::predicate_quadrant: read_quadrant(at, d.evaluation.predicate.quadrant); break;
    case Parameter::unit_predicate_first: read_flag(at, d.evaluation.predicate.unit_first); break;
    case Parameter::unit_predicate_signatories:
      read_offices(at, d.evaluation.predicate.unit_signatories);
      break;
    case Parameter::distribution_mode: read_name(at, d.evaluation.predicate.mode); break;
    case Parameter::distribution: read_distribution(at, d.evaluation.predicate.rows); break;
    case Parameter::credit_shares:
      read_by_predicate(at, 0, 10 * bp_max, d.evaluation.predicate.credit_shares);
      break;
    case Parameter::credit_coefficients:
      for (const auto& [level, coefficient] : at.members())
        read_number(coefficient, 0, 100'000,
                    d.evaluation.predicate.credit_coefficients[std::string(level)]);
      break;
    case Parameter::ranking: read_flag(at, d.ranking.enabled); break;
    case Parameter::ranking_period: {
      const auto months = at.integer(1, 12);
      if (!months) break;
      d.ranking.period_months = static_cast<std::int32_t>(*months);
      if (*months != 1 && *months != 3 && *months != 6 && *months != 12)
        at.report("field.range", at.shown(), "a period has 1, 3, 6 or 12 months");
      break;
    }
    case Parameter::tiers:
      at.fields({"above", "meets", "below"});
      read_share(at.at("above"), d.ranking.tiers.above);
      read_share(at.at("meets"), d.ranking.tiers.meets);
      read_share(at.at("below"), d.ranking.tiers.below);
      break;
    case Parameter::tier_delta:
      at.fields({"above", "below"});
      read_number(at.at("above"), 0, bp_max, d.ranking.delta.above);
      read_number(at.at("below"), -bp_max, 0, d.ranking.delta.below);
      break;
    case Parameter::tail_rounding: read_name(at, d.ranking.tail_rounding); break;
    case Parameter::group_scope: read_name(at, d.ranking.scope); break;
    case Parameter::minimum_size: read_number(at, 1, 10'000, d.ranking.minimum_size); break;
    case Parameter::tie_keys: read_names(at, 0, d.ranking.tie_keys); break;
    case Parameter::tie_authority: read_offices(at, d.ranking.tie_authority); break;
    case Parameter::ranking_signatories: read_offices(at, d.ranking.signatories); break;
    case Parameter::schedule: read_schedule(at, d.work.schedule); break;
    case Parameter::approval_cutoff_day: read_number(at, 1, 28, d.work.approval_cutoff_day); break;
    case Parameter::daily_cap_minutes: read_optional(at, 1, minutes_a_day, d.work.daily_cap); break;
    case Parameter::factor_weights:
      at.fields({"productivity", "discipline"});
      read_share(at.at("productivity"), d.work.weights.productivity);
      read_share(at.at("discipline"), d.work.weights.discipline);
      break;
    case Parameter::productivity_cap:
      read_number(at, 1, 10 * bp_max, d.work.productivity_cap);
      break;
    case Parameter::late_bands: read_bands(at, d.work.late); break;
    case Parameter::early_bands: read_bands(at, d.work.early); break;
    case Parameter::missing_in: read_share(at, d.work.missing_in); break;
    case Parameter::missing_out: read_share(at, d.work.missing_out); break;
    case Parameter::absent: read_share(at, d.work.absent); break;
    case Parameter::components: read_names(at, 1, d.tpp.components); break;
    case Parameter::factor_applies_to: read_names(at, 0, d.tpp.factor_applies_to); break;
    case Parameter::line_order: read_names(at, 0, d.tpp.line_order); break;
    case Parameter::status_bp: read_rates(at, bp_max, d.tpp.status_bp); break;
    case Parameter::leave_bp: read_rates(at, bp_max, d.tpp.leave_bp); break;
    case Parameter::tier_adjustment: read_flag(at, d.tpp.tier_adjustment); break;
    case Parameter::adjustment_base: read_adjustment_base(at, d.tpp.adjustment_base); break;
    case Parameter::disciplinary_bp: read_optional(at, -bp_max, 0, d.tpp.disciplinary); break;
    case Parameter::unit_sanction_bp: read_optional(at, -bp_max, 0, d.tpp.unit_sanction); break;
    case Parameter::personal_sanction_bp:
      read_optional(at, -bp_max, 0, d.tpp.personal_sanction);
      break;
    case Parameter::acting_rule:
      if (at.is_null() || !at.present()) break;
      d.tpp.acting.emplace();
      at.fields({"min_days", "bp"});
      read_number(at.at("min_days"), 1, 366, d.tpp.acting->min_days);
      read_share(at.at("bp"), d.tpp.acting->share);
      break;
    case Parameter::predicate_bp:
      if (at.present() && !at.is_null())
        read_by_predicate(at, -bp_max, bp_max, d.tpp.predicate.emplace());
      break;
    case Parameter::tax_by_grade:
      for (const auto& [grade, rate] : at.members()) read_share(rate, d.tpp.tax_by_grade[grade]);
      break;
    case Parameter::deductions: read_deductions(at, d.tpp.deductions); break;
    case Parameter::number_rounding: read_name(at, d.rounding); break;
    case Parameter::separation_of_duties: read_flag(at, d.governance.separation_of_duties); break;
    case Parameter::lock_signatories: read_offices(at, d.governance.lock_signatories); break;
    case Parameter::merit_categories: read_merit(at, d.governance.merit); break;
    case Parameter::senior_post_terms:
      at.fields({"minimum_years", "review_years", "signatories"});
      read_number(at.at("minimum_years"), 0, 50, d.governance.senior_posts.minimum_years);
      read_number(at.at("review_years"), 1, 50, d.governance.senior_posts.review_years);
      read_offices(at.at("signatories"), d.governance.senior_posts.signatories);
      break;
    case Parameter::applies_by:
      at.fields({"ranking", "tpp"});
      read_name(at.at("ranking"), d.governance.ranking_applies_by);
      read_name(at.at("tpp"), d.governance.tpp_applies_by);
      break;
  }
}

void read_provenance(const JsonCursor& at, Provenance& out) {
  if (auto source = at.at("source").text(1, 1000)) out.source = std::move(*source);
  if (auto clause = at.at("clause").text(1, 200)) out.clause = std::move(*clause);
  read_name(at.at("status"), out.status);
}

// [{"of": ["PPPK I"], "source", "clause", "status"}]: members of the value that have a provenance
// of their own.
void read_exceptions(const JsonCursor& at, std::map<std::string, Provenance, std::less<>>& out) {
  for (const JsonCursor& entry : at.elements(1, 50)) {
    Provenance provenance;
    entry.fields({"of", "source", "clause", "status"});
    read_provenance(entry, provenance);
    for (const JsonCursor& name : entry.at("of").elements(1, 100)) {
      const auto member = name.text(1, 100);
      if (member && !out.emplace(*member, provenance).second)
        name.report("list.duplicate", *member, "this entry stands twice");
    }
  }
}

void read_parameter(const ParameterSpec& spec, const JsonCursor& at, Document& d) {
  if (spec.parameter == Parameter::tax_by_grade) {
    at.fields({"value", "unit", "source", "clause", "status", "applies_by"}, {"exceptions"});
    if (const JsonCursor exceptions = at.at("exceptions"); exceptions.present())
      read_exceptions(exceptions, d.tax_exceptions);
  } else {
    at.fields({"value", "unit", "source", "clause", "status", "applies_by"});
  }
  read_provenance(at, d.provenances[static_cast<std::size_t>(spec.parameter)]);
  const JsonCursor unit = at.at("unit");
  if (const auto written = unit.text(0, 40); written && *written != spec.unit)
    unit.report("regulation.unit", *written,
                fmt::format("this parameter is stated in {}", spec.unit));
  const JsonCursor applies_by = at.at("applies_by");
  AppliesBy written{};
  if (read_name(applies_by, written) && written != spec.applies_by)
    applies_by.report(
        "regulation.applies_by", std::string(to_string(written)),
        fmt::format("the rulebook reads this parameter by {}", to_string(spec.applies_by)));
  read_value(spec.parameter, at.at("value"), d);
}

void read_header(const JsonCursor& at, DocumentHeader& header) {
  at.fields({"id", "title", "number", "cites", "enacted_on", "promulgated_on", "effective_from",
             "dates_source", "dates_status", "notes"});
  const JsonCursor id = at.at("id");
  if (auto text = id.text(1, 64)) {
    header.id = std::move(*text);
    if (header.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
      id.report("regulation.id", header.id, "lower-case letters, digits and '-' make an id");
  }
  if (auto text = at.at("title").text(1, 400)) header.title = std::move(*text);
  if (auto text = at.at("number").text(1, 200)) header.number = std::move(*text);
  for (const JsonCursor& entry : at.at("cites").elements(1, 50)) {
    CitedRegulation cited;
    entry.fields({"code", "title"});
    if (auto text = entry.at("code").text(1, 80)) cited.code = std::move(*text);
    if (auto text = entry.at("title").text(1, 400)) cited.title = std::move(*text);
    header.cites.push_back(std::move(cited));
  }
  const auto read_day = [&](std::string_view name, Date& out) {
    if (const auto day = at.at(name).day()) out = *day;
  };
  // A date that cannot be read leaves both ends open, so that dates.order stays silent about it.
  header.enacted_on = Date{std::numeric_limits<std::int32_t>::min()};
  header.promulgated_on = open_end;
  read_day("enacted_on", header.enacted_on);
  read_day("promulgated_on", header.promulgated_on);
  read_day("effective_from", header.effective_from);
  if (auto text = at.at("dates_source").text(1, 1000)) header.dates_source = std::move(*text);
  read_name(at.at("dates_status"), header.dates_status);
  for (const JsonCursor& entry : at.at("notes").elements(0, 50))
    if (auto note = entry.text(1, 1000)) header.notes.push_back(std::move(*note));
}

}  // namespace

DocumentResult read_document(std::string_view text) {
  JsonLimits limits;
  limits.depth_max = 8;
  limits.fractions = true;  // reported below, with the place, beside everything else
  auto parsed = parse_json(text, limits);
  if (!parsed) return tl::unexpected(std::vector<Error>{std::move(parsed).error()});

  std::vector<Error> violations;
  const JsonCursor root(&*parsed, "", &violations);
  root.fields({"regulation", "parameters"});
  Document document;
  if (const JsonCursor header = root.at("regulation"); header.present())
    read_header(header, document.header);

  ParameterSet unread;
  const JsonCursor parameters = root.at("parameters");
  for (const auto& [name, at] : parameters.members()) {
    const auto specs = parameter_specs();
    const auto known = std::find_if(specs.begin(), specs.end(),
                                    [&](const ParameterSpec& spec) { return spec.name == name; });
    if (known == specs.end())
      at.report("regulation.parameter_unknown", name, "a document has no parameter of this name");
  }
  for (const ParameterSpec& spec : parameter_specs()) {
    const JsonCursor at = parameters.at(spec.name);
    const std::size_t before = violations.size();
    // evaluation_regime is the first that is read; where it says nothing known, it is told once.
    if (spec.regime != Regime::unspecified && spec.regime != document.evaluation.regime) {
      if (at.present() && document.evaluation.regime != Regime::unspecified)
        at.report("regulation.parameter_regime", std::string(spec.name),
                  fmt::format("only documents of the {} regime state it", to_string(spec.regime)));
      unread.set(static_cast<std::size_t>(spec.parameter));
      continue;
    }
    if (at.present()) {
      read_parameter(spec, at, document);
    } else if (parameters.is_object()) {
      at.report("regulation.parameter_missing", std::string(spec.name),
                "a document states every parameter of its regime");
    }
    if (!at.present() || violations.size() != before)
      unread.set(static_cast<std::size_t>(spec.parameter));
  }
  for (Error& violation : validate(document, unread)) violations.push_back(std::move(violation));
  if (!violations.empty()) return tl::unexpected(std::move(violations));
  return document;
}

}  // namespace runut
