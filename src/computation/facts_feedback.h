// Facts of feedback and surveys about a person (computation/facts.h).
#pragma once

#include <optional>
#include <vector>

#include "domain/events_feedback.h"

namespace runut {

struct DialogueFact {
  Period period;
  Date date;
  Sequence sequence;
  friend bool operator==(const DialogueFact&, const DialogueFact&) = default;
};

struct CoachingFact {
  Interval days;
  Sequence sequence;
  friend bool operator==(const CoachingFact&, const CoachingFact&) = default;
};

struct SurveyAnswerFact {  // by one of both
  SurveyRelation relation{};
  std::optional<PersonId> by;
  std::optional<std::uint64_t> pseudonym;
  Sequence sequence;
  friend bool operator==(const SurveyAnswerFact&, const SurveyAnswerFact&) = default;
};

struct SurveyClosingFact {
  std::vector<SurveyRelationSum> relations;
  Sequence sequence;
  friend bool operator==(const SurveyClosingFact&, const SurveyClosingFact&) = default;
};

struct SurveyFact {
  Period period;
  Sequence opened;
  std::vector<SurveyAnswerFact> answers;  // in sequence order
  std::optional<SurveyClosingFact> closed;
  friend bool operator==(const SurveyFact&, const SurveyFact&) = default;
};

}  // namespace runut
