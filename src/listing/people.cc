#include "ledger/loaded_facts.h"
#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"
#include "projections/roster.h"

namespace runut::listing {
namespace {

const roster::Assignment* definitive_of(const std::vector<roster::Assignment>& posts) {
  for (const roster::Assignment& post : posts)
    if (post.role == AssignmentRole::definitive) return &post;
  return posts.empty() ? nullptr : &posts.front();
}

std::vector<std::string> person_cells(const std::string& agency, const roster::Person& person,
                                      Date on) {
  const auto status = person.status_on(on);
  const auto grade = person.grade_on(on);
  const auto appraisers = person.appraisers_on(on);
  const auto posts = person.assignments_on(on);
  const roster::Assignment* const post = definitive_of(posts);
  return {agency,
          to_string(person.person),
          status ? std::string(to_string(*status)) : "",
          grade.value_or(""),
          post ? to_string(post->unit) : "",
          post ? post->post : "",
          post ? std::to_string(post->job_class) : "",
          post ? std::string(to_string(post->role)) : "",
          appraisers ? to_string(appraisers->appraiser) : "",
          person.separation ? to_string(person.separation->last_day) : "",
          person.erased ? "yes" : "no",
          person.registered ? std::to_string(person.registered->value) : ""};
}

Status list_people(const Source& source, const Arguments& arguments, const Emit& emit) {
  RUNUT_ASSIGN(const Date on, day_asked(source, arguments));
  RUNUT_ASSIGN(const auto rows, source.rows(roster::projection));
  RUNUT_ASSIGN(const auto persons, roster::persons(*rows));
  for (const PersonId id : persons) {
    RUNUT_ASSIGN(const auto person, roster::find(*rows, id));
    if (!person) continue;
    std::vector<std::string> cells = person_cells(source.agency(), *person, on);
    if (arguments.has("unit") && cells[4] != arguments.text("unit")) continue;
    RUNUT_TRY(emit.row(std::move(cells)));
  }
  return {};
}

}  // namespace

Listing people_listing() {
  return {.name = "people",
          .summary = "People as their posts stand on a day, without their names",
          .parameters = {day_parameter,
                         {"unit", ParameterType::unit, false,
                          "Only whose post of that day is in this very unit, e.g. U3"}},
          .forms = {{.columns = {agency_column,
                                 person_column,
                                 {"status", ColumnType::text, "Of employment, on that day"},
                                 {"grade", ColumnType::text, "On that day"},
                                 unit_column,
                                 {"post", ColumnType::text,
                                  "Of that day: the definitive one where there are several"},
                                 {"job_class", ColumnType::number, "Of the post"},
                                 {"role", ColumnType::text, "In the post"},
                                 {"appraiser", ColumnType::text, "On that day"},
                                 {"separated", ColumnType::text, "Last day of service"},
                                 {"erased", ColumnType::text, "yes: the key is destroyed"},
                                 {"event", ColumnType::sequence, "The registration"}},
                     .person = "person",
                     .rows = &list_people}}};
}

}  // namespace runut::listing
