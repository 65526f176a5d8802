#include "projections/plans.h"

#include <algorithm>

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::plans {
namespace {

struct PlanChange {
  EventType type{};
  Date on;
  std::uint64_t by = 0;
  std::uint32_t results = 0;
  std::uint32_t linked = 0;
  RUNUT_FIELDS(PlanChange, type, on, by, results, linked)
};
struct HasPlan {
  RUNUT_FIELDS(HasPlan)
};
// Defined: unit and period; cascaded: the superior.
struct Link {
  UnitId unit;
  std::optional<Period> period;
  std::optional<std::uint64_t> superior;
  RUNUT_FIELDS(Link, unit, period, superior)
};

template <class T>
constexpr bool is_plan = std::is_same_v<T, PlanDrafted> || std::is_same_v<T, PlanSubmitted> ||
                         std::is_same_v<T, PlanReturned> || std::is_same_v<T, PlanApproved> ||
                         std::is_same_v<T, PlanRevised> || std::is_same_v<T, ExpectationClarified>;

Key plan_key(PersonId person, Period period) {
  Key key('p');
  key.person(person).period(period);
  return key;
}

void put_results(Plan& plan, const PlanChange& change, State state) {
  plan.state = state;
  plan.results = change.results;
  plan.linked = change.linked;
}

void add_plan_change(Plan& plan, Sequence sequence, const PlanChange& change) {
  if (change.type == EventType::ExpectationClarified) {
    ++plan.clarified;
    return;
  }
  plan.changed = sequence;
  switch (change.type) {
    case EventType::PlanDrafted: return put_results(plan, change, State::drafted);
    case EventType::PlanRevised: return put_results(plan, change, State::revised);
    case EventType::PlanSubmitted: plan.state = State::submitted; return;
    case EventType::PlanReturned: plan.state = State::returned; return;
    default: break;
  }
  plan.state = State::approved;
  if (plan.approved) return;
  plan.approved = sequence;
  plan.approved_on = change.on;
  plan.approved_by = change.by;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;
  const Event& event = input.event;

  void operator()(const IndicatorDefined& e) {
    put_row(rows, Key('i').u64(e.indicator).sequence(event.sequence),
            Link{e.unit, e.period, std::nullopt});
  }
  void operator()(const IndicatorCascaded& e) {
    put_row(rows, Key('i').u64(e.indicator).sequence(event.sequence),
            Link{e.unit, std::nullopt, e.superior});
  }
  template <class P>
  requires is_plan<P>
  void operator()(const P& e) {
    PlanChange change;
    change.type = event_type_of<P>;
    change.on = event.occurred_on;
    change.by = event.actor.id;
    if constexpr (requires { e.results; }) {
      change.results = static_cast<std::uint32_t>(e.results.size());
      change.linked = static_cast<std::uint32_t>(
          std::count_if(e.results.begin(), e.results.end(),
                        [](const PlannedResult& one) { return one.indicator.has_value(); }));
    }
    put_row(rows, plan_key(e.person, e.period).sequence(event.sequence), change);
    put_row(rows, Key('q').period(e.period).person(e.person), HasPlan{});
  }
};

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::optional<Plan>> find(const RowReader& rows, PersonId person, Period period) {
  std::optional<Plan> out;
  RUNUT_TRY(each_row<PlanChange>(rows, plan_key(person, period),
                                 [&](KeyCursor key, const PlanChange& change) {
                                   if (!out) {
                                     out.emplace();
                                     out->person = person;
                                     out->period = period;
                                   }
                                   (void)key.person();
                                   (void)key.period();
                                   add_plan_change(*out, key.sequence(), change);
                                 }));
  return out;
}

Result<std::vector<PersonId>> persons_in(const RowReader& rows, Period period) {
  std::vector<PersonId> out;
  RUNUT_TRY(each_row<HasPlan>(rows, Key('q').period(period), [&](KeyCursor key, const HasPlan&) {
    (void)key.period();
    out.push_back(key.person());
  }));
  return out;
}

Result<std::vector<Indicator>> indicators(const RowReader& rows) {
  std::vector<Indicator> out;
  RUNUT_TRY(each_row<Link>(rows, Key('i'), [&](KeyCursor key, const Link& link) {
    const std::uint64_t id = key.u64();
    if (out.empty() || out.back().indicator != id) {
      out.emplace_back();
      out.back().indicator = id;
    }
    Indicator& entry = out.back();
    entry.unit = link.unit;
    if (link.period) {
      entry.period = *link.period;
      entry.defined = key.sequence();
    }
    if (link.superior) entry.superior = link.superior;
  }));
  return out;
}

}  // namespace runut::plans
