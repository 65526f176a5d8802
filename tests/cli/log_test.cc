#include "cli/ledger.h"

namespace runut::testing {
namespace {

class Log : public LedgerOnDisk {};

TEST_F(Log, IsOneJsonObjectALineWithEveryField) {
  given_town();
  const auto lines = lines_of(log());
  ASSERT_EQ(lines.size(), 11U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].rfind("{\"sequence\":" + std::to_string(i + 1) + ",", 0), 0U) << lines[i];
    for (const char* name : {"type", "subject", "subject_version", "occurred_on", "acted_at",
                             "recorded_at", "actor", "commit", "leaf_hash", "payload"})
      EXPECT_TRUE(has(lines[i], "\"" + std::string(name) + "\":")) << name << " in " << lines[i];
  }
  EXPECT_TRUE(has(lines[2], R"("type":"PersonRegistered","subject":"P1","subject_version":1)"))
      << lines[2];
  EXPECT_TRUE(
      has(lines[2], R"("actor":{"kind":"system","id":"S1","role":"hr","assurance":"claimed"})"));
  EXPECT_TRUE(has(lines[3], R"("subject_version":2)")) << lines[3];
  EXPECT_TRUE(has(lines[1], R"("occurred_on":"2020-01-01")")) << lines[1];
}

TEST_F(Log, KeepsTextSealedUnlessAskedToOpenIt) {
  given_town();
  EXPECT_FALSE(has(log(), "Pegawai Nomor"));
  EXPECT_TRUE(has(log(), "\"sealed\":{\"owner\":\"P1\""));
  const Ran opened = ask({"log", "--json", "--open"});
  EXPECT_TRUE(has(opened.out, R"("text":"Pegawai Nomor 1")"));
  EXPECT_TRUE(has(opened.out, R"("text":"Pegawai Nomor 3")"));
}

TEST_F(Log, ShowsARange) {
  given_town();
  const auto lines = lines_of(ask({"log", "--json", "--from", "3", "--to", "5"}).out);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(has(lines.front(), "{\"sequence\":3,"));
  EXPECT_TRUE(has(lines.back(), "{\"sequence\":5,"));
  EXPECT_EQ(ask({"log", "--from", "500"}).exit, 0);
  EXPECT_EQ(ask({"log", "--from", "0"}).exit, 2);
  EXPECT_EQ(ask({"log", "--from", "5", "--to", "3"}).exit, 2);
}

TEST_F(Log, HasColumnsForScripts) {
  given_town();
  const auto lines = lines_of(ask({"log", "--csv"}).out);
  ASSERT_EQ(lines.size(), 12U);
  EXPECT_EQ(lines[0],
            "sequence,recorded_at,type,subject,subject_version,occurred_on,actor,commit,leaf_hash");
}

TEST_F(Log, NeedsALedger) {
  const Ran none = ask({"log"});
  EXPECT_EQ(none.exit, 2);
  EXPECT_TRUE(has(none.err, "no ledger")) << none.err;
  given_town();
  EXPECT_EQ(ask({"log", "--agency", "kota-lain"}).exit, 2);
  EXPECT_EQ(ask({"log", "--agency", "../x"}).exit, 2);
  EXPECT_EQ(ask({"log", "--agency", "kota-uji"}).exit, 0);
}

TEST_F(Log, AsksWhichLedgerWhenThereAreSeveral) {
  given_town();
  std::string other = CommandFile("kota-lain").town().text();
  for (std::size_t at = other.find("\"agency\":\"kota-uji\""); at != std::string::npos;
       at = other.find("\"agency\":\"kota-uji\""))
    other.replace(at, 19, "\"agency\":\"kota-lain\"");
  ASSERT_EQ(import(other).exit, 0);
  const Ran ran = ask({"log"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_TRUE(has(ran.err, "kota-lain, kota-uji")) << ran.err;
  EXPECT_EQ(lines_of(ask({"log", "--agency", "kota-lain", "--json"}).out).size(), 11U);
}

TEST(Usage, IsExplained) {
  EXPECT_EQ(run({}).exit, 2);
  EXPECT_EQ(run({"frobnicate"}).exit, 2);
  EXPECT_EQ(run({"log"}).exit, 2);  // --data is missing
  EXPECT_EQ(run({"log", "--data", "x", "--json", "--csv"}).exit, 2);
  EXPECT_EQ(run({"--version"}).out.rfind("runut ", 0), 0U);
  EXPECT_TRUE(has(run({"help", "exit-codes"}).out, "3  the ledger refused commands"));
  EXPECT_TRUE(has(run({"help", "import"}).out, "Examples:"));
  EXPECT_TRUE(has(run({"import", "--help"}).out, "runut import --data data commands.ndjson"));
}

}  // namespace
}  // namespace runut::testing
