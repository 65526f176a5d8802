// Facts of people's education, competence and certificates (computation/facts.h).
#pragma once

#include "domain/events_qualification.h"

namespace runut {

struct QualificationFact {
  EducationLevel level{};
  Date graduated;
  Hash256 document;
  Sequence sequence;
  friend bool operator==(const QualificationFact&, const QualificationFact&) = default;
};

struct CompetencyFact {
  Echelon echelon{};
  CompetencyMethod method{};
  Score score;
  Date date;
  Hash256 document;
  Sequence sequence;
  friend bool operator==(const CompetencyFact&, const CompetencyFact&) = default;
};

struct CertificationFact {
  std::string certificate;
  Interval days;
  Hash256 document;
  Sequence sequence;
  friend bool operator==(const CertificationFact&, const CertificationFact&) = default;
};

}  // namespace runut
