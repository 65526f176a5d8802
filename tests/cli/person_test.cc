// The end of a person's text, everywhere; and copies of a ledger.
#include "cli/ledger.h"

namespace runut::testing {
namespace {

namespace fs = std::filesystem;

class Person : public LedgerOnDisk {
 protected:
  Ran erase(const std::string& person) const {
    return ask({"person", "erase", "--person", person, "--decree-number", "800/1/2023",
                "--decree-date", "2022-01-03", "--decree-signatory", "P1", "--decree-office",
                "Walikota", "--decree-document", std::string(64, 'a')});
  }
};

TEST_F(Person, IsShownWithTheNameOpened) {
  given_town();
  const Ran shown = ask({"person", "show", "--person", "P2"});
  EXPECT_EQ(shown.exit, 0) << shown.err;
  EXPECT_TRUE(has(shown.out, "Pegawai Nomor 2")) << shown.out;
  EXPECT_TRUE(has(shown.out, "Pengadministrasi Umum in U1")) << shown.out;
  EXPECT_EQ(ask({"person", "show", "--person", "P77"}).exit, 2);
}

TEST_F(Person, ErasedIsUnreadableHereAndInEveryCopy) {
  given_town();
  fs::copy(data(), directory_ / "backup", fs::copy_options::recursive);
  ASSERT_TRUE(has(ask({"log", "--json", "--open"}).out, "Pegawai Nomor 2"));

  const Ran erased = erase("P2");
  ASSERT_EQ(erased.exit, 0) << erased.err;
  const Ran opened = ask({"log", "--json", "--open"});
  EXPECT_FALSE(has(opened.out, "Pegawai Nomor 2"));
  EXPECT_TRUE(has(opened.out, "\"text\":{\"erased\":true}"));
  EXPECT_TRUE(has(opened.out, "Pegawai Nomor 3"));
  EXPECT_TRUE(has(ask({"person", "show", "--person", "P2"}).out, "(erased)"));

  const Ran backup =
      run({"log", "--data", directory_ / "backup", "--keys", keys(), "--json", "--open"});
  EXPECT_EQ(backup.exit, 0) << backup.err;
  EXPECT_FALSE(has(backup.out, "Pegawai Nomor 2"));
  EXPECT_TRUE(has(backup.out, "Pegawai Nomor 3"));

  const Ran verify = ask({"verify"});
  EXPECT_EQ(verify.exit, 0) << verify.out << verify.err;
  EXPECT_EQ(ask({"audit"}).exit, 0);
  EXPECT_EQ(erase("P2").exit, 3);  // once is for ever
}

// A key backup from before the erasure is restored: whoever opens the keys destroys it again first.
TEST_F(Person, StaysErasedForTheFirstReaderOfAnOldKeyBackup) {
  given_town();
  fs::copy(keys(), directory_ / "old-keys", fs::copy_options::recursive);
  ASSERT_EQ(erase("P2").exit, 0);
  for (const Arguments& question :
       {Arguments{"log", "--json", "--open"}, Arguments{"person", "show", "--person", "P2"}}) {
    fs::remove_all(keys());
    fs::copy(directory_ / "old-keys", keys(), fs::copy_options::recursive);
    const Ran answer = ask(question);
    EXPECT_EQ(answer.exit, 0) << answer.err;
    EXPECT_FALSE(has(answer.out, "Pegawai Nomor 2")) << answer.out;
    EXPECT_TRUE(has(answer.out, "erased")) << answer.out;
    // For good: the restored file no longer holds it.
    const Ran backup = run({"log", "--data", data(), "--keys", keys(), "--json", "--open"});
    EXPECT_FALSE(has(backup.out, "Pegawai Nomor 2"));
    EXPECT_TRUE(has(backup.out, "Pegawai Nomor 3"));
  }
}

// While a writer holds the keys nobody can destroy one: then nothing is opened rather than too
// much.
TEST_F(Person, IsNotShownWhileTheKeyCannotBeDestroyedAgain) {
  given_town();
  fs::copy(keys(), directory_ / "old-keys", fs::copy_options::recursive);
  ASSERT_EQ(erase("P2").exit, 0);
  Running writer({"import", "--data", data(), "-"}, true, directory_ / "err");
  writer.feed(town_.line({.command = "RegisterPerson", .data = R"({"person":"P9"})", .text = "X"}));
  ASSERT_FALSE(writer.acknowledged().empty()) << read_file(directory_ / "err");
  for (const auto& file : fs::directory_iterator(directory_ / "old-keys/kota-uji"))
    if (file.path().filename() == "keys")
      fs::copy_file(file.path(), keys() + "/kota-uji/keys", fs::copy_options::overwrite_existing);
  const Ran answer = ask({"log", "--json", "--open"});
  EXPECT_NE(answer.exit, 0) << answer.out;
  EXPECT_FALSE(has(answer.out, "Pegawai Nomor 2"));
}

TEST_F(Person, StaysErasedWhenAnOldKeyBackupIsRestored) {
  given_town();
  fs::copy(keys(), directory_ / "old-keys", fs::copy_options::recursive);
  ASSERT_EQ(erase("P2").exit, 0);
  fs::remove_all(keys());
  fs::copy(directory_ / "old-keys", keys(), fs::copy_options::recursive);
  ASSERT_EQ(
      import(town_.line({.command = "RegisterPerson", .data = R"({"person":"P9"})", .text = "X"}))
          .exit,
      0);
  EXPECT_FALSE(has(ask({"log", "--json", "--open"}).out, "Pegawai Nomor 2"));
}

TEST_F(Person, CannotBeErasedWithoutADecreeThatHolds) {
  given_town();
  const std::string before = log();
  const Ran ran = ask({"person", "erase", "--person", "P2", "--decree-number", "1", "--decree-date",
                       "2022-01-03", "--decree-signatory", "P3", "--decree-office", "Walikota",
                       "--decree-document", std::string(64, 'a')});
  EXPECT_EQ(ran.exit, 3) << ran.err;
  EXPECT_EQ(log(), before);
}

class Copy : public LedgerOnDisk {
 protected:
  std::string hashes(const std::string& of) const {
    return run({"log", "--data", of, "--csv"}).out;
  }
};

TEST_F(Copy, IsTheSameByteForByteAndGoesOnWhereItStopped) {
  given_town();
  const std::string target = directory_ / "copy";
  const Ran first = run({"copy", "--from", data(), "--to", target});
  EXPECT_EQ(first.exit, 0) << first.err;
  EXPECT_TRUE(has(first.err, "keys are not copied"));
  EXPECT_EQ(hashes(target), hashes(data()));
  ASSERT_EQ(
      import(town_.line({.command = "RegisterPerson", .data = R"({"person":"P9"})", .text = "X"}))
          .exit,
      0);
  EXPECT_EQ(run({"copy", "--from", data(), "--to", target}).exit, 0);
  EXPECT_EQ(hashes(target), hashes(data()));
  EXPECT_EQ(run({"verify", "--data", target}).exit, 0);
}

TEST_F(Copy, IsRefusedByATargetWithAnotherHistory) {
  given_town();
  const std::string other = directory_ / "other";
  ASSERT_EQ(
      run({"import", "--data", other, directory_.write("o.ndjson", CommandFile().town(2).text())})
          .exit,
      0);
  const std::string before = hashes(other);
  const Ran ran = run({"copy", "--from", data(), "--to", other});
  EXPECT_EQ(ran.exit, 3) << ran.err;
  EXPECT_EQ(hashes(other), before);
}

}  // namespace
}  // namespace runut::testing
