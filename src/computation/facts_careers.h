// Facts of senior posts (computation/facts.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/events_careers.h"

namespace runut {

struct SeniorReviewFact {
  Date date;
  bool passed = false;
  Sequence sequence;
  friend bool operator==(const SeniorReviewFact&, const SeniorReviewFact&) = default;
};

struct SeniorExtensionFact {
  Date until;
  Sequence sequence;
  friend bool operator==(const SeniorExtensionFact&, const SeniorExtensionFact&) = default;
};

struct SeniorEndFact {
  SeniorPostEndCause cause{};
  Date last_day;
  Sequence sequence;
  friend bool operator==(const SeniorEndFact&, const SeniorEndFact&) = default;
};

// Lists in sequence order. One instance answers for every past sequence.
struct SeniorPostFact {
  PersonId person;
  std::uint32_t tenure = 0;
  UnitId unit;
  std::string post;
  Date from;
  Sequence filled;
  std::vector<SeniorReviewFact> reviews = {};
  std::vector<SeniorExtensionFact> extensions = {};
  std::optional<SeniorEndFact> ended = {};

  [[nodiscard]] bool is_ended(Sequence known_at) const {
    return ended && ended->sequence <= known_at;
  }
  // Null: none as known.
  [[nodiscard]] const SeniorExtensionFact* last_extension(Sequence known_at) const {
    const SeniorExtensionFact* last = nullptr;
    for (const SeniorExtensionFact& one : extensions)
      if (one.sequence <= known_at) last = &one;
    return last;
  }
  [[nodiscard]] const SeniorReviewFact* last_review(Sequence known_at) const {
    const SeniorReviewFact* last = nullptr;
    for (const SeniorReviewFact& one : reviews)
      if (one.sequence <= known_at) last = &one;
    return last;
  }
  friend bool operator==(const SeniorPostFact&, const SeniorPostFact&) = default;
};

}  // namespace runut
