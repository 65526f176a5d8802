// One byte changed on the disk, and a history rewritten: found, and named.
#include <fstream>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

namespace fs = std::filesystem;

void flip_byte(const std::string& path, std::uintmax_t at) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(at));
  const int byte = file.get();
  ASSERT_NE(byte, std::char_traits<char>::eof());
  file.seekp(static_cast<std::streamoff>(at));
  file.put(static_cast<char>(byte ^ 0x10));
}

class DamagedLedger : public LedgerOnDisk {
 protected:
  // The file that holds events of the log, by `runut doctor --files`.
  std::string log_file() const {
    for (const std::string& line : lines_of(ask({"doctor", "--files", "--tsv"}).out))
      if (line.rfind("log\t", 0) == 0) return line.substr(line.rfind('\t') + 1);
    ADD_FAILURE() << "no file holds the log";
    return {};
  }
  std::string write_ahead_log() const {
    std::string largest;
    for (const auto& entry : fs::directory_iterator(data() + "/kota-uji"))
      if (entry.path().extension() == ".log" &&
          (largest.empty() || entry.file_size() > fs::file_size(largest)))
        largest = entry.path();
    return largest;
  }
};

TEST_F(DamagedLedger, IsIntactBefore) {
  given_town(20);
  const Ran verify = ask({"verify"});
  EXPECT_EQ(verify.exit, 0) << verify.err << verify.out;
  EXPECT_TRUE(has(verify.err, "62 events")) << verify.err;
  const Ran doctor = ask({"doctor"});
  EXPECT_EQ(doctor.exit, 0) << doctor.out;
  for (const char* check : {"database", "frames", "view payments", "keys", "checkpoints"})
    EXPECT_TRUE(has(doctor.out, check)) << check << "\n" << doctor.out;
}

TEST_F(DamagedLedger, NamesTheEventsOfADamagedBlock) {
  given_town(200);
  const std::string file = log_file();
  const std::uintmax_t size = fs::file_size(file);
  unsigned named = 0;
  const std::string whole = read_file(file);
  for (const std::uintmax_t at : {size / 8, size / 3, size / 2}) {
    flip_byte(file, at);
    const Ran verify = ask({"verify"});
    EXPECT_EQ(verify.exit, 1) << "byte " << at << "\n" << verify.out << verify.err;
    if (has(verify.out, "event")) ++named;
    const Ran doctor = ask({"doctor"});
    EXPECT_EQ(doctor.exit, 1) << "byte " << at << "\n" << doctor.out;
    EXPECT_TRUE(has(doctor.out, "damaged")) << doctor.out;
    std::ofstream(file, std::ios::binary) << whole;
  }
  EXPECT_EQ(named, 3U);
  EXPECT_EQ(ask({"verify"}).exit, 0);
}

