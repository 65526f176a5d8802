// What the simulation expects of a ledger is what the ledger's rules answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "codec/command_json.h"
#include "tests/rehearsal/rehearsal.h"
#include "tests/simulate/kediri.h"

namespace runut::simulation {
namespace {

// One city of a hundred, eight months, played once for every test here.
struct Played {
  testing::Rehearsal ledger;
  Planted planted;
  std::map<CommandId, Error> errors;
};

const Played& played() {
  static const Played once = [] {
    Played out;
    const CommandSink sink = [&](const Command& command) -> Status {
      if (const Status answer = out.ledger.play(command); !answer)
        out.errors.emplace(command.id, answer.error());
      return {};
    };
    auto planted =
        simulate({.people = 100, .from = month(2022, 1), .to = month(2022, 8)}, kediri(), sink);
    EXPECT_TRUE(planted.has_value());
    out.planted = std::move(*planted);
    return out;
  }();
  return once;
}

std::string expected(const PlantedItem& item, std::string_view name) {
  for (const auto& [key, value] : item.expected)
    if (key == name) return value;
  return {};
}

TEST(LedgerAgreement, ExactlyThePlantedCommandsAreRefusedOrRejected) {
  std::map<CommandId, const PlantedItem*> failing;
  for (const PlantedItem& item : played().planted.items)
    if (item.kind == "violation" || item.kind == rejected_kind)
      for (const CommandId& id : item.commands) failing.emplace(id, &item);
  int unexpected = 0;
  for (const auto& [id, error] : played().errors) {
    const auto found = failing.find(id);
    if (found == failing.end()) {
      if (++unexpected <= 10) ADD_FAILURE() << to_string(id) << ": " << error.describe();
      continue;
    }
    EXPECT_EQ(error.rule, expected(*found->second, "rule")) << error.describe();
    const bool refused = expected(*found->second, "outcome") == "refused";
    EXPECT_EQ(error.code, refused ? ErrorCode::unauthorised : ErrorCode::rejected);
    failing.erase(found);
  }
  EXPECT_EQ(unexpected, 0);
  for (const auto& [id, item] : failing)
    ADD_FAILURE() << "accepted, though planted as " << item->kind << ": " << item->note;
}

template <class P>
std::vector<const Event*> events_of() {
  std::vector<const Event*> out;
  for (const Event& event : played().ledger.events())
    if (std::holds_alternative<P>(event.payload)) out.push_back(&event);
  return out;
}

TEST(LedgerAgreement, ExactlyThePlantedCorrectionsArePosted) {
  std::set<std::string> planted;
  for (const PlantedItem& item : played().planted.items) {
    if (item.kind != "correction") continue;
    EXPECT_EQ(item.commands.size(), 4u) << "computed, locked, ordered, confirmed";
    planted.insert(to_string(*item.person) + " " + expected(item, "for_month") + " " +
                   expected(item, "run") + " " + expected(item, "sign"));
  }
  std::set<std::string> posted;
  for (const Event* event : events_of<TppCorrectionPosted>()) {
    const auto& correction = std::get<TppCorrectionPosted>(event->payload);
    EXPECT_NE(correction.amount.value, 0);
    posted.insert(to_string(correction.person) + " " + to_string(correction.for_month) + " " +
                  to_string(correction.run) +
                  (correction.amount.value > 0 ? " positive" : " negative"));
  }
  EXPECT_THAT(posted, ::testing::ElementsAreArray(planted));
}

TEST(LedgerAgreement, TheHeroineIsCutPublishedCorrectedAndPaid) {
  ASSERT_TRUE(played().planted.heroine);
  const Heroine& heroine = *played().planted.heroine;
  const RankingMemberPlaced* hers = nullptr;
  const RankingMemberPlaced* neighbours = nullptr;
  for (const Event* event : events_of<RankingMemberPlaced>()) {
    const auto& placed = std::get<RankingMemberPlaced>(event->payload);
    if (placed.person == heroine.person) hers = &placed;
    if (placed.person == heroine.neighbour) neighbours = &placed;
  }
  ASSERT_TRUE(hers != nullptr && neighbours != nullptr);
  EXPECT_EQ(hers->tier, heroine.before);
  EXPECT_EQ(hers->rank, heroine.rank);
  EXPECT_EQ(hers->score, heroine.score);
  EXPECT_EQ(hers->group, heroine.group);
  EXPECT_EQ(hers->discipline, whole);
  EXPECT_EQ(neighbours->tier, Tier::meets);
  EXPECT_EQ(neighbours->rank + 1, hers->rank);

  std::vector<BasisPoints> deltas;
  for (const Event* event : events_of<TppAdjustmentDecided>()) {
    const auto& decided = std::get<TppAdjustmentDecided>(event->payload);
    if (decided.person == heroine.person) deltas.push_back(decided.delta);
  }
  EXPECT_THAT(deltas, ::testing::ElementsAre(BasisPoints{-500}, BasisPoints{0}));

  std::set<RunId> locked;
  for (const Event* event : events_of<TppRunLocked>())
    locked.insert(std::get<TppRunLocked>(event->payload).run);
  EXPECT_TRUE(locked.contains(heroine.run));
  EXPECT_TRUE(locked.contains(heroine.correction_run));
  for (const Event* event : events_of<TppPaymentComputed>()) {
    const auto& payment = std::get<TppPaymentComputed>(event->payload);
    if (payment.person != heroine.person || payment.run != heroine.run) continue;
    // Something of the base is lost too: one late morning, one short day.
    EXPECT_LT(payment.discipline, whole);
    EXPECT_LT(payment.productivity, whole);
    EXPECT_GT(payment.performance_factor, BasisPoints{9'500});
  }
}

// At both cut-offs; who is chosen is placed as the official decided.
TEST(LedgerAgreement, ExactlyThePlantedTiesAreFoundAndDecided) {
  std::map<std::string, std::string> planted;  // group and cut-off: members and places
  std::set<std::string> cutoffs;
  std::map<std::string, std::string> chosen;
  for (const PlantedItem& item : played().planted.items) {
    if (item.kind != "tie") continue;
    EXPECT_EQ(item.commands.size(), 3u) << "published, resolved, published again";
    planted[expected(item, "group") + " " + expected(item, "cutoff")] =
        std::to_string(2) + " for " + expected(item, "places");
    cutoffs.insert(expected(item, "cutoff"));
    chosen[expected(item, "chosen")] = expected(item, "cutoff");
  }
  EXPECT_THAT(cutoffs, ::testing::ElementsAre("above", "below"));
  std::map<std::string, std::string> found;
  for (const Event* event : events_of<TieAtCutoffFound>()) {
    const auto& tie = std::get<TieAtCutoffFound>(event->payload);
    found[tie.group + " " + std::string(to_string(tie.cutoff))] =
        std::to_string(tie.members.size()) + " for " + std::to_string(tie.places);
  }
  EXPECT_EQ(found, planted);
  for (const Event* event : events_of<RankingMemberPlaced>()) {
    const auto& placed = std::get<RankingMemberPlaced>(event->payload);
    const auto of = chosen.find(to_string(placed.person));
    if (of == chosen.end()) continue;
    EXPECT_EQ(to_string(placed.tier), of->second) << of->first;
  }
  EXPECT_EQ(events_of<RankingPublished>().size(), events_of<RankingGroupFrozen>().size());
}

// What came to light after the month was paid, or took back what had been decided.
TEST(LedgerAgreement, LateAndCancelledFactsLeaveTheirEvents) {
  std::map<std::string, std::vector<const PlantedItem*>> items;
  for (const PlantedItem& item : played().planted.items) items[item.kind].push_back(&item);
  std::set<PersonId> returned;
  for (const Event* event : events_of<PaymentReturned>()) {
    const auto& back = std::get<PaymentReturned>(event->payload);
    EXPECT_GT(back.amount.value, 0);
    returned.insert(back.person);
  }
  ASSERT_EQ(items["payment_returned"].size(), returned.size());
  for (const PlantedItem* item : items["payment_returned"])
    EXPECT_TRUE(returned.contains(*item->person));
  ASSERT_EQ(items["sanction_cancelled"].size(), 1u);
  const PlantedItem& cancelled = *items["sanction_cancelled"].front();
  const Month last = parse_month(expected(cancelled, "last_month")).value();
  std::size_t cut = 0;
  for (const Event* event : events_of<TppPaymentComputed>()) {
    const auto& payment = std::get<TppPaymentComputed>(event->payload);
    if (payment.person != *cancelled.person) continue;
    const bool sanctioned = std::any_of(
        payment.lines.begin(), payment.lines.end(),
        [](const PaymentLine& line) { return line.kind == LineKind::disciplinary_sanction; });
    EXPECT_EQ(sanctioned, payment.run.month >= *cancelled.month && payment.run.month <= last)
        << to_string(payment.run);
    cut += sanctioned ? 1U : 0U;
  }
  EXPECT_EQ(cut, 2u);
}

TEST(LedgerAgreement, MoversArePaidByTheUnitOfTheirLastDay) {
  std::map<std::pair<PersonId, std::string>, std::optional<LeftOutReason>> paid;
  for (const Event* event : events_of<TppPaymentComputed>()) {
    const auto& payment = std::get<TppPaymentComputed>(event->payload);
    paid[{payment.person, to_string(payment.run)}] = payment.left_out;
  }
  for (const PlantedItem& item : played().planted.items) {
    if (item.kind != "mid_month_move") continue;
    const auto by = paid.find({*item.person, expected(item, "paid_by")});
    ASSERT_TRUE(by != paid.end()) << item.note;
    EXPECT_FALSE(by->second);
    const auto not_by = paid.find({*item.person, expected(item, "left_out_of")});
    ASSERT_TRUE(not_by != paid.end()) << item.note;
    ASSERT_TRUE(not_by->second);
    EXPECT_EQ(to_string(*not_by->second), expected(item, "left_out_reason"));
  }
}

TEST(LedgerAgreement, AddingALittleLessWouldNotHaveSavedTheHeroine) {
  const Heroine& heroine = *played().planted.heroine;
  const RankingMemberPlaced* hers = nullptr;
  const RankingMemberPlaced* neighbours = nullptr;
  for (const Event* event : events_of<RankingMemberPlaced>()) {
    const auto& placed = std::get<RankingMemberPlaced>(event->payload);
    if (placed.person == heroine.person) hers = &placed;
    if (placed.person == heroine.neighbour) neighbours = &placed;
  }
  ASSERT_TRUE(hers != nullptr && neighbours != nullptr);
  // 70 % of the result and 30 % of behaviour, half up; of equal scores the better result.
  const auto passes = [&](std::int64_t addition) {
    const std::int64_t result = hers->result.value + addition;
    const std::int64_t score = (7'000 * result + 3'000 * hers->behaviour.value + 5'000) / 10'000;
    return std::pair(score, result) > std::pair(neighbours->score.value, neighbours->result.value);
  };
  EXPECT_EQ(heroine.avoided_by, Score{37});
  EXPECT_TRUE(passes(37));
  EXPECT_FALSE(passes(36));
  EXPECT_GT(heroine.corrected_result, hers->result);
}

// Everybody plans the year, for results that serve an indicator of the city, but for the planted.
TEST(LedgerAgreement, EverybodysPlanIsApprovedInJanuaryButForThePlanted) {
  std::map<PersonId, std::string> stories;
  std::set<PersonId> movers;  // who plan anew
  for (const PlantedItem& item : played().planted.items)
    if (item.kind == "mid_month_move") movers.insert(*item.person);
  for (const PlantedItem& item : played().planted.items)
    if (item.kind.starts_with("plan_")) stories.emplace(*item.person, item.kind);
  ASSERT_EQ(stories.size(), 4u);
  std::map<PersonId, std::vector<Date>> approved;
  for (const Event* event : events_of<PlanApproved>())
    approved[std::get<PlanApproved>(event->payload).person].push_back(event->occurred_on);
  std::set<std::string> seen;
  std::size_t planned = 0;
  const Period year{month(2022, 1), 12};
  for (const Event* event : events_of<AppraiserAssigned>()) {
    const auto& assigned = std::get<AppraiserAssigned>(event->payload);
    if (assigned.from > last_day(month(2022, 1))) continue;  // newcomers and movers
    const auto found = stories.find(assigned.person);
    const std::string story = found == stories.end() ? "" : found->second;
    seen.insert(story);
    ++planned;
    const PlanFact* plan = played().ledger.facts().person(assigned.person).plan(year);
    ASSERT_TRUE(plan != nullptr) << to_string(assigned.person);
    EXPECT_EQ(plan->state == PlanState::approved, story != "plan_unsubmitted") << story;
    const bool linked =
        std::any_of(plan->results.begin(), plan->results.end(),
                    [](const auto& result) { return result.indicator.has_value(); });
    EXPECT_EQ(linked, story != "plan_unlinked") << story;
    const auto& days = approved[assigned.person];
    const bool timely = !days.empty() && days.front() <= last_day(month(2022, 1));
    EXPECT_EQ(timely, story != "plan_late" && story != "plan_unsubmitted") << story;
    EXPECT_EQ(days.size() == 2, story == "plan_revised" || movers.contains(assigned.person))
        << story << " of " << to_string(assigned.person);
  }
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_GE(planned, 98u);
  // Each indicator but the city's own serves another.
  EXPECT_EQ(events_of<IndicatorDefined>().size(), events_of<IndicatorCascaded>().size() + 4);
}

TEST(LedgerAgreement, NothingOfAPlantedKindHappensByChance) {
  std::map<std::string, std::set<CommandId>> planted;
  for (const PlantedItem& item : played().planted.items)
    planted[item.kind].insert(item.commands.begin(), item.commands.end());
  const int offset = kediri().pack.utc_offset_minutes;
  for (const Event* event : events_of<DailyReportApproved>()) {
    const Month month = month_of(std::get<DailyReportApproved>(event->payload).date);
    const Instant cutoff = start_of(first_day(month + 1) + 3, offset);  // before the fourth
    EXPECT_EQ(event->recorded_at >= cutoff, planted["late_approval"].contains(event->command))
        << to_string(event->command);
  }
  const auto is_excuse = [&](const CommandId& id) {
    return planted["excuse_in_time"].contains(id) || planted["excuse_filed_late"].contains(id) ||
           planted["excuse_late"].contains(id) || planted["excuse_denied"].contains(id);
  };
  for (const Event* event : events_of<AttendanceExcused>()) EXPECT_TRUE(is_excuse(event->command));
  for (const Event* event : events_of<ExcuseDecided>()) EXPECT_TRUE(is_excuse(event->command));
  for (const Event* event : events_of<AssignmentEnded>())
    EXPECT_TRUE(planted["mid_month_move"].contains(event->command) ||
                planted["unit_merge"].contains(event->command));
  for (const Event* event : events_of<AttemptRefused>())
    EXPECT_TRUE(planted["violation"].contains(event->command));
}

// A file of commands names nothing that depends on how many sessions it takes to import it.
TEST(LedgerAgreement, HoldsForOtherSeedsAndOverManySessions) {
  for (std::uint64_t seed = 2; seed <= 5; ++seed) {
    testing::Rehearsal ledger;
    std::set<CommandId> failed;
    std::uint64_t commands = 0;
    const CommandSink sink = [&](const Command& command) -> Status {
      if (++commands % 500 == 0) RUNUT_TRY(ledger.take_over(*command.recorded_at));
      if (!ledger.play(command)) failed.insert(command.id);
      return {};
    };
    const auto planted = simulate({.people = 130,
                                   .from = seed == 5 ? month(2020, 1) : month(2022, 7),
                                   .to = seed == 5 ? month(2020, 2) : month(2022, 8),
                                   .seed = seed},
                                  kediri(), sink);
    ASSERT_TRUE(planted);
    std::set<CommandId> meant;
    for (const PlantedItem& item : planted->items)
      if (item.kind == "violation" || item.kind == rejected_kind)
        meant.insert(item.commands.begin(), item.commands.end());
    EXPECT_EQ(failed, meant) << "seed " << seed;
    const auto delegated =
        std::count_if(ledger.events().begin(), ledger.events().end(),
                      [](const Event& event) { return event.actor.on_behalf_of.has_value(); });
    EXPECT_GT(delegated, 0) << "seed " << seed;
  }
}

}  // namespace
}  // namespace runut::simulation
