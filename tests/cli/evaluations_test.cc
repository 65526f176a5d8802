// The predicate regime through the program: commands as JSON, people's predicates, a unit's
// distribution, the merit report, the audit.
#include <fstream>
#include <iterator>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// Denpasar's document, in force from the first day of 2021.
std::string document() {
  std::ifstream in(RUNUT_SOURCE_DIR "/schemas/regulations/kota-denpasar/2022-07.json");
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  for (const char* name : {"enacted_on", "promulgated_on", "effective_from"}) {
    const std::size_t at =
        text.find(std::string("\"") + name + "\": \"") + std::string(name).size() + 5;
    text.replace(at, 10, "2021-01-01");
  }
  return text;
}

constexpr const char* decree =
    R"("decree":{"number":"188/1","date":"2022-01-03","signatory":"P1","office":"Walikota",)"
    R"("document":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})";

class PredicateTown : public LedgerOnDisk {
 protected:
  void SetUp() override {
    town_.town(4);
    town_.add({.command = "EnactRegulation",
               .data = R"({"document":")" + escaped(document()) + R"(","retroactive":true,)" +
                       decree + "}"});
    for (const char* person : {"P3", "P4"})
      town_.add({.command = "AssignAppraiser",
                 .data = std::string(R"({"person":")") + person +
                         R"(","appraiser":"P2","superior":"P1","from":"2020-01-01"})"});
  }
  void of_unit(const char* predicate) {
    town_.add({.command = "SetUnitPredicate",
               .data = std::string(R"({"unit":"U1","period":"2021-Q4","predicate":")") + predicate +
                       R"(",)" + decree + "}"});
  }
  CommandFile::Ask rating(const char* command, const char* person, const std::string& value) {
    return {
        .command = command,
        .data = std::string(R"({"person":")") + person + R"(","period":"2021-Q4")" + value + "}",
        .actor = "P2",
        .role = "appraiser"};
  }
  void rates(const char* person, const std::string& result, const std::string& behaviour) {
    town_.add(rating("RateWorkResult", person, R"(,"expectation":")" + result + R"(")"));
    town_.add(rating("RateBehaviour", person, R"(,"expectation":")" + behaviour + R"(")"));
  }
};

TEST_F(PredicateTown, ShowsPredicatesTheirDistributionAndTheMeritReport) {
  of_unit("baik");
  rates("P3", "meets", "meets");
  rates("P4", "above", "above");
  town_.add(rating("DeliverEvaluation", "P3", ""));
  town_.add({.command = "CloseUnitEvaluations", .data = R"({"unit":"U1","period":"2021-Q4"})"});
  const Ran imported = import(town_.text());
  ASSERT_EQ(imported.exit, 0) << imported.err << imported.out;

  EXPECT_EQ(ask({"evaluations", "--period", "2021-Q4", "--csv"}).out,
            "agency,period,person,result,behaviour,predicate,credit,delivered,answered,"
            "corrections,objections\n"
            "kota-uji,2021-Q4,P3,meets,meets,baik,,24,no,0,0\n"
            "kota-uji,2021-Q4,P4,above,above,,,,no,0,0\n");
  // Two rated of four; at most 70 % may be baik: one is. Nobody needs improvement: one had to.
  EXPECT_EQ(ask({"evaluations", "--period", "2021-Q4", "--units", "--csv"}).out,
            "agency,period,unit,unit_predicate,sangat_kurang,kurang,butuh_perbaikan,baik,"
            "sangat_baik,rated,unrated,check,event\n"
            "kota-uji,2021-Q4,U1,baik,0,0,0,1,1,2,2,deviates,25\n");
  const Ran report =
      ask({"report", "merit", "--period", "2021-Q4", "--section", "predicates", "--csv"});
  EXPECT_EQ(report.exit, 0) << report.err;
  EXPECT_TRUE(has(report.out, "U1,Unit 1,baik,0,0,0,1,1,2,deviates,25")) << report.out;
  const Ran audit = ask({"audit", "--csv"});
  EXPECT_EQ(audit.exit, 0) << audit.err;
  EXPECT_TRUE(has(audit.out, "outside_distribution")) << audit.out;
}

TEST_F(PredicateTown, RefusesRatingsBeforeTheUnitsPredicateAndComputedFields) {
  town_.add(rating("RateWorkResult", "P3", R"(,"expectation":"meets")"));
  of_unit("baik");
  town_.add(rating("RateWorkResult", "P3", ""));
  town_.add(rating("RateWorkResult", "P3", R"(,"result":"85.00")"));
  town_.add(rating("DeliverEvaluation", "P3", R"(,"predicate":"sangat_baik")"));
  const Ran imported = import(town_.text());
  EXPECT_EQ(imported.exit, 3);
  const std::string told = imported.err + imported.out;
  for (const char* rule : {"evaluation.unit_predicate_first", "evaluation.score_range",
                           "evaluation.regime", "field.computed"})
    EXPECT_TRUE(has(told, rule)) << rule << "\n" << told;
  EXPECT_EQ(ask({"report", "merit", "--period", "2021-Q3"}).exit, 2);
}

}  // namespace
}  // namespace runut::testing
