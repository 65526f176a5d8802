// The predicate regime's units (rulebook section 3.3): their predicate, and the closing that checks
// how their people are distributed.
#include <fmt/format.h>

#include <algorithm>

#include "computation/person_predicate.h"
#include "ledger/evaluation_rules.h"

namespace runut::rules {
namespace {

constexpr std::int32_t year_months = 12;

std::string counts_text(const PredicateCounts& counts) {
  std::string out;
  for (const auto& row : EnumNames<Predicate>::table)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", row.name,
                       counts.at(static_cast<std::size_t>(row.value) - 1));
  return out;
}

// "baik at most 7000 bp"
std::string term_text(const DistributionTerm& term) {
  std::string out;
  for (const Predicate predicate : term.predicates)
    out += fmt::format("{}{}", out.empty() ? "" : " or ", to_string(predicate));
  switch (term.bound) {
    case DistributionTerm::Bound::share_at_most:
      return fmt::format("{} at most {} bp", out, term.value);
    case DistributionTerm::Bound::share_at_least:
      return fmt::format("{} at least {} bp", out, term.value);
    case DistributionTerm::Bound::persons_at_least:
      return fmt::format("{} at least {} persons", out, term.value);
  }
  return out;
}

// A later decree replaces an earlier one by naming it, with the reason.
Status check_replaced(const Case& at, const UnitPredicateSet& body) {
  const auto found = at.agency().unit_predicates.find({body.unit, body.period});
  const UnitPredicateFact* standing = nullptr;
  if (found != at.agency().unit_predicates.end())
    for (const UnitPredicateFact& fact : found->second)
      if (fact.sequence <= at.known_at()) standing = &fact;
  const auto& named = at.command.supersedes;
  if (standing == nullptr && !named) return {};
  if (standing == nullptr)
    return reject("unit_predicate.supersedes", "supersedes", std::to_string(named->value),
                  "the unit has no predicate of that period yet");
  if (!named)
    return reject("unit_predicate.set", "data.unit", to_string(body.unit),
                  fmt::format("{} at sequence {}: supersede it", to_string(standing->predicate),
                              standing->sequence.value));
  if (*named != standing->sequence)
    return reject("unit_predicate.supersedes", "supersedes", std::to_string(named->value),
                  fmt::format("what stands is sequence {}", standing->sequence.value));
  if (at.command.reason.empty())
    return reject("unit_predicate.reason", "reason", {}, "a replaced predicate says why");
  return {};
}

// Reading: a predicate that a closing was checked against stays as it was.
Status check_nothing_closed(const Case& at, const UnitPredicateSet& body) {
  for (const auto& [key, fact] : at.agency().evaluations_closed)
    if (key.second == body.period && fact.sequence <= at.known_at() &&
        at.agency().is_within(key.first, body.unit, last_day(body.period), at.known_at()))
      return reject(
          "unit_predicate.closed", "data.unit", to_string(body.unit),
          fmt::format("{} was closed at sequence {}", to_string(key.first), fact.sequence.value));
  return {};
}

}  // namespace

Result<InForce> evaluating_document(const Case& at, Period period, std::optional<Regime> regime) {
  const auto document = at.agency().timeline.in_force(at.today(), at.known_at());
  if (!document)
    return reject("regulation.none", "data.period", to_string(period),
                  "no document is in force on " + to_string(at.today()));
  const Regime own = (*document)->evaluation.regime;
  if (regime && own != *regime)
    return reject(
        "evaluation.regime", "data.period", to_string(period),
        (*document)->header.id + (own == Regime::predicate ? " knows predicates, not scores"
                                                           : " knows scores, not predicates"));
  const std::int32_t months = (*document)->ranking.period_months;
  if (period.months != months && !(own == Regime::predicate && period.months == year_months))
    return reject("evaluation.period_length", "data.period", to_string(period),
                  "the document evaluates " + std::to_string(months) + " months at a time");
  if (first_day(period) > at.today())
    return reject("evaluation.period_in_future", "data.period", to_string(period),
                  "today is " + to_string(at.today()));
  return *document;
}

