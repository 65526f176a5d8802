#include "projections/qualifications.h"

#include <algorithm>

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::qualifications {
namespace {

// Which fields say something depends on the type.
struct Change {
  EventType type{};
  EducationLevel level{};
  Echelon echelon{};
  CompetencyMethod method{};
  std::string name;  // certificate
  std::string by;    // assessor, issuer
  Score score;
  Date from;  // graduated, assessed, first day
  std::optional<Date> until;
  Hash256 document;
  RUNUT_FIELDS(Change, type, level, echelon, method, name, by, score, from, until, document)
};

Change of(const QualificationGained& e) {
  Change out;
  out.level = e.level;
  out.from = e.graduated;
  return out;
}
Change of(const CompetencyAssessed& e) {
  Change out;
  out.echelon = e.echelon;
  out.method = e.method;
  out.by = e.assessor;
  out.score = e.score;
  out.from = e.date;
  return out;
}
Change of(const CertificationGranted& e) {
  Change out;
  out.name = e.certificate;
  out.by = e.issuer;
  out.from = e.from;
  out.until = e.until;
  return out;
}

void apply(Person& person, Sequence sequence, Change change) {
  switch (change.type) {
    case EventType::QualificationGained:
      person.education.push_back({change.level, change.from, change.document, sequence});
      break;
    case EventType::CompetencyAssessed:
      person.competencies.push_back({change.echelon, change.method, std::move(change.by),
                                     change.score, change.from, change.document, sequence});
      break;
    case EventType::CertificationGranted:
      person.certificates.push_back({std::move(change.name),
                                     std::move(change.by),
                                     {change.from, change.until.value_or(open_end)},
                                     change.document,
                                     sequence});
      break;
    default: break;
  }
}

Result<std::vector<Person>> people_from(const RowReader& rows, BytesView prefix) {
  std::vector<Person> out;
  RUNUT_TRY(each_row<Change>(rows, prefix, [&](KeyCursor key, Change change) {
    const PersonId person = key.person();
    if (out.empty() || out.back().person != person) {
      out.emplace_back();
      out.back().person = person;
    }
    apply(out.back(), key.sequence(), std::move(change));
  }));
  return out;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;

  template <class P>
  requires requires(const P& e) { of(e); }
  void operator()(const P& e) {
    Change change = of(e);
    change.type = event_type_of<P>;
    change.document = e.document;
    put_row(rows, Key('q').person(e.person).sequence(input.event.sequence), change);
  }
};

}  // namespace

std::optional<EducationLevel> Person::highest_level() const {
  std::optional<EducationLevel> highest;
  for (const Education& one : education)
    if (!highest || *highest < one.level) highest = one.level;
  return highest;
}

const Competency* Person::latest_for(Echelon echelon) const {
  const Competency* latest = nullptr;
  for (const Competency& one : competencies)
    if (one.echelon == echelon && (latest == nullptr || latest->date <= one.date)) latest = &one;
  return latest;
}

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::optional<Person>> find(const RowReader& rows, PersonId person) {
  RUNUT_ASSIGN(auto found, people_from(rows, Key('q').person(person)));
  if (found.empty()) return std::optional<Person>();
  return std::optional<Person>(std::move(found.front()));
}
Result<std::vector<Person>> all(const RowReader& rows) {
  return people_from(rows, Key('q'));
}

}  // namespace runut::qualifications
