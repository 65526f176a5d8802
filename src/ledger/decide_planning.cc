// Unit agreements, indicators and their cascade, plans. Where the rulebook is silent: an indicator
// is a unit's, and serves one of the same unit or of a unit above; who decides on a plan is the
// appraiser of the decision's day; a plan is drafted, submitted or approved at any date, and
// whether that was in time is read off the dates, since no parameter of a document sets a limit.
#include <algorithm>
#include <set>

#include "computation/laws/cascade_is_a_forest.h"
#include "ledger/rules.h"

namespace runut::rules {
namespace {

constexpr std::size_t most_results = 50;

std::string indicator_name(std::uint64_t id) {
  return "I" + std::to_string(id);
}

Result<const IndicatorFact*> require_indicator(const Case& at, std::uint64_t id,
                                               std::string field) {
  const IndicatorFact* const found = at.agency().indicator(id, at.known_at());
  if (found == nullptr)
    return unknown("indicator.unknown", std::move(field), indicator_name(id),
                   "no indicator has that id");
  return found;
}

std::string_view plan_state_name(PlanState state) {
  switch (state) {
    case PlanState::drafted: return "drafted";
    case PlanState::submitted: return "submitted";
    case PlanState::returned: return "returned";
    case PlanState::approved: return "approved";
    case PlanState::revised: return "revised";
  }
  return "drafted";
}

Status check_results(const Case& at, const std::vector<PlannedResult>& results) {
  if (results.empty() || results.size() > most_results)
    return reject("plan.results", "data.results", std::to_string(results.size()),
                  "a plan has 1 to 50 results");
  std::set<std::uint32_t> seen;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string path = "data.results[" + std::to_string(i) + "]";
    if (results[i].result == 0 || !seen.insert(results[i].result).second)
      return reject("plan.result", path + ".result", std::to_string(results[i].result),
                    "numbers begin at 1, each once");
    if (results[i].indicator)
      RUNUT_TRY(require_indicator(at, *results[i].indicator, path + ".indicator"));
  }
  return {};
}

// Some day of the period is one of an assignment of the person.
Status require_assigned(const Case& at, PersonId person, Period period) {
  const Interval days{first_day(period), last_day(period)};
  for (const AssignmentFact& fact : at.person(person).assignments)
    if (fact.days.overlaps(days) && fact.days.from <= fact.days.until) return {};
  return reject("plan.no_assignment", "data.period", to_string(period),
                to_string(person) + " has no assignment in that period");
}

Result<const PlanFact*> require_plan(const Case& at, PersonId person, Period period) {
  const PlanFact* const found = at.person(person).plan(period);
  if (found == nullptr)
    return unknown("plan.unknown", "data.period", to_string(period),
                   to_string(person) + " has no plan of that period");
  return found;
}

Status require_state(const PlanFact& plan, std::initializer_list<PlanState> states) {
  if (std::find(states.begin(), states.end(), plan.state) != states.end()) return {};
  std::string wanted;
  for (const PlanState state : states)
    wanted += (wanted.empty() ? "" : " or ") + std::string(plan_state_name(state));
  return reject("plan.state", "data.period", to_string(plan.period),
                "it is " + std::string(plan_state_name(plan.state)) + " since sequence " +
                    std::to_string(plan.changed.value) + ", not " + wanted);
}

// What the two answers of an appraiser share.
template <class Body>
Decided decide_plan(const Case& at, const Body& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const PlanFact* const plan, require_plan(at, body.person, body.period));
  RUNUT_ASSIGN(const auto delegation, at.require_appraiser(body.person, at.today()));
  RUNUT_TRY(require_state(*plan, {PlanState::submitted, PlanState::revised}));
  return at.one(body, at.today(), delegation);
}

}  // namespace

Decided decide_one(const Case& at, const UnitAgreementSigned& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  if (at.agency().is_agreed(body.unit, body.period, at.known_at()))
    return reject("agreement.signed", "data.period", to_string(body.period),
                  "the agreement of " + to_string(body.unit) + " is signed already");
  return at.one(body, body.decree.date);
}

Decided decide_one(const Case& at, const IndicatorDefined& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  if (body.indicator == 0)
    return reject("indicator.id", "data.indicator", indicator_name(body.indicator),
                  "ids begin at 1");
  if (at.agency().indicator(body.indicator, at.known_at()) != nullptr)
    return reject("indicator.id_taken", "data.indicator", indicator_name(body.indicator),
                  "another indicator has that id");
  if (body.name.empty() || body.name.size() > 200)
    return reject("indicator.name", "data.name", body.name, "1 to 200 bytes");
  if (body.target.empty() || body.target.size() > 200)
    return reject("indicator.target", "data.target", body.target, "1 to 200 bytes");
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const IndicatorCascaded& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_ASSIGN(const IndicatorFact* const own,
               require_indicator(at, body.indicator, "data.indicator"));
  RUNUT_ASSIGN(const IndicatorFact* const above,
               require_indicator(at, body.superior, "data.superior"));
  if (own->unit != body.unit)
    return reject("indicator.unit", "data.unit", to_string(body.unit),
                  indicator_name(body.indicator) + " is an indicator of " + to_string(own->unit));
  if (const auto linked = at.agency().superior_indicator(body.indicator, at.known_at()))
    return reject("indicator.cascaded", "data.indicator", indicator_name(body.indicator),
                  "it serves " + indicator_name(*linked) + " already");
  std::vector<std::uint64_t> path = laws::cascade_path(at.agency(), body.superior, at.known_at());
  if (path.back() == body.indicator) {
    path.insert(path.begin(), body.indicator);
    return reject("indicator.cycle", "data.superior", indicator_name(body.superior),
                  "the cascade would lead back: " + laws::to_string(path));
  }
  // The cascade follows the unit tree of the day on which the indicator's own period begins.
  if (!at.agency().is_within(own->unit, above->unit, first_day(own->period), at.known_at()))
    return reject(
        "indicator.not_above", "data.superior", indicator_name(body.superior),
        to_string(above->unit) + " is neither " + to_string(own->unit) + " nor a unit above it");
  if (first_day(above->period) > first_day(own->period) ||
      last_day(above->period) < last_day(own->period))
    return reject(
        "indicator.period", "data.superior", indicator_name(body.superior),
        "its period " + to_string(above->period) + " does not cover " + to_string(own->period));
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const PlanDrafted& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_plan"));
  RUNUT_TRY(check_results(at, body.results));
  RUNUT_TRY(require_assigned(at, body.person, body.period));
  if (const PlanFact* const plan = at.person(body.person).plan(body.period))
    RUNUT_TRY(require_state(*plan, {PlanState::drafted, PlanState::returned}));
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const PlanSubmitted& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_plan"));
  RUNUT_ASSIGN(const PlanFact* const plan, require_plan(at, body.person, body.period));
  RUNUT_TRY(require_state(*plan, {PlanState::drafted}));
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const PlanReturned& body) {
  return decide_plan(at, body);
}
Decided decide_one(const Case& at, const PlanApproved& body) {
  return decide_plan(at, body);
}

Decided decide_one(const Case& at, const PlanRevised& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_plan"));
  RUNUT_TRY(check_results(at, body.results));
  RUNUT_ASSIGN(const PlanFact* const plan, require_plan(at, body.person, body.period));
  RUNUT_TRY(require_state(*plan, {PlanState::approved}));
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const ExpectationClarified& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(require_plan(at, body.person, body.period));
  RUNUT_ASSIGN(const auto delegation, at.require_appraiser(body.person, at.today()));
  return at.one(body, at.today(), delegation);
}

}  // namespace runut::rules
