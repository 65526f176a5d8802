// What the commands that look after a ledger say when it is not as it should be: the documented
// exit code, and what is wrong by its name. Never a crash, never an answer from half of it.
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <fstream>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

namespace fs = std::filesystem;

// Every command that asks or tends a ledger, with what it needs beside --data.
const std::vector<Arguments> reading{{"doctor"},
                                     {"verify"},
                                     {"log", "--json"},
                                     {"audit"},
                                     {"checkpoint", "list"},
                                     {"checkpoint", "show"},
                                     {"checkpoint", "key"},
                                     {"regulation", "list"},
                                     {"rankings", "--period", "2022-S1"},
                                     {"payments", "--month", "2022-01"},
                                     {"report", "treasurer", "--month", "2022-01"},
                                     {"report", "unit", "--unit", "U1", "--month", "2022-01"},
                                     {"person", "show", "--person", "P2"}};
const std::vector<Arguments> writing{
    {"checkpoint", "sign"},
    {"rebuild"},
    {"person", "erase", "--person", "P2", "--decree-number", "1", "--decree-date", "2022-01-03",
     "--decree-signatory", "P1", "--decree-office", "Walikota", "--decree-document",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}};

std::string name_of(const Arguments& question) {
  return question[0] + " " + (question.size() > 1 ? question[1] : "");
}

// Root as well is to be told that a file is not for it.
RunOptions as_anybody() {
  RunOptions options;
  options.before_exec = [] {
    (void)::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
    (void)::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
  };
  return options;
}

class Failure : public LedgerOnDisk {
 protected:
  ~Failure() override { allow(fs::perms::owner_all); }
  // Of the ledger's directory and everything in it.
  void allow(fs::perms what) const {
    std::error_code ignored;
    fs::permissions(data(), what | fs::perms::owner_all, ignored);
    for (fs::recursive_directory_iterator at(data(), ignored), end; at != end;
         at.increment(ignored))
      if (at->is_directory()) fs::permissions(at->path(), what | fs::perms::owner_exec, ignored);
    fs::permissions(data(), what | fs::perms::owner_exec, ignored);
  }
  [[nodiscard]] std::string file_of(const std::string& family) const {
    for (const std::string& line : lines_of(ask({"doctor", "--files", "--tsv"}).out))
      if (line.starts_with(family)) return line.substr(line.rfind('\t') + 1);
    ADD_FAILURE() << "no file holds " << family;
    return {};
  }
  void expect(const Arguments& question, int exit, const std::string& says,
              const RunOptions& options = {}) const {
    const Ran ran = ask(question, options);
    EXPECT_EQ(ran.exit, exit) << name_of(question) << ": " << ran.out << ran.err;
    EXPECT_TRUE(has(ran.out + ran.err, says)) << name_of(question) << ": " << ran.out << ran.err;
  }
};

TEST_F(Failure, NoDirectory) {
  for (const auto& question : reading) expect(question, 2, "data = " + data());
  for (const auto& question : writing) expect(question, 2, "data = " + data());
  EXPECT_FALSE(fs::exists(data())) << "asking makes nothing";
  EXPECT_FALSE(fs::exists(keys()));
  const Ran copied = run({"copy", "--from", data(), "--to", directory_ / "copy"});
  EXPECT_EQ(copied.exit, 2);
  EXPECT_TRUE(has(copied.err, data())) << copied.err;
  EXPECT_FALSE(fs::exists(directory_ / "copy"));
}

TEST_F(Failure, AFileInsteadOfADirectory) {
  (void)directory_.write("data", "this is no ledger");
  for (const auto& question : reading) expect(question, 2, "Not a directory");
  EXPECT_EQ(read_file(data()), "this is no ledger");
}

TEST_F(Failure, ADirectoryThatMayNotBeRead) {
  given_town();
  for (const std::string& locked : {data() + "/kota-uji", data()}) {
    fs::permissions(locked, fs::perms::none);
    for (const auto& question : reading) expect(question, 4, "Permission denied", as_anybody());
    fs::permissions(locked, fs::perms::owner_all);
  }
  EXPECT_EQ(ask({"verify"}).exit, 0);
}

TEST_F(Failure, ADirectoryThatMayNotBeWrittenCanBeAsked) {
  given_town();
  const std::string before = log();
  allow(fs::perms::owner_read);
  for (const auto& question : reading) expect(question, 0, "", as_anybody());
  for (const auto& question : writing) expect(question, 4, data() + "/kota-uji", as_anybody());
  const std::string file = directory_.write("commands.ndjson", town_.text());
  expect({"import", file}, 4, data() + "/kota-uji", as_anybody());
  // It is good enough to be copied from, and not to.
  EXPECT_EQ(run({"copy", "--from", data(), "--to", directory_ / "copy"}, as_anybody()).exit, 0);
  const Ran onto = run({"copy", "--from", directory_ / "copy", "--to", data()}, as_anybody());
  EXPECT_EQ(onto.exit, 4) << onto.err;
  EXPECT_EQ(log(), before);
}

