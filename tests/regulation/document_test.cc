#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "kediri.h"
#include "regulation/document_json.h"
#include "regulation/validate.h"

namespace runut {
namespace {

namespace bj = boost::json;
using testing::kediri_document;
using testing::kediri_text;

// The document of August 2022 with some places replaced (or removed, with an empty text), as text.
struct Edit {
  std::string pointer;
  std::string json;
};

std::string edited(const std::vector<Edit>& edits) {
  bj::value root = bj::parse(kediri_text("2022-08.json"));
  for (const Edit& edit : edits) {
    const std::size_t cut = edit.pointer.rfind('/');
    bj::value& parent = cut == 0 ? root : root.at_pointer(edit.pointer.substr(0, cut));
    const std::string last = edit.pointer.substr(cut + 1);
    if (parent.is_array()) {
      parent.as_array().at(std::stoul(last)) = bj::parse(edit.json);
    } else if (edit.json.empty()) {
      parent.as_object().erase(last);
    } else {
      parent.as_object()[last] = bj::parse(edit.json);
    }
  }
  return bj::serialize(root);
}

std::string all(const std::vector<Error>& violations) {
  std::string out;
  for (const Error& violation : violations) out += "  " + violation.describe() + "\n";
  return out;
}

TEST(KediriDocument, HoldsTheValuesOfTheRulebook) {
  const Document d = kediri_document("2022-08.json");
  EXPECT_EQ(d.header.id, "kota-kediri-2022-08");
  EXPECT_EQ(d.header.effective_from, date(2022, 8, 1));
  EXPECT_TRUE(d.ranking.enabled);
  EXPECT_EQ(d.ranking.tiers, (TierShares{BasisPoints{1000}, BasisPoints{7500}, BasisPoints{1500}}));
  EXPECT_EQ(d.ranking.delta, (TierDelta{BasisPoints{500}, BasisPoints{-500}}));
  EXPECT_EQ(d.ranking.tie_keys,
            (std::vector<TieKey>{TieKey::result, TieKey::behaviour, TieKey::discipline}));
  EXPECT_EQ(d.evaluation.weights(), (ScoreWeights{BasisPoints{7000}, BasisPoints{3000}}));
  ASSERT_EQ(d.work.schedule.size(), 5u);
  EXPECT_EQ(d.work.schedule[0].start, 7u * 60 + 30);
  EXPECT_EQ(d.work.schedule[4].weekday, 5u);
  EXPECT_EQ(d.work.schedule[4].end, 14u * 60 + 30);
  EXPECT_EQ(d.work.approval_cutoff_day, 4);
  EXPECT_FALSE(d.work.daily_cap);
  ASSERT_EQ(d.work.late.size(), 5u);
  EXPECT_EQ(d.work.late[3].deduction, BasisPoints{125});
  EXPECT_FALSE(d.work.late[4].until);
  EXPECT_EQ(d.tpp.status_bp.at(EmploymentStatus::cpns), BasisPoints{8000});
  EXPECT_EQ(d.tpp.leave_bp.at(LeaveKind::sick), BasisPoints{9500});
  EXPECT_EQ(d.tpp.disciplinary, BasisPoints{-2500});
  EXPECT_EQ(d.tpp.unit_sanction, BasisPoints{-1000});
  EXPECT_FALSE(d.tpp.personal_sanction);
  EXPECT_EQ(d.tpp.tax_by_grade.size(), 34u);
  EXPECT_EQ(d.tpp.tax_by_grade.at("IV/e"), BasisPoints{1500});
  EXPECT_EQ(d.tpp.tax_by_grade.at("PPPK IX"), BasisPoints{500});
  EXPECT_EQ(d.tpp.tax_by_grade.at("PPPK VIII"), BasisPoints{0});
  ASSERT_EQ(d.tpp.deductions.size(), 1u);
  EXPECT_EQ(d.tpp.deductions[0].cap, Rupiah{12'000'000});
  EXPECT_EQ(d.provenance(Parameter::tiers).status, ValueStatus::cited);
  EXPECT_EQ(d.provenance(Parameter::status_bp).status, ValueStatus::practice);
  EXPECT_EQ(d.provenance(Parameter::productivity_cap).status, ValueStatus::assumed);
  EXPECT_EQ(d.tax_provenance("III/c"), d.provenance(Parameter::tax_by_grade));
  EXPECT_EQ(d.tax_provenance("III/c").status, ValueStatus::cited);
  EXPECT_EQ(d.tax_provenance("PPPK IX").status, ValueStatus::assumed);
  EXPECT_EQ(d.tax_provenance("PPPK I").status, ValueStatus::assumed);
  EXPECT_EQ(d.tax_provenance("PPPK IX").clause.find("PP 80/2010"), std::string::npos);
}

// As documents were before there were exceptions.
TEST(KediriDocument, WithoutExceptionsVouchesForEveryGradeAlike) {
  const DocumentResult old = read_document(edited({{"/parameters/tax_by_grade/exceptions", ""}}));
  ASSERT_TRUE(old) << all(old.error());
  EXPECT_TRUE(old->tax_exceptions.empty());
  for (const std::string& grade : known_grades())
    EXPECT_EQ(old->tax_provenance(grade), old->provenance(Parameter::tax_by_grade)) << grade;
  EXPECT_TRUE(old->pays_like(kediri_document("2022-08.json"))) << "no rupiah of it is another";
}

TEST(KediriDocument, OfOlderYearsDiffersOnlyWhereTheRulebookSays) {
  const Document y2020 = kediri_document("2020.json");
  const Document y2021 = kediri_document("2021.json");
  Document as_2022 = kediri_document("2022-08.json");
  EXPECT_EQ(y2020.tpp.unit_sanction, std::nullopt);
  EXPECT_EQ(y2020.tpp.personal_sanction, std::nullopt);
  EXPECT_EQ(y2021.tpp.unit_sanction, BasisPoints{-1000});
  EXPECT_EQ(y2021.tpp.personal_sanction, BasisPoints{-1000});
  for (const Document& older : {y2020, y2021}) {
    EXPECT_FALSE(older.ranking.enabled);
    EXPECT_FALSE(older.tpp.tier_adjustment);
    as_2022.ranking.enabled = false;
    as_2022.tpp.tier_adjustment = false;
    as_2022.tpp.unit_sanction = older.tpp.unit_sanction;
    as_2022.tpp.personal_sanction = older.tpp.personal_sanction;
    EXPECT_EQ(older.evaluation, as_2022.evaluation);
    EXPECT_EQ(older.ranking, as_2022.ranking);
    EXPECT_TRUE(older.pays_like(as_2022));
    for (const ParameterSpec& spec : parameter_specs()) {
      const bool stated = spec.regime == Regime::unspecified || spec.regime == Regime::numeric;
      EXPECT_EQ(older.provenance(spec.parameter).status,
                stated ? ValueStatus::assumed : ValueStatus::unspecified)
          << spec.name;
    }
  }
}

struct Violation {
  std::string rule;
  std::string field;
  std::string value;
};
struct Row {
  std::vector<Edit> edits;
  std::vector<Violation> expected;
};

const char* const p = "/parameters/";
std::string at(const std::string& parameter, const std::string& below = "") {
  return p + parameter + "/value" + below;
}

TEST(Validation, NamesExactlyTheRuleTheFieldAndTheValue) {
  const std::string one_band = R"([{"from":0,"bp":0}])";
  const Row rows[] = {
      // dates and header
      {{{"/regulation/promulgated_on", "\"2022-06-30\""}},
       {{"dates.order", "/regulation/promulgated_on", "2022-06-30"}}},
      {{{"/regulation/enacted_on", "\"2022-02-30\""}},
       {{"field.date", "/regulation/enacted_on", "2022-02-30"}}},
      {{{"/regulation/id", "\"Kota Kediri\""}},
       {{"regulation.id", "/regulation/id", "Kota Kediri"}}},
      {{{"/regulation/number", ""}}, {{"field.missing", "/regulation/number", ""}}},
      {{{"/regulation/extra", "1"}}, {{"field.unknown", "/regulation/extra", "extra"}}},
      // exactly the parameters that are listed, each with its six members
      {{{"/parameters/absent", ""}},
       {{"regulation.parameter_missing", "/parameters/absent", "absent"}}},
      {{{"/parameters/abscent", "{}"}},
       {{"regulation.parameter_unknown", "/parameters/abscent", "abscent"}}},
      {{{"/parameters/absent/clause", ""}}, {{"field.missing", "/parameters/absent/clause", ""}}},
      {{{"/parameters/absent/unit", "\"percent\""}},
       {{"regulation.unit", "/parameters/absent/unit", "percent"}}},
      {{{"/parameters/absent/status", "\"guessed\""}},
       {{"field.name", "/parameters/absent/status", "guessed"}}},
      {{{"/parameters/tiers/applies_by", "\"payment_month\""}},
       {{"regulation.applies_by", "/parameters/tiers/applies_by", "payment_month"}}},
      {{{at("applies_by", "/ranking"), "\"period_end\""}},
       {{"applies_by.fixed", at("applies_by", "/ranking"), "period_end"}}},
      {{{at("applies_by", "/tpp"), "\"fact\""}},
       {{"applies_by.fixed", at("applies_by", "/tpp"), "fact"}}},
      // types and ranges
      {{{at("absent"), "300.0"}}, {{"field.type", at("absent"), "3E2"}}},
      {{{at("absent"), "\"300\""}}, {{"field.type", at("absent"), "300"}}},
      {{{at("absent"), "10001"}}, {{"field.range", at("absent"), "10001"}}},
      {{{at("absent"), "18446744073709551615"}},
       {{"field.range", at("absent"), "18446744073709551615"}}},
      {{{at("ranking"), "1"}}, {{"field.type", at("ranking"), "1"}}},
      {{{at("approval_cutoff_day"), "0"}}, {{"field.range", at("approval_cutoff_day"), "0"}}},
      {{{at("approval_cutoff_day"), "29"}}, {{"field.range", at("approval_cutoff_day"), "29"}}},
      {{{at("daily_cap_minutes"), "1441"}}, {{"field.range", at("daily_cap_minutes"), "1441"}}},
      {{{at("ranking_period"), "5"}}, {{"field.range", at("ranking_period"), "5"}}},
      {{{at("minimum_size"), "0"}}, {{"field.range", at("minimum_size"), "0"}}},
      {{{at("tier_delta", "/below"), "500"}}, {{"field.range", at("tier_delta", "/below"), "500"}}},
      {{{at("disciplinary_bp"), "2500"}}, {{"field.range", at("disciplinary_bp"), "2500"}}},
      {{{at("tie_keys", "/1"), "\"seniority\""}},
       {{"field.name", at("tie_keys", "/1"), "seniority"}}},
      {{{at("tail_rounding"), "\"nearest\""}}, {{"field.name", at("tail_rounding"), "nearest"}}},
      {{{at("schedule", "/monday/start"), "\"7:30\""}},
       {{"field.clock", at("schedule", "/monday/start"), "7:30"}}},
      {{{at("schedule", "/monday/end"), "\"24:00\""}},
       {{"field.clock", at("schedule", "/monday/end"), "24:00"}}},
      {{{at("tie_authority"), "[]"}}, {{"field.length", at("tie_authority"), "0 entries"}}},
      // weights
      {{{at("score_weights", "/without_360/result"), "7001"}},
       {{"weights.sum", at("score_weights", "/without_360"), "10001"}}},
      {{{at("score_weights", "/with_360/result"), "5999"}},
       {{"weights.sum", at("score_weights", "/with_360"), "9999"}}},
      {{{at("relation_weights", "/peer"), "0"}}, {{"weights.sum", at("relation_weights"), "8000"}}},
      {{{at("factor_weights", "/discipline"), "3000"}},
       {{"weights.sum", at("factor_weights"), "9000"}}},
      {{{at("tiers", "/meets"), "7400"}}, {{"tiers.sum", at("tiers"), "9900"}}},
      // bands
      {{{at("late_bands", "/0/from"), "0"}, {at("late_bands"), R"([{"from":1,"bp":0}])"}},
       {{"bands.start_at_zero", at("late_bands", "/0/from"), "1"}}},
      {{{at("late_bands", "/2/from"), "32"}}, {{"bands.tile", at("late_bands", "/2/from"), "32"}}},
      {{{at("early_bands", "/2/from"), "30"}},
       {{"bands.tile", at("early_bands", "/2/from"), "30"}}},
      {{{at("late_bands", "/0/until"), "0"}, {at("late_bands", "/1/from"), "0"}},
       {{"bands.tile", at("late_bands", "/0/until"), "0"}}},
      {{{at("late_bands", "/4/until"), "500"}},
       {{"bands.last_open", at("late_bands", "/4/until"), "500"}}},
      {{{at("late_bands", "/1/until"), ""}},
       {{"bands.last_open", at("late_bands", "/1/until"), "none"}}},
      {{{at("late_bands", "/3/bp"), "99"}},
       {{"bands.never_fall", at("late_bands", "/3/bp"), "99"}}},
      {{{at("late_bands"), "[]"}}, {{"field.length", at("late_bands"), "0 entries"}}},
      // schedule
      {{{at("schedule"), "{}"}}, {{"schedule.empty", at("schedule"), "{}"}}},
      {{{at("schedule", "/friday/end"), "\"07:00\""}},
       {{"schedule.order", at("schedule", "/friday/end"), "07:00"}}},
      {{{at("schedule", "/friday/minutes"), "451"}},
       {{"schedule.minutes", at("schedule", "/friday/minutes"), "451"}}},
      {{{at("schedule", "/freeday"), "{}"}},
       {{"field.unknown", at("schedule", "/freeday"), "freeday"}}},
      // lists
      {{{at("tie_keys", "/2"), "\"result\""}},
       {{"list.duplicate", at("tie_keys", "/2"), "result"}}},
      {{{at("factor_applies_to", "/1"), "\"beban_kerja\""}},
       {{"list.duplicate", at("factor_applies_to", "/1"), "beban_kerja"}}},
      {{{at("components"), R"(["beban_kerja"])"}},
       {{"components.unknown", at("factor_applies_to", "/1"), "prestasi_kerja"}}},
      {{{at("components"), R"(["beban_kerja","prestasi_kerja"])"},
        {at("adjustment_base"), "\"kondisi_kerja\""}},
       {{"components.unknown", at("adjustment_base"), "kondisi_kerja"}}},
      {{{at("line_order"), R"(["earned","adjustment","unit_sanction","disciplinary_sanction",
                               "shortfall","tax","positive_correction","deduction"])"}},
       {{"line_order.permutation", at("line_order"), "negative_correction"}}},
      {{{at("deductions"), R"([{"code":"a","bp":1,"base":"gross"},
                               {"code":"a","bp":2,"base":"taxable","cap":1}])"}},
       {{"list.duplicate", at("deductions", "/1/code"), "a"}}},
      {{{at("deductions"), R"([{"code":"correction","bp":1,"base":"gross"}])"}},
       {{"deductions.reserved_code", at("deductions", "/0/code"), "correction"}}},
      // grades and statuses
      {{{at("tax_by_grade", "/PPPK IX"), ""}},
       {{"tax.grade_missing", at("tax_by_grade"), "PPPK IX"}}},
      {{{at("tax_by_grade", "/PPPK XVIII"), "0"}},
       {{"tax.grade_unknown", at("tax_by_grade"), "PPPK XVIII"}}},
      {{{"/parameters/tax_by_grade/exceptions", "[]"}},
       {{"field.length", "/parameters/tax_by_grade/exceptions", "0 entries"}}},
      {{{"/parameters/tax_by_grade/exceptions/0/of", R"(["PPPK I", "PPPK I"])"}},
       {{"list.duplicate", "/parameters/tax_by_grade/exceptions/0/of/1", "PPPK I"}}},
      {{{"/parameters/tax_by_grade/exceptions/0/of", R"(["PPPK XVIII"])"}},
       {{"exceptions.unknown", "/parameters/tax_by_grade/exceptions", "PPPK XVIII"}}},
      {{{"/parameters/tax_by_grade/exceptions/0/status", "\"rumoured\""}},
       {{"field.name", "/parameters/tax_by_grade/exceptions/0/status", "rumoured"}}},
      {{{"/parameters/tax_by_grade/exceptions/0/clause", ""}},
       {{"field.missing", "/parameters/tax_by_grade/exceptions/0/clause", ""}}},
      {{{"/parameters/absent/exceptions", "[]"}},
       {{"field.unknown", "/parameters/absent/exceptions", "exceptions"}}},
      {{{at("status_bp"), "{}"}}, {{"status.missing", at("status_bp"), "{}"}}},
      {{{at("status_bp", "/HONORER"), "5000"}},
       {{"field.name", at("status_bp", "/HONORER"), "HONORER"}}},
      {{{at("numeric_bands", "/cukup"), "9000"}},
       {{"numeric_bands.fall", at("numeric_bands", "/cukup"), "9000"}}},
      {{{at("merit_categories", "/1/from"), "176"}},
       {{"merit.tile", at("merit_categories", "/1"), "176-249"}}},
      {{{at("merit_categories", "/1/category"), "\"buruk\""}},
       {{"list.duplicate", at("merit_categories", "/1/category"), "buruk"}}},
      {{{at("senior_post_terms", "/minimum_years"), "6"}},
       {{"senior_post_terms.order", at("senior_post_terms", "/minimum_years"), "6"}}},
      {{{at("senior_post_terms", "/signatories"), R"(["Walikota", "Walikota"])"}},
       {{"list.duplicate", at("senior_post_terms", "/signatories/1"), "Walikota"}}},
      // released or not
      {{{at("ranking"), "false"}}, {{"tier_adjustment.ranking", at("tier_adjustment"), "true"}}},
      {{{at("predicate_bp"),
         R"({"sangat_baik":1,"baik":0,"butuh_perbaikan":0,"kurang":0,"sangat_kurang":0})"}},
       {{"predicate_bp.regime", at("predicate_bp"), "set"}}},
      {{{at("acting_rule"), R"({"min_days":30,"bp":2000})"}},
       {{"components.acting", at("components"), "not listed"}}},
      {{{at("components", "/5"), "\"acting\""}},
       {{"components.acting", at("components"), "acting"}}},
      {{{at("components", "/5"), "\"acting\""},
        {at("acting_rule"), R"({"min_days":30,"bp":2000})"}},
       {}},
      // every violation of a document at once
      {{{at("tiers", "/meets"), "7400"},
        {at("late_bands", "/2/from"), "32"},
        {at("absent"), "-1"},
        {"/regulation/title", "7"},
        {"/parameters/tie_keys", ""}},
       {{"field.type", "/regulation/title", "7"},
        {"field.range", at("absent"), "-1"},
        {"regulation.parameter_missing", "/parameters/tie_keys", "tie_keys"},
        {"tiers.sum", at("tiers"), "9900"},
        {"bands.tile", at("late_bands", "/2/from"), "32"}}},
      // what is allowed
      {{{at("late_bands"), one_band}}, {}},
      {{{at("daily_cap_minutes"), "1440"}}, {}},
      {{{at("tie_keys"), "[]"}}, {}},
      {{{at("schedule", "/friday"), ""}}, {}},
      {{{at("leave_bp", "/unpaid"), ""}}, {}},
      {{{at("status_bp", "/CPNS"), ""}}, {}},
      {{{at("adjustment_base"), "\"ceiling\""}}, {}},
      {{{at("deductions"), "[]"}}, {}},
  };
  for (const Row& row : rows) {
    std::string what;
    for (const Edit& edit : row.edits) what += edit.pointer + " := " + edit.json + "\n";
    const DocumentResult result = read_document(edited(row.edits));
    if (row.expected.empty()) {
      EXPECT_TRUE(result) << what << all(result.error());
      continue;
    }
    ASSERT_FALSE(result) << what;
    ASSERT_EQ(result.error().size(), row.expected.size()) << what << all(result.error());
    for (const Violation& expected : row.expected) {
      bool found = false;
      for (const Error& error : result.error())
        found |= error.rule == expected.rule && error.field == expected.field &&
                 error.value == expected.value;
      EXPECT_TRUE(found) << what << "wanted " << expected.rule << " " << expected.field << " = "
                         << expected.value << "\n"
                         << all(result.error());
    }
  }
}

TEST(Validation, MissesNoGrade) {
  bj::value root = bj::parse(kediri_text("2022-08.json"));
  root.at_pointer("/parameters/tax_by_grade/value").as_object().erase("IV/e");
  const DocumentResult result = read_document(bj::serialize(root));
  ASSERT_FALSE(result);
  ASSERT_EQ(result.error().size(), 1u);
  EXPECT_EQ(result.error()[0].rule, "tax.grade_missing");
  EXPECT_EQ(result.error()[0].value, "IV/e");
}

TEST(Validation, RefusesTextThatTwoReadersCouldReadDifferently) {
  std::string twice = kediri_text("2022-08.json");
  twice.insert(twice.find("\"absent\""), "\"absent\": {}, ");
  const DocumentResult result = read_document(twice);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error()[0].rule, "json.duplicate_key");
  EXPECT_EQ(result.error()[0].field, "/parameters/absent");

  EXPECT_EQ(read_document("").error()[0].rule, "json.syntax");
  EXPECT_EQ(read_document("[]").error()[0].rule, "field.type");
  EXPECT_EQ(read_document(std::string(2'000'000, ' ')).error()[0].rule, "json.size");
  EXPECT_EQ(read_document(std::string(100, '[')).error()[0].rule, "json.depth");
  EXPECT_EQ(read_document("{\"regulation\":\"\xff\"}").error()[0].rule, "json.encoding");
}

TEST(Validation, SummarisesManyViolationsAsOneError) {
  const DocumentResult result = read_document("{}");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().size(), 2u);
  EXPECT_NE(summarise(result.error()).message.find("1 more"), std::string::npos);
}

}  // namespace
}  // namespace runut
