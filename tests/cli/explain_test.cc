// Whom a ranking or a run left out: told why, in both languages.
#include <map>
#include <set>

#include "cli/city.h"

namespace runut::testing {
namespace {

struct Told {
  const char* indonesian;
  const char* english;
};

// What the ranking writes about somebody outside of it, and how that is told.
const std::map<std::string, Told> why_unranked{
    {"unranked:no_assignment",
     {"tidak memegang jabatan pada hari terakhir periode",
      "held no post on the last day of the period"}},
    {"unranked:not_rankable",
     {"jabatannya tidak termasuk yang diperingkat", "the post is not among those that are ranked"}},
    {"unranked:not_delivered",
     {"evaluasi belum disampaikan ketika peringkat dibekukan",
      "the evaluation was not delivered when the ranking was frozen"}},
};

class LeftOut : public CityOnDisk {
 protected:
  [[nodiscard]] Ran explain(const std::string& person, const std::string& month,
                            Arguments more) const {
    Arguments arguments{"explain", "--person", person, "--month", month};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ask(arguments);
  }
  // Line breaks are for the eye.
  [[nodiscard]] std::string told(const std::string& person, const std::string& month,
                                 const char* language, Arguments more = {}) const {
    more.insert(more.end(), {"--lang", language});
    const Ran ran = explain(person, month, more);
    EXPECT_EQ(ran.exit, 0) << person << " " << ran.err;
    std::string out;
    for (const char c : ran.out)
      if (c != '\n' && c != ' ')
        out += c;
      else if (!out.ends_with(' '))
        out += ' ';
    return out;
  }
};

TEST_F(LeftOut, OfARankingIsToldWhy) {
  std::set<std::string> reasons;
  for (const std::string& line :
       lines_of(ask({"rankings", "--period", "2022-S1", "--csv", "--unranked"}).out)) {
    const std::size_t at = line.find("unranked:");
    if (at == std::string::npos) continue;
    const std::string reason = line.substr(at, line.find(',', at) - at);
    const std::size_t begin = line.find(",P") + 1;
    const std::string person = line.substr(begin, line.find(',', begin) - begin);
    if (explain(person, "2022-08", {}).exit == 2) continue;  // of no run: there is nothing to tell
    reasons.insert(reason);
    ASSERT_TRUE(why_unranked.contains(reason)) << line;
    EXPECT_TRUE(has(told(person, "2022-08", "id"), why_unranked.at(reason).indonesian)) << line;
    EXPECT_TRUE(has(told(person, "2022-08", "en"), why_unranked.at(reason).english)) << line;
    EXPECT_TRUE(has(told(person, "2022-08", "en", {"--brief"}), why_unranked.at(reason).english));
    const std::string json = explain(person, "2022-08", {"--json"}).out;
    EXPECT_TRUE(has(json, R"("unranked":{"period":"2022-S1","reason":")" +
                              reason.substr(reason.find(':') + 1) + R"(","event":)"))
        << json.substr(0, 2'000);
    EXPECT_TRUE(has(json, R"("type":"RankingGroupMember")")) << "the event that says so is listed";
    // The ranking of the first half pays from the second on.
    EXPECT_FALSE(has(explain(person, "2022-06", {"--json"}).out, "\"unranked\"")) << person;
  }
  EXPECT_GE(reasons.size(), 2U);
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  if (from == std::string::npos) return {};
  const std::size_t first = from + begin.size();
  return text.substr(first, text.find(end, first) - first);
}

// Somebody who moved, asked for when only the first of the two units has computed: the one that
// does not pay.
TEST_F(LeftOut, OfARunIsToldWhy) {
  std::string person;
  std::string run;
  std::set<std::string> paid;  // person and month
  for (const std::string& line : lines_of(log())) {
    if (!has(line, R"("type":"TppPaymentComputed")")) continue;
    const std::string who = between(line, R"("payload":{"person":")", "\"");
    const std::string by = between(line, R"("run":")", "\"");
    const bool first = paid.insert(who + " " + by.substr(by.find('/') + 1, 7)).second;
    if (!first || !has(line, R"("left_out":"paid_by_other_unit")")) continue;
    person = who;
    run = by;
    break;
  }
  ASSERT_FALSE(person.empty()) << "nobody moved";
  const std::string month = run.substr(run.find('/') + 1, 7);
  std::string until;
  for (const std::string& line : lines_of(read_file(directory_ / "commands.ndjson"))) {
    until += line + "\n";
    if (has(line, R"("command":"ComputeTppRun")") && has(line, "\"" + run + "\"")) break;
  }
  std::filesystem::remove_all(data());
  std::filesystem::remove_all(keys());
  ASSERT_EQ(import(until, {"--errors", directory_ / "refused.tsv"}).exit, 3);

  EXPECT_TRUE(
      has(told(person, month, "id"), "tidak membayar pegawai ini: dibayar oleh unit kerja lain"));
  EXPECT_TRUE(has(told(person, month, "en"), "does not pay this person: another unit pays"));
  EXPECT_FALSE(has(told(person, month, "en", {"--brief"}), "WARNING"));
  EXPECT_TRUE(has(explain(person, month, {"--json"}).out, R"("left_out":"paid_by_other_unit")"));
  const Ran written = explain(
      person, month, {"--html", directory_ / "why.html", "--proof", directory_ / "why.tlog-proof"});
  EXPECT_EQ(written.exit, 0) << written.err;
  EXPECT_TRUE(has(read_file(directory_ / "why.html"), "dibayar oleh unit kerja lain"));
  EXPECT_FALSE(read_file(directory_ / "why.tlog-proof").empty());
}

// No run says anything about them: an answer, and no empty page.
TEST_F(LeftOut, OfEveryRunIsSaid) {
  struct Row {
    const char* person;
    const char* month;
    const char* rule;
  };
  for (const Row& row :
       {Row{"P1", "2022-08", "explain.no_payment"},  // in a unit that pays nobody
        Row{"P2", "2019-01", "explain.no_payment"},  // before the ledger
        Row{"P2", "2031-01", "explain.no_payment"},  // not yet
        Row{"P999", "2022-08", "person.unknown"},
        Row{"198503152009021003", "2022-08", "person.unknown"},
        Row{"P2", "2022-13", "month = 2022-13"}, Row{"P2", "Agustus", "month = Agustus"}}) {
    const Ran ran = explain(row.person, row.month, {"--html", directory_ / "none.html"});
    EXPECT_EQ(ran.exit, 2) << row.person << " " << row.month << ": " << ran.err;
    EXPECT_TRUE(has(ran.err, row.rule)) << row.person << " " << row.month << ": " << ran.err;
    EXPECT_TRUE(ran.out.empty());
    EXPECT_FALSE(std::filesystem::exists(directory_ / "none.html"));
  }
}

}  // namespace
}  // namespace runut::testing
