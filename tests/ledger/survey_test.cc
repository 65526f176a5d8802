// The survey of behaviour by superior, peers and subordinates.
#include "ledger/survey.h"

#include <gtest/gtest.h>

#include <set>

#include "base/sha256.h"
#include "computation/laws/survey_sums_are_of_answers.h"
#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const PersonId whom{11};
const Date first_of_june = date(2022, 6, 1);

std::vector<Score> seven(std::int64_t value) {
  return std::vector<Score>(behaviour_values, Score{value});
}
AnswerSurvey answer(SurveyRelation relation, std::int64_t value = 8'000, PersonId about = whom) {
  return {about, s1_2022, relation, seven(value)};
}
AnswerSurvey as_peer(std::int64_t value = 8'000) {
  return answer(SurveyRelation::peer, value);
}
// A survey of P11 (appraised by P3) is open on 1 June.
void opened(Scene& s, PersonId about = whom) {
  s.at(first_of_june);
  s.given(hr(), SurveyOpened{about, s1_2022});
}
Answer answers(Scene& s, std::uint64_t who, const AnswerSurvey& body) {
  opened(s, body.person);
  return s.when(employee(who), body);
}
void erased(Scene& s) {
  s.given(hr(), SubjectKeyDestroyed{whom, s.decree()});
}

}  // namespace

const std::vector<Refusal>& survey_refusals() {
  static const std::vector<Refusal> rows = {
      // --- opening
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) {
         return s.when(appraiser(3), SurveyOpened{whom, s1_2022});
       }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         return s.when(hr(), SurveyOpened{PersonId{99}, s1_2022});
       }},
      {"survey.period_length", no, "data.period", "2022-Q1",
       [](Scene& s) {
         return s.when(hr(), SurveyOpened{whom, Period{month(2022, 1), 3}});
       }},
      {"survey.period_in_future", no, "data.period", "2022-S2",
       [](Scene& s) {
         return s.when(hr(), SurveyOpened{whom, s1_2022.following()});
       }},
      {"survey.opened", no, "data.period", "2022-S1",
       [](Scene& s) {
         opened(s);
         return s.when(hr(), SurveyOpened{whom, s1_2022});
       }},
      {"survey.delivered", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.at(date(2022, 7, 11));
         s.rate(11, 8'000, 8'000);
         s.deliver(11);
         return s.when(hr(), SurveyOpened{whom, s1_2022});
       }},
      {"survey.erased", no, "data.person", "P11",
       [](Scene& s) {
         erased(s);
         return s.when(hr(), SurveyOpened{whom, s1_2022});
       }},
      // --- answering: who may, and as what
      {"authority.self", not_theirs, "actor.id", "P11",
       [](Scene& s) { return answers(s, 11, as_peer()); }},
      {"authority.survey_relation", not_theirs, "actor.id", "system",
       [](Scene& s) {
         opened(s);
         return s.when(hr(), as_peer());
       }},
      {"authority.survey_relation", not_theirs, "data.relation", "superior",  // P12 is a peer
       [](Scene& s) { return answers(s, 12, answer(SurveyRelation::superior)); }},
      {"authority.survey_relation", not_theirs, "data.relation", "peer",  // P3 is the superior
       [](Scene& s) { return answers(s, 3, as_peer()); }},
      {"authority.survey_relation", not_theirs, "data.relation", "subordinate",  // of P11
       [](Scene& s) { return answers(s, 3, answer(SurveyRelation::subordinate)); }},
      {"authority.survey_relation", not_theirs, "data.relation", "peer",  // another unit, another
       [](Scene& s) { return answers(s, 21, as_peer()); }},               // appraiser
      {"authority.survey_relation", not_theirs, "data.relation", "superior",  // since June it is P4
       [](Scene& s) {
         s.appraise(11, 4, 2, first_of_june);
         return answers(s, 3, answer(SurveyRelation::superior));
       }},
      // --- answering: when, and what
      {"survey.none", no, "data.period", "2022-S1",
       [](Scene& s) { return s.when(employee(12), as_peer()); }},
      {"survey.closed", no, "data.period", "2022-S1",
       [](Scene& s) {
         opened(s);
         s.given(hr(), CloseSurvey{whom, s1_2022});
         return s.when(employee(12), as_peer());
       }},
      {"survey.answered", no, "actor.id", "P12",
       [](Scene& s) {
         opened(s);
         s.given(employee(12), as_peer());
         return s.when(employee(12), as_peer(9'000));
       }},
      {"survey.answered", no, "actor.id", "P12",  // as whatever, and by whatever name
       [](Scene& s) {
         opened(s);
         s.given(employee(12), as_peer());
         s.appraise(11, 12, 2, first_of_june);
         return s.when(employee(12), answer(SurveyRelation::superior));
       }},
      {"actor.pseudonym", malformed, "actor.kind", "pseudonym",
       [](Scene& s) {
         opened(s);
         By by = employee(12);
         by.actor.kind = ActorKind::pseudonym;
         return s.when(by, as_peer());
       }},
      {"survey.values", no, "data.values", "6",
       [](Scene& s) {
         AnswerSurvey six = as_peer();
         six.values.pop_back();
         return answers(s, 12, six);
       }},
      {"survey.value_range", no, "data.values[3]", "120.01",
       [](Scene& s) {
         AnswerSurvey high = as_peer();
         high.values[3] = Score{12'001};
         return answers(s, 12, high);
       }},
      {"survey.anonymous", no, "reason", "dari P12",
       [](Scene& s) {
         opened(s);
         return s.when(employee(12), as_peer(), {.reason = "dari P12"});
       }},
      {"survey.anonymous", no, "evidence", std::string(64, '0'),
       [](Scene& s) {
         opened(s);
         return s.when(employee(12), as_peer(), {.evidence = {Hash256{}}});
       }},
      {"survey.erased", no, "data.person", "P11",
       [](Scene& s) {
         opened(s);
         erased(s);
         return s.when(employee(12), as_peer());
       }},
      {"text.not_allowed", malformed, "text", "4 bytes",
       [](Scene& s) {
         opened(s);
         return s.when(employee(12), as_peer(), says("baik"));
       }},
      // --- closing
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         opened(s);
         return s.when(employee(12), CloseSurvey{whom, s1_2022});
       }},
      {"survey.none", no, "data.period", "2022-S1",
       [](Scene& s) {
         return s.when(hr(), CloseSurvey{whom, s1_2022});
       }},
      {"survey.closed", no, "data.period", "2022-S1",
       [](Scene& s) {
         opened(s);
         s.given(hr(), CloseSurvey{whom, s1_2022});
         return s.when(hr(), CloseSurvey{whom, s1_2022});
       }},
      // --- what waits for it
      {"evaluation.survey_open", no, "data.period", "2022-S1",
       [](Scene& s) {
         opened(s);
         s.rate(11, 8'000, 8'000);
         return s.when(appraiser(3), EvaluationDelivered{whom, s1_2022});
       }},
  };
  return rows;
}

