// Feedback, dialogues and coaching.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const PersonId eleventh{11};
const Date in_june = date(2022, 6, 1);

FeedbackGiven feedback(Period period = s1_2022) {
  return {eleventh, period};
}
DialogueHeld dialogue(Date day = in_june) {
  return {eleventh, s1_2022, day};
}
CoachingPlanned coaching(Date from, Date until) {
  return {eleventh, s1_2022, from, until};
}
Answer gives(Scene& s, const FeedbackGiven& body, const By& by = appraiser(3)) {
  return s.when(by, body, says("lebih cepat"));
}
Answer plans_coaching(Scene& s, Date from, Date until, const By& by = appraiser(3)) {
  return s.when(by, coaching(from, until), says("pelatihan layanan"));
}
void june(Scene& s) {
  s.at(in_june);
}

}  // namespace

const std::vector<Refusal>& feedback_refusals() {
  static const std::vector<Refusal> rows = {
      // --- feedback
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         return s.when(appraiser(3), FeedbackGiven{PersonId{99}, s1_2022}, says("baik"));
       }},
      {"text.required", malformed, "text", "",
       [](Scene& s) { return s.when(appraiser(3), feedback()); }},
      {"authority.self", not_theirs, "actor.id", "P11",
       [](Scene& s) { return gives(s, feedback(), appraiser(11)); }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P4",
       [](Scene& s) { return gives(s, feedback(), appraiser(4)); }},
      {"authority.delegation", not_theirs, "actor.on_behalf_of", "P3",
       [](Scene& s) { return gives(s, feedback(), delegate(12, 3)); }},
      {"feedback.period_in_future", no, "data.period", "2022-S2",
       [](Scene& s) { return gives(s, feedback(s1_2022.following())); }},
      // --- dialogues
      {"authority.not_appraiser", not_theirs, "actor.id", "P4",
       [](Scene& s) {
         june(s);
         return s.when(appraiser(4), dialogue());
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P3",  // whose turn it was on that day
       [](Scene& s) {
         s.appraise(11, 4, 2, in_june);
         june(s);
         return s.when(appraiser(3), dialogue());
       }},
      {"feedback.outside_period", no, "data.date", "2022-07-01",
       [](Scene& s) {
         s.at(date(2022, 7, 1));
         return s.when(appraiser(3), dialogue(date(2022, 7, 1)));
       }},
      {"dialogue.in_future", no, "data.date", "2022-06-02",
       [](Scene& s) {
         june(s);
         return s.when(appraiser(3), dialogue(in_june + 1));
       }},
      {"dialogue.held", no, "data.date", "2022-06-01",
       [](Scene& s) {
         june(s);
         s.given(appraiser(3), dialogue());
         return s.when(appraiser(3), dialogue());
       }},
      // --- coaching
      {"authority.not_appraiser", not_theirs, "actor.id", "P4",
       [](Scene& s) {
         june(s);
         return plans_coaching(s, in_june, in_june + 9, appraiser(4));
       }},
      {"feedback.outside_period", no, "data.from", "2021-12-31",
       [](Scene& s) {
         june(s);
         return plans_coaching(s, date(2021, 12, 31), in_june);
       }},
      {"feedback.outside_period", no, "data.until", "2022-07-01",
       [](Scene& s) {
         june(s);
         return plans_coaching(s, in_june, date(2022, 7, 1));
       }},
      {"coaching.interval", no, "data.until", "2022-06-01",
       [](Scene& s) {
         june(s);
         return plans_coaching(s, in_june + 1, in_june);
       }},
      {"coaching.over", no, "data.until", "2022-05-31",
       [](Scene& s) {
         june(s);
         return plans_coaching(s, in_june - 9, in_june - 1);
       }},
      {"coaching.overlap", no, "data.from", "2022-06-10",
       [](Scene& s) {
         june(s);
         s.given(appraiser(3), coaching(in_june, in_june + 9), says("pelatihan"));
         return plans_coaching(s, in_june + 9, in_june + 20);
       }},
  };
  return rows;
}

const std::vector<Acceptance>& feedback_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"feedback, as often as there is something to say", "FeedbackGiven",
       [](Scene& s) {
         s.given(appraiser(3), feedback(), says("baik"));
         return gives(s, feedback());
       }},
      {"feedback by a delegate", "FeedbackGiven",
       [](Scene& s) {
         s.given(appraiser(3), DelegationGranted{PersonId{3}, PersonId{12}, s.today(),
                                                 s.today() + 6, s.decree()});
         return gives(s, feedback(), delegate(12, 3));
       }},
      {"a dialogue, without a word", "DialogueHeld",
       [](Scene& s) {
         june(s);
         return s.when(appraiser(3), dialogue());
       }},
      {"a dialogue entered later, by the appraiser of its day", "DialogueHeld",
       [](Scene& s) {
         s.appraise(11, 4, 2, in_june);
         june(s);
         return s.when(appraiser(3), dialogue(in_june - 1), says("capaian triwulan"));
       }},
      {"coaching, begun already", "CoachingPlanned",
       [](Scene& s) {
         june(s);
         return plans_coaching(s, in_june - 5, in_june);
       }},
      {"coaching right after another", "CoachingPlanned",
       [](Scene& s) {
         june(s);
         s.given(appraiser(3), coaching(in_june, in_june + 9), says("pelatihan"));
         return plans_coaching(s, in_june + 10, in_june + 20);
       }},
  };
  return rows;
}

namespace {

TEST(Feedback, Refuses) {
  expect_refused(feedback_refusals());
}
TEST(Feedback, Accepts) {
  expect_accepted(feedback_acceptances());
}

}  // namespace
}  // namespace runut::testing
