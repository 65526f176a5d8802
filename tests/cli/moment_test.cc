// What a query says of an earlier event is what it said then, byte for byte.
#include <filesystem>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

class AsKnownAt : public LedgerOnDisk {
 protected:
  struct Then {
    std::string head;
    std::vector<Ran> answers;
  };

  static std::vector<Arguments> questions() {
    return {{"payments", "--month", "2022-03", "--csv"},
            {"payments", "--month", "2022-08", "--csv", "--left-out"},
            {"rankings", "--period", "2022-S1", "--csv", "--unranked"},
            {"explain", "--person", "P5", "--month", "2022-03", "--json"},
            {"explain", "--person", "P5", "--month", "2022-08", "--json"}};
  }
  [[nodiscard]] std::vector<Ran> answers(const std::string& moment = {}) const {
    std::vector<Ran> out;
    for (Arguments question : questions()) {
      if (!moment.empty()) question.insert(question.end(), {"--as-known-at", moment});
      out.push_back(ask(question));
    }
    return out;
  }
  // The ledger after so many of the lines, of which it has some.
  Then import_until(const std::vector<std::string>& lines, std::size_t has,
                    std::size_t count) const {
    std::string text;
    for (std::size_t i = has; i < count; ++i) text += lines[i] + "\n";
    const Ran ran = import(text);
    return {cell(ran, "head"), answers()};
  }
};

TEST_F(AsKnownAt, TheAnswersAreThoseThatWereGivenThen) {
  const std::string file = directory_ / "city.ndjson";
  ASSERT_EQ(run({"simulate", "--people", "100", "--from", "2022-01", "--to", "2022-08", "--seed",
                 "3", "--out", file})
                .exit,
            0);
  const std::vector<std::string> lines = lines_of(read_file(file));
  std::vector<Then> then;
  std::size_t has = 0;
  for (const std::size_t percent : {30U, 93U, 97U, 100U}) {
    const std::size_t count = lines.size() * percent / 100;
    then.push_back(import_until(lines, has, count));
    has = count;
    // Two of the moments are then asked of a snapshot, one has none before it, one is after all.
    if (percent == 93 || percent == 97) {
      EXPECT_EQ(ask({"snapshot", "take"}).exit, 0);
    }
  }
  for (std::size_t i = 0; i < questions().size(); ++i)
    EXPECT_NE(then.front().answers[i].out, then.back().answers[i].out)
        << "question " << i << " has the same answer all along";

  for (const Then& each : then) {
    const std::vector<Ran> now = answers(each.head);
    for (std::size_t i = 0; i < now.size(); ++i) {
      EXPECT_EQ(now[i].exit, each.answers[i].exit) << "question " << i << " at " << each.head;
      EXPECT_EQ(now[i].out, each.answers[i].out) << "question " << i << " at " << each.head;
    }
  }
  const Ran checked = ask({"snapshot", "check", "--csv"});
  EXPECT_EQ(checked.exit, 0) << checked.out << checked.err;
  EXPECT_GT(lines_of(checked.out).size(), 20U);

  // The log alone says the same.
  for (const std::size_t at : {1U, 2U})
    EXPECT_EQ(ask({"snapshot", "drop", "--sequence", then[at].head}).exit, 0);
  EXPECT_EQ(lines_of(ask({"snapshot", "list", "--csv"}).out).size(), 1U);
  const std::vector<Ran> replayed = answers(then[2].head);
  for (std::size_t i = 0; i < replayed.size(); ++i)
    EXPECT_EQ(replayed[i].out, then[2].answers[i].out) << "question " << i;
}

