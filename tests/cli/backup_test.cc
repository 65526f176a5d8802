// A ledger kept in another directory, and brought back from there whole or not at all.
#include <filesystem>
#include <fstream>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

namespace files = std::filesystem;

class Backup : public LedgerOnDisk {
 protected:
  [[nodiscard]] std::string kept() const { return directory_ / "kept"; }
  [[nodiscard]] std::string restored() const { return directory_ / "restored"; }
  Ran back_up() const { return ask({"backup", "--to", kept()}); }
  Ran restore(Arguments more = {}) const {
    Arguments arguments{"restore", "--from", kept(), "--data", restored()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  [[nodiscard]] static std::string log_of(const std::string& data) {
    return run({"log", "--data", data, "--json"}).out;
  }
  // Nothing was put in the ledger's place.
  void expect_nothing_restored() const {
    EXPECT_FALSE(files::exists(restored() + "/kota-uji"));
    EXPECT_EQ(run({"log", "--data", restored()}).exit, 2);
  }
};

TEST_F(Backup, ComesBackAsItWas) {
  given_town(20);
  const Ran backup = back_up();
  ASSERT_EQ(backup.exit, 0) << backup.err;
  EXPECT_EQ(cell(backup, "copied"), "62");
  EXPECT_EQ(cell(backup, "vouched_for"), "62");
  EXPECT_TRUE(has(backup.err, "keys are not in it")) << backup.err;
  EXPECT_EQ(log_of(kept()), log()) << "it can be asked like the ledger";

  const Ran ran = restore();
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(log_of(restored()), log());
  EXPECT_EQ(read_file(restored() + "/kota-uji/checkpoints/62"),
            read_file(data() + "/kota-uji/checkpoints/62"));
  EXPECT_EQ(run({"verify", "--data", restored()}).exit, 0);
  // Without keys it serves whatever is no personal text.
  EXPECT_EQ(run({"rankings", "--data", restored(), "--period", "2022-S1"}).exit, 0);

  // With its keys it goes on where the ledger was.
  files::copy(keys(), restored() + ".keys", files::copy_options::recursive);
  const std::string more =
      town_.line({.command = "RegisterPerson", .data = R"({"person":"P900"})", .text = "Baru"});
  const Ran imported = run({"import", "--data", restored(), directory_.write("more.ndjson", more)});
  EXPECT_EQ(imported.exit, 0) << imported.err;
  EXPECT_EQ(cell(imported, "recorded"), "1");
  EXPECT_EQ(log_of(restored()).rfind(log(), 0), 0U);
}

TEST_F(Backup, TakesOnlyWhatIsNewWhileAWriterGoesOn) {
  Running writer({"import", "--data", data(), "-"}, true, directory_ / "err");
  writer.feed(town_.town().text());
  for (int i = 0; i < 11; ++i)
    ASSERT_FALSE(writer.acknowledged().empty()) << read_file(directory_ / "err");
  EXPECT_EQ(cell(back_up(), "copied"), "11");
  writer.feed(
      town_.line({.command = "RegisterPerson", .data = R"({"person":"P900"})", .text = "Baru"}));
  ASSERT_FALSE(writer.acknowledged().empty());
  const Ran second = back_up();
  EXPECT_EQ(cell(second, "from"), "12") << second.err;
  EXPECT_EQ(cell(second, "copied"), "1");
  EXPECT_EQ(cell(back_up(), "copied"), "0");
  EXPECT_EQ(writer.wait(), 0);
  EXPECT_EQ(log_of(kept()), log());
}

TEST_F(Backup, OfAnotherHistoryIsNotTouched) {
  given_town();
  ASSERT_EQ(back_up().exit, 0);
  const std::string before = log_of(kept());
  const std::string other = directory_ / "other";
  ASSERT_EQ(run({"import", "--data", other,
                 directory_.write("other.ndjson", CommandFile().town(4).text())})
                .exit,
            0);
  const Ran ran = run({"backup", "--data", other, "--to", kept()});
  EXPECT_EQ(ran.exit, 3) << ran.err;
  EXPECT_EQ(log_of(kept()), before);
  EXPECT_EQ(run({"backup", "--data", data(), "--to", data()}).exit, 2);
}

TEST_F(Backup, IsNotRestoredOverWhatIsThere) {
  given_town();
  ASSERT_EQ(back_up().exit, 0);
  ASSERT_EQ(restore().exit, 0);
  const std::string before = log_of(restored());
  const Ran again = restore();
  EXPECT_EQ(again.exit, 3);
  EXPECT_TRUE(has(again.err, "restore.occupied")) << again.err;
  EXPECT_EQ(log_of(restored()), before);
}

TEST_F(Backup, ThatIsDamagedIsNotRestored) {
  given_town(200);
  ASSERT_EQ(back_up().exit, 0);
  unsigned spoilt = 0;
  for (const auto& entry : files::directory_iterator(kept() + "/kota-uji")) {
    if (entry.path().extension() != ".sst" || entry.file_size() < 20'000) continue;
    std::string bytes = read_file(entry.path());
    bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 0x10);
    std::ofstream(entry.path(), std::ios::binary) << bytes;
    ++spoilt;
  }
  ASSERT_GT(spoilt, 0U);
  const Ran ran = restore();
  EXPECT_EQ(ran.exit, 5) << ran.err;
  expect_nothing_restored();
}

TEST_F(Backup, ThatIsShorterThanACheckpointVouchesForIsNotRestored) {
  given_town();
  ASSERT_EQ(back_up().exit, 0);
  ASSERT_EQ(
      import(
          town_.line({.command = "RegisterPerson", .data = R"({"person":"P900"})", .text = "Baru"}))
          .exit,
      0);
  std::string newest;
  for (const auto& entry : files::directory_iterator(data() + "/kota-uji/checkpoints"))
    if (entry.path().filename() != "11") newest = entry.path().filename();
  ASSERT_FALSE(newest.empty());
  files::copy(data() + "/kota-uji/checkpoints/" + newest,
              kept() + "/kota-uji/checkpoints/" + newest);
  const Ran ran = restore();
  EXPECT_EQ(ran.exit, 5) << ran.err;
  EXPECT_TRUE(has(ran.err, "verify.shorter")) << ran.err;
  expect_nothing_restored();
}

TEST_F(Backup, WithAForgedCheckpointIsNotRestored) {
  given_town();
  ASSERT_EQ(back_up().exit, 0);
  const std::string path = kept() + "/kota-uji/checkpoints/11";
  std::string note = read_file(path);
  note[note.find('\n') + 1] = '9';  // the size that is vouched for
  std::ofstream(path, std::ios::binary) << note;
  const Ran ran = restore();
  EXPECT_EQ(ran.exit, 5) << ran.err;
  EXPECT_TRUE(has(ran.err, path)) << ran.err;
  expect_nothing_restored();
}

TEST_F(Backup, IsRestoredWholeAfterAKill) {
  given_town(3'000);
  ASSERT_EQ(back_up().exit, 0);
  ASSERT_EQ(run({"--version"}, traced("trace=none")).exit, 0) << "strace cannot trace here";
  unsigned killed = 0;
  for (const unsigned when : {1U, 3U, 6U}) {
    const Ran ran = run({"restore", "--from", kept(), "--data", restored()},
                        traced("inject=fdatasync:signal=KILL:when=" + std::to_string(when)));
    if (ran.exit == 0) break;
    ++killed;
    expect_nothing_restored();
  }
  EXPECT_GT(killed, 0U);
  files::remove_all(restored());
  ASSERT_EQ(restore().exit, 0);
  EXPECT_EQ(log_of(restored()), log());
  EXPECT_FALSE(files::exists(restored() + "/kota-uji.restoring"));
}

}  // namespace
}  // namespace runut::testing
