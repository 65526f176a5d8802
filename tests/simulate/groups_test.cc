// A year of a city plays every group of events, at believable rates, in either regime of
// evaluation; and a ledger takes each of its commands but those that must fail.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "codec/command_json.h"
#include "tests/rehearsal/rehearsal.h"
#include "tests/simulate/kediri.h"

namespace runut::simulation {
namespace {

constexpr std::uint32_t people = 150;

Planted simulated(const std::string& name, Month from, Month to) {
  const CommandSink nowhere = [](const Command&) -> Status { return {}; };
  auto planted = simulate({.people = people, .from = from, .to = to}, pack(name), nowhere);
  EXPECT_TRUE(planted.has_value()) << (planted ? "" : planted.error().describe());
  return planted ? std::move(*planted) : Planted{};
}

void expect_played(const Planted& planted, std::initializer_list<const char*> commands) {
  for (const char* command : commands)
    EXPECT_GT(planted.by_command.contains(command) ? planted.by_command.at(command) : 0, 0U)
        << command << " in " << planted.agency;
}

// Of each person in the year.
double a_head(const Planted& planted, const char* command) {
  return static_cast<double>(planted.by_command.at(command)) / people;
}

TEST(Groups, AreAllPlayedInAYearOfRanking) {
  const Planted year = simulated("kota-kediri", month(2022, 1), month(2022, 12));
  expect_played(year, {"StartActingRole",     "EndActingRole",
                       "RecordQualification", "RecordCompetency",
                       "GrantCertification",  "SignUnitAgreement",
                       "DefineIndicator",     "CascadeIndicator",
                       "DraftPlan",           "RevisePlan",
                       "ClarifyExpectation",  "GiveFeedback",
                       "HoldDialogue",        "PlanCoaching",
                       "OpenSurvey",          "AnswerSurvey",
                       "CloseSurvey",         "FillSeniorPost",
                       "ReviewSeniorPost",    "ExtendSeniorPost",
                       "RateWorkResult",      "AcknowledgeEvaluation",
                       "PublishRanking"});
  EXPECT_EQ(year.by_command.at("OpenSurvey"), year.by_command.at("CloseSurvey"));
  EXPECT_FALSE(year.by_command.contains("SetUnitPredicate"));
  EXPECT_NEAR(a_head(year, "HoldDialogue"), 1.8, 0.5);
  EXPECT_NEAR(a_head(year, "GiveFeedback"), 2.0, 0.5);
  EXPECT_NEAR(a_head(year, "AnswerSurvey"), 2.5, 1.5) << "of the few who appraise, twice a year";
}

// Denpasar's regime changes in July: two quarters are evaluated within the year, the last one and
// the year itself in the January that follows.
TEST(Groups, AreAllPlayedInAYearOfPredicates) {
  const Planted year = simulated("kota-denpasar", month(2022, 1), month(2022, 12));
  expect_played(year,
                {"SetUnitPredicate", "RateWorkResult", "RateBehaviour", "DeliverEvaluation",
                 "AcknowledgeEvaluation", "RefuseEvaluation", "FileObjection", "CorrectEvaluation",
                 "CloseUnitEvaluations", "OpenSurvey", "FillSeniorPost", "StartActingRole"});
  EXPECT_NEAR(a_head(year, "DeliverEvaluation"), 4.0, 0.2);
  EXPECT_EQ(year.by_command.at("SetUnitPredicate"), year.by_command.at("CloseUnitEvaluations"));
  EXPECT_EQ(year.by_kind.at("outside_distribution"), 3U) << "one a quarter";
}

TEST(Groups, EndWhereTheDocumentOfTheNextMonthIsNotTold) {
  const Planted half = simulated("kota-denpasar", month(2022, 4), month(2022, 6));
  EXPECT_FALSE(half.by_command.contains("SetUnitPredicate"));
}

// Every command is read back as it was written, and accepted or refused as planted.
class Regimes : public ::testing::TestWithParam<const char*> {};

TEST_P(Regimes, ALedgerRefusesExactlyWhatIsPlanted) {
  testing::Rehearsal ledger;
  std::map<CommandId, std::string> errors;
  const CommandSink sink = [&](const Command& command) -> Status {
    const auto read = parse_command(to_json(command));
    EXPECT_TRUE(read && *read == command) << to_json(command);
    if (const Status answer = ledger.play(command); !answer)
      errors.emplace(command.id,
                     std::string(command_name(command.body)) + ": " + answer.error().describe());
    return {};
  };
  const auto planted = simulate({.people = 100, .from = month(2022, 6), .to = month(2022, 10)},
                                pack(GetParam()), sink);
  ASSERT_TRUE(planted.has_value()) << planted.error().describe();
  std::set<CommandId> failing;
  for (const PlantedItem& item : planted->items)
    if (item.kind == "violation" || item.kind == rejected_kind)
      failing.insert(item.commands.begin(), item.commands.end());
  int told = 0;
  for (const auto& [id, error] : errors)
    if (!failing.contains(id) && ++told <= 10) ADD_FAILURE() << to_string(id) << " " << error;
  for (const CommandId& id : failing) EXPECT_TRUE(errors.contains(id)) << to_string(id);
}

INSTANTIATE_TEST_SUITE_P(Packs, Regimes, ::testing::Values("kota-yogyakarta", "kota-denpasar"));

}  // namespace
}  // namespace runut::simulation
