#include "query/wording.h"

#include <gtest/gtest.h>

namespace runut {
namespace {

using enum Language;

struct Noted {
  const char* note;
  const char* id;
  const char* en;
};

class PhraseTest : public ::testing::TestWithParam<Noted> {};

TEST_P(PhraseTest, IsPutIntoTheLanguage) {
  EXPECT_EQ(phrase(GetParam().note, indonesian), GetParam().id);
  EXPECT_EQ(phrase(GetParam().note, english), GetParam().en);
}

INSTANTIATE_TEST_SUITE_P(
    Notes, PhraseTest,
    ::testing::Values(Noted{"22 hari", "22 hari", "22 days"},
                      Noted{"beban_kerja kelas 7", "beban kerja kelas 7", "workload class 7"},
                      Noted{"(7.000 × 78.28 + 3.000 × 86.14) ÷ 10.000",
                            "(7.000 × 78,28 + 3.000 × 86,14) ÷ 10.000",
                            "(7,000 × 78.28 + 3,000 × 86.14) ÷ 10,000"},
                      Noted{"0.01", "0,01", "0.01"},
                      Noted{"12.345.678", "12.345.678", "12,345,678"},
                      Noted{"−3.045.004 × 500", "−3.045.004 × 500", "−3,045,004 × 500"},
                      Noted{"R5 2022-08-03 approved_late", "R5 2022-08-03 disetujui terlambat",
                            "R5 2022-08-03 approved too late"},
                      Noted{"PP 30/2019 pasal 41", "PP 30/2019 pasal 41", "PP 30/2019 article 41"},
                      Noted{"sangat_baik", "sangat baik", "very good"},
                      Noted{"8.000 × superior 90.00 + 2.000 × peer not_shown",
                            "8.000 × atasan 90,00 + 2.000 × rekan kerja (kurang dari 3 jawaban: "
                            "tidak ditampilkan)",
                            "8,000 × superior 90.00 + 2,000 × peers (fewer than 3 answers: not "
                            "shown)"},
                      Noted{"as_known", "menurut yang sekarang diketahui", "as known now"},
                      // codes are data
                      Noted{"bpjs_kesehatan", "iuran BPJS Kesehatan",
                            "BPJS Kesehatan health insurance"},
                      Noted{"iuran_korpri", "iuran Korpri", "Korpri membership dues"},
                      Noted{"koperasi_guru", "koperasi_guru", "koperasi_guru"},
                      Noted{"15 × 1.000 ÷ 10.000 = 1 sisa 5.000; 1 + 1",
                            "15 × 1.000 ÷ 10.000 = 1 sisa 5.000; 1 + 1",
                            "15 × 1,000 ÷ 10,000 = 1 remainder 5,000; 1 + 1"},
                      Noted{"below", "di bawah ekspektasi", "below expectation"},
                      Noted{"III/c", "III/c", "III/c"},
                      Noted{"07:44-16:04", "07:44-16:04", "07:44-16:04"}, Noted{"", "", ""}));

TEST(Amounts, AreWrittenAsEachLanguageWritesThem) {
  EXPECT_EQ(rupiah(Rupiah{1'234'567}, indonesian), "Rp 1.234.567");
  EXPECT_EQ(rupiah(Rupiah{1'234'567}, english), "Rp 1,234,567");
  EXPECT_EQ(signed_rupiah(Rupiah{-5'000}, english), "-Rp 5,000");
  EXPECT_EQ(signed_rupiah(Rupiah{100}, english), "+Rp 100");
  EXPECT_EQ(signed_rupiah(Rupiah{0}, indonesian), "Rp 0");
  EXPECT_EQ(percent(BasisPoints{9'885}, indonesian), "98,85 %");
  EXPECT_EQ(percent(BasisPoints{-500}, english), "-5.00 %");
  EXPECT_EQ(points(Score{8'750}, indonesian), "87,50");
  EXPECT_EQ(points(Score{12'000}, english), "120.00");
  EXPECT_EQ(measured(6'600, Measure::minutes, indonesian), "6.600 menit");
  EXPECT_EQ(measured(6'600, Measure::minutes, english), "6,600 minutes");
  EXPECT_EQ(measured(22, Measure::days, english), "22 days");
}

TEST(Dates, AreSaidAsAnOfficialWould) {
  EXPECT_EQ(date_name(date(2022, 8, 3), indonesian), "3 Agustus 2022");
  EXPECT_EQ(date_name(date(2022, 8, 31), english), "31 August 2022");
  EXPECT_EQ(period_name({month(2022, 7), 6}, indonesian), "semester 2 tahun 2022");
  EXPECT_EQ(period_name({month(2022, 1), 6}, english), "half-year 1 of 2022");
  EXPECT_EQ(period_name({month(2022, 4), 3}, indonesian), "triwulan 2 tahun 2022");
  EXPECT_EQ(period_name({month(2022, 1), 12}, english), "year 2022");
  EXPECT_EQ(time_name(parse_instant("2022-09-03T17:00:00Z").value(), 420), "2022-09-04 00:00:00");
  EXPECT_EQ(zone_name(420), "WIB");
  EXPECT_EQ(zone_name(480), "WITA");
  EXPECT_EQ(zone_name(540), "WIT");
  EXPECT_EQ(zone_name(-150), "UTC-2:30");
  EXPECT_EQ(run_name({UnitId{3}, month(2022, 8), RunKind::correction, 2}, indonesian),
            "daftar koreksi unit U3 bulan Agustus 2022, ke-2");
  EXPECT_EQ(run_name({UnitId{3}, month(2022, 8), RunKind::regular, 1}, english),
            "regular run of unit U3 for August 2022, no. 1");
  EXPECT_EQ(
      run_name({UnitId{3}, month(2022, 8), RunKind::regular, 1}, english, "Dinas Sosial (U3)"),
      "regular run of unit Dinas Sosial (U3) for August 2022, no. 1");
}

// Every word there is exists in both languages, and is another word in each.
template <class Enum>
void expect_two_languages(Enum value, std::string_view unknown) {
  const Words both = words(value);
  EXPECT_FALSE(both.id.empty()) << to_string(value);
  EXPECT_FALSE(both.en.empty()) << to_string(value);
  EXPECT_NE(both.id, both.en) << to_string(value);
  EXPECT_NE(both.id, unknown) << to_string(value);
}
template <class Enum>
void expect_all_in_two_languages() {
  const std::string_view unknown = words(Enum{}).id;
  for (const auto& row : EnumNames<Enum>::table) expect_two_languages(row.value, unknown);
}

TEST(Words, AreThereForEveryValueInBothLanguages) {
  expect_all_in_two_languages<Quantity>();
  expect_all_in_two_languages<LineKind>();
  expect_all_in_two_languages<Component>();
  expect_all_in_two_languages<Tier>();
  expect_all_in_two_languages<LeftOutReason>();
  expect_all_in_two_languages<NumericBand>();
  expect_all_in_two_languages<RunKind>();
  expect_all_in_two_languages<ValueStatus>();
  expect_all_in_two_languages<Rounding>();
  expect_all_in_two_languages<TailRounding>();
  expect_all_in_two_languages<TieKey>();
  expect_all_in_two_languages<AppliesBy>();
  expect_all_in_two_languages<Assurance>();
  expect_all_in_two_languages<Role>();
  for (const ParameterSpec& spec : parameter_specs())
    expect_two_languages(spec.parameter, "aturan");
  for (const auto& row : EnumNames<EventType>::table) {
    EXPECT_NE(event_name(row.value, indonesian), "Peristiwa") << row.name;
    EXPECT_NE(event_name(row.value, indonesian), event_name(row.value, english)) << row.name;
  }
  EXPECT_EQ(event_name(EventType::DailyReportApproved, english), "Daily report approved");
  EXPECT_EQ(event_name(EventType::TppRunLocked, english), "TPP run locked");
}

}  // namespace
}  // namespace runut
