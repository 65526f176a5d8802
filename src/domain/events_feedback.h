// Ongoing feedback between the appraiser and the rated person: feedback (umpan balik), dialogues
// (dialog kinerja), coaching; and the survey of behaviour by superior, peers and subordinates
// (penilaian 360).
#pragma once

#include <vector>

#include "domain/events_ledger.h"

namespace runut {

// Sealed text: the feedback.
struct FeedbackGiven {
  PersonId person;
  Period period;
  RUNUT_FIELDS(FeedbackGiven, person, period)
};

// Sealed text, optional: what was said.
struct DialogueHeld {
  PersonId person;
  Period period;
  Date date;  // a day of the period
  RUNUT_FIELDS(DialogueHeld, person, period, date)
};

// Sealed text: what is to be learnt.
struct CoachingPlanned {
  PersonId person;
  Period period;
  Date from;
  Date until;
  RUNUT_FIELDS(CoachingPlanned, person, period, from, until)
};

// One survey a person and period.
struct SurveyOpened {
  PersonId person;
  Period period;
  RUNUT_FIELDS(SurveyOpened, person, period)
};

// Who took part stands in the envelope, as of every act. Sealed text: the seven values, under the
// rated person's key; of peers and subordinates only sums are ever shown.
struct SurveyAnswered {
  PersonId person;
  Period period;
  SurveyRelation relation{};
  RUNUT_FIELDS(SurveyAnswered, person, period, relation)
};

// Of all values of all answers of a relation; each answer has seven.
struct SurveyRelationSum {
  SurveyRelation relation{};
  std::uint64_t sum_hundredths = 0;
  std::uint32_t answers = 0;
  RUNUT_FIELDS(SurveyRelationSum, relation, sum_hundredths, answers)
};

// What computations use of a survey: erased answers do not break a replay.
struct SurveyClosed {
  PersonId person;
  Period period;
  std::vector<SurveyRelationSum> relations;  // those with answers, in the order of the enumeration
  RUNUT_FIELDS(SurveyClosed, person, period, relations)
};

}  // namespace runut
