#include <algorithm>

#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"
#include "projections/feedback.h"

namespace runut::listing {
namespace {

Status list_dialogues(const Source& source, const Arguments& arguments, const Emit& emit) {
  const Period period = arguments.period("period");
  RUNUT_ASSIGN(const auto rows, source.rows(feedback::projection));
  RUNUT_ASSIGN(const auto people, feedback::in_period(*rows, period));
  for (const feedback::Person& one : people)
    RUNUT_TRY(emit.row({source.agency(), to_string(period), to_string(one.person),
                        std::to_string(one.given), std::to_string(one.dialogues.size()),
                        one.dialogues.empty() ? ""
                                              : to_string(*std::max_element(one.dialogues.begin(),
                                                                            one.dialogues.end())),
                        std::to_string(one.coachings), std::to_string(one.last.value)}));
  if (people.empty()) emit.note("no feedback of " + to_string(period) + " is recorded");
  return {};
}

}  // namespace

Listing dialogues_listing() {
  return {.name = "dialogues",
          .summary = "Feedback, dialogues and coaching of a period, by person",
          .parameters = {period_parameter},
          .forms = {{.columns = {agency_column,
                                 period_column,
                                 person_column,
                                 {"feedback", ColumnType::number, "How often it was given"},
                                 {"dialogues", ColumnType::number, "How many were held"},
                                 {"last_dialogue", ColumnType::text, "Day of the last one"},
                                 {"coachings", ColumnType::number, "How many were planned"},
                                 {"event", ColumnType::sequence, "The last of these"}},
                     .person = "person",
                     .rows = &list_dialogues}}};
}

}  // namespace runut::listing
