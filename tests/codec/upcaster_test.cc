// The seam for old versions, shown on one that never was: say that version 0 of HolidaySet kept the
// day as year * 10 000 + month * 100 + day, and knew national holidays only.
//
//   table HolidaySet0 { day:uint; name:string; }
#include "codec/upcaster.h"

#include <flatbuffers/flatbuffers.h>
#include <gtest/gtest.h>

#include "codec/payload_codec.h"
#include "codec/table_reader.h"

namespace runut::codec_test {
namespace {

Bytes holiday_of_version_0(std::uint32_t day, const std::string& name) {
  flatbuffers::FlatBufferBuilder builder;
  const auto text = builder.CreateString(name);
  const auto start = builder.StartTable();
  builder.AddElement<std::uint32_t>(4, day, 0);
  builder.AddOffset(6, text);
  builder.Finish(flatbuffers::Offset<flatbuffers::Table>(builder.EndTable(start)));
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

Result<Payload> lift_holiday(BytesView stored) {
  const auto broken = [] {
    return fail(Error{ErrorCode::corrupt, "payload.table", "HolidaySet", {}, "no version 0"});
  };
  codec::TableBuffer buffer(stored);
  const auto table = codec::TableReader::root(buffer);
  std::uint32_t day = 0;
  BytesView name;
  if (!table || table->scalar(0, day) != codec::Found::present ||
      table->text(1, name) != codec::Found::present || !table->knows_all(2))
    return broken();
  const int year = static_cast<int>(day / 10'000);
  const int month_number = static_cast<int>(day / 100 % 100);
  const int day_number = static_cast<int>(day % 100);
  if (!is_valid_date(year, month_number, day_number)) return broken();
  return HolidaySet{date(year, month_number, day_number), HolidayKind::national, std::string(name)};
}

constexpr Upcaster lifting[] = {{EventType::HolidaySet, 0, lift_holiday}};

TEST(Upcaster, lifts_an_old_version_to_the_current_value) {
  const Bytes stored = holiday_of_version_0(20'220'817, "Kemerdekaan");
  EXPECT_EQ(upcast_with(lifting, EventType::HolidaySet, 0, stored).value(),
            Payload(HolidaySet{date(2022, 8, 17), HolidayKind::national, "Kemerdekaan"}));
}

TEST(Upcaster, refuses_old_bytes_that_are_damaged) {
  const Bytes stored = holiday_of_version_0(20'221'345, "no such day");
  EXPECT_EQ(upcast_with(lifting, EventType::HolidaySet, 0, stored).error().code,
            ErrorCode::corrupt);
  EXPECT_EQ(upcast_with(lifting, EventType::HolidaySet, 0, stored.substr(0, 10)).error().code,
            ErrorCode::corrupt);
}

TEST(Upcaster, names_a_version_that_nothing_lifts) {
  const auto lifted = upcast_with(lifting, EventType::UnitCreated, 0, "");
  ASSERT_FALSE(lifted);
  EXPECT_EQ(lifted.error().code, ErrorCode::unsupported);
  EXPECT_EQ(lifted.error().rule, "payload.version");
  EXPECT_EQ(lifted.error().field, "UnitCreated");
  EXPECT_EQ(lifted.error().value, "0");
  // The released list is empty as long as every type is at version 1.
  EXPECT_EQ(
      decode_payload(EventType::HolidaySet, 0, holiday_of_version_0(20'220'817, "x")).error().rule,
      "payload.version");
}

}  // namespace
}  // namespace runut::codec_test
