// What people learnt and can do: education, competency assessments, certificates.
//
//   'q' person(8) sequence(8)   one of them (Change)
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::qualifications {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"qualifications", 1, &fold, &events};

struct Education {
  EducationLevel level{};
  Date graduated;
  Hash256 document;
  Sequence sequence;
};
struct Competency {
  Echelon echelon{};
  CompetencyMethod method{};
  std::string assessor;
  Score score;
  Date date;
  Hash256 document;
  Sequence sequence;
};
struct Certificate {
  std::string certificate;
  std::string issuer;
  Interval days;
  Hash256 document;
  Sequence sequence;
};

// Lists are in the order of the log.
struct Person {
  PersonId person;
  std::vector<Education> education;
  std::vector<Competency> competencies;
  std::vector<Certificate> certificates;

  // Empty: no education is recorded.
  [[nodiscard]] std::optional<EducationLevel> highest_level() const;
  // By date, of one day the latest recorded; null: never assessed for that echelon.
  [[nodiscard]] const Competency* latest_for(Echelon echelon) const;
};

// Nothing: nothing of the kind is recorded for the person.
[[nodiscard]] Result<std::optional<Person>> find(const RowReader& rows, PersonId person);
// By person; only those with something recorded.
[[nodiscard]] Result<std::vector<Person>> all(const RowReader& rows);

}  // namespace runut::qualifications
