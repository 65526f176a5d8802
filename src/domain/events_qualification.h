// What people learnt and can do: education, competency assessments, certificates.
#pragma once

#include <optional>
#include <string>

#include "base/money.h"
#include "domain/events_ledger.h"

namespace runut {

// Sealed text: field of study and school.
struct QualificationGained {
  PersonId person;
  EducationLevel level{};
  Date graduated;
  Hash256 document;  // the diploma
  RUNUT_FIELDS(QualificationGained, person, level, graduated, document)
};

// For posts of one echelon, by an assessor or by computer-assisted test (CAT).
struct CompetencyAssessed {
  PersonId person;
  Echelon echelon{};
  CompetencyMethod method{};
  std::string assessor;  // the body that assessed, no personal data
  Score score;           // hundredths of a point, 0.00 to 100.00
  Date date;
  Hash256 document;
  RUNUT_FIELDS(CompetencyAssessed, person, echelon, method, assessor, score, date, document)
};

// Sealed text, optional: the certificate's number.
struct CertificationGranted {
  PersonId person;
  std::string certificate;  // what it certifies, no personal data
  std::string issuer;
  Date from;
  std::optional<Date> until;  // last day of validity
  Hash256 document;
  RUNUT_FIELDS(CertificationGranted, person, certificate, issuer, from, until, document)
};

}  // namespace runut
