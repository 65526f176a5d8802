#include "regulation/pack.h"

#include <gtest/gtest.h>

#include <memory>

#include "kediri.h"
#include "regulation/sections.h"
#include "regulation/timeline.h"

namespace runut {
namespace {

using testing::kediri_text;

TEST(KediriPack, LoadsAsATimelineOfThreeDocuments) {
  const auto pack = read_pack(kediri_text("pack.json"));
  ASSERT_TRUE(pack) << pack.error()[0].describe();
  EXPECT_EQ(pack->utc_offset_minutes, 420);
  Timeline timeline;
  std::uint64_t sequence = 2;
  for (const PackDocument& entry : pack->documents) {
    auto document = read_document(kediri_text(entry.file));
    ASSERT_TRUE(document) << entry.file << ": " << document.error()[0].describe();
    EXPECT_EQ(document->header.id, entry.id);
    auto shared = std::make_shared<const Document>(*std::move(document));
    const Status status = entry.amends ? timeline.amend(*entry.amends, shared, Sequence{sequence++})
                                       : timeline.enact(shared, Sequence{sequence++});
    ASSERT_TRUE(status) << status.error().describe();
  }
  EXPECT_EQ(timeline.for_payment(month(2020, 1))->document->header.id, "kota-kediri-2020");
  EXPECT_EQ(timeline.for_payment(month(2022, 7))->document->header.id, "kota-kediri-2021");
  EXPECT_EQ(timeline.for_payment(month(2022, 8))->document->header.id, "kota-kediri-2022-08");
}

TEST(KediriPack, HoldsTheCalendarsOfFiveYears) {
  const auto pack = read_pack(kediri_text("pack.json"));
  ASSERT_TRUE(pack);
  struct Row {
    int year;
    std::size_t national, joint;
    Date ramadan, until;
  };
  // 2020: the fifteen of the joint decree, Idul Fitri on two days, and the day of the elections.
  // 2021: one day is two holidays. 2023: eight days of joint leave, nine after the first change,
  // eleven after the second. 2024: the seventeen of the joint decree and two days of elections.
  const Row rows[] = {{2020, 17, 5, date(2020, 4, 24), date(2020, 5, 23)},
                      {2021, 15, 1, date(2021, 4, 13), date(2021, 5, 12)},
                      {2022, 16, 4, date(2022, 4, 3), date(2022, 5, 1)},
                      {2023, 16, 11, date(2023, 3, 23), date(2023, 4, 21)},
                      {2024, 19, 10, date(2024, 3, 12), date(2024, 4, 9)}};
  std::size_t known = 0;
  for (const Row& row : rows) {
    std::size_t national = 0;
    std::size_t joint = 0;
    for (const PackHoliday& holiday : pack->holidays) {
      if (civil(holiday.date).year != row.year) continue;
      ++(holiday.kind == HolidayKind::joint_leave ? joint : national);
    }
    EXPECT_EQ(national, row.national) << row.year;
    EXPECT_EQ(joint, row.joint) << row.year;
    known += national + joint;
  }
  EXPECT_EQ(pack->holidays.size(), known);
  ASSERT_EQ(pack->schedules.size(), std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(pack->schedules[i].from, rows[i].ramadan);
    EXPECT_EQ(pack->schedules[i].until, rows[i].until);
    EXPECT_EQ(pack->schedules[i].days[4].end, 15u * 60 + 30);
  }
}

TEST(Pack, RejectsWithEveryPlace) {
  const auto pack = read_pack(R"({"pack":"x","agency":"X","utc_offset_minutes":9000,
    "documents":[{"file":"../x.json","id":"x"}],
    "holidays":{"source":"s","status":"cited","days":[
      {"date":"2022-02-01","kind":"national","name":"a"},
      {"date":"2022-02-01","kind":"national","name":"b"}]},
    "schedules":[],"notes":[]})");
  ASSERT_FALSE(pack);
  ASSERT_EQ(pack.error().size(), 3u);
  EXPECT_EQ(pack.error()[0].field, "/utc_offset_minutes");
  EXPECT_EQ(pack.error()[1].rule, "pack.file");
  EXPECT_EQ(pack.error()[2].rule, "pack.dates_rise");
}

TEST(Sections, JoinToTheSameBytes) {
  for (const std::size_t size : {0u, 1u, 59'999u, 60'000u, 60'001u, 150'000u}) {
    std::string text(size, 'x');
    const auto sections = split_sections(text);
    EXPECT_EQ(sections.size(), size == 0 ? 1u : (size + 59'999) / 60'000) << size;
    EXPECT_EQ(*join_sections(sections, text_hash(text)), text);
  }
  const std::string document = kediri_text("2022-08.json");
  EXPECT_EQ(*join_sections(split_sections(document), text_hash(document)), document);
}

TEST(Sections, AreEachTextThemselves) {
  // Two-, three- and four-byte characters across every alignment of the cut.
  for (const char* character : {"é", "€", "𝄞"})
    for (std::size_t offset = 0; offset < 4; ++offset) {
      std::string text(offset, 'x');
      while (text.size() < 130'000) text += character;
      const auto sections = split_sections(text);
      for (const std::string& section : sections) {
        EXPECT_TRUE(is_utf8(section)) << character << " " << offset;
        EXPECT_LE(section.size(), section_bytes_max);
      }
      EXPECT_EQ(*join_sections(sections, text_hash(text)), text);
    }
}

TEST(Sections, RefuseAnotherTextThanWasEnacted) {
  const auto sections = split_sections("abc");
  EXPECT_EQ(join_sections(sections, text_hash("abd")).error().rule, "regulation.text_hash");
}

}  // namespace
}  // namespace runut
