#include "simulation/planner.h"

namespace runut::simulation {

SurveyDates survey_dates(const PlanInput& input, Month last) {
  return {input.calendar.on_or_after(first_day(last) + 4),
          input.calendar.on_or_after(first_day(last) + 24)};
}

bool is_survey_month(const Setting& setting, Month month) {
  return month_of_year(month) % 6 == 0 && setting.evaluated_period(month).last() == month;
}

// What somebody tries who may not, or who has done it already.
void Planner::plan_ongoing() {
  const std::vector<PersonIndex> people = monthly_people();
  const PersonIndex told = people[2 % people.size()];
  const PersonIndex colleague = city_.units[paying_unit(told)].treasurer;
  const Date spoken = working_day(month_at(1), 16);
  plan_incident(IncidentKind::feedback_by_colleague, told, colleague, spoken,
                "a colleague tries to give an appraiser's feedback", "refused",
                "authority.not_appraiser");
  const PersonIndex early = people[3 % people.size()];
  plan_incident(IncidentKind::dialogue_tomorrow, early, city_.people[early].postings[0].appraiser,
                spoken, "a dialogue that is not held yet", "rejected", "dialogue.in_future");
  const PersonIndex learned = people[4 % people.size()];
  plan_incident(IncidentKind::certified_twice, learned, nobody, spoken,
                "the same certificate a second time", "rejected", "qualification.recorded");
  for (Month last = from_; last <= to_; last = last + 1) {
    if (!is_survey_month(in_.setting, last)) continue;
    const PersonIndex rated = city_.ranking_publisher;
    const Date day = working_day(last, 20);
    const PersonIndex outsider = city_.units[city_.units[city_.tie_unit].paying_unit].treasurer;
    plan_incident(IncidentKind::survey_by_outsider, rated, outsider, day,
                  "somebody of another office tries to answer a survey as a peer", "refused",
                  "authority.survey_relation");
    plan_incident(IncidentKind::survey_answered_twice, rated,
                  city_.people[rated].postings[0].appraiser, day,
                  "the superior answers a second time", "rejected", "survey.answered");
  }
}

}  // namespace runut::simulation
