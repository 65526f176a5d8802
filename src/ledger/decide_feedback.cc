// Ongoing feedback: the appraiser's, or their delegate's. What colleagues and subordinates think is
// the survey's matter, not feedback.
#include "ledger/rules.h"

namespace runut::rules {
namespace {

// Feedback is not given on what has not begun.
Status check_begun(const Case& at, Period period) {
  if (first_day(period) <= at.today()) return {};
  return reject("feedback.period_in_future", "data.period", to_string(period),
                "today is " + to_string(at.today()));
}

Status check_day(Period period, Date day, const std::string& field) {
  if (first_day(period) <= day && day <= last_day(period)) return {};
  return reject("feedback.outside_period", field, to_string(day),
                "it is no day of " + to_string(period));
}

}  // namespace

Decided decide_one(const Case& at, const FeedbackGiven& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation, at.require_appraiser(body.person, at.today()));
  RUNUT_TRY(check_begun(at, body.period));
  return at.one(body, at.today(), delegation);
}

Decided decide_one(const Case& at, const DialogueHeld& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation, at.require_appraiser(body.person, body.date));
  RUNUT_TRY(check_day(body.period, body.date, "data.date"));
  if (body.date > at.today())
    return reject("dialogue.in_future", "data.date", to_string(body.date),
                  "today is " + to_string(at.today()));
  for (const DialogueFact& fact : at.person(body.person).dialogues)
    if (fact.period == body.period && fact.date == body.date)
      return reject("dialogue.held", "data.date", to_string(body.date),
                    "recorded at sequence " + std::to_string(fact.sequence.value));
  return at.one(body, body.date, delegation);
}

Decided decide_one(const Case& at, const CoachingPlanned& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation, at.require_appraiser(body.person, at.today()));
  RUNUT_TRY(check_day(body.period, body.from, "data.from"));
  RUNUT_TRY(check_day(body.period, body.until, "data.until"));
  if (body.until < body.from)
    return reject("coaching.interval", "data.until", to_string(body.until),
                  "it ends before it begins on " + to_string(body.from));
  if (body.until < at.today())
    return reject("coaching.over", "data.until", to_string(body.until),
                  "what is over is not planned: today is " + to_string(at.today()));
  for (const CoachingFact& fact : at.person(body.person).coachings)
    if (fact.days.from <= body.until && body.from <= fact.days.until)
      return reject("coaching.overlap", "data.from", to_string(body.from),
                    "coached already from " + to_string(fact.days.from) + " to " +
                        to_string(fact.days.until));
  return at.one(body, at.today(), delegation);
}

}  // namespace runut::rules
