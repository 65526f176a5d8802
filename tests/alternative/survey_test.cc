// What was answered in a survey is sealed: an alternative can not sum other answers than those that
// were recorded, and says so; whether there was a survey at all it can decide again.
#include "ledger/survey.h"

#include <gtest/gtest.h>

#include "tests/alternative/played.h"

namespace runut::testing {
namespace {

// Behind the city's last command: a survey of somebody, two peers' answers, its closing.
class SurveyInTheCity : public ::testing::Test {
 protected:
  SurveyInTheCity() : city_(play()) {
    find_people();
    ask_for(SurveyOpened{rated_, period_});
    const std::vector<Score> values(behaviour_values, Score{8'000});
    for (const PersonId peer : peers_)
      ask_for(AnswerSurvey{rated_, period_, SurveyRelation::peer, values}, peer);
    ask_for(CloseSurvey{rated_, period_});
  }

  // Somebody with two peers on the day on which relations are read.
  void find_people() {
    const Facts& facts = city_->facts();
    const Date day = local_date(now(), facts.agency().utc_offset_minutes());
    for (const auto& [person, registered] : facts.agency().persons) {
      rated_ = person;
      peers_.clear();
      for (const auto& [other, since] : facts.agency().persons)
        if (peers_.size() < 2 &&
            survey_relation(facts.person(person), facts.person(other), day) == SurveyRelation::peer)
          peers_.push_back(other);
      if (peers_.size() == 2) return;
    }
    ADD_FAILURE() << "nobody has two peers";
  }
  [[nodiscard]] Instant now() const { return city_->events().back().recorded_at; }
  void ask_for(CommandBody body, std::optional<PersonId> by = {}) {
    Command command;
    command.id.bytes[15] = static_cast<std::uint8_t>(++ids_);
    command.agency = city_->facts().agency().founded->agency;
    command.actor = {by ? ActorKind::person : ActorKind::system,
                     by ? by->value : 2,
                     by ? Role::employee : Role::hr,
                     Assurance::claimed,
                     {},
                     {},
                     {},
                     {}};
    command.recorded_at = now();
    command.body = std::move(body);
    const Status played = city_->play(command);
    ASSERT_TRUE(played) << played.error().describe();
  }
  // The last one of a type.
  [[nodiscard]] const Event& last_of(EventType type) const {
    const auto& events = city_->events();
    for (auto at = events.rbegin(); at != events.rend(); ++at)
      if (at->type() == type) return *at;
    ADD_FAILURE() << "no such event";
    return events.back();
  }
  [[nodiscard]] std::unique_ptr<Alternative> without(const Event& event) const {
    const auto& events = city_->events();
    auto begun =
        Alternative::begin(*city_, Sequence{event.sequence.value - 1},
                           [&](Sequence at) -> Result<Event> { return events[at.value - 1]; });
    EXPECT_TRUE(begun.has_value());
    EXPECT_TRUE((*begun)->leave_out(event).has_value());
    for (std::size_t i = event.sequence.value; i < events.size(); ++i)
      EXPECT_TRUE((*begun)->follow(events[i]).has_value());
    return std::move(*begun);
  }

  std::unique_ptr<Rehearsal> city_;
  const Period period_{month(2022, 7), 6};
  PersonId rated_;
  std::vector<PersonId> peers_;
  unsigned ids_ = 0;
};

TEST_F(SurveyInTheCity, IsKeptAsItWasClosedWithoutOneOfItsAnswers) {
  const auto asked = without(last_of(EventType::SurveyAnswered));
  EXPECT_EQ(asked->kept(), std::vector{last_of(EventType::SurveyClosed).sequence});
  EXPECT_TRUE(asked->changed().empty());
}

TEST_F(SurveyInTheCity, IsNotAnsweredNorClosedWithoutItsOpening) {
  const auto asked = without(last_of(EventType::SurveyOpened));
  EXPECT_TRUE(asked->kept().empty());
  ASSERT_EQ(asked->changed().size(), 3U);
  for (const ChangedCommit& changed : asked->changed()) {
    ASSERT_TRUE(changed.refusal);
    EXPECT_EQ(changed.refusal->rule, "survey.none");
  }
}

TEST_F(SurveyInTheCity, CanNotBeClosedBySupposition) {
  const auto& events = city_->events();
  auto begun =
      Alternative::begin(*city_, city_->facts().known_at(),
                         [&](Sequence at) -> Result<Event> { return events[at.value - 1]; });
  ASSERT_TRUE(begun);
  Command closing;
  closing.id.bytes[15] = 99;
  closing.body = CloseSurvey{rated_, period_};
  EXPECT_EQ((*begun)->suppose(closing, {now(), Origin::simulation}).error().rule, "what_if.survey");
}

}  // namespace
}  // namespace runut::testing