const std::vector<Acceptance>& survey_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a survey", "SurveyOpened",
       [](Scene& s) {
         return s.when(hr(), SurveyOpened{whom, s1_2022});
       }},
      {"the appraiser's answer", "SurveyAnswered",
       [](Scene& s) { return answers(s, 3, answer(SurveyRelation::superior)); }},
      {"a peer of the same unit", "SurveyAnswered",
       [](Scene& s) { return answers(s, 12, as_peer(12'000)); }},
      {"a peer of another unit under the same appraiser", "SurveyAnswered",
       [](Scene& s) { return answers(s, 9, as_peer(0)); }},
      {"a subordinate", "SurveyAnswered",
       [](Scene& s) {
         return answers(s, 12, answer(SurveyRelation::subordinate, 8'000, PersonId{3}));
       }},
      {"after the period who stood so on its last day", "SurveyAnswered",
       [](Scene& s) {
         opened(s);
         s.appraise(11, 4, 2, date(2022, 7, 1));
         s.at(date(2022, 7, 4));
         return s.when(employee(3), answer(SurveyRelation::superior));
       }},
      {"a survey that nobody answered", "SurveyClosed",
       [](Scene& s) {
         opened(s);
         return s.when(hr(), CloseSurvey{whom, s1_2022});
       }},
      {"a survey whose answers are erased", "SurveyClosed",
       [](Scene& s) {
         opened(s);
         s.given(employee(12), as_peer());
         erased(s);
         return s.when(hr(), CloseSurvey{whom, s1_2022});
       }},
      {"a delivery after its closing", "EvaluationDelivered",
       [](Scene& s) {
         opened(s);
         s.rate(11, 8'000, 8'000);
         s.given(hr(), CloseSurvey{whom, s1_2022});
         return s.when(appraiser(3), EvaluationDelivered{whom, s1_2022});
       }},
  };
  return rows;
}

namespace {

TEST(Survey, Refuses) {
  expect_refused(survey_refusals());
}
TEST(Survey, Accepts) {
  expect_accepted(survey_acceptances());
}

TEST(Survey, IsClosedWithTheSumsOfItsAnswersAndCarriesNoValueBefore) {
  Scene s = Scene::of_a_city();
  opened(s);
  AnswerSurvey uneven = as_peer();
  uneven.values = {Score{7'000}, Score{7'100}, Score{7'200}, Score{7'300},
                   Score{7'400}, Score{7'500}, Score{7'601}};  // 511.01
  s.given(employee(12), uneven);
  s.given(employee(13), as_peer(9'000));  // 630.00
  s.given(employee(3), answer(SurveyRelation::superior, 8'500));
  const Sequence closed = s.given(hr(), CloseSurvey{whom, s1_2022});
  EXPECT_EQ(s.payload<SurveyClosed>(closed).relations,
            (std::vector<SurveyRelationSum>{{SurveyRelation::superior, 59'500, 1},
                                            {SurveyRelation::peer, 114'101, 2}}));
  EXPECT_TRUE(laws::survey_sums_are_of_answers(s.payload<SurveyClosed>(closed)));
  s.expect_live_is_replayed();
}

TEST(Survey, NamesNoPeerWhoAnswers) {
  Scene s = Scene::of_a_city();
  opened(s);
  opened(s, PersonId{13});
  const auto actor_of = [&](Sequence answer) { return s.events()[answer.value - 1].actor; };
  By known = employee(12);
  known.actor.method = "oidc";
  known.actor.issuer = "https://sso.example";
  known.actor.credential = sha256("token");
  const Actor peer = actor_of(s.given(known, as_peer()));
  EXPECT_EQ(
      peer,
      (Actor{ActorKind::pseudonym, peer.id, Role::employee, Assurance::claimed, {}, {}, {}, {}}));
  EXPECT_EQ(peer.id, survey_pseudonym("key", whom, s1_2022, PersonId{12}));
  const std::set<std::uint64_t> ids{
      12, peer.id, actor_of(s.given(employee(13), as_peer())).id,
      actor_of(s.given(employee(12), answer(SurveyRelation::peer, 8'000, PersonId{13}))).id};
  EXPECT_EQ(ids.size(), 4U) << "of each survey its own";
  EXPECT_EQ(actor_of(s.given(employee(3), answer(SurveyRelation::superior))).person(), PersonId{3});
}

// Worked with Python's hmac.
TEST(SurveyPseudonym, IsTheBeginningOfAnHmacUnderTheRatedPersonsKey) {
  Bytes key;
  for (char byte = 0; byte < 32; ++byte) key += byte;
  EXPECT_EQ(survey_pseudonym(key, PersonId{17}, s1_2022, PersonId{4}), 0x0b702250883483b3U);
}

TEST(Survey, SumsNothingOfErasedAnswers) {
  Scene s = Scene::of_a_city();
  opened(s);
  s.given(employee(12), as_peer());
  erased(s);
  const Sequence closed = s.given(hr(), CloseSurvey{whom, s1_2022});
  EXPECT_TRUE(s.payload<SurveyClosed>(closed).relations.empty());
}

TEST(SurveyAnswerText, IsReadBackAndDamageIsFound) {
  const std::string text = answer_text(seven(12'000));
  EXPECT_EQ(text, "12000 12000 12000 12000 12000 12000 12000");
  EXPECT_EQ(*read_answer(text), seven(12'000));
  for (const char* damaged :
       {"", " ", "1 2 3 4 5 6", "1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 ", "1 2 3 4 5 6 12001",
        "1 2 3 4 5 6 -1", "1  2 3 4 5 6 7", "1 2 3 4 5 6 x"})
    EXPECT_EQ(read_answer(damaged).error().code, ErrorCode::corrupt) << damaged;
}

TEST(SurveyLaw, IsBrokenByWhatNoAnswersCouldSumTo) {
  const auto law = [](std::vector<SurveyRelationSum> relations) {
    return laws::survey_sums_are_of_answers({whom, s1_2022, std::move(relations)}).has_value();
  };
  EXPECT_TRUE(law({}));
  EXPECT_TRUE(law({{SurveyRelation::peer, 84'000, 1}}));
  EXPECT_FALSE(law({{SurveyRelation::peer, 84'001, 1}}));
  EXPECT_FALSE(law({{SurveyRelation::peer, 0, 0}}));
  EXPECT_FALSE(law({{SurveyRelation::peer, 0, 1}, {SurveyRelation::peer, 0, 1}}));
  EXPECT_FALSE(law({{SurveyRelation::peer, 0, 1}, {SurveyRelation::superior, 0, 1}}));
}

}  // namespace
}  // namespace runut::testing
