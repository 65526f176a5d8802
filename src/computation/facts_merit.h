// Facts of the agency's merit system, a year (computation/facts.h).
#pragma once

#include <optional>
#include <vector>

#include "domain/events_merit.h"

namespace runut {

struct MeritEvidenceFact {
  MeritAspect aspect{};
  Hash256 document;
  Sequence sequence;
  friend bool operator==(const MeritEvidenceFact&, const MeritEvidenceFact&) = default;
};

struct MeritAssessmentFact {
  std::uint32_t total_hundredths = 0;
  Sequence sequence;
  friend bool operator==(const MeritAssessmentFact&, const MeritAssessmentFact&) = default;
};

struct MeritScoreFact {
  std::string assessor;
  std::uint32_t total_hundredths = 0;
  Sequence sequence;
  friend bool operator==(const MeritScoreFact&, const MeritScoreFact&) = default;
};

struct MeritBundleFact {
  std::uint32_t documents = 0;
  Hash256 bundle;
  Sequence sequence;
  friend bool operator==(const MeritBundleFact&, const MeritBundleFact&) = default;
};

// Lists in sequence order. One instance answers for every past sequence.
struct MeritYearFact {
  std::vector<MeritEvidenceFact> evidence;
  std::vector<MeritAssessmentFact> assessed;
  std::vector<MeritScoreFact> received;
  std::optional<MeritBundleFact> sealed;

  [[nodiscard]] bool is_sealed(Sequence known_at) const {
    return sealed && sealed->sequence <= known_at;
  }
  [[nodiscard]] bool is_assessed(Sequence known_at) const {
    return !assessed.empty() && assessed.front().sequence <= known_at;
  }
  // Null: no score came by then.
  [[nodiscard]] const MeritScoreFact* first_received(Sequence known_at) const {
    return received.empty() || received.front().sequence > known_at ? nullptr : &received.front();
  }
  friend bool operator==(const MeritYearFact&, const MeritYearFact&) = default;
};

}  // namespace runut