TEST_F(Failure, ADirectoryThatAnotherProcessWrites) {
  given_town();
  Running writer({"import", "--data", data(), "-"}, true, directory_ / "err");
  writer.feed(town_.line({.command = "RegisterPerson", .data = R"({"person":"P9"})", .text = "X"}));
  ASSERT_FALSE(writer.acknowledged().empty()) << read_file(directory_ / "err");
  for (const auto& question : reading) expect(question, 0, "");
  for (const auto& question : writing) expect(question, 4, "another process");
  ASSERT_EQ(run({"copy", "--from", data(), "--to", directory_ / "copy"}).exit, 0);
  const Ran onto = run({"copy", "--from", directory_ / "copy", "--to", data()});
  EXPECT_EQ(onto.exit, 4) << onto.err;
  EXPECT_TRUE(has(onto.err, "another process")) << onto.err;
  EXPECT_EQ(writer.wait(), 0) << read_file(directory_ / "err");
  EXPECT_EQ(ask({"verify"}).exit, 0);
}

TEST_F(Failure, AFileOfTheLogCutShortOrGone) {
  given_town();
  const std::string file = file_of("log\t");
  const std::string whole = read_file(file);
  for (const bool gone : {false, true}) {
    gone ? (void)fs::remove(file) : fs::resize_file(file, 100);
    expect({"verify"}, 1, "events 1 to 11");
    expect({"doctor"}, 1, "frames\tdamaged\tevents 1 to 11");
    for (const Arguments& question : {Arguments{"log", "--json"},
                                      {"checkpoint", "list"},
                                      {"checkpoint", "sign"},
                                      {"regulation", "list"},
                                      {"rebuild"},
                                      {"audit"}})
      expect(question, 5, data() + "/kota-uji");
    const Ran copied = run({"copy", "--from", data(), "--to", directory_ / "copy"});
    EXPECT_EQ(copied.exit, 5) << copied.err;
    EXPECT_FALSE(fs::exists(directory_ / "copy")) << "nothing comes from half a ledger";
    std::ofstream(file, std::ios::binary) << whole;
    EXPECT_EQ(ask({"verify"}).exit, 0);
  }
}

TEST_F(Failure, NoKeys) {
  given_town();
  fs::rename(keys(), directory_ / "elsewhere");
  expect({"verify"}, 0, "intact");
  expect({"doctor"}, 0, "keys\tnotice\tnone in " + keys());
  expect({"audit"}, 0, "every decision agrees");
  expect({"person", "show", "--person", "P2"}, 0, "(sealed)");
  expect({"log", "--open"}, 2, keys());
  expect({"checkpoint", "sign"}, 2, keys());
  expect({"import", directory_.write("again.ndjson", town_.text())}, 2, keys());
  EXPECT_FALSE(fs::exists(keys())) << "keys are made with a ledger and never for one that is there";
  expect({"verify", "--keys", directory_ / "elsewhere"}, 0, "intact");
  expect({"person", "show", "--person", "P2", "--keys", directory_ / "elsewhere"}, 0,
         "Pegawai Nomor 2");
}

TEST_F(Failure, DamagedKeys) {
  given_town();
  const std::string file = keys() + "/kota-uji/keys";
  const std::string whole = read_file(file);
  std::string flipped = whole;
  flipped[60] = static_cast<char>(flipped[60] ^ 0x10);
  for (const std::string& bytes : {std::string(), whole.substr(0, 100), flipped}) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    expect({"doctor"}, 1, "keys\tdamaged");
    expect({"verify"}, 0, "intact");
    expect({"log", "--open"}, 5, file);
    expect({"checkpoint", "sign"}, 5, file);
    expect({"import", directory_.write("again.ndjson", town_.text())}, 5, file);
    EXPECT_EQ(read_file(file), bytes) << "a damaged file is left for whoever repairs it";
  }
  std::ofstream(file, std::ios::binary | std::ios::trunc) << whole;
  expect({"log", "--open"}, 0, "Pegawai Nomor 2");
}

// The key of the keys: another one opens nothing, and says so.
TEST_F(Failure, AnotherMasterKey) {
  given_town();
  const std::string file = keys() + "/master.key";
  std::string other = read_file(file);
  other[3] = other[3] == 'a' ? 'b' : 'a';
  std::ofstream(file, std::ios::binary | std::ios::trunc) << other;
  expect({"doctor"}, 1, "keys\tdamaged");
  const Ran opened = ask({"log", "--open", "--json"});
  EXPECT_NE(opened.exit, 0);
  EXPECT_FALSE(has(opened.out, "Pegawai Nomor"));
  expect({"verify"}, 0, "intact");
}

