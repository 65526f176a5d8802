// One regulation document: every parameter that the rulebook lets a regulation decide, as a typed
// value with its provenance. A Document that came from read_document() has passed validate(); the
// computation relies on that.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "domain/events_daily.h"
#include "domain/vocabulary.h"
#include "regulation/parameter.h"
#include "regulation/predicates.h"

namespace runut {

struct ScoreWeights {
  BasisPoints result;
  BasisPoints behaviour;
  friend bool operator==(const ScoreWeights&, const ScoreWeights&) = default;
};

struct RelationWeights {
  BasisPoints superior;
  BasisPoints peer;
  BasisPoints subordinate;
  friend bool operator==(const RelationWeights&, const RelationWeights&) = default;
};

// The lowest score of each band; sangat_kurang is below `kurang`.
struct NumericBandFloors {
  Score sangat_baik;
  Score baik;
  Score cukup;
  Score kurang;
  friend bool operator==(const NumericBandFloors&, const NumericBandFloors&) = default;
};

// Calendar days; late ones are recorded, marked and listed by audit, never lost.
struct ObjectionDays {
  std::int64_t filed_within = 0;
  std::int64_t explained_within = 0;
  std::int64_t decided_within = 0;
  friend bool operator==(const ObjectionDays&, const ObjectionDays&) = default;
};

// Rulebook sections 3.2 and 3.3.
struct EvaluationRules {
  Regime regime{};
  bool opinion_360 = false;
  ScoreWeights without_360;
  ScoreWeights with_360;
  RelationWeights relations;
  NumericBandFloors bands;
  SeveralAssignments several_assignments{};
  ObjectionDays objection;
  PredicateRules predicate;  // empty in the numeric regime
  // The weights that hold for everybody, whether or not answers came.
  [[nodiscard]] const ScoreWeights& weights() const { return opinion_360 ? with_360 : without_360; }
  friend bool operator==(const EvaluationRules&, const EvaluationRules&) = default;
};

struct TierShares {
  BasisPoints above;
  BasisPoints meets;
  BasisPoints below;
  friend bool operator==(const TierShares&, const TierShares&) = default;
};

struct TierDelta {
  BasisPoints above;
  BasisPoints below;
  friend bool operator==(const TierDelta&, const TierDelta&) = default;
};

// Rulebook section 3.4.
struct RankingRules {
  bool enabled = false;
  std::int32_t period_months = 6;
  TierShares tiers;
  TierDelta delta;
  TailRounding tail_rounding{};
  RankingScope scope{};
  std::int64_t minimum_size = 0;
  std::vector<TieKey> tie_keys;
  std::vector<std::string> tie_authority;  // offices
  std::vector<std::string> signatories;    // offices
  friend bool operator==(const RankingRules&, const RankingRules&) = default;
};

// [from, until) in minutes; the last band is open.
struct Band {
  Minutes from;
  std::optional<Minutes> until;
  BasisPoints deduction;
  friend bool operator==(const Band&, const Band&) = default;
};

struct FactorWeights {
  BasisPoints productivity;
  BasisPoints discipline;
  friend bool operator==(const FactorWeights&, const FactorWeights&) = default;
};

// Rulebook section 3.1.
struct WorkRules {
  std::vector<DaySchedule> schedule;  // ascending weekday
  std::int64_t approval_cutoff_day = 1;
  std::optional<Minutes> daily_cap;
  FactorWeights weights;
  BasisPoints productivity_cap;
  std::vector<Band> late;
  std::vector<Band> early;
  BasisPoints missing_in;
  BasisPoints missing_out;
  BasisPoints absent;
  friend bool operator==(const WorkRules&, const WorkRules&) = default;
};

// What tier adjustments are a share of.
struct AdjustmentBase {
  enum class Kind : std::uint8_t { gross, ceiling, component };
  Kind kind = Kind::gross;
  Component component{};  // of Kind::component
  friend bool operator==(const AdjustmentBase&, const AdjustmentBase&) = default;
};

struct ActingRule {
  std::int64_t min_days = 0;
  BasisPoints share;  // of the acted post's ceiling
  friend bool operator==(const ActingRule&, const ActingRule&) = default;
};

// For every payee.
struct DocumentDeduction {
  std::string code;
  BasisPoints rate;
  AmountBase base{};
  std::optional<Rupiah> cap;  // on the base
  friend bool operator==(const DocumentDeduction&, const DocumentDeduction&) = default;
};

// Rulebook section 3.5.
struct TppRules {
  std::vector<Component> components;  // in the order of the lines
  std::vector<Component> factor_applies_to;
  std::vector<LineKind> line_order;
  std::map<EmploymentStatus, BasisPoints> status_bp;  // a status without an entry is not eligible
  std::map<LeaveKind, BasisPoints> leave_bp;
  bool tier_adjustment = false;
  AdjustmentBase adjustment_base;
  std::optional<BasisPoints> disciplinary;  // sanctions are negative; unset = none
  std::optional<BasisPoints> unit_sanction;
  std::optional<BasisPoints> personal_sanction;
  std::optional<ActingRule> acting;
  std::optional<PredicateRates> predicate;                       // unset: predicates change no pay
  std::map<std::string, BasisPoints, std::less<>> tax_by_grade;  // "III/c", "PPPK IX"
  std::vector<DocumentDeduction> deductions;
  friend bool operator==(const TppRules&, const TppRules&) = default;
};

struct MeritRange {
  MeritCategory category{};
  std::int64_t from = 0;  // points of 400, both ends included
  std::int64_t until = 0;
  friend bool operator==(const MeritRange&, const MeritRange&) = default;
};

// Rulebook section 1, Senior post.
struct SeniorPostTerms {
  std::int64_t minimum_years = 2;
  std::int64_t review_years = 5;         // until a review that may extend the tenure is due
  std::vector<std::string> signatories;  // offices
  friend bool operator==(const SeniorPostTerms&, const SeniorPostTerms&) = default;
};

struct GovernanceRules {
  bool separation_of_duties = true;
  std::vector<std::string> lock_signatories;  // offices, or head_of_paying_unit
  std::vector<MeritRange> merit;
  SeniorPostTerms senior_posts;
  AppliesBy ranking_applies_by{};
  AppliesBy tpp_applies_by{};
  friend bool operator==(const GovernanceRules&, const GovernanceRules&) = default;
};

// In lock_signatories: whoever heads the paying unit of that run, whatever the office is called.
inline constexpr std::string_view head_of_paying_unit = "head_of_paying_unit";

struct CitedRegulation {
  std::string code;  // "perwali-kediri-31-2022"
  std::string title;
  friend bool operator==(const CitedRegulation&, const CitedRegulation&) = default;
};

struct DocumentHeader {
  std::string id;  // "kota-kediri-2022-08": lower-case letters, digits, '-'
  std::string title;
  std::string number;  // "Perwali 30/2022 dan 31/2022"
  std::vector<CitedRegulation> cites;
  Date enacted_on;
  Date promulgated_on;
  Date effective_from;
  std::string dates_source;
  ValueStatus dates_status{};
  std::vector<std::string> notes;
  friend bool operator==(const DocumentHeader&, const DocumentHeader&) = default;
};

struct Document {
  DocumentHeader header;
  EvaluationRules evaluation;
  RankingRules ranking;
  WorkRules work;
  TppRules tpp;
  Rounding rounding = Rounding::half_up;
  GovernanceRules governance;
  std::array<Provenance, parameter_count> provenances;
  // Of the grades that the parameter's own provenance does not vouch for.
  std::map<std::string, Provenance, std::less<>> tax_exceptions;

  [[nodiscard]] const Provenance& provenance(Parameter parameter) const {
    return provenances[static_cast<std::size_t>(parameter)];
  }
  // Of tax_by_grade, as far as it concerns one grade.
  [[nodiscard]] const Provenance& tax_provenance(std::string_view grade) const {
    const auto own = tax_exceptions.find(grade);
    return own == tax_exceptions.end() ? provenance(Parameter::tax_by_grade) : own->second;
  }
  // True when every parameter that a payment month reads is the same in both.
  [[nodiscard]] bool pays_like(const Document& other) const {
    return work == other.work && tpp == other.tpp && rounding == other.rounding &&
           (!tpp.predicate || ranking.period_months == other.ranking.period_months);
  }
  friend bool operator==(const Document&, const Document&) = default;
};

// Every grade that a document must tax: I/a to IV/e, then PPPK I to PPPK XVII.
[[nodiscard]] const std::vector<std::string>& known_grades();

}  // namespace runut
