#include "projections/qualifications.h"

#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

struct Qualification {
  const char* kind;
  std::string what;
  std::string by;
  std::string method;
  std::string score;
  Interval days;
  const Hash256& document;
  Sequence event;
};

std::vector<Qualification> qualifications_of(const qualifications::Person& person) {
  std::vector<Qualification> out;
  for (const auto& one : person.education)
    out.push_back({"education",
                   std::string(to_string(one.level)),
                   "",
                   "",
                   "",
                   {one.graduated, open_end},
                   one.document,
                   one.sequence});
  for (const auto& one : person.competencies)
    out.push_back({"competency",
                   std::string(to_string(one.echelon)),
                   one.assessor,
                   std::string(to_string(one.method)),
                   to_string(one.score),
                   {one.date, open_end},
                   one.document,
                   one.sequence});
  for (const auto& one : person.certificates)
    out.push_back({"certification", one.certificate, one.issuer, "", "", one.days, one.document,
                   one.sequence});
  return out;
}

Status list_qualifications(const Source& source, const Arguments& arguments, const Emit& emit) {
  RUNUT_ASSIGN(const auto rows, source.rows(qualifications::projection));
  const bool one = arguments.has("person");
  std::vector<qualifications::Person> people;
  if (one) {
    RUNUT_ASSIGN(auto found, qualifications::find(*rows, arguments.person("person")));
    if (found) people.push_back(std::move(*found));
  } else {
    RUNUT_ASSIGN(people, qualifications::all(*rows));
  }
  for (const qualifications::Person& person : people)
    for (const Qualification& of : qualifications_of(person))
      RUNUT_TRY(emit.row({source.agency(), to_string(person.person), of.kind, of.what, of.by,
                          of.method, of.score, to_string(of.days.from),
                          of.days.until == open_end ? "" : to_string(of.days.until),
                          to_hex(of.document.view()), std::to_string(of.event.value)}));
  if (people.empty())
    emit.note("no education, competency or certificate is recorded" +
              (one ? " of " + arguments.text("person") : std::string()));
  return {};
}

}  // namespace

Listing qualifications_listing() {
  return {
      .name = "qualifications",
      .summary = "Education, competency assessments and certificates of people",
      .parameters = {{"person", ParameterType::person, false,
                      "One person (P17); default: everybody"}},
      .forms = {{.columns = {agency_column,
                             person_column,
                             {"kind", ColumnType::text, "education, competency or certification"},
                             {"what", ColumnType::text, "Level, echelon or certificate"},
                             {"by", ColumnType::text, "Assessor or issuer"},
                             {"method", ColumnType::text, "Of a competency assessment"},
                             {"score", ColumnType::points, "Points with two decimals"},
                             {"from", ColumnType::text, "First day"},
                             {"until", ColumnType::text, "Last day; empty: open"},
                             {"document_sha256", ColumnType::text, "Of the document"},
                             {"event", ColumnType::sequence, "The event that says so"}},
                 .person = "person",
                 .rows = &list_qualifications}}};
}

}  // namespace runut::listing
