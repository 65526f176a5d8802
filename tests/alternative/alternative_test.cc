// An alternative history is, event for event, the ledger that would have been: compared with one
// that was played without the command, or with others, from its founding.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/alternative/played.h"
#include "tests/support/dates.h"

namespace runut::testing {
namespace {

// Refused attempts leave a trace, and no facts: who would have attempted what is not told.
EventTexts comparable(std::vector<Event> events, const Change& change) {
  std::erase_if(events, [&](const Event& event) {
    return std::holds_alternative<AttemptRefused>(event.payload) ||
           std::any_of(change.given.begin(), change.given.end(),
                       [&](const Command& each) { return each.id == event.command; });
  });
  EventTexts texts = texts_of(events);
  // Within a commit events are paired by what they are about: their order is not compared.
  std::sort(texts.begin(), texts.end());
  return texts;
}

// How many commits came out otherwise.
std::size_t expect_as_played(const Change& change) {
  const std::unique_ptr<Rehearsal> played = play(change);
  const std::unique_ptr<Alternative> asked = ask(change);
  EventTexts got = texts_of(*asked, change);
  EventTexts wanted = comparable(played->events(), change);
  // Of a survey that lacks an answer now the sums stay as they were recorded, for the answers are
  // sealed; and so do answers by pseudonyms where people stand to each other in another way: that
  // is what was kept, and nothing else.
  std::set<std::pair<PersonId, Period>> surveys;
  for (const Sequence kept : asked->kept())
    std::visit(
        [&]<class P>(const P& payload) {
          if constexpr (std::is_same_v<P, SurveyClosed> || std::is_same_v<P, SurveyAnswered>)
            surveys.emplace(payload.person, payload.period);
          else
            ADD_FAILURE() << kept.value;
        },
        recorded_city().events()[kept.value - 1].payload);
  for (const Event& event : recorded_city().events()) {
    const bool is_kept = std::visit(
        [&]<class P>(const P& payload) {
          if constexpr (std::is_same_v<P, SurveyClosed> || std::is_same_v<P, SurveyAnswered>)
            return surveys.contains({payload.person, payload.period});
          return false;
        },
        event.payload);
    if (is_kept)
      for (EventTexts* const texts : {&got, &wanted})
        std::erase_if(*texts, [&](const std::string& text) {
          return text.starts_with(to_string(event.command));
        });
  }
  std::sort(got.begin(), got.end());
  EventTexts missing;
  EventTexts surplus;
  std::set_difference(wanted.begin(), wanted.end(), got.begin(), got.end(),
                      std::back_inserter(missing));
  std::set_difference(got.begin(), got.end(), wanted.begin(), wanted.end(),
                      std::back_inserter(surplus));
  EXPECT_TRUE(missing.empty()) << missing.size() << ", first: " << missing.front();
  EXPECT_TRUE(surplus.empty()) << surplus.size() << ", first: " << surplus.front();
  EXPECT_EQ(got.size(), wanted.size());
  return asked->changed().size();
}

// The nth command of a kind that was recorded.
template <class Body>
const Command& nth(std::size_t n) {
  for (const Command& command : city_commands())
    if (std::holds_alternative<Body>(command.body) && !is_refused_as_recorded(command.id) &&
        n-- == 0)
      return command;
  ADD_FAILURE() << "no such command";
  return city_commands().front();
}
template <class Body>
Change without(std::size_t n) {
  return {.without = nth<Body>(n).id, .behind = {}, .given = {}};
}

// Its pay, and with it the run's total, the lock, the order.
TEST(Alternative, WithoutAnApprovalIsTheLedgerThatWouldHaveBeen) {
  (void)expect_as_played(without<DailyReportApproved>(100));
}
// Its approval is refused with it.
TEST(Alternative, WithoutAReportIsTheLedgerThatWouldHaveBeen) {
  EXPECT_GE(expect_as_played(without<DailyReportSubmitted>(1'000)), 1U);
}
// Delivery is refused, the group has one member less, neighbours move.
TEST(Alternative, WithoutARatingIsTheLedgerThatWouldHaveBeen) {
  EXPECT_GE(expect_as_played(without<WorkResultRated>(7)), 3U);
}
// The agency's own facts: everything later is decided again.
TEST(Alternative, WithoutACeilingIsTheLedgerThatWouldHaveBeen) {
  EXPECT_GE(expect_as_played(without<TppCeilingSet>(3)), 4U);
}
TEST(Alternative, WithoutAnAppraiserIsTheLedgerThatWouldHaveBeen) {
  EXPECT_GE(expect_as_played(without<AppraiserAssigned>(20)), 20U);
}
TEST(Alternative, WithoutThePublicationIsTheLedgerThatWouldHaveBeen) {
  EXPECT_GE(expect_as_played(without<PublishRanking>(0)), 4U);
}

Command rating(const Command& like, Score result) {
  Command out = like;
  out.id.bytes.back() ^= 0xFF;
  std::get<WorkResultRated>(out.body).result = result;
  return out;
}

// Rated anew before the delivery: the whole ranking is placed again.
TEST(Alternative, WithAnotherRatingIsTheLedgerThatWouldHaveBeen) {
  const Command& rated = nth<WorkResultRated>(5);
  const Score low{5'000};
  EXPECT_GE(expect_as_played({.without = {}, .behind = rated.id, .given = {rating(rated, low)}}),
            2U);
}

// By who knows no sequences: an event is named by the command that it came from, and that one is
// recorded, or supposed itself.
TEST(Alternative, CancelsTheSanctionThatACommandImposed) {
  const Command& imposed = nth<DisciplinarySanctionImposed>(0);
  const auto& sanction = std::get<DisciplinarySanctionImposed>(imposed.body);
  Command again = imposed;
  again.id.bytes.back() ^= 0xFF;
  const auto cancelled = [&](const CommandId& named) {
    Command out = imposed;
    out.id.bytes.front() ^= 0xFF;
    out.body = DisciplinarySanctionCancelled{sanction.person, Sequence{}, sanction.first_month + 1,
                                             sanction.decree};
    out.refers_to = named;
    return out;
  };
  for (const std::vector<Command>& given :
       {std::vector<Command>{cancelled(imposed.id)}, {again, cancelled(again.id)}})
    EXPECT_GE(expect_as_played({.without = {}, .behind = imposed.id, .given = given}), 1U);
}

// Any command at all, from the first after the founding to the last.
TEST(Alternative, WithoutAnyCommandIsTheLedgerThatWouldHaveBeen) {
  std::vector<CommandId> recorded;
  for (const Command& command : city_commands())
    if (!is_refused_as_recorded(command.id)) recorded.push_back(command.id);
  const char* const wanted = std::getenv("RUNUT_ALTERNATIVES");
  const std::size_t asked = wanted == nullptr ? 14 : std::strtoul(wanted, nullptr, 10);
  std::size_t reached = 0;
  for (std::size_t i = 1; i <= asked; ++i) {
    const CommandId& id = recorded[recorded.size() * i / (asked + 1)];
    SCOPED_TRACE(to_string(id));
    if (expect_as_played({.without = id, .behind = {}, .given = {}}) > 0) ++reached;
  }
  EXPECT_GT(reached, asked / 3);
}

// What people ask of it: the differences of pay and places are those between the two ledgers.
TEST(Alternative, DiffersFromWhatIsRecordedAsTheOtherLedgerDoes) {
  const Command& rated = nth<WorkResultRated>(5);
  const Change change{.without = {}, .behind = rated.id, .given = {rating(rated, Score{5'000})}};
  const std::unique_ptr<Rehearsal> played = play(change);
  const std::unique_ptr<Alternative> asked = ask(change);
  const Standpoint before{recorded_city(), recorded_city().facts().known_at(), {}};
  const Standpoint truth{*played, played->facts().known_at(), {}};
  const Standpoint answer{asked->history(), asked->known_at(), {}};
  const auto same = [](const DifferenceReport& a, const DifferenceReport& b) {
    const auto key = [](const ChangedQuantity& each) {
      return std::tie(each.line, each.component, each.before, each.after, each.difference);
    };
    ASSERT_EQ(a.people.size(), b.people.size());
    for (std::size_t i = 0; i < a.people.size(); ++i) {
      EXPECT_EQ(a.people[i].person, b.people[i].person);
      ASSERT_EQ(a.people[i].quantities.size(), b.people[i].quantities.size());
      for (std::size_t j = 0; j < a.people[i].quantities.size(); ++j)
        EXPECT_EQ(key(a.people[i].quantities[j]), key(b.people[i].quantities[j]));
    }
    ASSERT_EQ(a.units.size(), b.units.size());
  };
  const auto places = rankings_difference({before, answer, {}}, s1);
  const auto true_places = rankings_difference({before, truth, {}}, s1);
  ASSERT_TRUE(places && true_places);
  EXPECT_FALSE(places->people.empty());
  same(*places, *true_places);
  const auto pay = payments_difference({before, answer, {}}, month(2022, 8));
  const auto true_pay = payments_difference({before, truth, {}}, month(2022, 8));
  ASSERT_TRUE(pay && true_pay);
  EXPECT_FALSE(pay->people.empty()) << "who was cut instead";
  same(*pay, *true_pay);
  EXPECT_FALSE(pay->units.empty());
}

TEST(Alternative, RefusesWhatTheLedgerKnowsAndWhatItWouldRefuse) {
  const Command& rated = nth<WorkResultRated>(5);
  auto begun = Alternative::begin(
      recorded_city(), recorded_city().facts().known_at(),
      [](Sequence) -> Result<Event> { return fail(ErrorCode::internal, "nothing is followed"); });
  ASSERT_TRUE(begun);
  Alternative& now = **begun;
  Command late = rating(rated, Score{5'000});
  const HypotheticalOptions at_head{recorded_city().events().back().recorded_at,
                                    Origin::simulation};
  const Status refused = now.suppose(late, at_head);
  ASSERT_FALSE(refused);
  EXPECT_FALSE(refused.error().rule.empty()) << "delivered long ago";
  Command identifier;
  identifier.id = late.id;
  identifier.body = IdentifierAssigned{};
  EXPECT_EQ(now.suppose(identifier, at_head).error().rule, "what_if.identifier");
}

}  // namespace
}  // namespace runut::testing