TEST_F(AsKnownAt, SnapshotsAreKeptCountedAndRefusedWhenTheyAreDamaged) {
  given_town();
  EXPECT_EQ(ask({"snapshot", "take"}).exit, 0);
  EXPECT_EQ(ask({"snapshot", "take"}).exit, 0) << "one of the same event is left as it is";
  EXPECT_EQ(lines_of(ask({"snapshot", "list", "--csv"}).out).size(), 2U);
  const std::string first = cell(ask({"snapshot", "list", "--tsv"}), "sequence");
  const Ran more = import(
      town_.line({.command = "RegisterPerson", .data = R"({"person":"P50"})", .text = "Lima"}));
  EXPECT_EQ(more.exit, 0) << more.err;
  const Ran kept = ask({"snapshot", "take", "--keep", "1", "--tsv"});
  EXPECT_EQ(kept.exit, 0) << kept.err;
  EXPECT_EQ(lines_of(kept.out).size(), 2U);
  EXPECT_EQ(cell(kept, "sequence"), cell(more, "head"));
  EXPECT_EQ(ask({"snapshot", "check"}).exit, 0);

  const Ran unknown = ask({"snapshot", "drop", "--sequence", first});
  EXPECT_EQ(unknown.exit, 2) << unknown.err;
  EXPECT_NE(unknown.err.find("snapshot.unknown"), std::string::npos) << unknown.err;

  const std::string directory = cell(kept, "directory");
  std::filesystem::remove(directory + "/CURRENT");
  const Ran damaged = ask({"payments", "--month", "2022-03", "--as-known-at", cell(more, "head")});
  EXPECT_NE(damaged.exit, 0);
  EXPECT_NE(damaged.err.find("snapshot.damaged"), std::string::npos) << damaged.err;
  EXPECT_EQ(ask({"snapshot", "drop", "--sequence", cell(more, "head")}).exit, 0);
  EXPECT_EQ(ask({"payments", "--month", "2022-03", "--as-known-at", cell(more, "head")}).exit, 0);
}

TEST_F(AsKnownAt, AMomentIsASequenceADayOrAnInstant) {
  given_town();
  struct Row {
    const char* moment;
    int exit;
    const char* says;
  };
  const Row rows[] = {{"1", 0, "as known at event 1 of 11"},
                      {"11", 0, "as known at event 11 of 11"},
                      {"2022-01-03", 0, "as known at event 11 of 11"},
                      {"2022-01-03T08:00:04+07:00", 0, "as known at event"},
                      {"0", 2, "1 to 11"},
                      {"12", 2, "1 to 11"},
                      {"99999999999999999999", 2, "1 to 11"},
                      {"2021-12-31", 2, "did not exist"},
                      {"yesterday", 2, "2022-09-01"},
                      {"2022-02-30", 2, "2022-09-01"}};
  for (const Row& row : rows) {
    const Ran ran = ask({"rankings", "--period", "2022-S1", "--as-known-at", row.moment});
    EXPECT_EQ(ran.exit, row.exit) << row.moment << ": " << ran.err;
    EXPECT_TRUE(has(ran.err, row.says)) << row.moment << ": " << ran.err;
    EXPECT_EQ(row.exit != 0, has(ran.err, "as-known-at")) << row.moment << ": " << ran.err;
  }
}

TEST_F(AsKnownAt, ADifferenceNamesTheOptionThatItCannotUse) {
  given_town();
  struct Row {
    Arguments options;
    const char* says;
  };
  const Row rows[] = {
      {{"--known-at", "1"}, "either --month (payments) or --period (rankings)"},
      {{"--month", "2022-01", "--period", "2022-S1", "--known-at", "1"}, "either --month"},
      {{"--month", "2022-01"}, "one of --known-at"},
      {{"--month", "2022-01", "--known-at", "1", "--rules-as-of", "2022-01-01", "2022-02-01"},
       "one of --known-at"},
      {{"--month", "2022-13", "--known-at", "1"}, "month = 2022-13"},
      {{"--period", "2022-S3", "--known-at", "1"}, "period = 2022-S3"},
      {{"--period", "2022-S1", "--known-at", "12"}, "known-at = 12"},
      {{"--period", "2022-S1", "--known-at", "1", "--and", "tomorrow"}, "and = tomorrow"},
      {{"--month", "2022-01", "--rules-as-of", "2022-02-30", "2022-01-01"},
       "rules-as-of = 2022-02-30"},
      {{"--month", "2022-01", "--rules-as-of", "2022-02-01"}, "--rules-as-of"}};
  for (const Row& row : rows) {
    Arguments question{"diff"};
    question.insert(question.end(), row.options.begin(), row.options.end());
    const Ran ran = ask(question);
    EXPECT_EQ(ran.exit, 2) << row.says << ": " << ran.err;
    EXPECT_TRUE(has(ran.err, row.says)) << row.says << ": " << ran.err;
    EXPECT_TRUE(ran.out.empty()) << ran.out;
  }
}

}  // namespace
}  // namespace runut::testing
