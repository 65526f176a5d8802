#include "projections/plans.h"

#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

std::string_view plan_state_text(plans::State state) {
  switch (state) {
    case plans::State::drafted: return "drafted";
    case plans::State::submitted: return "submitted";
    case plans::State::returned: return "returned";
    case plans::State::approved: return "approved";
    case plans::State::revised: return "revised";
  }
  return "unknown";
}

Status list_plans(const Source& source, const Arguments& arguments, const Emit& emit) {
  const Period period = arguments.period("period");
  RUNUT_ASSIGN(const auto rows, source.rows(plans::projection, source.times().facts_as_of));
  RUNUT_ASSIGN(const auto persons, plans::persons_in(*rows, period));
  for (const PersonId person : persons) {
    RUNUT_ASSIGN(const auto plan, plans::find(*rows, person, period));
    if (!plan) continue;
    RUNUT_TRY(emit.row({source.agency(), to_string(period), to_string(person),
                        std::string(plan_state_text(plan->state)), std::to_string(plan->results),
                        std::to_string(plan->linked),
                        plan->approved_on ? to_string(*plan->approved_on) : "",
                        plan->is_on_time() ? "yes" : "no", std::to_string(plan->changed.value)}));
  }
  if (persons.empty()) emit.note("no plan of " + to_string(period) + " was drafted");
  return {};
}

}  // namespace

Listing plans_listing() {
  return {.name = "plans",
          .summary = "Plans (SKP) of a period: state, results, links and when they were agreed",
          .parameters = {period_parameter},
          .other_times = true,
          .forms = {{.columns = {agency_column,
                                 period_column,
                                 person_column,
                                 {"state", ColumnType::text,
                                  "drafted, submitted, returned, approved or revised"},
                                 {"results", ColumnType::number, "Planned results"},
                                 {"linked", ColumnType::number,
                                  "Of these, linked to an indicator or a superior's result"},
                                 {"approved_on", ColumnType::text, "Day of the first approval"},
                                 {"on_time", ColumnType::text, "yes or no"},
                                 {"event", ColumnType::sequence, "The last that changed it"}},
                     .person = "person",
                     .no_rules = "no parameter of a document decides about a plan",
                     .rows = &list_plans}}};
}

}  // namespace runut::listing
