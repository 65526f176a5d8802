// The packs of the cities that evaluate by predicate: what each states, and how it vouches for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kediri.h"
#include "regulation/lint.h"
#include "regulation/pack.h"

namespace runut {
namespace {

using testing::shipped_document;
using testing::shipped_text;

struct CityPack {
  const char* name;
  const char* agency;
  int utc_offset_minutes;
  bool opinion_360;
  std::int64_t ramadan_monday;
  std::int64_t ramadan_friday;
};
void PrintTo(const CityPack& city, std::ostream* out) {
  *out << city.name;
}

class PredicateCity : public ::testing::TestWithParam<CityPack> {
 protected:
  const std::string name_ = GetParam().name;
  const Document numeric_ = shipped_document(name_, "2021.json");
  const Document predicate_ = shipped_document(name_, "2022-07.json");
};

TEST_P(PredicateCity, IsClean) {
  std::vector<NamedText> files;
  for (const char* file : {"2021.json", "2022-07.json", "pack.json"})
    files.push_back({file, shipped_text(name_, file)});
  for (const LintFinding& each : lint_pack(files))
    ADD_FAILURE() << each.file << ": " << each.error.describe();
}

TEST_P(PredicateCity, HasItsClockAndTheNationalCalendarSince2021) {
  const auto pack = read_pack(shipped_text(name_, "pack.json"));
  ASSERT_TRUE(pack) << pack.error()[0].describe();
  EXPECT_EQ(pack->id, name_);
  EXPECT_EQ(pack->agency, GetParam().agency);
  EXPECT_EQ(pack->utc_offset_minutes, GetParam().utc_offset_minutes);
  const auto kediri = read_pack(shipped_text("kota-kediri", "pack.json"));
  ASSERT_TRUE(kediri);
  std::vector<std::pair<Date, HolidayKind>> national;
  for (const PackHoliday& day : kediri->holidays)
    if (civil(day.date).year >= 2021) national.emplace_back(day.date, day.kind);
  std::vector<std::pair<Date, HolidayKind>> here;
  for (const PackHoliday& day : pack->holidays) here.emplace_back(day.date, day.kind);
  EXPECT_EQ(here, national);
  ASSERT_EQ(pack->schedules.size(), 4u);
  for (std::size_t i = 0; i < pack->schedules.size(); ++i) {
    const PackSchedule& ramadan = pack->schedules[i];
    EXPECT_EQ(ramadan.from, kediri->schedules[i + 1].from);  // one month for all, theirs since 2020
    EXPECT_EQ(ramadan.until, kediri->schedules[i + 1].until);
    EXPECT_EQ(ramadan.days[0].minutes, Minutes{GetParam().ramadan_monday});
    EXPECT_EQ(ramadan.days[4].minutes, Minutes{GetParam().ramadan_friday});
  }
}

TEST_P(PredicateCity, LeavesScoresForPredicatesInJulyAndPaysAsBefore) {
  EXPECT_EQ(numeric_.evaluation.regime, Regime::numeric);
  EXPECT_EQ(predicate_.evaluation.regime, Regime::predicate);
  EXPECT_EQ(predicate_.header.effective_from, date(2022, 7, 1));
  EXPECT_TRUE(numeric_.pays_like(predicate_));
  for (const Document& document : {numeric_, predicate_}) {
    EXPECT_EQ(document.evaluation.opinion_360, GetParam().opinion_360);
    EXPECT_EQ(document.ranking.period_months, 3);
    EXPECT_FALSE(document.ranking.enabled);
    EXPECT_FALSE(document.tpp.tier_adjustment);
  }
}

// Both cities: 37.5 hours a week from 07:30, two thirds of them to report: 25 hours.
TEST_P(PredicateCity, WorksThirtySevenAndAHalfHoursAWeek) {
  std::int64_t present = 0;
  std::int64_t reported = 0;
  for (const DaySchedule& day : numeric_.work.schedule) {
    present += day.end - day.start;
    reported += day.minutes.value;
  }
  EXPECT_EQ(present, 2'250);
  EXPECT_EQ(reported, 1'500);
}

// A clause is claimed where a text was seen and nowhere else.
TEST_P(PredicateCity, SaysOfEveryValueHowFarItIsKnown) {
  for (const Document& document : {numeric_, predicate_})
    for (const ParameterSpec& spec : parameter_specs()) {
      const Provenance& said = document.provenance(spec.parameter);
      EXPECT_EQ(said.clause.starts_with("tanpa pasal: asumsi"), said.status == ValueStatus::assumed)
          << spec.name;
      EXPECT_EQ(said.clause.starts_with("tanpa pasal: praktik"),
                said.status == ValueStatus::practice)
          << spec.name;
      EXPECT_EQ(said.source.find("Kediri"), std::string::npos) << spec.name;
    }
  EXPECT_EQ(predicate_.provenance(Parameter::evaluation_regime).status, ValueStatus::cited);
}

INSTANTIATE_TEST_SUITE_P(Cities, PredicateCity,
                         ::testing::Values(CityPack{"kota-yogyakarta", "Pemerintah Kota Yogyakarta",
                                                    420, true, 290, 140},
                                           CityPack{"kota-denpasar", "Pemerintah Kota Denpasar",
                                                    480, false, 260, 260}),
                         [](const auto& row) { return std::string(row.param.name).substr(5); });

}  // namespace
}  // namespace runut
