// The agency's merit system: its yearly self-assessment, the evidence behind it, and the score that
// the assessing body gave (PermenPANRB 40/2018).
#pragma once

#include <string>
#include <vector>

#include "domain/events_ledger.h"

namespace runut {

// Evidence is known by its hash: the document itself stays with the agency.
struct MeritEvidenceAttached {
  std::uint32_t year = 0;
  MeritAspect aspect{};
  Hash256 document;
  std::string title;  // no personal data
  RUNUT_FIELDS(MeritEvidenceAttached, year, aspect, document, title)
};

// Points are hundredths of a point: 27250 is 272.50.
struct MeritAspectPoints {
  MeritAspect aspect{};
  std::uint32_t points_hundredths = 0;
  RUNUT_FIELDS(MeritAspectPoints, aspect, points_hundredths)
};

// Every aspect once; the total is their sum. The latest of a year holds.
struct MeritSelfAssessed {
  std::uint32_t year = 0;
  std::vector<MeritAspectPoints> aspects;
  std::uint32_t total_hundredths = 0;
  Decree decree;
  RUNUT_FIELDS(MeritSelfAssessed, year, aspects, total_hundredths, decree)
};

// From outside the agency: the assessing body's letter, not a decree of an official.
struct MeritScoreReceived {
  std::uint32_t year = 0;
  std::string assessor;  // "KASN"
  std::string letter;    // its number
  Date date;             // of the letter
  Hash256 document;
  std::uint32_t total_hundredths = 0;
  RUNUT_FIELDS(MeritScoreReceived, year, assessor, letter, date, document, total_hundredths)
};

// From here on the year's evidence is fixed: `bundle` is the SHA-256 over the hashes of all its
// documents in the order in which they were attached.
struct EvidenceBundleSealed {
  std::uint32_t year = 0;
  std::uint32_t documents = 0;
  Hash256 bundle;
  Decree decree;
  RUNUT_FIELDS(EvidenceBundleSealed, year, documents, bundle, decree)
};

}  // namespace runut
