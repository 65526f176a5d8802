// What an encoder refuses to write and a decoder to read, by name.
#include <flatbuffers/flatbuffers.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "codec/envelope_codec.h"
#include "codec/envelope_header.h"
#include "codec/payload_codec.h"
#include "codec/upcaster.h"
#include "tests/codec/generator.h"

namespace runut::codec_test {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::Table;

struct Refusal {
  ErrorCode code;
  std::string rule;
  std::string field;
  friend bool operator==(const Refusal&, const Refusal&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
    return out << to_string(refusal.code) << " [" << refusal.rule << "] " << refusal.field;
  }
};
template <class T>
Refusal refusal_of(const Result<T>& result) {
  if (result) return {ErrorCode::internal, "it was accepted", {}};
  return {result.error().code, result.error().rule, result.error().field};
}

Event holiday() {
  return Generator(1).event(HolidaySet{date(2022, 8, 17), HolidayKind::national, "Kemerdekaan"});
}

// --- the encoder
// ----------------------------------------------------------------------------------

TEST(Encoder, refuses_what_could_not_be_read_again) {
  const struct {
    const char* name;
    std::function<void(Event&)> damage;
    Refusal refusal;
  } rows[] = {
      {"no sequence",
       [](Event& e) { e.sequence = {}; },
       {ErrorCode::internal, "event.value", "sequence"}},
      {"a pseudonym that is nobody's who answers",
       [](Event& e) { e.actor.kind = ActorKind::pseudonym; },
       {ErrorCode::internal, "event.actor", "actor_kind"}},
      {"commit index beyond its count",
       [](Event& e) { e.commit_index = e.commit_count; },
       {ErrorCode::internal, "event.commit", "commit_index"}},
      {"commit that began before the log",
       [](Event& e) {
         e.sequence = Sequence{3};
         e.commit_index = 3;
         e.commit_count = 9;
       },
       {ErrorCode::internal, "event.commit", "commit_index"}},
      {"date out of the calendar",
       [](Event& e) { e.occurred_on = Date{84'371}; },
       {ErrorCode::internal, "event.value", "occurred_on"}},
      {"instant out of the calendar",
       [](Event& e) { e.acted_at = Instant{INT64_MIN}; },
       {ErrorCode::internal, "event.value", "acted_at"}},
      {"recorded never",
       [](Event& e) { e.recorded_at = Instant{INT64_MAX}; },
       {ErrorCode::internal, "event.value", "recorded_at"}},
      {"no origin",
       [](Event& e) { e.origin = {}; },
       {ErrorCode::internal, "event.value", "origin"}},
      {"no actor kind",
       [](Event& e) { e.actor.kind = {}; },
       {ErrorCode::internal, "event.value", "actor_kind"}},
      {"no role",
       [](Event& e) { e.actor.role = {}; },
       {ErrorCode::internal, "event.value", "role"}},
      {"no assurance",
       [](Event& e) { e.actor.assurance = {}; },
       {ErrorCode::internal, "event.value", "assurance"}},
      {"another subject",
       [](Event& e) { e.subject = subject_of(PersonId{1}); },
       {ErrorCode::internal, "event.subject", "subject"}},
      {"no subject version",
       [](Event& e) { e.subject_version = 0; },
       {ErrorCode::internal, "event.value", "subject_version"}},
      {"supersedes itself",
       [](Event& e) { e.supersedes = e.sequence; },
       {ErrorCode::internal, "event.reference", "supersedes"}},
      {"caused by the future",
       [](Event& e) {
         e.sequence = Sequence{9};
         e.commit_index = 0;
         e.regulation = {};
         e.supersedes = {};
         e.causation = Sequence{10};
       },
       {ErrorCode::internal, "event.reference", "causation"}},
      {"reference to nothing",
       [](Event& e) { e.regulation = Sequence{0}; },
       {ErrorCode::internal, "event.reference", "regulation"}},
      {"reason not UTF-8",
       [](Event& e) { e.reason = "\xC3"; },
       {ErrorCode::internal, "event.value", "reason"}},
      {"no payload",
       [](Event& e) {
         e.payload = {};
         e.subject = agency_subject;
       },
       {ErrorCode::internal, "payload.value", ""}},
      {"old payload version",
       [](Event& e) { e.payload_version = 0; },
       {ErrorCode::internal, "payload.version", "HolidaySet"}},
      {"too large",
       [](Event& e) { e.sealed = Bytes(65'500, 'x'); },
       {ErrorCode::exhausted, "event.size", "HolidaySet"}},
      {"payload enumeration unspecified",
       [](Event& e) { std::get<HolidaySet>(e.payload).kind = {}; },
       {ErrorCode::internal, "payload.value", "HolidaySet.kind"}},
      {"payload text not UTF-8",
       [](Event& e) { std::get<HolidaySet>(e.payload).name = "\xFF"; },
       {ErrorCode::internal, "payload.value", "HolidaySet.name"}},
  };
  for (const auto& row : rows) {
    Event event = holiday();
    row.damage(event);
    EXPECT_EQ(refusal_of(encode_event(event)), row.refusal) << row.name;
  }
}

TEST(Encoder, names_the_place_of_a_value_deep_inside) {
  TppPaymentComputed payment = Generator(1, Optionals::all).record<TppPaymentComputed>();
  payment.lines.resize(2);
  payment.lines[1].causes = {Sequence{1}, Sequence{0}};
  EXPECT_EQ(
      refusal_of(encode_payload(payment)),
      (Refusal{ErrorCode::internal, "payload.value", "TppPaymentComputed.lines[1].causes[1]"}));
  payment.lines.clear();
  payment.run.unit = UnitId{0};
  EXPECT_EQ(refusal_of(encode_payload(payment)),
            (Refusal{ErrorCode::internal, "payload.value", "TppPaymentComputed.run.unit"}));
  DaySchedule day{1, 0, 60, Minutes{INT64_MAX}};
  EXPECT_EQ(refusal_of(encode_payload(ScheduleSet{UnitId{1}, date(2022, 1, 1), {}, {day}})),
            (Refusal{ErrorCode::internal, "payload.value", "ScheduleSet.days[0].minutes"}));
}

TEST(Encoder, writes_an_event_of_exactly_the_largest_size) {
  Event event = holiday();
  event.sealed = Bytes(64'000, 'x');
  const std::size_t base = encode_event(event).value().size();
  event.sealed.resize(64'000 + envelope_bytes_max - base);
  while (!encode_event(event)) event.sealed.pop_back();
  const auto largest = encode_event(event).value();
  EXPECT_GT(largest.size(), envelope_bytes_max - 8);
  EXPECT_EQ(decode_event(largest).value(), event);
  EXPECT_EQ(refusal_of(decode_event(largest + Bytes(8, '\0'))).rule, "envelope.format");
}

// --- the decoder: envelopes
// -----------------------------------------------------------------------

std::size_t header_place(const Bytes& stored) {
  std::uint32_t table = 0;
  std::int32_t distance = 0;
  std::uint16_t field = 0;
  std::memcpy(&table, stored.data(), 4);
  std::memcpy(&distance, stored.data() + table, 4);
  std::memcpy(&field, stored.data() + (table - static_cast<std::uint32_t>(distance)) + 4, 2);
  return table + field;
}

TEST(Decoder, refuses_a_damaged_header_by_name) {
  using codec::Header;
  const struct {
    const char* name;
    std::function<void(Header&)> damage;
    Refusal refusal;
  } rows[] = {
      {"unknown type",
       [](Header& h) { h.type = 9999; },
       {ErrorCode::unsupported, "event.type", "type"}},
      {"no type", [](Header& h) { h.type = 0; }, {ErrorCode::unsupported, "event.type", "type"}},
      {"unknown type of a newer version",
       [](Header& h) {
         h.type = 9999;
         h.payload_version = 2;
       },
       {ErrorCode::unsupported, "event.type", "type"}},
      {"newer payload",
       [](Header& h) { h.payload_version = 2; },
       {ErrorCode::unsupported, "payload.version", "HolidaySet"}},
      {"payload that never was",
       [](Header& h) { h.payload_version = 0; },
       {ErrorCode::unsupported, "payload.version", "HolidaySet"}},
      {"unknown origin",
       [](Header& h) { h.origin = 77; },
       {ErrorCode::corrupt, "event.value", "origin"}},
      {"unknown role", [](Header& h) { h.role = 77; }, {ErrorCode::corrupt, "event.value", "role"}},
      {"unspecified assurance",
       [](Header& h) { h.assurance = 0; },
       {ErrorCode::corrupt, "event.value", "assurance"}},
      {"unknown actor kind",
       [](Header& h) { h.actor_kind = 9; },
       {ErrorCode::corrupt, "event.value", "actor_kind"}},
      {"unknown subject kind",
       [](Header& h) { h.subject_kind = 9; },
       {ErrorCode::corrupt, "event.subject", "subject"}},
      {"no sequence",
       [](Header& h) { h.sequence = 0; },
       {ErrorCode::corrupt, "envelope.format", ""}},
      {"no commit",
       [](Header& h) { h.commit_count = 0; },
       {ErrorCode::corrupt, "envelope.format", ""}},
  };
  const Bytes whole = encode_event(holiday()).value();
  for (const auto& row : rows) {
    Bytes stored = whole;
    Header header;
    std::memcpy(&header, stored.data() + header_place(stored), sizeof header);
    row.damage(header);
    std::memcpy(stored.data() + header_place(stored), &header, sizeof header);
    EXPECT_EQ(refusal_of(decode_event(stored)), row.refusal) << row.name;
    const bool placed = codec::is_placed(header);
    EXPECT_EQ(read_envelope_key(stored).has_value(), placed) << row.name;
  }
}

TEST(Decoder, refuses_another_format_by_name) {
  Bytes stored = encode_event(holiday()).value();
  stored[7] = '2';
  for (const auto& refusal :
       {refusal_of(decode_event(stored)), refusal_of(read_envelope_key(stored))})
    EXPECT_EQ(refusal, (Refusal{ErrorCode::unsupported, "envelope.version", "identifier"}));
  EXPECT_EQ(decode_event(stored).error().value, to_hex("RNT2"));
  stored[4] = 'X';
  for (const auto& refusal :
       {refusal_of(decode_event(stored)), refusal_of(read_envelope_key(stored))})
    EXPECT_EQ(refusal, (Refusal{ErrorCode::corrupt, "envelope.format", ""}));
}

// --- the decoder: payloads that our encoder does not write
// -----------------------------------------

Bytes finished(FlatBufferBuilder& builder, flatbuffers::uoffset_t root) {
  builder.Finish(Offset<Table>(root));
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

TEST(Decoder, refuses_a_field_that_only_a_newer_version_knows) {
  FlatBufferBuilder builder;
  auto start = builder.StartTable();
  builder.AddElement<std::uint64_t>(4, 7);
  builder.AddElement<std::uint8_t>(6, 1);
  EXPECT_EQ(refusal_of(decode_payload(EventType::PersonRegistered, 1,
                                      finished(builder, builder.EndTable(start)))),
            (Refusal{ErrorCode::unsupported, "payload.field", "PersonRegistered"}));
}

TEST(Decoder, reads_what_another_encoder_wrote) {
  // Fields in another order, defaults written out: other bytes, the same value.
  FlatBufferBuilder builder;
  builder.ForceDefaults(true);
  const auto name = builder.CreateString("Kemerdekaan");
  auto start = builder.StartTable();
  builder.AddElement<std::uint8_t>(6, 1);
  builder.AddOffset(8, name);
  builder.AddElement<std::int32_t>(4, date(2022, 8, 17).days);
  const Bytes other = finished(builder, builder.EndTable(start));
  const HolidaySet holiday_set{date(2022, 8, 17), HolidayKind::national, "Kemerdekaan"};
  EXPECT_EQ(decode_payload(EventType::HolidaySet, 1, other).value(), Payload(holiday_set));
  EXPECT_NE(other, encode_payload(holiday_set).value());
}

Bytes holiday_payload(std::uint8_t kind, std::int32_t day, BytesView name) {
  FlatBufferBuilder builder;
  const auto text = builder.CreateString(name.data(), name.size());
  auto start = builder.StartTable();
  builder.AddOffset(8, text);
  builder.AddElement<std::int32_t>(4, day);
  builder.AddElement<std::uint8_t>(6, kind);
  return finished(builder, builder.EndTable(start));
}

TEST(Decoder, refuses_values_that_no_encoder_writes_by_field) {
  const auto refusal = [](const Bytes& payload) {
    return refusal_of(decode_payload(EventType::HolidaySet, 1, payload));
  };
  const auto corrupt = [](const char* field) {
    return Refusal{ErrorCode::corrupt, "payload.value", field};
  };
  const std::int32_t day = date(2022, 8, 17).days;
  EXPECT_TRUE(decode_payload(EventType::HolidaySet, 1, holiday_payload(1, day, "x")));
  EXPECT_EQ(refusal(holiday_payload(0, day, "x")), corrupt("HolidaySet.kind"));
  EXPECT_EQ(refusal(holiday_payload(77, day, "x")), corrupt("HolidaySet.kind"));
  EXPECT_EQ(refusal(holiday_payload(1, 84'371, "x")), corrupt("HolidaySet.date"));
  EXPECT_EQ(refusal(holiday_payload(1, day, "\xC0\x80")), corrupt("HolidaySet.name"));
  EXPECT_EQ(refusal("too short"), (Refusal{ErrorCode::corrupt, "payload.table", "HolidaySet"}));
}

TEST(Decoder, refuses_a_true_that_is_not_one_and_a_period_that_has_no_name) {
  FlatBufferBuilder builder;
  auto start = builder.StartTable();
  builder.AddElement<std::uint64_t>(4, 7);
  builder.AddElement<std::uint64_t>(6, 7);
  builder.AddElement<std::int32_t>(8, 19'000);
  builder.AddElement<std::uint8_t>(10, 2);
  EXPECT_EQ(refusal_of(decode_payload(EventType::ExcuseDecided, 1,
                                      finished(builder, builder.EndTable(start)))),
            (Refusal{ErrorCode::corrupt, "payload.value", "ExcuseDecided.approved"}));
  for (const std::uint32_t period :
       {0U, 24'264U * 16, 24'264U * 16 + 5, 24'265U * 16 + 6, UINT32_MAX}) {
    builder.Clear();
    start = builder.StartTable();
    builder.AddElement<std::uint64_t>(4, 7);
    builder.AddElement<std::uint32_t>(6, period);
    EXPECT_EQ(refusal_of(decode_payload(EventType::EvaluationDelivered, 1,
                                        finished(builder, builder.EndTable(start)))),
              (Refusal{ErrorCode::corrupt, "payload.value", "EvaluationDelivered.period"}));
  }
}

TEST(Decoder, refuses_lists_that_share_bytes_to_grow_large) {
  // 5000 entries that are one and the same table with a text of 30 000 bytes: 150 MB when read.
  FlatBufferBuilder builder;
  const auto code = builder.CreateString(std::string(30'000, 'x'));
  auto start = builder.StartTable();
  builder.AddOffset(4, code);
  builder.AddElement<std::int32_t>(8, month(2022, 8).index);
  const Offset<Table> entry(builder.EndTable(start));
  const auto entries = builder.CreateVector(std::vector<Offset<Table>>(5000, entry));
  start = builder.StartTable();
  builder.AddElement<std::uint64_t>(4, 1);
  builder.AddElement<std::int32_t>(6, month(2022, 8).index);
  builder.AddElement<std::uint8_t>(8, 1);
  const Offset<Table> run(builder.EndTable(start));
  start = builder.StartTable();
  builder.AddElement<std::uint64_t>(4, 17);
  builder.AddOffset(6, run);
  builder.AddOffset(30, entries);
  EXPECT_EQ(refusal_of(decode_payload(EventType::TppPaymentComputed, 1,
                                      finished(builder, builder.EndTable(start)))),
            (Refusal{ErrorCode::corrupt, "payload.value", "Outstanding.code"}));
}

}  // namespace
}  // namespace runut::codec_test
