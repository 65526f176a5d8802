// A city that drafts its own rules, from the shipped pack to its first ledger; the walk-through of
// schemas/regulations/README.md.
#include <filesystem>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

constexpr const char* kediri = RUNUT_SOURCE_DIR "/schemas/regulations/kota-kediri";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class Regulation : public LedgerOnDisk {
 protected:
  std::string shipped(const std::string& name) {
    return read_file(std::string(kediri) + "/" + name);
  }
};

TEST_F(Regulation, ShowsWhatComesWithTheProgram) {
  const Ran list = run({"regulation", "list"});
  EXPECT_EQ(list.exit, 0) << list.err;
  EXPECT_TRUE(has(list.out, "kota-kediri\tPemerintah Kota Kediri\tkota-kediri-2021\t2021-01-01"))
      << list.out;
  const Ran text = run({"regulation", "show", "--regulation", "kota-kediri-2021", "--text"});
  EXPECT_EQ(text.out, shipped("2021.json"));
  const Ran none = run({"regulation", "show", "--regulation", "kota-kediri-1999"});
  EXPECT_EQ(none.exit, 2);
  EXPECT_TRUE(has(none.err, "kota-kediri-2020, kota-kediri-2021, kota-kediri-2022-08")) << none.err;
  EXPECT_EQ(run({"regulation", "list", "--agency", "kota-kediri"}).exit, 2);
}

