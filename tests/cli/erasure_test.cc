// `runut person erase` on a whole city: the words of one person are gone from everywhere, and
// nothing that was computed, ranked, paid or proved has changed by a byte.
#include <fmt/format.h>

#include "cli/city.h"

namespace runut::testing {
namespace {

namespace fs = std::filesystem;

class ErasureInACity : public CityOnDisk {
 protected:
  // All that the command needs, and all of it right.
  static Arguments erasure_of(const std::string& person) {
    return {"person",
            "erase",
            "--person",
            person,
            "--decree-number",
            "800/12/2022",
            "--decree-date",
            "2022-10-03",
            "--decree-signatory",
            "P1",
            "--decree-office",
            "Wali Kota Kediri",
            "--decree-document",
            std::string(64, 'a')};
  }
  [[nodiscard]] Ran erase(const std::string& person, Arguments more = {}) const {
    Arguments arguments = erasure_of(person);
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ask(arguments);
  }
  [[nodiscard]] std::string opened(const std::string& of, const std::string& with) const {
    const Ran ran = run({"log", "--data", of, "--keys", with, "--json", "--open"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out;
  }
  // The texts of one person in an opened log, in their order.
  [[nodiscard]] static std::vector<std::string> texts(const std::string& opened,
                                                      const std::string& person) {
    std::vector<std::string> out;
    for (const std::string& line : lines_of(opened)) {
      const std::size_t at = line.find(R"(,"text":)");
      if (at != std::string::npos && has(line, R"("sealed":{"owner":")" + person + "\""))
        out.push_back(line.substr(at + 8, line.size() - at - 9));
    }
    return out;
  }
  // Everything that a script reads of what was decided, and nothing that names the head.
  [[nodiscard]] std::string decided() const {
    std::string out;
    const auto add = [&](const Arguments& question) {
      const Ran ran = ask(question);
      EXPECT_EQ(ran.exit, 0) << question[0] << ": " << ran.err;
      out += ran.out;
    };
    for (unsigned month = 1; month <= 8; ++month)
      add({"payments", "--month", fmt::format("2022-{:02}", month), "--csv"});
    add({"rankings", "--period", "2022-S1", "--csv"});
    add({"rankings", "--period", "2022-S1", "--csv", "--unranked"});
    add({"audit", "--csv"});
    return out;
  }
  // How one payment came about, but for the head that every explanation names.
  [[nodiscard]] std::string explained(const std::string& person) const {
    const Ran ran = ask({"explain", "--person", person, "--month", "2022-08", "--json"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    std::string out = ran.out;
    const std::size_t head = out.find(R"("head":)");
    return out.erase(head, out.find(R"("run":)") - head);
  }
  [[nodiscard]] std::string head() const { return lines_of(log()).back(); }
  // Who objected: of them there is every kind of text, name, number, reports, words of both sides.
  [[nodiscard]] std::string objector() const {
    for (const std::string& line : lines_of(log()))
      if (has(line, R"("type":"ObjectionFiled","subject":")")) {
        const std::size_t at = line.find(R"("subject":")") + 11;
        return line.substr(at, line.find('"', at) - at);
      }
    ADD_FAILURE() << "nobody objected";
    return {};
  }
  // The files below a directory that have any of these bytes in them, as far as they are not
  // compressed.
  [[nodiscard]] static std::vector<std::string> files_with(const std::string& directory,
                                                           const std::vector<std::string>& any) {
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
      if (!entry.is_regular_file()) continue;
      const std::string bytes = read_file(entry.path());
      for (const std::string& part : any)
        if (has(bytes, part)) out.push_back(entry.path().string() + ": " + part);
    }
    return out;
  }
  void use_keys(const std::string& backup) const {
    fs::remove_all(keys());
    fs::copy(backup, keys(), fs::copy_options::recursive);
  }
};

TEST_F(ErasureInACity, TakesEveryTextOfOnePersonAndNothingElse) {
  const std::string person = objector();
  const std::string old_keys = directory_ / "old-keys";
  const std::string backup = directory_ / "backup";
  fs::copy(keys(), old_keys, fs::copy_options::recursive);
  fs::copy(data(), backup, fs::copy_options::recursive);
  const std::string before = opened(data(), keys());
  const std::vector<std::string> words = texts(before, person);
  ASSERT_GT(words.size(), 100U);
  for (const std::string& word : words) ASSERT_EQ(word.front(), '"') << word;
  const std::string decisions = decided();
  const std::string why = explained(person);
  const std::string kept = directory_.write("kept", ask({"checkpoint", "show"}).out);

  const Ran erased = erase(person);
  ASSERT_EQ(erased.exit, 0) << erased.err;
  EXPECT_TRUE(has(erased.out, person)) << erased.out;

  // Gone: from the log, from the roster, from a backup of the ledger with today's keys.
  const std::vector<std::string> gone(words.size(), R"({"erased":true})");
  const std::string after = opened(data(), keys());
  EXPECT_EQ(texts(after, person), gone);
  EXPECT_EQ(texts(opened(backup, keys()), person), gone);
  const Ran shown = ask({"person", "show", "--person", person});
  EXPECT_TRUE(has(shown.out, "(erased)")) << shown.out;
  EXPECT_FALSE(has(shown.out, words.front().substr(1, words.front().size() - 2))) << shown.out;

  // And nothing else: every other line is the same, and the erasure alone has come.
  const std::vector<std::string> lines_before = lines_of(before);
  const std::vector<std::string> lines_after = lines_of(after);
  ASSERT_GT(lines_after.size(), lines_before.size());
  for (std::size_t i = 0; i < lines_before.size(); ++i)
    if (!has(lines_before[i], R"("sealed":{"owner":")" + person + "\"")) {
      ASSERT_EQ(lines_after[i], lines_before[i]);
    }
  EXPECT_TRUE(has(lines_after.back(), R"("type":"SubjectKeyDestroyed","subject":")" + person));
  EXPECT_EQ(decided(), decisions);
  EXPECT_EQ(explained(person), why);
  const Ran verified = ask({"verify", "--against", kept});
  EXPECT_EQ(verified.exit, 0) << verified.out << verified.err;
  EXPECT_EQ(ask({"rebuild"}).exit, 0);

  // An old copy of the keys does not bring it back, and is cured by whoever opens it first.
  use_keys(old_keys);
  EXPECT_EQ(texts(opened(data(), keys()), person), gone);
  EXPECT_EQ(texts(opened(backup, keys()), person), gone) << "the restored keys still hold the key";
  EXPECT_EQ(texts(opened(data(), keys()), "P2"), texts(before, "P2"));
  const std::string copy = directory_ / "copy";
  const std::string copy_keys = directory_ / "copy-keys";
  ASSERT_EQ(run({"copy", "--from", data(), "--to", copy}).exit, 0);
  fs::copy(old_keys, copy_keys, fs::copy_options::recursive);
  EXPECT_EQ(texts(opened(copy, copy_keys), person), gone);
}

TEST_F(ErasureInACity, ReachesSnapshotsAndARestoredBackup) {
  const std::string person = objector();
  const std::string kept = directory_ / "kept";
  const std::string restored = directory_ / "restored";
  const std::string restored_keys = restored + ".keys";
  const std::string before = opened(data(), keys());
  // Short ones are found anywhere.
  std::vector<std::string> words;
  for (const std::string& word : texts(before, person))
    if (word.size() > 10) words.push_back(word.substr(1, word.size() - 2));
  ASSERT_GT(words.size(), 50U);
  const Arguments paid{"payments", "--month", "2022-08", "--csv"};
  const std::string payments = ask(paid).out;
  const std::uint64_t head_before = lines_of(before).size();
  ASSERT_EQ(ask({"snapshot", "take"}).exit, 0);
  ASSERT_EQ(ask({"backup", "--to", kept}).exit, 0);

  ASSERT_EQ(erase(person).exit, 0);
  ASSERT_EQ(run({"restore", "--from", kept, "--data", restored}).exit, 0);
  fs::copy(keys(), restored_keys, fs::copy_options::recursive);

  // As they were left, and as whoever opens them leaves them.
  const std::vector<std::string> gone(texts(before, person).size(), R"({"erased":true})");
  const std::string restored_log = opened(restored, restored_keys);
  EXPECT_EQ(lines_of(restored_log).size(), head_before) << "the backup was made before";
  EXPECT_EQ(texts(restored_log, person), gone);
  EXPECT_EQ(texts(opened(data(), keys()), person), gone);
  const std::string snapshot = fmt::format("{}/kota-kediri/snapshots/{}", data(), head_before);
  ASSERT_TRUE(fs::is_directory(snapshot)) << snapshot;
  for (const std::string& place : {data(), keys(), snapshot, kept, restored, restored_keys})
    EXPECT_EQ(files_with(place, words), std::vector<std::string>{});

  // The snapshot and everything since make the views that serve; what they pay is what it was.
  const Ran checked = ask({"snapshot", "check"});
  EXPECT_EQ(checked.exit, 0) << checked.out << checked.err;
  EXPECT_TRUE(has(checked.out, "equal") && !has(checked.out, "different")) << checked.out;
  EXPECT_EQ(ask(paid).out, payments);
  for (const auto& [of, with] : {std::pair(data(), keys()), std::pair(restored, restored_keys)}) {
    const Ran verified = run({"verify", "--data", of});
    EXPECT_EQ(verified.exit, 0) << verified.out << verified.err;
    const Ran audited = run({"audit", "--data", of, "--keys", with});
    EXPECT_EQ(audited.exit, 0) << audited.out << audited.err;
  }
  Arguments of_restored = paid;
  of_restored.insert(of_restored.begin() + 1, {"--data", restored});
  EXPECT_EQ(run(of_restored).out, payments);
  // As known before the erasure: from the snapshot.
  Arguments known = paid;
  known.insert(known.end(), {"--as-known-at", std::to_string(head_before)});
  EXPECT_EQ(ask(known).out, payments);
}

TEST_F(ErasureInACity, IsForOnce) {
  const std::string id = "018f3a00-0000-7000-8000-0000000000aa";
  ASSERT_EQ(erase("P2", {"--id", id}).exit, 0);
  const std::string once = log();
  // The same command again has the same answer; another one is told that it comes too late.
  const Ran repeated = erase("P2", {"--id", id});
  EXPECT_EQ(repeated.exit, 0) << repeated.err;
  EXPECT_TRUE(has(repeated.out, "P2")) << repeated.out;
  const Ran again = erase("P2");
  EXPECT_EQ(again.exit, 3);
  EXPECT_TRUE(has(again.err, "P2")) << again.err;
  EXPECT_TRUE(has(again.err, "data.person")) << again.err;
  const Ran another = erase("P3", {"--id", id});
  EXPECT_EQ(another.exit, 3);
  EXPECT_TRUE(has(another.err, "command.id_reused")) << another.err;
  EXPECT_EQ(log(), once);
}

struct BadErasure {
  const char* option;
  const char* value;
  int exit;
  const char* names;
};

TEST_F(ErasureInACity, IsRefusedWithoutATraceWhenAnythingIsWrong) {
  const std::string before = log();
  const std::string texts_before = opened(data(), keys());
  for (const BadErasure& row : {
           BadErasure{"--person", "P999", 2, "P999"},
           BadErasure{"--person", "198503152009021003", 2, "198503152009021003"},
           BadErasure{"--person", "Siti", 2, "Siti"},
           BadErasure{"--decree-date", "2022-02-30", 2, "decree-date = 2022-02-30"},
           BadErasure{"--decree-date", "2099-01-01", 3, "decree.date_in_future"},
           BadErasure{"--decree-signatory", "Walikota", 2, "decree-signatory = Walikota"},
           BadErasure{"--decree-signatory", "P2", 3, "decree.office_not_held"},
           BadErasure{"--decree-office", "Camat", 3, "Camat"},
           BadErasure{"--decree-number", "", 3, "data.decree.number"},
           BadErasure{"--decree-document", "nowhere.pdf", 2, "decree-document = nowhere.pdf"},
           BadErasure{"--actor", "Q7", 2, "Q7"},
           BadErasure{"--actor", "P999", 2, "actor.id = P999"},
           BadErasure{"--role", "treasurer", 2, "treasurer"},
           BadErasure{"--id", "seven", 2, "id = seven"},
       }) {
    const std::string person = row.option == std::string("--person") ? row.value : "P2";
    Arguments arguments = erasure_of(person);
    const auto given = std::find(arguments.begin(), arguments.end(), row.option);
    if (given == arguments.end())
      arguments.insert(arguments.end(), {row.option, row.value});
    else
      *(given + 1) = row.value;
    const Ran ran = ask(arguments);
    EXPECT_EQ(ran.exit, row.exit) << row.option << " " << row.value << ": " << ran.err;
    EXPECT_TRUE(has(ran.err, row.names)) << row.option << " " << row.value << ": " << ran.err;
    EXPECT_TRUE(ran.out.empty()) << ran.out;
  }
  EXPECT_EQ(opened(data(), keys()), texts_before);
  EXPECT_EQ(log(), before);
}

}  // namespace
}  // namespace runut::testing
