// A month and a quarter of each city that ships beside Kota Kediri, worked by hand from its own
// pack: clock, calendar, schedules and document.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "computation/score.h"
#include "regulation/pack.h"
#include "tests/computation/office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::august;
using testing::august_first;
using testing::august_last;
using ::testing::ElementsAre;
using testing::Office;
using testing::regular_run;
using testing::RegulationText;
using testing::shown;

Pack shipped(const std::string& name) {
  std::ifstream in(std::string(RUNUT_SOURCE_DIR) + "/schemas/regulations/" + name + "/pack.json");
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  auto pack = read_pack(text);
  RUNUT_CHECK(pack.has_value(), pack ? "" : pack.error()[0].describe());
  return *std::move(pack);
}

// The office of payment_test under a pack: what a city records of it on its first day.
class CityOffice {
 public:
  CityOffice(const std::string& name, const std::string& file)
      : pack_(shipped(name)),
        office(RegulationText("../" + name + "/" + file), pack_.utc_offset_minutes) {
    for (const PackHoliday& day : pack_.holidays)
      if (day.date != date(2022, 8, 17))  // the office has that one
        office.ledger.add(HolidaySet{day.date, day.kind, day.name});
    for (const PackSchedule& season : pack_.schedules)
      office.ledger.add(ScheduleSet{UnitId{1}, season.from, season.until, season.days});
    week_ = office.facts().agency().timeline.for_payment(month(2022, 1))->document->work.schedule;
  }

  // Empty on days off.
  [[nodiscard]] std::optional<DaySchedule> day(Date date) const {
    const auto& holidays = pack_.holidays;
    if (std::any_of(holidays.begin(), holidays.end(),
                    [&](const PackHoliday& holiday) { return holiday.date == date; }))
      return std::nullopt;
    const std::vector<DaySchedule>* week = &week_;
    for (const PackSchedule& season : pack_.schedules)
      if (season.from <= date && date <= season.until) week = &season.days;
    for (const DaySchedule& scheduled : *week)
      if (scheduled.weekday == static_cast<std::uint32_t>(weekday(date)) + 1) return scheduled;
    return std::nullopt;
  }
  // In and out on the minute, and what is to be reported, unless `but` says otherwise of the day.
  template <class But>
  void works(std::uint64_t person, Date from, Date until, But but) {
    for (Date date = from; date <= until; date = date + 1) {
      const auto scheduled = day(date);
      if (!scheduled || but(date, *scheduled)) continue;
      attends(person, date, scheduled->start, scheduled->end);
      office.reports(person, date, scheduled->minutes.value);
    }
  }
  void attends(std::uint64_t person, Date date, std::uint32_t in, std::uint32_t out) {
    office.ledger.person(person).attended(date, clock(in), clock(out));
  }

 private:
  static std::string clock(std::uint32_t minute) {
    std::string text = "00:00";
    text[0] = static_cast<char>('0' + minute / 600);
    text[1] = static_cast<char>('0' + minute / 60 % 10);
    text[3] = static_cast<char>('0' + minute % 60 / 10);
    text[4] = static_cast<char>('0' + minute % 10);
    return text;
  }

  Pack pack_;

 public:
  Office office;

 private:
  std::vector<DaySchedule> week_;
};

