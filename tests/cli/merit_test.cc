// The merit system from the command file to the table and back through the audit.
#include <fmt/format.h>

#include <regex>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

// Kediri 2022 (tests/ledger/merit_test.cc has the sum).
constexpr std::pair<const char*, int> kediri_2022[] = {
    {"perencanaan_kebutuhan", 3'000},      {"pengadaan", 3'250},
    {"pengembangan_karier", 7'000},        {"promosi_dan_mutasi", 2'750},
    {"manajemen_kinerja", 6'250},          {"penggajian_penghargaan_disiplin", 3'000},
    {"perlindungan_dan_pelayanan", 1'200}, {"sistem_informasi", 800}};

class Merit : public LedgerOnDisk {
 protected:
  void SetUp() override {
    const std::string text = given_city();
    std::smatch found;
    ASSERT_TRUE(std::regex_search(
        text, found, std::regex(R"r("decree":(\{[^{}]*"office":"Sekretaris Daerah"[^{}]*\}))r")));
    decree_ = found[1];
  }
  std::string line(const std::string& command, const std::string& data) {
    ++lines_;
    return fmt::format(
        R"({{"command":"{}","id":"018f3b00-0000-7000-8000-{:012x}","agency":"kota-kediri",)"
        R"("actor":{{"kind":"system","id":"S1","role":"hr","assurance":"claimed"}},)"
        R"("recorded_at":"2023-01-10T01:00:{:02}Z","data":{}}})"
        "\n",
        command, lines_, lines_, data);
  }
  std::string evidence(const char* aspect) {
    return line("AttachMeritEvidence",
                fmt::format(R"({{"year":2022,"aspect":"{}","document":"{:064x}","title":"Bukti"}})",
                            aspect, lines_ + 1));
  }
  std::string assessed() {
    std::string text;
    std::string aspects;
    for (const auto& [aspect, points] : kediri_2022) {
      text += evidence(aspect);
      aspects += fmt::format(R"({}{{"aspect":"{}","points_hundredths":{}}})",
                             aspects.empty() ? "" : ",", aspect, points);
    }
    return text + line("AssessMerit", fmt::format(R"({{"year":2022,"aspects":[{}],"decree":{}}})",
                                                  aspects, decree_));
  }
  std::string sealed() {
    return line("SealEvidenceBundle", fmt::format(R"({{"year":2022,"decree":{}}})", decree_));
  }

  std::string decree_;
  int lines_ = 0;
};

TEST_F(Merit, IsToldByYearAndByAspectAndDecidedAgainByTheAudit) {
  const Ran before = ask({"merit", "--csv"});
  EXPECT_EQ(before.exit, 0);
  EXPECT_TRUE(has(before.err, "nothing of the merit system is recorded")) << before.err;
  std::string text = assessed();
  text += sealed();
  const Ran accepted = import(text);
  ASSERT_EQ(accepted.exit, 0) << accepted.err;
  const Ran late = import(evidence("pengadaan"));
  EXPECT_EQ(late.exit, 3);
  EXPECT_TRUE(has(late.err, "merit.sealed")) << late.err;

  const Ran years = ask({"merit"});
  EXPECT_EQ(cell(years, "year"), "2022") << years.out;
  EXPECT_EQ(cell(years, "documents"), "8");
  EXPECT_EQ(cell(years, "self_assessed"), "272.50");
  EXPECT_EQ(cell(years, "category"), "baik");
  EXPECT_EQ(cell(years, "received"), "");
  EXPECT_EQ(cell(years, "bundle_sha256").size(), 64U);
  const Ran aspects = ask({"merit", "--year", "2022", "--csv"});
  EXPECT_TRUE(has(aspects.out, "pengembangan_karier,70.00,1")) << aspects.out;
  const Ran audit = ask({"audit"});
  EXPECT_TRUE(has(audit.err, "every decision agrees")) << audit.err;
}

}  // namespace
}  // namespace runut::testing
