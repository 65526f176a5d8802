// `runut accesses` on a ledger in which somebody read.
#include "cli/ledger.h"

namespace runut::testing {
namespace {

class AccessesOfATown : public LedgerOnDisk {
 protected:
  // P1 read P3's pay, a clerk's system a list of two, P2 a text of P3.
  void given_accesses() {
    town_.town(4)
        .add({"RecordAccess", R"({"people":["P3"],"resource":"payments","purpose":"periksa"})",
              "P1", "auditor"})
        .add({"RecordAccess", R"({"people":["P2","P3"],"resource":"listings","purpose":"rekap"})",
              "S1", "hr"})
        .add({"RecordAccess", R"({"people":["P3"],"resource":"texts","purpose":"keberatan"})", "P2",
              "appraiser"});
    const Ran ran = import(town_.text());
    ASSERT_EQ(ran.exit, 0) << ran.err;
  }
  [[nodiscard]] std::vector<std::string> asked(Arguments more) const {
    Arguments arguments{"accesses", "--csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = ask(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    std::vector<std::string> out;
    for (const std::string& line : lines_of(ran.out)) {
      const std::vector<std::string> cells = csv_cells(line);
      out.push_back(cells.at(2) + " " + cells.at(3) + " " + cells.at(5) + " " + cells.at(6) + " " +
                    cells.at(7));
    }
    return out;
  }
};

TEST_F(AccessesOfATown, AreShownByPersonAndByReader) {
  given_accesses();
  const std::string heading = "reader role resource purpose people";
  const std::string pay = "P1 auditor payments periksa 1";
  const std::string list = "S1 hr listings rekap 2";
  const std::string text = "P2 appraiser texts keberatan 1";
  using Lines = std::vector<std::string>;
  EXPECT_EQ(asked({}), (Lines{heading, pay, list, text}));
  EXPECT_EQ(asked({"--person", "P3"}), (Lines{heading, pay, list, text}));
  EXPECT_EQ(asked({"--person", "P2"}), (Lines{heading, list}));
  EXPECT_EQ(asked({"--person", "P4"}), (Lines{heading}));
  EXPECT_EQ(asked({"--reader", "P1"}), (Lines{heading, pay}));
  EXPECT_EQ(asked({"--person", "P3", "--reader", "P2"}), (Lines{heading, text}));
  const Ran wrong = ask({"accesses", "--person", "17"});
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_TRUE(has(wrong.err, "person = 17")) << wrong.err;
  const Ran nothing = ask({"accesses", "--person", "P4"});
  EXPECT_TRUE(has(nothing.err, "no access is recorded")) << nothing.err;
}

// Nothing is computed of them, and the ledger stays sound.
TEST_F(AccessesOfATown, AreAuditedAndVerifiedLikeEveryEvent) {
  given_accesses();
  EXPECT_EQ(ask({"verify"}).exit, 0);
  const Ran audit = ask({"audit"});
  EXPECT_EQ(audit.exit, 0) << audit.out << audit.err;
  EXPECT_TRUE(has(log(), R"("type":"AccessRecorded","subject":"P3")")) << log();
  EXPECT_TRUE(has(log(), R"("type":"AccessRecorded","subject":"AGENCY")"));
}

}  // namespace
}  // namespace runut::testing
