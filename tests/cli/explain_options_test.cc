// What explain is asked with: a person by number, a proof with or without a file.
#include <unistd.h>

#include "cli/city.h"

namespace runut::testing {
namespace {

class ExplainAsked : public CityOnDisk {
 protected:
  [[nodiscard]] Ran explain(const std::string& person, Arguments more = {}) const {
    Arguments arguments{"explain", "--person", person, "--month", "2022-08"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const std::string here = directory_ / "";
    return ask(arguments, {.before_exec = [here] { ASSERT_EQ(::chdir(here.c_str()), 0); }});
  }
  // The number of P5.
  [[nodiscard]] std::string number() const {
    for (const std::string& line : lines_of(read_file(directory_ / "commands.ndjson")))
      if (has(line, R"("command":"AssignIdentifier")") && has(line, R"("person":"P5",)"))
        return line.substr(line.find(R"("text":")") + 8, 18);
    ADD_FAILURE() << "no number";
    return {};
  }
};

TEST_F(ExplainAsked, ByNumberSaysThatTheKeysAreMissing) {
  const std::string nip = number();
  ASSERT_EQ(explain(nip).exit, 0);
  std::filesystem::rename(keys(), directory_ / "elsewhere");
  for (const Ran& ran : {explain(nip), ask({"person", "show", "--person", nip})}) {
    EXPECT_EQ(ran.exit, 2) << ran.err;
    EXPECT_TRUE(has(ran.err, "person = " + nip)) << ran.err;
    EXPECT_TRUE(has(ran.err, "a NIP is looked up with the ledger's keys")) << ran.err;
    EXPECT_TRUE(has(ran.err, "see --keys")) << ran.err;
    EXPECT_FALSE(has(ran.err, "nor a known NIP")) << ran.err;
  }
  // Who is asked for by id needs no key.
  EXPECT_TRUE(has(explain("P999").err, "neither a registered person id")) << explain("P999").err;
  EXPECT_EQ(explain("P5").exit, 0);
}

TEST_F(ExplainAsked, ForAProofWithoutAFileWritesOneOfThePersonAndMonth) {
  const std::string file = directory_ / "P5-2022-08.tlog-proof";
  const Ran ran = explain("P5", {"--proof"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(has(ran.err, "P5-2022-08.tlog-proof")) << ran.err;
  EXPECT_FALSE(has(explain("P5", {"--proof", directory_ / "named"}).err, "named"));
  EXPECT_FALSE(read_file(file).empty());
  EXPECT_EQ(read_file(file), read_file(directory_ / "named"));

  // Before another option, too; and a number that was asked with is in no name.
  std::filesystem::remove(file);
  EXPECT_EQ(explain("P5", {"--proof", "--brief"}).exit, 0);
  EXPECT_FALSE(read_file(file).empty());
  const std::string nip = number();
  EXPECT_EQ(explain(nip, {"--proof"}).exit, 0);
  for (const auto& entry : std::filesystem::directory_iterator(directory_ / ""))
    EXPECT_FALSE(has(entry.path().string(), nip)) << entry.path();
}

TEST_F(ExplainAsked, ForAProofOfWhatIsHypotheticalIsRefused) {
  for (const Arguments& proof : {Arguments{"--proof"}, Arguments{"--proof", "no.proof"}}) {
    Arguments asked{"--rules-as-of", "2022-07-01"};
    asked.insert(asked.end(), proof.begin(), proof.end());
    const Ran ran = explain("P5", asked);
    EXPECT_EQ(ran.exit, 2) << ran.err;
    EXPECT_TRUE(has(ran.err, "what is hypothetical has no proof")) << ran.err;
  }
}

}  // namespace
}  // namespace runut::testing