TEST(Denpasar, PaysAMonthByTheClockOfBali) {
  CityOffice city("kota-denpasar", "2022-07.json");
  Office& office = city.office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  city.works(17, august_first, august_last, [&](Date day, const DaySchedule& scheduled) {
    if (day == august_first) {  // Monday: in at 07:45, fifteen minutes late
      city.attends(17, day, 7 * 60 + 45, scheduled.end);
      office.reports(17, day, 320);
    } else if (day == date(2022, 8, 5)) {  // Friday: out at 12:20, forty minutes early
      city.attends(17, day, scheduled.start, 12 * 60 + 20);
      office.reports(17, day, 200);
    } else if (day == august_last) {  // reported, and approved below
      city.attends(17, day, scheduled.start, scheduled.end);
      office.ledger.not_before(day, "16:30");
      office.ledger.person(17).reported(day, 320);
    } else {
      return day == date(2022, 8, 10);  // Wednesday: no record, no report
    }
    return true;
  });
  // Midnight of the 4th in Bali is 23:00 of the 3rd in Java: late here, in time there.
  office.ledger.clock(date(2022, 9, 4), "00:00");
  office.ledger.person(17).approved(august_last);
  office.end(august);

  const TppPaymentComputed p = office.payment(17, regular_run(2, august));
  // Without the 17th: 18 days from Monday to Thursday x 320 = 5 760, 4 Fridays x 220 = 880.
  EXPECT_EQ(p.required, Minutes{6'640});
  // 6 640 - 320 (the 10th) - 20 (the 5th) - 320 (the 31st, approved too late)
  EXPECT_EQ(p.approved, Minutes{5'980});
  EXPECT_EQ(p.productivity, BasisPoints{9'006});  // 5 980 x 10 000 / 6 640 = 9 006.02
  // 15 minutes late: 50. 40 minutes early: 100. Absent: 300.
  EXPECT_EQ(p.discipline, BasisPoints{9'550});
  // 6 000 x 9 006 + 4 000 x 9 550 = 54 036 000 + 38 200 000 = 92 236 000; / 10 000 = 9 223.6
  EXPECT_EQ(p.performance_factor, BasisPoints{9'224});
  EXPECT_THAT(shown(p.lines),
              ElementsAre("earned beban_kerja 3689600",     // 4 000 000 x 0.9224
                          "earned prestasi_kerja 2306000",  // 2 500 000 x 0.9224
                          "earned tempat_bertugas 0",
                          "earned kondisi_kerja 700000",  // without the factor
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "tax -334780",                        // 5 % of 6 695 600
                          "deduction bpjs_kesehatan -66956"));  // 1 % of 6 695 600
  EXPECT_EQ(p.gross, Rupiah{6'695'600});                        // 3 689 600 + 2 306 000 + 700 000
  EXPECT_EQ(p.net, Rupiah{6'293'864});                          // 6 695 600 - 334 780 - 66 956
}

TEST(Yogyakarta, PaysAMonthOfRamadan) {
  CityOffice city("kota-yogyakarta", "2021.json");
  Office& office = city.office;
  const Month april = month(2022, 4);
  office.ledger.person(18).hired(
      {.unit = 3, .job_class = 7, .grade = "III/a", .status = EmploymentStatus::cpns});
  office.ledger.person(18).on_leave(LeaveKind::sick, date(2022, 4, 11), date(2022, 4, 13));
  city.works(18, first_day(april), last_day(april), [&](Date day, const DaySchedule& scheduled) {
    if (day == date(2022, 4, 4)) {  // in at 08:35, 65 minutes after 07:30
      city.attends(18, day, 8 * 60 + 35, scheduled.end);
      office.reports(18, day, 290);
    } else if (day == date(2022, 4, 22)) {  // a Friday without a report
      city.attends(18, day, scheduled.start, scheduled.end);
    } else if (day == date(2022, 4, 28)) {  // no clock-out
      office.ledger.person(18).clocked(day, ClockDirection::in, "07:30");
      office.reports(18, day, 290);
    } else {
      return day >= date(2022, 4, 11) && day <= date(2022, 4, 13);
    }
    return true;
  });
  office.end(april);

  const TppPaymentComputed p = office.payment(18, regular_run(2, april));
  // The 1st, before Ramadan, is a Friday of 220; then 16 days x 290 = 4 640 and two Fridays x 140 =
  // 280, without Good Friday (the 15th) and the joint leave of the 29th: 19 days, 5 140 minutes.
  // Less the three days of leave, 870.
  EXPECT_EQ(p.required, Minutes{4'270});
  EXPECT_EQ(p.approved, Minutes{4'130});          // less 140 on the 22nd
  EXPECT_EQ(p.productivity, BasisPoints{9'672});  // 4 130 x 10 000 / 4 270 = 9 672.13
  EXPECT_EQ(p.discipline, BasisPoints{9'725});    // 65 minutes late: 125. Missing out: 150.
  // 6 000 x 9 672 + 4 000 x 9 725 = 58 032 000 + 38 900 000 = 96 932 000; / 10 000 = 9 693.2
  EXPECT_EQ(p.performance_factor, BasisPoints{9'693});
  // Each component: ceiling x 80 % x (16 + 3 x 95 %) / 19 = ceiling x 0.8 x 18.85 / 19
  // beban:    60 320 000 / 19 = 3 174 736.84 -> 3 174 737; x 0.9693 = 3 077 272.57
  // prestasi: 37 700 000 / 19 = 1 984 210.53 -> 1 984 211; x 0.9693 = 1 923 295.72
  // kondisi:  10 556 000 / 19 =   555 578.95 -> 555 579
  EXPECT_THAT(shown(p.lines),
              ElementsAre("earned beban_kerja 3077273", "earned prestasi_kerja 1923296",
                          "earned tempat_bertugas 0", "earned kondisi_kerja 555579",
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "tax -277807",                        // 5 % of 5 556 148 = 277 807.4
                          "deduction bpjs_kesehatan -55561"));  // 1 % = 55 561.48
  EXPECT_EQ(p.gross, Rupiah{5'556'148});
  EXPECT_EQ(p.net, Rupiah{5'222'780});  // 5 556 148 - 277 807 - 55 561
}

// The first quarter of 2022, decided in April: both cities still rate by score.
TEST(Quarter, IsScoredByTheWeightsOfTheCity) {
  struct Row {
    const char* pack;
    std::int64_t score;
  };
  // Behaviour: 88 + 90 + 92.50 + 85 + 91 + 87 + 90 = 623.50; / 7 = 89.0714 -> 89.07
  const Row rows[] = {
      // Yogyakarta, with the opinion of peers and subordinates:
      // 0.6 x 92.50 + 0.4 x 89.07 = 55.50 + 35.628 = 91.128
      {"kota-yogyakarta", 9'113},
      // Denpasar, without: 0.7 x 92.50 + 0.3 x 89.07 = 64.75 + 26.721 = 91.471
      {"kota-denpasar", 9'147},
  };
  const Period quarter{month(2022, 1), 3};
  for (const Row& row : rows) {
    CityOffice city(row.pack, "2021.json");
    Office& office = city.office;
    office.ledger.person(17).hired({.unit = 3, .appraiser = 50});
    office.ledger.clock(date(2022, 4, 4));
    office.ledger.person(17).rated(quarter, 50, 9'250);
    office.ledger.person(17).behaved(quarter, 50, {8800, 9000, 9250, 8500, 9100, 8700, 9000});
    const auto facts = office.facts();
    const auto rules = ranking_rules(facts, date(2022, 4, 4));
    ASSERT_TRUE(rules) << rules.error().describe();
    NullRecorder none;
    const auto rated = compute_score(facts, PersonId{17}, quarter, *rules, none);
    ASSERT_TRUE(rated && *rated) << row.pack;
    EXPECT_EQ((*rated)->behaviour, Score{8'907}) << row.pack;
    EXPECT_EQ((*rated)->score, Score{row.score}) << row.pack;
    EXPECT_EQ((*rated)->band, NumericBand::baik) << row.pack;
  }
}

// The same quarter in Yogyakarta with a closed survey: superior 623.50 ÷ 7 = 89.07, four peers
// 2412.00 ÷ 28 = 86.142857 -> 86.14, nobody below. The subordinates' weight is the superior's:
// 0.8 x 89.07 + 0.2 x 86.14 = 71.256 + 17.228 = 88.484 -> 88.48
// 0.6 x 92.50 + 0.4 x 88.48 = 55.50 + 35.392 = 90.892
TEST(Quarter, IsScoredWithTheOpinionOfPeersInYogyakarta) {
  const Period quarter{month(2022, 1), 3};
  CityOffice city("kota-yogyakarta", "2021.json");
  Office& office = city.office;
  const auto person = office.ledger.person(17);
  person.hired({.unit = 3, .appraiser = 50});
  office.ledger.clock(date(2022, 4, 4));
  person.rated(quarter, 50, 9'250);
  person.behaved(quarter, 50, {8800, 9000, 9250, 8500, 9100, 8700, 9000});
  person.surveyed(quarter,
                  {{SurveyRelation::superior, 62'350, 1}, {SurveyRelation::peer, 241'200, 4}});
  const auto facts = office.facts();
  const auto rules = ranking_rules(facts, date(2022, 4, 4));
  ASSERT_TRUE(rules) << rules.error().describe();
  NullRecorder none;
  const auto rated = compute_score(facts, PersonId{17}, quarter, *rules, none);
  ASSERT_TRUE(rated && *rated);
  EXPECT_EQ((*rated)->behaviour, Score{8'848});
  EXPECT_EQ((*rated)->score, Score{9'089});
}

}  // namespace
}  // namespace runut