TEST_F(Failure, AgainstWhatIsNoCheckpoint) {
  given_town();
  const std::string good = ask({"checkpoint", "show"}).out;
  for (const std::string& text : {std::string(), town_.text(), good.substr(0, 60),
                                  std::string(2'000'000, 'x'), std::string("\0\xFF\n\n", 4)}) {
    const std::string kept = directory_.write("kept", text);
    expect({"verify", "--against", kept}, 2, kept);
  }
  expect({"verify", "--against", directory_ / "missing"}, 2, directory_ / "missing");
  expect({"verify", "--against", data()}, 2, data());
  // One that was a checkpoint and was changed is a finding.
  std::string larger = good;
  larger.replace(larger.find("\n11\n"), 4, "\n12\n");
  expect({"verify", "--against", directory_.write("kept", larger)}, 1, "not over this text");
  expect({"verify", "--against", directory_.write("kept", good)}, 0, "intact");
}

TEST_F(Failure, ADamagedCheckpointIsNeverHandedOut) {
  given_town();
  const std::string file = data() + "/kota-uji/checkpoints/11";
  const std::string good = read_file(file);
  std::string larger = good;
  larger.replace(larger.find("\n11\n"), 4, "\n12\n");
  for (const std::string& text : {std::string(), std::string("x"), good.substr(0, 60), larger}) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
    const Ran shown = ask({"checkpoint", "show"});
    EXPECT_EQ(shown.exit, 5) << shown.out << shown.err;
    EXPECT_TRUE(shown.out.empty()) << shown.out;
    EXPECT_TRUE(has(shown.err, file)) << shown.err;
    expect({"checkpoint", "list"}, 1, file);
    expect({"checkpoint", "sign"}, 5, file);
    expect({"verify"}, 1, file);
    expect({"doctor"}, 1, "checkpoint 11\tdamaged");
  }
}

// Neither a part of it nor what stood there before is lost.
TEST_F(Failure, AReportThatTheDiskHasNoRoomFor) {
  given_town(40);
  RunOptions full;
  full.before_exec = [] {
    const ::rlimit none{2'048, 2'048};
    (void)::setrlimit(RLIMIT_FSIZE, &none);
  };
  for (const char* format : {"xlsx", "pdf"}) {
    const std::string kept = directory_ / "reports";
    std::filesystem::create_directories(kept);
    const std::string file = directory_.write("reports/report", "before");
    const Arguments question{"report",  "unit",     "--unit", "U1",    "--month",
                             "2022-01", "--format", format,   "--out", file};
    const Ran ran = ask(question, full);
    EXPECT_EQ(ran.exit, 4) << format << ran.err;
    EXPECT_TRUE(has(ran.err, "out = " + file)) << ran.err;
    EXPECT_EQ(read_file(file), "before") << format;
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(kept), {}), 1) << format;
    EXPECT_EQ(ask(question).exit, 0) << "with room again";
    EXPECT_GT(read_file(file).size(), 2'048U) << format;
  }
}

TEST_F(Failure, ARegulationThatIsNotThere) {
  given_town();
  expect({"regulation", "list"}, 0, "regulation\t");
  expect({"regulation", "show", "--regulation", "kota-uji-2022"}, 2, "regulation = kota-uji-2022");
  expect({"regulation", "show", "--regulation", "kota-uji-2022", "--text"}, 2,
         "no such regulation");
  expect({"regulation", "show"}, 2, "--regulation");
}

TEST_F(Failure, NumbersThatAreNone) {
  given_town();
  for (const char* number : {"0", "-1", "1.5", "seven", "", "18446744073709551616", "0x10", "1e3",
                             " 3", "99999999999999999999999"})
    for (const Arguments& question : {Arguments{"log", "--from", number},
                                      {"log", "--to", number},
                                      {"checkpoint", "show", "--size", number}}) {
      const Ran ran = ask(question);
      EXPECT_EQ(ran.exit, 2) << name_of(question) << " " << number << ": " << ran.err;
      EXPECT_TRUE(has(ran.err, question[question.size() - 2])) << ran.err;
      EXPECT_TRUE(ran.out.empty()) << name_of(question) << " " << number;
    }
  expect({"log", "--from", "5", "--to", "4"}, 2, "to = 4");
}

TEST_F(Failure, ARangeBeyondTheHeadIsEmptyOrEndsThere) {
  given_town();
  for (const char* form : {"--json", "--csv", "--tsv"}) {
    const std::size_t heading = form == std::string("--json") ? 0 : 1;
    EXPECT_EQ(lines_of(ask({"log", form, "--from", "12"}).out).size(), heading) << form;
    EXPECT_EQ(lines_of(ask({"log", form, "--from", "18446744073709551615"}).out).size(), heading);
    EXPECT_EQ(lines_of(ask({"log", form, "--from", "10", "--to", "99999"}).out).size(),
              heading + 2);
    EXPECT_EQ(lines_of(ask({"log", form, "--from", "3", "--to", "3"}).out).size(), heading + 1);
  }
}

}  // namespace
}  // namespace runut::testing