// Reading: the post is the one that the person held on the period's last day, or today within it;
// who held none then had a last one before.
Status require_open_for_rating(const Case& at, PersonId person, Period period,
                               const Document& document) {
  if (document.evaluation.regime != Regime::predicate) return {};
  const AssignmentFact* const post =
      at.person(person).assignment_near(std::min(last_day(period), at.today()));
  if (document.evaluation.predicate.unit_first &&
      (post == nullptr || at.agency().unit_predicate(post->unit, period, at.known_at()) == nullptr))
    return reject(
        "evaluation.unit_predicate_first", "data.person", to_string(person),
        (post == nullptr ? "the person has no unit" : to_string(post->unit) + " has no predicate") +
            std::string(" of ") + to_string(period) + " yet");
  if (post != nullptr && at.agency().is_evaluated(post->unit, period, at.known_at()))
    return reject("evaluation.unit_closed", "data.period", to_string(period),
                  "the evaluations of " + to_string(post->unit) + " are closed");
  return {};
}

Decided decide_one(const Case& at, const UnitPredicateSet& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  RUNUT_ASSIGN(const InForce document, evaluating_document(at, body.period, Regime::predicate));
  RUNUT_TRY(at.require_office(body.decree, document->evaluation.predicate.unit_signatories,
                              "unit_predicate.signatory"));
  RUNUT_TRY(check_replaced(at, body));
  RUNUT_TRY(check_nothing_closed(at, body));
  Decision out = at.one(body, body.decree.date);
  out.front().regulation = document.sequence;
  return out;
}

Decided decide_one(const Case& at, const CloseUnitEvaluations& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  RUNUT_ASSIGN(const InForce document, evaluating_document(at, body.period, Regime::predicate));
  if (last_day(body.period) >= at.today())
    return reject("closing.period_open", "data.period", to_string(body.period),
                  "it ends with " + to_string(last_day(body.period)));
  if (at.agency().is_evaluated(body.unit, body.period, at.known_at()))
    return reject("closing.closed", "data.unit", to_string(body.unit), "closed already");
  const auto* const of_unit = at.agency().unit_predicate(body.unit, body.period, at.known_at());
  if (of_unit == nullptr)
    return reject("closing.unit_predicate", "data.unit", to_string(body.unit),
                  "neither it nor a unit above it has a predicate of " + to_string(body.period));
  const PredicateRules& rules = document->evaluation.predicate;
  RUNUT_ASSIGN(const UnitPeople people,
               count_people(at.context.facts, body.unit, body.period, rules));
  const DistributionRow& row = rules.rows.at(static_cast<std::size_t>(of_unit->predicate) - 1);
  RUNUT_ASSIGN(const DistributionCheck check, check_distribution(people.counts, row));
  if (rules.mode == DistributionMode::enforced && check.blocks())
    return reject("closing.distribution", "data.unit", to_string(body.unit),
                  fmt::format("{}: {} allows {}", counts_text(people.counts),
                              to_string(of_unit->predicate), term_text(row.at(check.broken[0]))));
  UnitEvaluationsClosed closed{body.unit, body.period, of_unit->predicate, {}, people.unrated,
                               {},        {}};
  for (const auto& named : EnumNames<Predicate>::table)
    closed.counts.push_back({named.value, static_cast<std::uint32_t>(people.counts.at(
                                              static_cast<std::size_t>(named.value) - 1))});
  closed.verdict = !check.feasible        ? DistributionVerdict::infeasible
                   : check.broken.empty() ? DistributionVerdict::satisfied
                                          : DistributionVerdict::deviates;
  closed.broken.assign(check.broken.begin(), check.broken.end());
  Decision out = at.one(std::move(closed), at.today());
  out.front().regulation = document.sequence;
  return out;
}

}  // namespace runut::rules
