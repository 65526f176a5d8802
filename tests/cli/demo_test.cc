// The demo's story, told by the binary that is built: each beat says what its title promises, and
// one that does not ends the story.
#include <gtest/gtest.h>

#include <filesystem>

#include "run_binary/run_binary.h"

namespace runut::testing {
namespace {

// tools/demo.sh with this binary, or with the one that was built; it installs and builds nothing.
Ran tell(const std::string& directory, const std::string& binary = "") {
  return run({}, {.in_front = {"bash", "-c",
                               "RUNUT=${1:-$2} exec '" RUNUT_SOURCE_DIR "/tools/demo.sh' --keep '" +
                                   directory + "'",
                               "tell", binary}});
}

struct Story {
  TemporaryDirectory directory;
  Ran told = tell(directory / "city");
};

// Told once a process.
const Story& story() {
  static const Story told;
  return told;
}

// What is said under the title of a beat, line breaks as blanks.
std::string beat(const std::string& title) {
  const std::string& all = story().told.out;
  const std::size_t begin = all.find("── " + title);
  EXPECT_NE(begin, std::string::npos) << title << " in\n" << all;
  if (begin == std::string::npos) return {};
  std::string out;
  for (const char c : all.substr(begin, all.find("── ", begin + 1) - begin)) {
    const bool blank = c == '\n' || c == '\t' || c == ' ';
    if (!blank)
      out += c;
    else if (!out.ends_with(' '))
      out += ' ';
  }
  return out;
}

TEST(Demo, TellsItsFiveBeats) {
  ASSERT_EQ(story().told.exit, 0) << story().told.err;
  struct Row {
    const char* title;
    std::vector<std::string> sentences;
  };
  for (const Row& row : {
           Row{"1. She lost 5 %",
               {"-5,00 % = -Rp 201.324", "sama persis, rupiah demi rupiah",           // number,
                "hasil dan perilaku: PP 30/2019 pasal 41, tertulis dalam peraturan",  // clause,
                "penyesuaian -Rp 201.324 Perwali Kediri 31/2022", "18 dari 20",       //
                "Hasil kerja dinilai 2022-06-30", "Pemeringkatan diumumkan 2022",     // event
                "on one printable page: "}},
           Row{"2. What would have avoided it",
               {"hasil kerja 79,17 alih-alih 78,80 (+0,37) sudah cukup", "0,01 kurang masih gagal",
                "Yang terpotong sebagai gantinya: peringkat 17 dari 20."}},
           Row{"3. Her objection",
               {"ObjectionFiled", "ObjectionDecided", "EvaluationCorrected", "TppCorrectionPosted",
                "Selisih yang dibayar +Rp 189.245", "jumlah selisih +Rp 189.245"}},
           Row{"4. An audit decides everything again",
               {"commands decided again", "every decision agrees", " late_approval ",
                "intact: 200 633 events: every hash, the chain, the tree"}},
           Row{"5. One flipped byte",
               {"flipped one bit of byte", "finding from to message storage "}},
       }) {
    const std::string told = beat(row.title);
    for (const std::string& sentence : row.sentences)
      EXPECT_TRUE(has(told, sentence)) << row.title << ": " << sentence << "\nin " << told;
  }
  // Nothing of its own making is among what it tells.
  EXPECT_FALSE(has(beat("2. "), "Jenjang")) << "the table behind it";
  EXPECT_FALSE(has(beat("4. "), "1 kind")) << "the heading, counted as a finding";
}

// The binary as it is, but for one thing that it no longer says.
TEST(Demo, EndsWhereASentenceIsMissing) {
  ASSERT_EQ(story().told.exit, 0) << story().told.err;
  struct Row {
    const char* command;
    const char* instead;
    const char* untold;
  };
  for (const Row& row :
       {Row{"explain", "exit 2", ""},
        Row{"explain", R"("$runut" "$@" | sed s/cukup/entah/)", "cukup"},
        Row{"explain", R"("$runut" "$@" | sed '/Perwali Kediri 31/d')", "Perwali Kediri"},
        Row{"log", ":", ""}, Row{"audit", R"("$runut" "$@" 2>/dev/null)", "every decision agrees"},
        Row{"verify", ":", "intact"},
        Row{"verify", "echo 'intact: 1 events and 1 signed checkpoints' >&2", "storage"}}) {
    const TemporaryDirectory directory;
    const std::string binary = directory.write(
        "runut", "#!/bin/bash\nrunut=" RUNUT_BINARY_DIR
                 "/runut\ncase $1 in\n"
                 // The city that was told before: to make it again would say nothing.
                 "simulate) cp -r '" +
                     story().directory / "city" + "/.' '" + directory / "city" +
                     "' ;;\nimport) exit 3 ;;\n" + row.command + ") " + row.instead +
                     " ;;\n*) exec \"$runut\" \"$@\" ;;\nesac\n");
    std::filesystem::permissions(binary, std::filesystem::perms::owner_all);
    const Ran ran = tell(directory / "city", binary);
    EXPECT_NE(ran.exit, 0) << row.command << ": " << row.instead << "\n" << ran.out;
    EXPECT_TRUE(has(ran.err, row.untold)) << row.instead << "\n" << ran.err;
    EXPECT_FALSE(has(ran.out, "That is the story")) << row.instead;
  }
}

}  // namespace
}  // namespace runut::testing
