// Freezing, publishing, ties and what a correction does to a published place.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

// Seven members: 1 above, 5 meet, 1 below.
const std::vector<std::int64_t> all_apart = {9'000, 8'500, 8'400, 8'300, 8'200, 8'100, 7'000};
const std::vector<std::int64_t> tied_above = {9'000, 9'000, 8'400, 8'300, 8'200, 8'100, 7'000};
const std::vector<std::int64_t> all_equal(7, 8'000);

By clerk() {
  return person_as(8, Role::hr);
}
PublishRanking publication(const Scene& s) {
  return {s1_2022, s.decree()};
}
TieResolved choice(const Scene& s, Cutoff cutoff, std::vector<std::uint64_t> chosen) {
  TieResolved out{s1_2022, "U3", cutoff, {}, "pengabdian lebih lama", s.decree()};
  for (const std::uint64_t id : chosen) out.chosen.push_back(PersonId{id});
  return out;
}
// Frozen and found tied; today is 8 August.
void tied(Scene& s, const std::vector<std::int64_t>& results = tied_above) {
  s.freeze(results);
  s.publish();
}
void corrected(Scene& s, std::uint64_t person, std::int64_t value) {
  s.given(official(2),
          EvaluationCorrected{PersonId{person}, s1_2022, Score{value},
                              std::vector<Score>(behaviour_values, Score{value}), s.decree()},
          {.reason = "salah catat"});
}
// A clock record of June that comes after everything: the day's other side is missing now.
void late_record(Scene& s, std::uint64_t person) {
  s.given(devices(),
          AttendanceRecorded{PersonId{person}, Instant{start_of(date(2022, 6, 13), 420).micros},
                             ClockDirection::in, 5, person});
}
std::string publishing(Scene& s) {
  const Answer answer = s.when(official(2), publication(s));
  return answer.refused ? answer.refused->rule : answer.events;
}

constexpr const char* published_group_of_seven =
    "RankingPublished, RankingMemberPlaced, TppAdjustmentDecided, 6 RankingMemberPlaced, "
    "TppAdjustmentDecided";

}  // namespace

const std::vector<Refusal>& ranking_refusals() {
  static const std::vector<Refusal> rows = {
      // --- freezing
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) { return s.when(appraiser(3), FreezeRanking{s1_2022}); }},
      {"ranking.period_not_over", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.at(date(2022, 6, 30), "23:59");
         return s.when(clerk(), FreezeRanking{s1_2022});
       }},
      {"ranking.frozen", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.freeze(all_apart);
         return s.when(clerk(), FreezeRanking{s1_2022});
       }},
      {"ranking.frozen", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.freeze(all_apart);
         s.publish();
         s.given(hr(), s.amendment(RegulationText().id("kota-uji-2").effective(date(2022, 9, 1))));
         s.at(date(2022, 9, 1));
         return s.when(clerk(), FreezeRanking{s1_2022});
       }},
      {"ranking.disabled", no, "data.period", "2022-S1",
       [](Scene& s) {
         s = Scene::of_a_city(
             RegulationText().set("ranking", "false").set("tier_adjustment", "false"));
         s.at(date(2022, 8, 8));
         return s.when(clerk(), FreezeRanking{s1_2022});
       }},
      {"ranking.period", no, "data.period", "2022-Q1",
       [](Scene& s) {
         s.at(date(2022, 8, 8));
         return s.when(clerk(), FreezeRanking{Period{month(2022, 1), 3}});
       }},
      {"ranking.nobody", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.at(date(2022, 8, 8));
         return s.when(clerk(), FreezeRanking{s1_2022});
       }},
      {"regulation.none", no, "occurred_on", "2022-08-08",
       [](Scene& s) {
         s.given(hr(), RegulationRepealed{"kota-uji", date(2022, 8, 1), false, s.decree()});
         s.at(date(2022, 8, 8));
         return s.when(clerk(), FreezeRanking{s1_2022});
       }},
      // --- publishing
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) { return s.when(appraiser(3), publication(s)); }},
      {"ranking.not_frozen", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.at(date(2022, 8, 8));
         return s.when(official(2), publication(s));
       }},
      {"ranking.signatory", not_theirs, "data.decree.office", "Walikota",
       [](Scene& s) {
         s.freeze(all_apart);
         return s.when(official(2), PublishRanking{s1_2022, s.decree(1, "Walikota")});
       }},
      {"authority.separation", not_theirs, "actor.id", "P8",
       [](Scene& s) {
         s.freeze(all_apart);
         return s.when(clerk(), publication(s));
       }},
      {"ranking.other_document", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.freeze(all_apart);
         s.given(hr(), s.amendment(RegulationText().id("kota-uji-2").effective(date(2022, 9, 1))));
         s.at(date(2022, 9, 1));
         return s.when(official(2), publication(s));
       }},
      {"ranking.not_rated", no, "person", "P11",  // another appraiser counts now, who gave nothing
       [](Scene& s) {
         s.freeze(all_apart);
         s.appraise(11, 4, 2, date(2022, 6, 1));
         return s.when(official(2), publication(s));
       }},
      {"ranking.tie_open", no, "data.period", "2022-S1",
       [](Scene& s) {
         tied(s);
         return s.when(official(2), publication(s));
       }},
      {"ranking.published", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.freeze(all_apart);
         s.publish();
         return s.when(official(2), publication(s));
       }},
      // --- ties
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) {
         tied(s);
         return s.when(appraiser(3), choice(s, Cutoff::above, {11}));
       }},
      {"ranking.group_unknown", nobody, "data.group", "U3",
       [](Scene& s) {
         s.at(date(2022, 8, 8));
         return s.when(official(2), choice(s, Cutoff::above, {11}));
       }},
      {"ranking.group_unknown", nobody, "data.group", "U9",
       [](Scene& s) {
         tied(s);
         TieResolved body = choice(s, Cutoff::above, {11});
         body.group = "U9";
         return s.when(official(2), body);
       }},
      {"tie.authority", not_theirs, "data.decree.office", "Walikota",
       [](Scene& s) {
         tied(s);
         TieResolved body = choice(s, Cutoff::above, {11});
         body.decree = s.decree(1, "Walikota");
         return s.when(official(1), body);
       }},
      {"tie.own_case", not_theirs, "data.decree.signatory", "P11",
       [](Scene& s) {
         // P11 holds the office meanwhile, beside being tied.
         s.given(hr(), AssignmentEnded{PersonId{11}, 1, date(2022, 5, 31)});
         AssignmentStarted post;
         post.person = PersonId{11};
         post.assignment = 2;
         post.unit = UnitId{3};
         post.post = "Sekretaris Daerah";
         post.job_class = 7;
         post.echelon = Echelon::staff;
         post.kind = PositionKind::executor;
         post.role = AssignmentRole::definitive;
         post.tpp_eligible = post.rankable = true;
         post.from = date(2022, 6, 1);
         s.given(hr(), post);
         tied(s);
         TieResolved body = choice(s, Cutoff::above, {12});
         body.decree = s.decree(11);
         return s.when(official(11), body);
       }},
      {"ranking.published", no, "data.group", "U3",
       [](Scene& s) {
         tied(s);
         s.given(official(2), choice(s, Cutoff::above, {11}));
         s.publish();
         return s.when(official(2), choice(s, Cutoff::above, {12}));
       }},
      {"tie.grounds", no, "data.grounds", "",
       [](Scene& s) {
         tied(s);
         TieResolved body = choice(s, Cutoff::above, {11});
         body.grounds.clear();
         return s.when(official(2), body);
       }},
      {"tie.none", no, "data.cutoff", "below",
       [](Scene& s) {
         tied(s);
         return s.when(official(2), choice(s, Cutoff::below, {17}));
       }},
      {"tie.places", no, "data.chosen", "2",
       [](Scene& s) {
         tied(s);
         return s.when(official(2), choice(s, Cutoff::above, {11, 12}));
       }},
      {"tie.places", no, "data.chosen", "0",
       [](Scene& s) {
         tied(s);
         return s.when(official(2), choice(s, Cutoff::above, {}));
       }},
      {"tie.not_tied", no, "data.chosen", "P13",
       [](Scene& s) {
         tied(s);
         return s.when(official(2), choice(s, Cutoff::above, {13}));
       }},
      {"tie.two_tiers", no, "data.chosen", "P11",
       [](Scene& s) {
         tied(s, all_equal);
         s.given(official(2), choice(s, Cutoff::above, {11}));
         return s.when(official(2), choice(s, Cutoff::below, {11}));
       }},
  };
  return rows;
}

