// What documents of the predicate regime state, and what no document may.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "kediri.h"
#include "regulation/document_json.h"

namespace runut {
namespace {

namespace bj = boost::json;
using testing::kediri_text;
using testing::shipped_document;
using testing::shipped_text;

using P = Predicate;
using Bound = DistributionTerm::Bound;

class PredicateDocument : public ::testing::TestWithParam<const char*> {};

TEST_P(PredicateDocument, HoldsTheTablesOfTheRulebook) {
  const PredicateRules rules = shipped_document(GetParam(), "2022-07.json").evaluation.predicate;
  // Result below, meets, above; behaviour below, meets, above.
  EXPECT_EQ(rules.quadrant, (Quadrant{{{P::sangat_kurang, P::butuh_perbaikan, P::butuh_perbaikan},
                                       {P::kurang, P::baik, P::baik},
                                       {P::kurang, P::baik, P::sangat_baik}}}));
  EXPECT_TRUE(rules.unit_first);
  EXPECT_EQ(rules.mode, DistributionMode::advisory);
  const auto row = [&](UnitPredicate unit) {
    return rules.rows.at(static_cast<std::size_t>(unit) - 1);
  };
  EXPECT_EQ(row(UnitPredicate::istimewa),
            (DistributionRow{{{P::sangat_baik}, Bound::share_at_most, 7'000}}));
  EXPECT_EQ(row(UnitPredicate::baik),
            (DistributionRow{{{P::baik}, Bound::share_at_most, 7'000},
                             {{P::butuh_perbaikan, P::kurang}, Bound::persons_at_least, 1}}));
  EXPECT_EQ(row(UnitPredicate::butuh_perbaikan),
            (DistributionRow{{{P::butuh_perbaikan}, Bound::share_at_least, 6'000},
                             {{P::sangat_baik}, Bound::share_at_most, 1'000}}));
  EXPECT_EQ(row(UnitPredicate::kurang),
            (DistributionRow{{{P::kurang}, Bound::share_at_least, 6'000},
                             {{P::butuh_perbaikan}, Bound::share_at_least, 1'000},
                             {{P::sangat_baik}, Bound::share_at_most, 1'000}}));
  EXPECT_EQ(row(UnitPredicate::sangat_kurang),
            (DistributionRow{{{P::sangat_kurang}, Bound::share_at_least, 6'000},
                             {{P::kurang, P::butuh_perbaikan}, Bound::share_at_least, 1'000},
                             {{P::sangat_baik}, Bound::share_at_most, 0}}));
  EXPECT_EQ(rules.credit_shares,
            (CreditShares{BasisPoints{2'500}, BasisPoints{5'000}, BasisPoints{7'500},
                          BasisPoints{10'000}, BasisPoints{15'000}}));
  EXPECT_EQ(rules.credit_coefficients.at("Ahli Pertama"), Score{1'250});
  EXPECT_FALSE(shipped_document(GetParam(), "2022-07.json").tpp.predicate);
}
INSTANTIATE_TEST_SUITE_P(Packs, PredicateDocument,
                         ::testing::Values("kota-yogyakarta", "kota-denpasar"));

struct CityEdit {
  std::string parameter;  // and below its value: "distribution/baik/0"
  std::string json;       // empty: the member is taken out
};

std::string edited_city(std::string text, const CityEdit& edit) {
  bj::value root = bj::parse(text);
  const std::size_t slash = edit.parameter.find('/');
  bj::value* at = &root.at_pointer("/parameters");
  std::string last = edit.parameter.substr(0, slash);
  if (slash != std::string::npos) {
    std::string path = "/" + last + "/value" + edit.parameter.substr(slash);
    const std::size_t cut = path.rfind('/');
    last = path.substr(cut + 1);
    at = &at->at_pointer(path.substr(0, cut));
  } else if (!edit.json.empty()) {
    at = &at->at_pointer("/" + last);
    last = "value";
  }
  if (at->is_array())
    at->as_array().at(std::stoul(last)) = bj::parse(edit.json);
  else if (edit.json.empty())
    at->as_object().erase(last);
  else
    at->as_object()[last] = bj::parse(edit.json);
  return bj::serialize(root);
}

TEST(PredicateParameters, AreRefusedByRuleFieldAndValue) {
  struct Row {
    CityEdit edit;
    std::string rule;  // empty: accepted
    std::string field;
    std::string value;
  };
  const Row rows[] = {
      {{"distribution_mode", "\"enforced\""}, "", "", ""},
      {{"distribution/istimewa", "[]"}, "", "", ""},
      {{"predicate_bp",
        R"({"sangat_baik":500,"baik":0,"butuh_perbaikan":0,"kurang":0,"sangat_kurang":-500})"},
       "",
       "",
       ""},
      {{"distribution", ""},
       "regulation.parameter_missing",
       "/parameters/distribution",
       "distribution"},
      {{"predicate_quadrant/above/below", "\"istimewa\""},
       "field.name",
       "/parameters/predicate_quadrant/value/above/below",
       "istimewa"},
      {{"predicate_quadrant/meets", ""},
       "field.missing",
       "/parameters/predicate_quadrant/value/meets",
       ""},
      {{"distribution/baik/1", R"({"predicates":["baik","kurang"],"persons_at_least":1})"},
       "distribution.overlap",
       "/parameters/distribution/value/baik/1/predicates",
       "baik"},
      {{"distribution/baik/1", R"({"predicates":["kurang"],"at_least":1,"persons_at_least":1})"},
       "distribution.bound",
       "/parameters/distribution/value/baik/1",
       "2"},
      {{"distribution/baik/0", R"({"predicates":["baik"],"at_most":10001})"},
       "field.range",
       "/parameters/distribution/value/baik/0/at_most",
       "10001"},
      {{"distribution/baik/0", R"({"predicates":[],"at_most":7000})"},
       "field.length",
       "/parameters/distribution/value/baik/0/predicates",
       "0 entries"},
      {{"several_assignments", "\"days\""},
       "several_assignments.predicate",
       "/parameters/several_assignments/value",
       "days"},
      {{"predicate_bp/baik", "20000"},
       "field.range",
       "/parameters/predicate_bp/value/baik",
       "20000"},
      {{"ranking", "true"}, "ranking.predicate", "/parameters/ranking/value", "true"},
  };
  for (const Row& row : rows) {
    std::string text = shipped_text("kota-denpasar", "2022-07.json");
    if (row.edit.parameter == "predicate_bp/baik") text = edited_city(text, rows[2].edit);
    const DocumentResult read = read_document(edited_city(text, row.edit));
    if (row.rule.empty()) {
      EXPECT_TRUE(read) << row.edit.parameter << " " << read.error().front().describe();
      continue;
    }
    ASSERT_FALSE(read) << row.edit.parameter;
    EXPECT_EQ(read.error().front().rule, row.rule) << read.error().front().describe();
    EXPECT_EQ(read.error().front().field, row.field);
    EXPECT_EQ(read.error().front().value, row.value);
  }
}

TEST(PredicateParameters, StandInNoDocumentOfScores) {
  bj::value root = bj::parse(kediri_text("2022-08.json"));
  root.at_pointer("/parameters").as_object()["distribution_mode"] =
      bj::parse(shipped_text("kota-denpasar", "2022-07.json"))
          .at_pointer("/parameters/distribution_mode");
  const DocumentResult stated = read_document(bj::serialize(root));
  ASSERT_FALSE(stated);
  ASSERT_EQ(stated.error().size(), 1U);
  EXPECT_EQ(stated.error()[0].rule, "regulation.parameter_regime");
  EXPECT_EQ(stated.error()[0].field, "/parameters/distribution_mode");
}

}  // namespace
}  // namespace runut