TEST_F(DamagedLedger, FindsAByteChangedInTheWriteAheadLog) {
  Running writer({"import", "--data", data(), "-"}, true, directory_ / "err");
  writer.feed(town_.town(50).text());
  for (int i = 0; i < 152; ++i)
    ASSERT_FALSE(writer.acknowledged().empty()) << read_file(directory_ / "err");
  writer.kill();
  writer.wait();
  EXPECT_EQ(ask({"verify"}).exit, 0);
  const std::string file = write_ahead_log();
  const std::uintmax_t size = fs::file_size(file);
  ASSERT_GT(size, 1'000U);
  const std::string whole = read_file(file);
  for (const std::uintmax_t at : {size / 4, size / 2}) {
    flip_byte(file, at);
    const Ran verify = ask({"verify"});
    EXPECT_EQ(verify.exit, 1) << "byte " << at << "\n" << verify.out << verify.err;
    EXPECT_EQ(ask({"doctor"}).exit, 1);
    std::ofstream(file, std::ios::binary) << whole;
  }
  EXPECT_EQ(ask({"verify"}).exit, 0);
}

TEST_F(DamagedLedger, TellsADamagedViewFromADamagedLog) {
  given_town(200);
  std::string view;
  for (const std::string& line : lines_of(ask({"doctor", "--files", "--tsv"}).out))
    if (line.rfind("view.subject_index", 0) == 0) view = line.substr(line.rfind('\t') + 1);
  ASSERT_FALSE(view.empty());
  flip_byte(view, fs::file_size(view) / 3);
  const Ran verify = ask({"verify"});
  EXPECT_EQ(verify.exit, 1);
  EXPECT_TRUE(has(verify.out, "the log is whole")) << verify.out << verify.err;
  EXPECT_TRUE(has(verify.out, "subject_index")) << verify.out;
  const Ran rebuilt = ask({"rebuild"});
  EXPECT_EQ(rebuilt.exit, 0) << rebuilt.out << rebuilt.err;
  EXPECT_TRUE(has(rebuilt.out, "replaced")) << rebuilt.out;
  EXPECT_EQ(ask({"verify"}).exit, 0);
}

// The number of restarts at the end of a file's properties, which RocksDB uses before it has
// verified the checksum: with its first bit set it stands for an index by hash that is empty.
TEST_F(DamagedLedger, IsNamedWhereRocksdbEndsTheProcess) {
  given_town();
  const std::string file = log_file();
  const std::string whole = read_file(file);
  const std::size_t name = whole.rfind("rocksdb.properties");  // in the block behind them
  ASSERT_NE(name, std::string::npos);
  constexpr std::size_t entry_head = 3, trailer = 5;
  const std::size_t end = name - entry_head - trailer;
  ASSERT_EQ(whole.substr(end - 4, 4), std::string("\1\0\0\0", 4));
  std::string damaged = whole;
  damaged[end - 1] = '\x80';
  std::ofstream(file, std::ios::binary) << damaged;
  for (const char* command : {"doctor", "verify"}) {
    const Ran ran = ask({command});
    EXPECT_TRUE(ran.exit == 1 || ran.exit == 5) << command << " " << ran.exit << ran.err;
    EXPECT_TRUE(has(ran.out + ran.err, "damaged") || has(ran.err, "restore a backup")) << ran.err;
  }
  for (const char* command : {"stats", "log", "audit", "rebuild"}) {
    const Ran ran = ask({command});
    EXPECT_EQ(ran.exit, 5) << command << " " << ran.err;
    EXPECT_TRUE(has(ran.err, "runut doctor")) << ran.err;
  }
  std::ofstream(file, std::ios::binary) << whole;
  EXPECT_EQ(ask({"doctor"}).exit, 0);
}

TEST_F(DamagedLedger, SaysWhatIsWrongWithoutADatabase) {
  given_town();
  fs::remove(data() + "/kota-uji/CURRENT");
  EXPECT_EQ(ask({"doctor"}).exit, 2);
  std::ofstream(data() + "/kota-uji/CURRENT") << "MANIFEST-999999\n";
  const Ran doctor = ask({"doctor"});
  EXPECT_EQ(doctor.exit, 1) << doctor.out << doctor.err;
  EXPECT_TRUE(has(doctor.out, "database\tdamaged")) << doctor.out;
}

TEST_F(DamagedLedger, IsDamagedWhenAFileOfItsStoreIsGone) {
  given_town();
  for (const auto& entry : fs::directory_iterator(data() + "/kota-uji"))
    if (has(entry.path().filename().string(), "MANIFEST-")) fs::remove(entry.path());
  const Ran payments = ask({"payments", "--month", "2022-08"});
  EXPECT_EQ(payments.exit, 5) << payments.err;
  EXPECT_EQ(payments.out, "") << "no heading before an error";
  EXPECT_TRUE(has(payments.err, "MANIFEST-")) << payments.err;
}

TEST_F(DamagedLedger, SaysWhatIsWrongWithTheKeys) {
  given_town();
  flip_byte(keys() + "/kota-uji/keys", 60);
  const Ran doctor = ask({"doctor"});
  EXPECT_EQ(doctor.exit, 1);
  EXPECT_TRUE(has(doctor.out, "keys\tdamaged")) << doctor.out;
}

class Checkpoints : public DamagedLedger {};

TEST_F(Checkpoints, ProveThatTheLogOnlyGrew) {
  given_town();
  const std::string kept = directory_.write("kept", ask({"checkpoint", "show"}).out);
  ASSERT_EQ(
      import(town_.line({.command = "RegisterPerson", .data = R"({"person":"P9"})", .text = "X"}))
          .exit,
      0);
  const Ran verify = ask({"verify", "--against", kept});
  EXPECT_EQ(verify.exit, 0) << verify.out << verify.err;
}

// The operator has every key and makes another ledger with another past.
TEST_F(Checkpoints, CatchARewrittenLedger) {
  given_town(3);
  const std::string kept = directory_.write("kept", ask({"checkpoint", "show"}).out);
  fs::remove_all(data());
  CommandFile other;
  other.add(
      {.command = "FoundAgency",
       .data = R"({"agency":"kota-uji","name":"Lain","utc_offset_minutes":420,"simulated":true})",
       .role = "operator"});
  for (unsigned id = 1; id < 20; ++id)
    other.add({.command = "RegisterPerson",
               .data = "{\"person\":\"P" + std::to_string(id) + "\"}",
               .text = "Y"});
  ASSERT_EQ(import(other.text()).exit, 0);
  EXPECT_EQ(ask({"verify"}).exit, 0);
  const Ran verify = ask({"verify", "--against", kept});
  EXPECT_EQ(verify.exit, 1);
  EXPECT_TRUE(has(verify.out, "history was rewritten")) << verify.out << verify.err;
}

TEST_F(Checkpoints, CatchALedgerThatLostItsEnd) {
  given_town(5);
  const std::string kept = directory_.write("kept", ask({"checkpoint", "show"}).out);
  fs::remove_all(data());
  ASSERT_EQ(import(CommandFile().town(2).text()).exit, 0);
  const Ran verify = ask({"verify", "--against", kept});
  EXPECT_EQ(verify.exit, 1);
  EXPECT_TRUE(has(verify.out, "verify.shorter")) << verify.out << verify.err;
}

TEST_F(Checkpoints, OfAnotherKeyAreNoProof) {
  given_town(3);
  const std::string kept = directory_.write("kept", ask({"checkpoint", "show"}).out);
  fs::remove_all(data());
  fs::remove_all(keys());
  ASSERT_EQ(import(CommandFile().town(3).text()).exit, 0);
  const Ran verify = ask({"verify", "--against", kept});
  EXPECT_EQ(verify.exit, 1);
  EXPECT_TRUE(has(verify.out, "not signed by the key")) << verify.out << verify.err;
}

TEST_F(Checkpoints, AreListedShownAndSigned) {
  given_town();
  EXPECT_EQ(lines_of(ask({"checkpoint", "list"}).out).size(),
            2U);  // heading, founding and import in one
  EXPECT_TRUE(has(ask({"checkpoint", "show"}).out, "runut/kota-uji\n11\n"));
  EXPECT_TRUE(has(ask({"checkpoint", "show", "--size", "11"}).out, "runut/kota-uji\n11\n"));
  EXPECT_EQ(ask({"checkpoint", "show", "--size", "7"}).exit, 2);
  EXPECT_EQ(ask({"checkpoint", "sign"}).exit, 0);
  flip_byte(data() + "/kota-uji/checkpoints/11", 20);
  EXPECT_EQ(ask({"checkpoint", "list"}).exit, 1);
  EXPECT_EQ(ask({"verify"}).exit, 1);
  const Ran more =
      import(town_.line({.command = "RegisterPerson", .data = R"({"person":"P9"})", .text = "X"}));
  EXPECT_EQ(more.exit, 5) << more.err;  // nothing is signed on top of a damaged one
}

}  // namespace
}  // namespace runut::testing