// The rates of PPPK are assumed, those that PP 80/2010 names are cited; a draft is shown as it is.
TEST_F(Regulation, ShowsExceptionsInRowsOfTheirOwn) {
  const auto taxes = [](const Ran& shown) {
    std::vector<std::string> out;
    for (std::string& line : lines_of(shown.out))
      if (line.starts_with("tax_by_grade")) out.push_back(std::move(line));
    return out;
  };
  const auto rows =
      taxes(run({"regulation", "show", "--regulation", "kota-kediri-2022-08", "--csv"}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_TRUE(has(rows[0], "bp,cited,PP 80/2010,")) << rows[0];
  EXPECT_TRUE(has(rows[1], "bp,assumed,")) << rows[1];
  EXPECT_TRUE(has(rows[1], "PPPK XVII")) << rows[1];
  EXPECT_FALSE(has(rows[1], "III/c")) << rows[1];

  const std::string draft =
      directory_.write("draft.json", replaced(shipped("2022-08.json"), R"("exceptions": [{)",
                                              R"("exceptions": [7, {"of": 7}, {)"));
  const Ran shown = run({"regulation", "show", "--regulation", draft, "--csv"});
  EXPECT_EQ(shown.exit, 0) << shown.err;
  EXPECT_EQ(taxes(shown).size(), 3U) << shown.out;
  EXPECT_EQ(run({"regulation", "lint", draft}).exit, 1);
}

TEST_F(Regulation, DraftsAreLintedWithAllThatIsWrong) {
  const std::string good = directory_.write("draft.json", shipped("2022-08.json"));
  const Ran fine = run({"regulation", "lint", good, "--tsv"});
  EXPECT_EQ(fine.exit, 0) << fine.out << fine.err;
  EXPECT_EQ(fine.out, "file\trule\tfield\tvalue\tmessage\n");

  std::string text = replaced(shipped("2022-08.json"), "\"minimum_size\": {\n      \"value\": 5",
                              "\"minimum_size\": {\n      \"value\": -5");
  text = replaced(std::move(text), "\"absent\": {", "\"absence\": {");
  const Ran bad = run({"regulation", "lint", directory_.write("bad.json", text), "--csv"});
  EXPECT_EQ(bad.exit, 1) << bad.err;
  EXPECT_TRUE(has(bad.out, "bad.json,field.range,/parameters/minimum_size/value,-5,")) << bad.out;
  EXPECT_TRUE(has(bad.out, "/parameters/absence")) << bad.out;
  EXPECT_TRUE(has(bad.out, "/parameters/absent")) << bad.out;

  EXPECT_EQ(run({"regulation", "lint", (directory_ / "nowhere.json")}).exit, 2);
  EXPECT_EQ(run({"regulation", "lint", directory_.write("no.json", "{")}).exit, 1);
  EXPECT_EQ(run({"regulation", "lint"}).exit, 2);
}

TEST_F(Regulation, ADraftIsTriedOnTheTimelineOfALedger) {
  given_town();
  const std::string enacted = directory_.write("august.json", shipped("2022-08.json"));
  // Nothing is in force in this town, so the document could be enacted.
  EXPECT_EQ(ask({"regulation", "lint", enacted}).exit, 0);
  const std::string late = directory_.write(
      "late.json", replaced(shipped("2022-08.json"), "\"effective_from\": \"2022-08-01\"",
                            "\"effective_from\": \"2022-08-02\""));
  EXPECT_EQ(run({"regulation", "lint", late}).exit, 0);
  const Ran refused = ask({"regulation", "lint", late, "--tsv"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_TRUE(has(refused.out, "late.json\tregulation.first_of_month\teffective_from\t2022-08-02"))
      << refused.out;
  EXPECT_EQ(ask({"regulation", "lint", kediri}).exit, 2);
}

TEST_F(Regulation, TwoDocumentsAreComparedPlaceByPlace) {
  const Ran ran = run({"regulation", "diff", "kota-kediri-2021", "kota-kediri-2022-08", "--csv"});
  EXPECT_EQ(ran.exit, 1) << ran.err;
  EXPECT_TRUE(has(ran.out,
                  "parameter,place,before,after\nregulation,id,kota-kediri-2021,"
                  "kota-kediri-2022-08\n"))
      << ran.out;
  EXPECT_TRUE(has(ran.out, "\nranking,value,false,true\n")) << ran.out;
  EXPECT_TRUE(has(ran.out, "\npersonal_sanction_bp,value,-1000,null\n")) << ran.out;
  EXPECT_EQ(
      run({"regulation", "diff", "kota-kediri-2021", std::string(kediri) + "/2021.json"}).exit, 0);
  const Ran values =
      run({"regulation", "diff", "kota-kediri-2021", "kota-kediri-2022-08", "--values", "--csv"});
  EXPECT_EQ(values.out,
            "parameter,place,before,after\nranking,value,false,true\n"
            "tier_adjustment,value,false,true\npersonal_sanction_bp,value,-1000,null\n");
  const Ran unknown = run({"regulation", "diff", "kota-kediri-2021", "2022-08-01"});
  EXPECT_EQ(unknown.exit, 2);
  EXPECT_TRUE(has(unknown.err, "AFTER")) << unknown.err;
}

// schemas/regulations/README.md, "A city of its own", step by step.
TEST_F(Regulation, ACityOfItsOwnFollowsTheWalkThrough) {
  namespace fs = std::filesystem;
  const fs::path mine = fs::path(directory_ / "my-city");
  fs::copy(kediri, mine);
  fs::remove(mine / "2020.json");
  fs::remove(mine / "2021.json");
  const auto change = [&](const char* name, const std::string& from, const std::string& to) {
    (void)directory_.write(std::string("my-city/") + name,
                           replaced(read_file(mine / name), from, to));
  };
  const Ran first = run({"regulation", "lint", mine});
  EXPECT_EQ(first.exit, 1);
  EXPECT_TRUE(has(first.out, "pack.file_missing")) << first.out;

  change("pack.json", "\"pack\": \"kota-kediri\"", "\"pack\": \"my-city\"");
  change("pack.json", "Pemerintah Kota Kediri", "Pemerintah Kota Baru");
  change("pack.json",
         "    {\"file\": \"2020.json\", \"id\": \"kota-kediri-2020\"},\n"
         "    {\"file\": \"2021.json\", \"id\": \"kota-kediri-2021\", \"amends\": "
         "\"kota-kediri-2020\"},\n",
         "");
  change("pack.json", "\"id\": \"kota-kediri-2022-08\", \"amends\": \"kota-kediri-2021\"",
         "\"id\": \"my-city-2022-08\"");
  change("2022-08.json", "\"id\": \"kota-kediri-2022-08\"", "\"id\": \"my-city-2022-08\"");
  const Ran last = run({"regulation", "lint", mine, "--tsv"});
  EXPECT_EQ(last.exit, 0) << last.out << last.err;
  const Ran changed =
      run({"regulation", "diff", "kota-kediri-2022-08", mine / "2022-08.json", "--csv"});
  EXPECT_EQ(changed.out,
            "parameter,place,before,after\nregulation,id,kota-kediri-2022-08,my-city-2022-08\n");
  const Ran simulated =
      run({"simulate", "--regulation", mine.string() + "/", "--people", "100", "--from", "2022-10",
           "--to", "2022-11", "--out", directory_ / "commands.ndjson"});
  EXPECT_EQ(simulated.exit, 0) << simulated.err;
  EXPECT_NE(ask({"import", directory_ / "commands.ndjson"}).out.find("my-city\t"),
            std::string::npos);
  EXPECT_EQ(ask({"audit"}).exit, 0);
  EXPECT_TRUE(has(ask({"regulation", "list"}).out, "my-city-2022-08\t2022-08-01"));
}

// From scores to predicates within the two months: what changes is the regime, and nobody's pay.
class PredicateCityOnDisk
    : public Regulation,
      public ::testing::WithParamInterface<std::pair<const char*, const char*>> {};

TEST_P(PredicateCityOnDisk, IsListedComparedSimulatedImportedAndAudited) {
  const auto [city, zone] = GetParam();
  const std::string pack = "kota-" + std::string(city);
  const std::string before = pack + "-2021";
  const std::string after = pack + "-2022-07";
  EXPECT_TRUE(has(run({"regulation", "list"}).out, after + "\t2022-07-01\t"));
  EXPECT_TRUE(
      has(run({"regulation", "show", "--regulation", after}).out, "\nranking_period\t3\tmonths\t"));
  const Ran changed = run({"regulation", "diff", before, after, "--values", "--csv"});
  EXPECT_EQ(changed.exit, 1) << changed.err;
  std::vector<std::string> names;
  for (const std::string& line : lines_of(changed.out)) {
    const std::string name = line.substr(0, line.find(','));
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"parameter", "evaluation_regime", "predicate_quadrant",
                                             "unit_predicate_first", "unit_predicate_signatories",
                                             "distribution_mode", "distribution", "credit_shares",
                                             "credit_coefficients"}))
      << changed.out;

  ASSERT_EQ(run({"simulate", "--regulation", pack, "--people", "100", "--from", "2022-06", "--to",
                 "2022-07", "--out", directory_ / "commands.ndjson"})
                .exit,
            0);
  EXPECT_EQ(ask({"import", directory_ / "commands.ndjson"}).exit, 3);  // some must be refused
  const Ran audit = ask({"audit", "--format", "csv"});
  EXPECT_EQ(audit.exit, 0) << audit.err;
  EXPECT_TRUE(has(audit.out, std::string(" ") + zone)) << audit.out;
  // Who heads this city signs for it.
  std::string name = city;
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  EXPECT_TRUE(has(read_file(directory_ / "commands.ndjson"), "Wali Kota " + name));
  EXPECT_FALSE(has(read_file(directory_ / "commands.ndjson"), "Kediri"));
  EXPECT_TRUE(has(ask({"regulation", "list"}).out, after + "\t2022-07-01"));
  const Ran payments = ask({"payments", "--month", "2022-07", "--csv"});
  EXPECT_EQ(payments.exit, 0) << payments.err;
  EXPECT_TRUE(has(payments.out, ",earned,beban_kerja,line,")) << payments.out;
  EXPECT_FALSE(has(payments.out, ",adjustment,")) << payments.out;
}

INSTANTIATE_TEST_SUITE_P(Cities, PredicateCityOnDisk,
                         ::testing::Values(std::pair("yogyakarta", "WIB"),
                                           std::pair("denpasar", "WITA")),
                         [](const auto& row) { return std::string(row.param.first); });

}  // namespace
}  // namespace runut::testing
