// Regulations: a header and then the document's text in sections, in one commit.
#pragma once

#include <optional>
#include <string>

#include "domain/events_ledger.h"

namespace runut {

struct RegulationEnacted {
  std::string regulation;  // id of the document, e.g. "kota-kediri-2022-08"
  std::string title;
  Hash256 text_hash;  // SHA-256 of the whole document text
  std::uint32_t sections = 0;
  Date enacted_on;
  Date promulgated_on;
  Date effective_from;
  bool retroactive = false;
  Decree decree;
  RUNUT_FIELDS(RegulationEnacted, regulation, title, text_hash, sections, enacted_on,
               promulgated_on, effective_from, retroactive, decree)
};

// Carries the whole new document; closes the previous one the day before `effective_from`.
struct RegulationAmended {
  std::string regulation;
  std::string amends;
  std::string title;
  Hash256 text_hash;
  std::uint32_t sections = 0;
  Date enacted_on;
  Date promulgated_on;
  Date effective_from;
  bool retroactive = false;
  Decree decree;
  RUNUT_FIELDS(RegulationAmended, regulation, amends, title, text_hash, sections, enacted_on,
               promulgated_on, effective_from, retroactive, decree)
};

// Leaves a gap from `effective_from` on: months without a document have no run.
struct RegulationRepealed {
  std::string regulation;
  Date effective_from;
  bool retroactive = false;
  Decree decree;
  RUNUT_FIELDS(RegulationRepealed, regulation, effective_from, retroactive, decree)
};

struct RegulationSection {
  std::string regulation;
  std::uint32_t index = 0;  // dense from 0
  std::string text;         // at most 60 000 bytes; the sections joined are the document
  RUNUT_FIELDS(RegulationSection, regulation, index, text)
};

}  // namespace runut
