// The README's walk-throughs, line by line, on a simulated city.
#include "cli/city.h"

namespace runut::testing {
namespace {

class Readme : public CityOnDisk {
 protected:
  void SetUp() override {
    CityOnDisk::SetUp();
    std::string draft = read_file(RUNUT_SOURCE_DIR "/schemas/regulations/kota-kediri/2022-08.json");
    const std::string id = "\"id\": \"kota-kediri-2022-08\"";
    draft.replace(draft.find(id), id.size(), "\"id\": \"rancangan\"");
    directory_.write("draft.json", draft);
    directory_.write("pegawai.csv",
                     "person;name;status;unit;post;job_class;echelon;kind;tpp_eligible;rankable;"
                     "from\nP9001;Baru;PNS;U9;Analis;7;staff;executor;true;true;03/10/2022\n");
  }

  // Words of a line; names of files are of the test's own directory.
  [[nodiscard]] Arguments words_of(const std::string& line) const {
    Arguments out;
    std::string word;
    for (const char c : line.substr(0, line.find('#')) + " ") {
      if (c != ' ') {
        word += c;
        continue;
      }
      const bool is_file = word.find('.') != std::string::npos;
      if (!word.empty()) out.push_back(is_file || word == "data" ? directory_ / word : word);
      word.clear();
    }
    return out;
  }
};

TEST_F(Readme, TellsWhatItsCommandsDo) {
  const std::string readme = read_file(RUNUT_SOURCE_DIR "/README.md");
  const std::size_t begin = readme.find("## Four walk-throughs");
  const std::size_t end = readme.find("\n## ", begin + 1);
  ASSERT_NE(begin, std::string::npos);
  std::size_t played = 0;
  for (const std::string& line : lines_of(readme.substr(begin, end - begin))) {
    if (!line.starts_with("runut ")) continue;
    Arguments words = words_of(line);
    words.erase(words.begin());
    // A table's commands take their time from the option in a simulated ledger.
    if (words[0] == "import")
      words.insert(words.end(), {"--recorded-at", "2022-12-30T08:00:00+07:00"});
    const Ran ran = run(words);
    // Exit code 1 is an answer of these alone: somebody differs. An audit that says it has failed.
    const bool compares = words[0] == "diff" || words[0] == "affected" || words[0] == "what-if";
    EXPECT_TRUE(ran.exit == 0 || (compares && ran.exit == 1)) << line << "\n"
                                                              << ran.exit << " " << ran.err;
    ++played;
  }
  EXPECT_GE(played, 20U);
}

}  // namespace
}  // namespace runut::testing
