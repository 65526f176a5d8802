// Ongoing feedback between the appraiser and the rated person: feedback (umpan balik), dialogues
// (dialog kinerja), coaching.
#pragma once

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

}  // namespace runut
