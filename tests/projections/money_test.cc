// Rankings and payments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/payments.h"
#include "projections/rankings.h"
#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::august;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::s1;
using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;

// --- rankings
// --------------------------------------------------------------------------------------

RankingMemberPlaced placed(std::uint64_t person, std::uint32_t rank, Tier tier,
                           std::int64_t score) {
  return {PersonId{person},   s1,   "U1", UnitId{1}, Score{score}, Score{score}, Score{score},
          BasisPoints{9'900}, rank, tier};
}
RankingPublished published(const Events& events, std::string group, std::uint32_t members) {
  return {s1,           std::move(group), members,     1, 1,
          Score{9'000}, Score{8'000},     Sequence{1}, 1, events.decree()};
}

TEST(Rankings, HoldNothingOfGroupsThatWereFrozenAnew) {
  Events given;
  const auto member = [](std::uint64_t person, std::string group) {
    return RankingGroupMember{PersonId{person}, s1, std::move(group), UnitId{1}, 7, {}, {}};
  };
  given.add_commit({RankingGroupFrozen{s1, "U1", 1}, member(10, "U1"),
                    RankingGroupFrozen{s1, "U2", 1}, member(20, "U2")});
  given.add(TieAtCutoffFound{s1, "U1", Cutoff::above, {PersonId{10}}, 1, Score{9'000}});
  given.add_commit({RankingGroupFrozen{s1, "U1", 1}, member(10, "U1")});
  const MapRows rows = fold_all(rankings::projection, given);
  EXPECT_EQ(rankings::frozen_groups(rows, s1)->size(), 1U);
  EXPECT_EQ(rankings::frozen_members(rows, s1)->size(), 1U);
  EXPECT_FALSE(rankings::frozen_member(rows, s1, PersonId{20})->has_value());
  EXPECT_TRUE(rankings::frozen_member(rows, s1, PersonId{10})->has_value());
  EXPECT_THAT(*rankings::ties_of(rows, s1), IsEmpty());
}

TEST(Rankings, ShowAGroupAsPublishedByRankThenPerson) {
  Events given;
  given.add_commit({RankingGroupFrozen{s1, "U1", 3}, RankingGroupFrozen{s1, "U12", 1}});
  const Sequence header =
      given.add_commit({published(given, "U1", 3), placed(30, 1, Tier::above, 9'000),
                        placed(10, 2, Tier::meets, 8'500), placed(20, 2, Tier::meets, 8'500)},
                       {.regulation = Sequence{1}});
  given.add_commit(
      {published(given, "U12", 1),
       RankingMemberPlaced{PersonId{40}, s1, "U12", UnitId{12}, {}, {}, {}, {}, 1, Tier::meets}});
  const MapRows rows = fold_all(rankings::projection, given);
  const auto frozen = *rankings::frozen_groups(rows, s1);
  ASSERT_EQ(frozen.size(), 2U);
  EXPECT_EQ(frozen[0].members, 3U);
  const auto groups = *rankings::published_groups(rows, s1);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].group, "U1");
  EXPECT_EQ(groups[0].sequence, header);
  EXPECT_EQ(groups[0].cutoff_above, Score{9'000});
  EXPECT_EQ(groups[0].cutoff_below, Score{8'000});
  EXPECT_EQ(groups[0].regulation, Sequence{1});
  const auto members = *rankings::members_of(rows, groups[0]);
  ASSERT_EQ(members.size(), 3U) << "U1 is not the beginning of U12";
  EXPECT_EQ(members[0].person, PersonId{30});
  EXPECT_EQ(members[0].tier, Tier::above);
  EXPECT_EQ(members[0].sequence, next(header));
  EXPECT_EQ(members[1].person, PersonId{10});
  EXPECT_EQ(members[2].person, PersonId{20});
  EXPECT_EQ(members[2].rank, 2U);
  EXPECT_EQ(members[2].discipline, BasisPoints{9'900});
  EXPECT_THAT(*rankings::published_groups(rows, s1.following()), IsEmpty());
}

TEST(Rankings, ALaterPublicationOfAGroupReplacesItsMembers) {
  Events given;
  given.add_commit({published(given, "U1", 1), placed(10, 1, Tier::meets, 8'000)});
  given.add_commit({published(given, "U1", 1), placed(20, 1, Tier::meets, 8'000)});
  const MapRows rows = fold_all(rankings::projection, given);
  const auto groups = *rankings::published_groups(rows, s1);
  ASSERT_EQ(groups.size(), 1U);
  const auto members = *rankings::members_of(rows, groups[0]);
  ASSERT_EQ(members.size(), 1U);
  EXPECT_EQ(members[0].person, PersonId{20});
}

TEST(Rankings, SayWhyAPersonIsNotRanked) {
  Events given;
  given.add_commit(
      {RankingGroupFrozen{s1, "U1", 1},
       RankingGroupMember{PersonId{10}, s1, "U1", UnitId{1}, 7, PersonId{2}, {}},
       RankingGroupMember{PersonId{11}, s1, "", UnitId{1}, 7, {}, UnrankedReason::not_delivered}});
  const MapRows rows = fold_all(rankings::projection, given);
  const auto all = *rankings::frozen_members(rows, s1);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].group, "U1");
  EXPECT_EQ(all[0].appraiser, PersonId{2});
  EXPECT_EQ(all[0].unranked, std::nullopt);
  const auto one = *rankings::frozen_member(rows, s1, PersonId{11});
  ASSERT_TRUE(one);
  EXPECT_EQ(one->unranked, UnrankedReason::not_delivered);
  EXPECT_FALSE(rankings::frozen_member(rows, s1, PersonId{12})->has_value());
}

TEST(Rankings, KeepATieAndItsResolution) {
  Events given;
  const std::vector<PersonId> tied{PersonId{1}, PersonId{2}};
  given.add(TieAtCutoffFound{s1, "U1", Cutoff::above, tied, 1, Score{9'000}});
  given.add(TieResolved{s1, "U1", Cutoff::above, {PersonId{2}}, "lama masa kerja", given.decree()});
  const auto ties = *rankings::ties_of(fold_all(rankings::projection, given), s1);
  ASSERT_EQ(ties.size(), 2U);
  EXPECT_FALSE(ties[0].resolved);
  EXPECT_EQ(ties[0].members, tied);
  EXPECT_EQ(ties[0].places, 1U);
  EXPECT_TRUE(ties[1].resolved);
  EXPECT_THAT(ties[1].members, ElementsAre(PersonId{2}));
}

// --- payments
// --------------------------------------------------------------------------------------

const RunId run{UnitId{3}, august, RunKind::regular, 1};

TppPaymentComputed payment(std::uint64_t person, const RunId& id, std::int64_t net) {
  TppPaymentComputed e;
  e.person = PersonId{person};
  e.run = id;
  e.unit = id.unit;
  e.required = e.approved = Minutes{300};
  e.productivity = e.discipline = e.performance_factor = whole;
  e.gross = e.taxable = Rupiah{net + 5};
  e.net = Rupiah{net};
  e.lines = {{LineKind::earned,
              Component::beban_kerja,
              "",
              Rupiah{net + 5},
              {Sequence{2}, Sequence{3}},
              {}},
             {LineKind::tax, {}, "", Rupiah{-5}, {}, {}},
             {LineKind::deduction, {}, "bpjs", Rupiah{0}, {}, august - 1}};
  e.outstanding = {{"bpjs", Rupiah{7}, august - 1}};
  return e;
}
TppRunComputed computed(const RunId& id, std::uint32_t payees, std::int64_t total) {
  return {id, Sequence{1}, 1, payees, 0, Rupiah{total}, {}};
}
std::vector<std::int64_t> nets_of(const MapRows& rows, Month month) {
  std::vector<std::int64_t> out;
  EXPECT_TRUE(payments::each_payment_of(rows, month, [&](const payments::Payment& one) -> Status {
    out.push_back(one.net.value);
    return {};
  }));
  return out;
}

TEST(Payments, AreFoundWithEveryLineByMonthAndByPerson) {
  Events given;
  const Sequence header =
      given.add_commit({computed(run, 2, 300), payment(20, run, 200), payment(10, run, 100)},
                       {.regulation = Sequence{1}});
  const MapRows rows = fold_all(payments::projection, given);
  EXPECT_THAT(nets_of(rows, august), ElementsAre(100, 200)) << "by person";
  EXPECT_THAT(nets_of(rows, august + 1), IsEmpty());
  const auto paid = *payments::payments_of(rows, PersonId{20}, august);
  ASSERT_EQ(paid.size(), 1U);
  const TppPaymentComputed expected = payment(20, run, 200);
  EXPECT_EQ(paid[0].run, run);
  EXPECT_EQ(paid[0].computation, header);
  EXPECT_EQ(paid[0].sequence, next(header));
  EXPECT_EQ(paid[0].regulation, Sequence{1});
  EXPECT_EQ(paid[0].lines, expected.lines);
  EXPECT_EQ(paid[0].outstanding, expected.outstanding);
  EXPECT_EQ(paid[0].gross, expected.gross);
  EXPECT_EQ(paid[0].unit, expected.unit);
  EXPECT_THAT(*payments::payments_of(rows, PersonId{30}, august), IsEmpty());
}

TEST(Payments, OfARunComputedAgainOnlyTheLastComputationCounts) {
  Events given;
  given.add_commit({computed(run, 2, 300), payment(10, run, 100), payment(20, run, 200)});
  given.add_commit({computed(run, 1, 150), payment(10, run, 150)});
  const MapRows rows = fold_all(payments::projection, given);
  EXPECT_THAT(nets_of(rows, august), ElementsAre(150));
  EXPECT_THAT(*payments::payments_of(rows, PersonId{20}, august), IsEmpty());
}

TEST(Payments, ARunGoesFromComputedToConfirmed) {
  Events given;
  const auto state = [&] {
    return **payments::find_run(fold_all(payments::projection, given), run);
  };
  const Sequence first = given.add_commit({computed(run, 1, 100), payment(10, run, 100)});
  EXPECT_EQ(state().current()->sequence, first);
  EXPECT_EQ(state().locked, std::nullopt);

  const Sequence lock = given.add(TppRunLocked{run, first, Rupiah{100}, given.decree()});
  EXPECT_EQ(state().locked, lock);
  EXPECT_EQ(state().current()->sequence, first);

  const Sequence reopened = given.add(TppRunReopened{run, given.decree()});
  EXPECT_EQ(state().locked, std::nullopt);
  EXPECT_THAT(state().reopened, ElementsAre(reopened));

  const Sequence second = given.add_commit({computed(run, 1, 120), payment(10, run, 120)});
  EXPECT_EQ(state().current()->sequence, second);
  EXPECT_EQ(state().current()->total, Rupiah{120});
  const Sequence lock_again = given.add(TppRunLocked{run, second, Rupiah{120}, given.decree()});
  const Sequence order =
      given.add(PaymentOrdered{run, Rupiah{120}, "SPP-1", "SPM-1", "SP2D-1", given.decree()});
  const Sequence confirmed = given.add(PaymentConfirmed{run, "bank 7"});
  const payments::Run last = state();
  EXPECT_EQ(last.locked, lock_again);
  EXPECT_EQ(last.order, (payments::Order{order, Rupiah{120}, "SPP-1", "SPM-1", "SP2D-1"}));
  EXPECT_EQ(last.confirmed, confirmed);
  EXPECT_EQ(last.computations.size(), 2U);
}

TEST(Payments, RunsOfAMonthAreListedByUnitKindAndNumber) {
  Events given;
  const RunId other{UnitId{2}, august, RunKind::regular, 1};
  const RunId correction{UnitId{2}, august, RunKind::correction, 1};
  const RunId july{UnitId{1}, august - 1, RunKind::regular, 1};
  for (const RunId& id : {run, correction, july, other}) given.add_commit({computed(id, 0, 0)});
  std::vector<std::string> runs;
  const auto listed = *payments::runs_of(fold_all(payments::projection, given), august);
  for (const auto& one : listed) runs.push_back(to_string(one.run));
  EXPECT_THAT(
      runs, ElementsAre("U2/2022-08/regular/1", "U2/2022-08/correction/1", "U3/2022-08/regular/1"));
  EXPECT_FALSE(payments::find_run(fold_all(payments::projection, given),
                                  RunId{UnitId{9}, august, RunKind::regular, 1})
                   ->has_value());
}

TEST(Payments, CorrectionsAreFoundByTheMonthTheyBelongToAndReturnsByRun) {
  Events given;
  given.add(TppCorrectionPosted{PersonId{10}, august - 1, run, Rupiah{100}, Rupiah{95}, Rupiah{5}});
  given.add(
      TppCorrectionPosted{PersonId{10}, august - 1, run, Rupiah{102}, Rupiah{100}, Rupiah{2}});
  given.add(PaymentReturned{PersonId{10}, run, Rupiah{100}, "rekening ditutup"});
  const MapRows rows = fold_all(payments::projection, given);
  const auto corrections = *payments::corrections_of(rows, PersonId{10}, august - 1);
  ASSERT_EQ(corrections.size(), 2U);
  EXPECT_EQ(corrections[0].amount, Rupiah{5});
  EXPECT_EQ(corrections[1].recomputed, Rupiah{102});
  EXPECT_EQ(corrections[1].run, run);
  EXPECT_THAT(*payments::corrections_of(rows, PersonId{10}, august), IsEmpty());
  const auto returns = *payments::returns_of(rows, run);
  ASSERT_EQ(returns.size(), 1U);
  EXPECT_EQ(returns[0].cause, "rekening ditutup");
}

TEST(Payments, ADamagedRowIsNamedAndNotRead) {
  Events given;
  given.add_commit({computed(run, 1, 100), payment(10, run, 100)});
  MapRows rows = fold_all(payments::projection, given);
  for (auto& [key, value] : rows.rows)
    if (key[0] == 'p') value.resize(value.size() - 1);
  const Status walked = payments::each_payment_of(
      rows, august, [](const payments::Payment&) -> Status { return {}; });
  ASSERT_FALSE(walked);
  EXPECT_EQ(walked.error().code, ErrorCode::corrupt);
  EXPECT_EQ(walked.error().field, "Payment");
}

}  // namespace
}  // namespace runut
