// The laws of a commit: each can be broken, and says by which numbers. Those of one payment:
// payment_test.cc.
#include "computation/laws.h"

#include <gtest/gtest.h>

#include <vector>

namespace runut {
namespace {

std::string broken(const std::vector<Payload>& payloads) {
  std::vector<const Payload*> borrowed;
  for (const Payload& payload : payloads) borrowed.push_back(&payload);
  const Status held = laws::check_commit(borrowed);
  return held ? "kept" : held.error().rule + ": " + held.error().message;
}

RankingMemberPlaced placed(std::uint64_t person, std::uint32_t rank, std::int64_t score,
                           Tier tier) {
  RankingMemberPlaced out;
  out.person = PersonId{person};
  out.period = Period{month(2022, 1), 6};
  out.group = "U3";
  out.rank = rank;
  out.score = Score{score};
  out.tier = tier;
  return out;
}
RankingPublished header(std::uint32_t members, std::uint32_t above, std::uint32_t below,
                        std::optional<Score> cutoff_above, std::optional<Score> cutoff_below) {
  RankingPublished out;
  out.period = Period{month(2022, 1), 6};
  out.group = "U3";
  out.members = members;
  out.above = above;
  out.below = below;
  out.cutoff_above = cutoff_above;
  out.cutoff_below = cutoff_below;
  return out;
}

TEST(Laws, GiveEverybodyOnePlaceInTheGroup) {
  const auto group = [](std::uint64_t third, std::uint32_t rank, std::int64_t score) {
    return std::vector<Payload>{header(3, 1, 1, Score{9'000}, Score{7'000}),
                                placed(1, 1, 9'000, Tier::above), TppAdjustmentDecided{},
                                placed(2, 2, 8'000, Tier::meets),
                                placed(third, rank, score, Tier::below)};
  };
  EXPECT_EQ(broken(group(3, 3, 7'000)), "kept");
  EXPECT_EQ(broken(group(2, 3, 7'000)),
            "law.everybody_has_one_place: 2022-S1 U3: P2 is placed twice");
  EXPECT_EQ(broken(group(3, 4, 7'000)),
            "law.everybody_has_one_place: 2022-S1 U3: P3 has rank 4 at place 3 with 70.00");
  EXPECT_EQ(broken(group(3, 3, 8'001)),
            "law.everybody_has_one_place: 2022-S1 U3: P3 has rank 3 at place 3 with 80.01");
  EXPECT_EQ(
      broken(group(3, 3, 6'999)),
      "law.everybody_has_one_place: 2022-S1 U3: cut-offs are 90.00 and 69.99; the header says "
      "90.00 and 70.00");
  EXPECT_EQ(
      broken({header(2, 1, 0, Score{9'000}, {}), placed(1, 1, 9'000, Tier::above)}),
      "law.everybody_has_one_place: 2022-S1 U3: 1 members, 1 above, 0 below; the header says 2, "
      "1, 0");
  // Two groups in one commit are judged apart.
  std::vector<Payload> both = group(3, 3, 7'000);
  for (const Payload& payload : group(3, 3, 7'000)) both.push_back(payload);
  EXPECT_EQ(broken(both), "kept");
}

TEST(Laws, LetRanksBeShared) {
  EXPECT_EQ(broken({header(3, 0, 0, {}, {}), placed(1, 1, 9'000, Tier::meets),
                    placed(2, 1, 9'000, Tier::meets), placed(3, 3, 9'000, Tier::meets)}),
            "kept");
}

TEST(Laws, PostNothingButDifferences) {
  TppCorrectionPosted posted;
  posted.person = PersonId{17};
  posted.for_month = month(2022, 1);
  posted.run = RunId{UnitId{2}, month(2022, 2), RunKind::regular, 1};
  posted.recomputed = Rupiah{500};
  posted.settled = Rupiah{300};
  posted.amount = Rupiah{200};
  EXPECT_EQ(broken({posted}), "kept");
  posted.amount = Rupiah{201};
  EXPECT_EQ(
      broken({posted}),
      "law.corrections_are_differences: U2/2022-02/regular/1 for 2022-01: 500 - 300 is not 201");
  posted.settled = Rupiah{500};
  posted.amount = Rupiah{0};
  EXPECT_TRUE(broken({posted}).starts_with("law.corrections_are_differences"));
}

TEST(Laws, CountThePaymentsOfTheirRun) {
  TppRunComputed run;
  run.run = RunId{UnitId{2}, month(2022, 2), RunKind::regular, 1};
  EXPECT_EQ(broken({run}), "kept");
  run.payees = 1;
  EXPECT_EQ(broken({run}),
            "law.payments_sum_to_run: 0 payees with 0, 0 left out; the run says 1 with 0, 0");
}

}  // namespace
}  // namespace runut