const std::vector<Acceptance>& ranking_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"everybody is in a group or listed as unranked", "RankingGroupFrozen, 14 RankingGroupMember",
       [](Scene& s) {
         s.at(date(2022, 7, 11));
         for (std::uint64_t id = 11; id <= 17; ++id) {
           s.rate(id, 8'000, 8'000);
           s.deliver(id);
         }
         return s.when(clerk(), FreezeRanking{s1_2022});
       }},
      {"under another document everybody is frozen anew, and published", published_group_of_seven,
       [](Scene& s) {
         s.freeze(all_apart);
         s.given(hr(), s.amendment(RegulationText().id("kota-uji-2").effective(date(2022, 9, 1))));
         s.at(date(2022, 9, 1));
         s.given(clerk(), FreezeRanking{s1_2022});
         return s.when(official(2), publication(s));
       }},
      {"a group is published with its places and adjustments", published_group_of_seven,
       [](Scene& s) {
         s.freeze(all_apart);
         return s.when(official(2), publication(s));
       }},
      {"a tie at a cut-off stops its group", "TieAtCutoffFound",
       [](Scene& s) {
         s.freeze(tied_above);
         return s.when(official(2), publication(s));
       }},
      {"a tie over both cut-offs is two", "2 TieAtCutoffFound",
       [](Scene& s) {
         s.freeze(all_equal);
         return s.when(official(2), publication(s));
       }},
      {"a tie is resolved", "TieResolved",
       [](Scene& s) {
         tied(s);
         return s.when(official(2), choice(s, Cutoff::above, {12}));
       }},
      {"a resolved group is published", published_group_of_seven,
       [](Scene& s) {
         tied(s);
         s.given(official(2), choice(s, Cutoff::above, {11}));
         return s.when(official(2), publication(s));
       }},
      {"whoever froze may publish where no separation is demanded", published_group_of_seven,
       [](Scene& s) {
         s = Scene::of_a_city(RegulationText().set("separation_of_duties", "false"));
         s.freeze(all_apart);
         return s.when(clerk(), publication(s));
       }},
      {"a correction after publication that keeps the tier", "EvaluationCorrected",
       [](Scene& s) {
         s.freeze(all_apart);
         s.publish();
         return s.when(official(2),
                       EvaluationCorrected{PersonId{17}, s1_2022, Score{7'100},
                                           std::vector<Score>(7, Score{7'100}), s.decree()},
                       {.reason = "salah catat"});
       }},
      {"a correction after publication that changes it",
       "EvaluationCorrected, TppAdjustmentDecided",
       [](Scene& s) {
         s.freeze(all_apart);
         s.publish();
         return s.when(official(2),
                       EvaluationCorrected{PersonId{17}, s1_2022, Score{8'150},
                                           std::vector<Score>(7, Score{8'150}), s.decree()},
                       {.reason = "keberatan dikabulkan"});
       }},
  };
  return rows;
}

namespace {

TEST(Ranking, IsRefusedByRuleFieldAndValue) {
  expect_refused(ranking_refusals());
}
TEST(Ranking, IsAcceptedWithTheseEvents) {
  expect_accepted(ranking_acceptances());
}

TEST(Ranking, PaysTheTailsInTheFollowingPeriodBecauseOfTheirPlace) {
  Scene s = Scene::of_a_city();
  s.freeze(all_apart);
  s.publish();
  const auto& best = s.facts().person(PersonId{11}).adjustments;
  const auto& last = s.facts().person(PersonId{17}).adjustments;
  ASSERT_EQ(best.size(), 1U);
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(best[0].delta, BasisPoints{500});
  EXPECT_EQ(last[0].delta, BasisPoints{-500});
  EXPECT_EQ(best[0].months.front(), month(2022, 7));
  EXPECT_EQ(best[0].months.back(), month(2022, 12));
  EXPECT_EQ(s.payload<RankingMemberPlaced>(*last[0].causation).person, PersonId{17});
  for (std::uint64_t id = 12; id <= 16; ++id)
    EXPECT_TRUE(s.facts().person(PersonId{id}).adjustments.empty());
}

TEST(Ranking, OfACorrectedMemberMovesThatMemberAlone) {
  Scene s = Scene::of_a_city();
  s.freeze(all_apart);
  s.publish();
  // Five are strictly better than 81.50: the sixth place of seven meets the expectation.
  corrected(s, 17, 8'150);
  const auto& adjustments = s.facts().person(PersonId{17}).adjustments;
  ASSERT_EQ(adjustments.size(), 2U);
  EXPECT_EQ(adjustments[1].delta, BasisPoints{0});
  EXPECT_EQ(adjustments[1].supersedes, adjustments[0].sequence);
  EXPECT_EQ(adjustments[1].months, adjustments[0].months);
  // The one who is last now keeps the published place.
  EXPECT_TRUE(s.facts().person(PersonId{16}).adjustments.empty());
}

// --- a decision about a tie lapses when a score or a tie key of a member of the group changes

TEST(Tie, LapsesWhenTheScoreOfAnyMemberChanges) {
  Scene s = Scene::of_a_city();
  tied(s);
  s.given(official(2), choice(s, Cutoff::above, {11}));
  corrected(s, 17, 7'001);  // far from the cut-off
  EXPECT_EQ(publishing(s), "ranking.tie_open");
  s.given(official(2), choice(s, Cutoff::above, {11}));
  EXPECT_EQ(publishing(s), published_group_of_seven);
}

TEST(Tie, LapsesWhenTheDisciplineOfAnyMemberChanges) {
  Scene s = Scene::of_a_city();
  tied(s);
  s.given(official(2), choice(s, Cutoff::above, {11}));
  late_record(s, 14);
  EXPECT_EQ(publishing(s), "ranking.tie_open");
  s.given(official(2), choice(s, Cutoff::above, {11}));
  EXPECT_EQ(publishing(s), published_group_of_seven);
}

TEST(Tie, LapsesWhenAMembersServiceTurnsOutToHaveEnded) {
  Scene s = Scene::of_a_city();
  s.given(devices(),
          AttendanceRecorded{PersonId{14}, Instant{start_of(date(2022, 1, 3), 420).micros},
                             ClockDirection::in, 5, 1});
  tied(s);
  s.given(official(2), choice(s, Cutoff::above, {11}));
  // January, with its missing clock-out, is the only month left: the mean falls.
  s.given(hr(), AssignmentEnded{PersonId{14}, 1, date(2022, 1, 31)});
  EXPECT_EQ(publishing(s), "ranking.tie_open");
}

TEST(Tie, StandsWhileNoKeyOfTheGroupChanges) {
  Scene s = Scene::of_a_city();
  tied(s);
  s.given(official(2), choice(s, Cutoff::above, {11}));
  late_record(s, 21);       // somebody of another group
  corrected(s, 17, 7'000);  // says what stood already
  // An excuse that is decided behind the cut-off of its month counts for nothing.
  s.given(employee(14), AttendanceExcused{PersonId{14}, 1, date(2022, 6, 13)}, says("alasan"));
  s.given(appraiser(3), ExcuseDecided{PersonId{14}, 1, date(2022, 6, 13), true});
  s.given(employee(14), report(14, date(2022, 6, 13)), says("narasi"));
  EXPECT_EQ(publishing(s), published_group_of_seven);
}

TEST(Tie, KnowsOnlyTheKeysOfTheRegulation) {
  Scene s = Scene::of_a_city(RegulationText().set("tie_keys", R"(["result","behaviour"])"));
  tied(s);
  s.given(official(2), choice(s, Cutoff::above, {11}));
  late_record(s, 14);
  EXPECT_EQ(publishing(s), published_group_of_seven);
}

TEST(Tie, IsFoundAnewAtAnotherScore) {
  Scene s = Scene::of_a_city();
  tied(s);
  corrected(s, 11, 9'100);
  corrected(s, 12, 9'100);
  EXPECT_EQ(publishing(s), "TieAtCutoffFound");
  s.given(official(2), choice(s, Cutoff::above, {11}));
  EXPECT_EQ(publishing(s), published_group_of_seven);
}

TEST(Tie, ALapsedChoiceStandsInNobodysWay) {
  Scene s = Scene::of_a_city();
  tied(s, all_equal);
  s.given(official(2), choice(s, Cutoff::above, {11}));
  corrected(s, 17, 8'100);  // above, alone: the tie of the others is at the lower cut-off only
  EXPECT_EQ(publishing(s), "TieAtCutoffFound");
  s.given(official(2), choice(s, Cutoff::below, {11}));
  EXPECT_EQ(publishing(s),
            "RankingPublished, RankingMemberPlaced, TppAdjustmentDecided, RankingMemberPlaced, "
            "TppAdjustmentDecided, 5 RankingMemberPlaced");
  EXPECT_EQ(s.facts().person(PersonId{11}).adjustments.back().delta, BasisPoints{-500});
}

}  // namespace
}  // namespace runut::testing
