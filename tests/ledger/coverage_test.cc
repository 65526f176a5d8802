// The tables are complete: every rule that the core can name has a row, every command a yes and a
// no.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

// Rules that no command reaches, and what keeps it from them.
const std::map<std::string, std::string> unreachable = {
    {"predicate.count_negative", "the ledger counts people itself"},
    {"predicate.credit_months", "an annual period has twelve months, each counted once"},
    {"predicate.distribution_empty", "a document with such a row is not enacted (field.length)"},
    {"predicate.distribution_overlap", "nor with such (distribution.overlap)"},
    {"predicate.distribution_value", "nor with such (field.range)"},
    {"predicate.rating_missing", "no command holds an expectation that is none"},
    {"predicate.unknown", "no document and no rating holds a predicate that is none"},
    {"ranking.no_appraiser",
     "an evaluation is delivered by the appraiser of the period's last day"},
    {"ranking.not_published", "correct_tier asks only where a published group holds the person"},
    {"survey.sealed_answers", "of a recorded closing alone, in a ledger with other answers"},
    {"tax.no_rate", "a document without a rate for every grade is not enacted (tax.grade_missing)"},
};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The rules named in the sources that decide: in calls of the refusing helpers, and in errors put
// together by hand. Laws of conservation are our bugs, not refusals: they have tests of their own.
struct Named {
  std::set<std::string> rules;
  std::vector<std::string> unread;  // refusals whose rule stands nowhere as text
};
Named rules_in(const std::string& text) {
  Named out;
  static const std::regex call(R"(\b(reject|refuse|unknown|bad)\(\s*("?)([A-Za-z_.:0-9]+))");
  for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at) {
    const std::string argument = (*at)[3];
    if ((*at)[2].length() > 0)
      out.rules.insert(argument);
    else if (!argument.starts_with("std::string"))  // the helpers themselves, and what they pass on
      out.unread.push_back(at->str());
  }
  static const std::regex by_hand(
      R"(ErrorCode::(rejected|unauthorised|not_found|invalid_input|conflict),\s*"([a-z_0-9.]+)\")");
  for (std::sregex_iterator at(text.begin(), text.end(), by_hand), end; at != end; ++at)
    out.rules.insert((*at)[2]);
  static const std::regex passed(R"(require_(self|office)\([^;{}]*?"([a-z_0-9]+\.[a-z_0-9]+)\")");
  for (std::sregex_iterator at(text.begin(), text.end(), passed), end; at != end; ++at)
    out.rules.insert((*at)[2]);
  return out;
}

Named rules_of_the_core() {
  Named out;
  const std::filesystem::path root = RUNUT_SOURCE_DIR "/src";
  std::vector<std::filesystem::path> files = {root / "regulation/timeline.cc"};
  for (const char* folder : {"ledger", "computation"})
    for (const auto& entry : std::filesystem::directory_iterator(root / folder))
      files.push_back(entry.path());
  for (const auto& file : files) {
    Named named = rules_in(text_of(file));
    out.rules.merge(named.rules);
    out.unread.insert(out.unread.end(), named.unread.begin(), named.unread.end());
  }
  return out;
}

TEST(Tables, ReadRulesOutOfSources) {
  const Named named = rules_in(
      "return reject(\"a.b\",\n x);  return refuse(rule, 1); fail(Error{ErrorCode::rejected,\n"
      "\"c.d\", 2}); at.require_self(body.person, \"e.f\");");
  EXPECT_EQ(named.rules, (std::set<std::string>{"a.b", "c.d", "e.f"}));
  EXPECT_EQ(named.unread.size(), 1U);
}

TEST(Tables, HaveARowForEveryRuleOfTheCore) {
  const Named named = rules_of_the_core();
  EXPECT_TRUE(named.unread.empty()) << named.unread.front();
  std::map<std::string, std::size_t> rows;
  for (const Refusal& row : all_refusals()) ++rows[row.rule];
  std::size_t covered = 0;
  for (const std::string& rule : named.rules) {
    const bool excused = unreachable.contains(rule);
    EXPECT_NE(rows.contains(rule), excused) << rule << (excused ? " is reached" : " has no row");
    if (rows.contains(rule)) ++covered;
  }
  for (const auto& [rule, why] : unreachable)
    EXPECT_TRUE(named.rules.contains(rule)) << rule << " is no rule any more";
  EXPECT_GT(named.rules.size(), 150U);
  std::printf(
      "%zu rules, %zu with rows, %zu unreachable; %zu rows of refusals, %zu of acceptances\n",
      named.rules.size(), covered, unreachable.size(), all_refusals().size(),
      all_acceptances().size());
}

TEST(Tables, HaveAYesAndANoForEveryCommand) {
  expect_refused(all_refusals());
  expect_accepted(all_acceptances());
#define RUNUT_EXPECT_BOTH(name, body)                                                          \
  {                                                                                            \
    const auto at = answers_by_command().find(#name);                                          \
    const Scene::Count count = at == answers_by_command().end() ? Scene::Count{} : at->second; \
    EXPECT_GT(count.accepted, 0U) << #name << " is never accepted";                            \
    EXPECT_GT(count.refused, 0U) << #name << " is never refused";                              \
    std::printf("%-28s %6zu accepted %4zu refused\n", #name, count.accepted, count.refused);   \
  }
  RUNUT_COMMANDS(RUNUT_EXPECT_BOTH)
#undef RUNUT_EXPECT_BOTH
}

TEST(Tables, CallEveryRuleOfAuthorityUnauthorised) {
  for (const Refusal& row : all_refusals()) {
    const bool authority = row.rule.starts_with("authority.") || row.rule == "actor.role" ||
                           row.rule == "tie.authority" || row.rule == "tie.own_case" ||
                           row.rule.ends_with("signatory");
    EXPECT_EQ(row.code == not_theirs, authority) << row.rule;
  }
}

}  // namespace
}  // namespace runut::testing
