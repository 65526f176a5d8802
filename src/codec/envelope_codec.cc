#include "codec/envelope_codec.h"

#include <bit>
#include <cstddef>

#include <flatbuffers/flatbuffers.h>

#include "codec/payload_codec.h"

namespace runut {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::Table;
using flatbuffers::voffset_t;

static_assert(std::endian::native == std::endian::little, "the header is copied as it stands");

// schemas/envelope.fbs, struct Header; a test compares offsets with the schema.
struct Header {
  std::uint64_t sequence;
  std::uint64_t agency;
  Hash256 previous;
  CommandId command;
  Mac128 command_mac;
  std::int64_t acted_at;
  std::int64_t recorded_at;
  std::uint64_t subject;
  std::uint64_t actor;
  std::uint32_t subject_version;
  std::int32_t occurred_on;
  std::uint32_t commit_index;
  std::uint32_t commit_count;
  std::uint16_t type;
  std::uint8_t payload_version;
  std::uint8_t origin;
  std::uint8_t subject_kind;
  std::uint8_t actor_kind;
  std::uint8_t role;
  std::uint8_t assurance;
};
static_assert(sizeof(Header) == 136 && alignof(Header) == 8 && offsetof(Header, type) == 128);

constexpr char identifier[] = "RNT1";
enum Slot : voffset_t {
  slot_header = 4, slot_payload = 6, slot_sealed = 8, slot_regulation = 10, slot_supersedes = 12,
  slot_causation = 14, slot_on_behalf_of = 16, slot_method = 18, slot_reason = 20, slot_issuer = 22,
  slot_correlation = 24, slot_credential = 26, slot_evidence = 28,
};

tl::unexpected<Error> broken(std::string message) {
  return fail(Error{ErrorCode::corrupt, "envelope.format", {}, {}, std::move(message)});
}

Header header_of(const Event& event, EventType type) {
  return Header{.sequence = event.sequence.value,
                .agency = event.agency,
                .previous = event.previous,
                .command = event.command,
                .command_mac = event.command_mac,
                .acted_at = event.acted_at.micros,
                .recorded_at = event.recorded_at.micros,
                .subject = event.subject.id,
                .actor = event.actor.id,
                .subject_version = event.subject_version,
                .occurred_on = event.occurred_on.days,
                .commit_index = event.commit_index,
                .commit_count = event.commit_count,
                .type = static_cast<std::uint16_t>(type),
                .payload_version = event.payload_version,
                .origin = static_cast<std::uint8_t>(event.origin),
                .subject_kind = static_cast<std::uint8_t>(event.subject.kind),
                .actor_kind = static_cast<std::uint8_t>(event.actor.kind),
                .role = static_cast<std::uint8_t>(event.actor.role),
                .assurance = static_cast<std::uint8_t>(event.actor.assurance)};
}

template <class E>
bool known_enum(std::uint8_t raw, E& out) {
  out = static_cast<E>(raw);
  return is_known(out);
}

// Copies the struct out and checks what no encoder writes.
Status apply_header(const Header& header, Event& event) {
  event.sequence = Sequence{header.sequence};
  event.agency = header.agency;
  event.previous = header.previous;
  event.command = header.command;
  event.command_mac = header.command_mac;
  event.acted_at = Instant{header.acted_at};
  event.recorded_at = Instant{header.recorded_at};
  event.subject.id = header.subject;
  event.actor.id = header.actor;
  event.subject_version = header.subject_version;
  event.occurred_on = Date{header.occurred_on};
  event.commit_index = header.commit_index;
  event.commit_count = header.commit_count;
  event.payload_version = header.payload_version;
  if (!known_enum(header.origin, event.origin) ||
      !known_enum(header.subject_kind, event.subject.kind) ||
      !known_enum(header.actor_kind, event.actor.kind) || !known_enum(header.role, event.actor.role) ||
      !known_enum(header.assurance, event.actor.assurance))
    return broken("an enumeration of the header is unspecified or unknown");
  if (header.sequence == 0 || header.commit_count == 0 || header.commit_index >= header.commit_count ||
      header.commit_index >= header.sequence)
    return broken("sequence and place in the commit contradict each other");
  return {};
}

std::optional<Sequence> optional_sequence(const Table& table, voffset_t at) {
  if (!table.CheckField(at)) return std::nullopt;
  return Sequence{table.GetField<std::uint64_t>(at, 0)};
}

void read_string(const Table& table, voffset_t at, std::string& out) {
  if (const auto* text = table.GetPointer<const flatbuffers::String*>(at))
    out.assign(text->c_str(), text->size());
}

bool verify(flatbuffers::Verifier& verifier, const Table& table) {
  const auto string_ok = [&](voffset_t at) {
    return table.VerifyOffset(verifier, at) &&
           verifier.VerifyString(table.GetPointer<const flatbuffers::String*>(at));
  };
  const auto bytes_ok = [&](voffset_t at) {
    return table.VerifyOffset(verifier, at) &&
           verifier.VerifyVector(table.GetPointer<const flatbuffers::Vector<std::uint8_t>*>(at));
  };
  const auto sequence_ok = [&](voffset_t at) {
    return table.VerifyField<std::uint64_t>(verifier, at, 8);
  };
  return table.VerifyTableStart(verifier) &&
         table.VerifyFieldRequired<Header>(verifier, slot_header, 8) && bytes_ok(slot_payload) &&
         bytes_ok(slot_sealed) && sequence_ok(slot_regulation) && sequence_ok(slot_supersedes) &&
         sequence_ok(slot_causation) && sequence_ok(slot_on_behalf_of) && string_ok(slot_method) &&
         string_ok(slot_reason) && string_ok(slot_issuer) &&
         table.VerifyField<Uuid>(verifier, slot_correlation, 1) &&
         table.VerifyField<Hash256>(verifier, slot_credential, 1) &&
         table.VerifyOffset(verifier, slot_evidence) &&
         verifier.VerifyVector(table.GetPointer<const flatbuffers::Vector<Hash256>*>(slot_evidence)) &&
         verifier.EndTable();
}

void read_optionals(const Table& table, Event& event) {
  event.regulation = optional_sequence(table, slot_regulation);
  event.supersedes = optional_sequence(table, slot_supersedes);
  event.causation = optional_sequence(table, slot_causation);
  event.actor.on_behalf_of = optional_sequence(table, slot_on_behalf_of);
  read_string(table, slot_method, event.actor.method);
  read_string(table, slot_reason, event.reason);
  read_string(table, slot_issuer, event.actor.issuer);
  if (const auto* id = table.GetStruct<const char*>(slot_correlation))
    event.correlation = Uuid::from({id, Uuid::size});
  if (const auto* digest = table.GetStruct<const char*>(slot_credential))
    event.actor.credential = Hash256::from({digest, Hash256::size});
  if (const auto* list = table.GetPointer<const flatbuffers::Vector<Hash256>*>(slot_evidence)) {
    const auto* raw = reinterpret_cast<const char*>(list->Data());
    for (std::size_t i = 0; i < list->size(); ++i)
      event.evidence.push_back(Hash256::from({raw + i * Hash256::size, Hash256::size}));
  }
  if (const auto* sealed = table.GetPointer<const flatbuffers::Vector<std::uint8_t>*>(slot_sealed))
    event.sealed.assign(reinterpret_cast<const char*>(sealed->Data()), sealed->size());
}

}  // namespace

Result<Bytes> encode_event(const Event& event) {
  const EventType type = event.type();
  const Bytes payload = encode_payload(event.payload);
  thread_local FlatBufferBuilder builder(2048);
  builder.Clear();

  // The payload keeps its own alignment inside, so that it can be read where it stands.
  builder.ForceVectorAlignment(payload.size(), 1, 8);
  const auto payload_at =
      builder.CreateVector(reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size());
  Offset<flatbuffers::Vector<std::uint8_t>> sealed_at;
  if (!event.sealed.empty())
    sealed_at = builder.CreateVector(reinterpret_cast<const std::uint8_t*>(event.sealed.data()),
                                     event.sealed.size());
  Offset<flatbuffers::String> method_at;
  Offset<flatbuffers::String> reason_at;
  Offset<flatbuffers::String> issuer_at;
  if (!event.actor.method.empty()) method_at = builder.CreateString(event.actor.method);
  if (!event.reason.empty()) reason_at = builder.CreateString(event.reason);
  if (!event.actor.issuer.empty()) issuer_at = builder.CreateString(event.actor.issuer);
  Offset<flatbuffers::Vector<const Hash256*>> evidence_at;
  if (!event.evidence.empty())
    evidence_at = builder.CreateVectorOfStructs(event.evidence.data(), event.evidence.size());

  const flatbuffers::uoffset_t start = builder.StartTable();
  const Header header = header_of(event, type);
  builder.AddStruct(slot_header, &header);
  const auto add_sequence = [&](voffset_t at, const std::optional<Sequence>& sequence) {
    if (sequence) builder.AddElement<std::uint64_t>(at, sequence->value);
  };
  add_sequence(slot_regulation, event.regulation);
  add_sequence(slot_supersedes, event.supersedes);
  add_sequence(slot_causation, event.causation);
  add_sequence(slot_on_behalf_of, event.actor.on_behalf_of);
  builder.AddOffset(slot_payload, payload_at);
  builder.AddOffset(slot_sealed, sealed_at);
  builder.AddOffset(slot_method, method_at);
  builder.AddOffset(slot_reason, reason_at);
  builder.AddOffset(slot_issuer, issuer_at);
  builder.AddOffset(slot_evidence, evidence_at);
  if (event.correlation) builder.AddStruct(slot_correlation, &*event.correlation);
  if (event.actor.credential) builder.AddStruct(slot_credential, &*event.actor.credential);
  builder.Finish(Offset<Table>(builder.EndTable(start)), identifier);

  if (builder.GetSize() > envelope_bytes_max)
    return fail(Error{ErrorCode::exhausted, "event.size", std::string(to_string(type)),
                      std::to_string(builder.GetSize()), "an event is at most 65 535 bytes"});
  return Bytes(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize());
}

Result<Event> decode_event(BytesView stored) {
  if (stored.size() < 8 || stored.size() > envelope_bytes_max)
    return broken("an envelope has 8 to 65 535 bytes");
  Bytes aligned;
  if (reinterpret_cast<std::uintptr_t>(stored.data()) % 8 != 0) {
    aligned.reserve(std::max<std::size_t>(stored.size(), 32));  // beyond the small-string buffer
    aligned.assign(stored);
    stored = aligned;
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(stored.data());
  if (!flatbuffers::BufferHasIdentifier(data, identifier)) {
    if (stored.substr(4, 3) == "RNT")
      return fail(Error{ErrorCode::unsupported, "envelope.version", {},
                        to_hex(stored.substr(4, 4)), "a format that this version does not know"});
    return broken("the identifier is not RNT1");
  }
  flatbuffers::Verifier verifier(data, stored.size(), 8, 64);
  if (verifier.VerifyOffset(0) == 0) return broken("the root is outside the bytes");
  const Table& table = *flatbuffers::GetRoot<Table>(data);
  if (!verify(verifier, table)) return broken("not an envelope table");

  Event event;
  Header header;
  std::memcpy(&header, table.GetStruct<const std::uint8_t*>(slot_header), sizeof header);
  RUNUT_TRY(apply_header(header, event));
  read_optionals(table, event);
  const auto* payload = table.GetPointer<const flatbuffers::Vector<std::uint8_t>*>(slot_payload);
  if (payload == nullptr) return broken("an event without a payload");
  RUNUT_ASSIGN(event.payload,
               decode_payload(static_cast<EventType>(header.type), header.payload_version,
                              {reinterpret_cast<const char*>(payload->Data()), payload->size()}));
  return event;
}

Result<EnvelopeKey> read_envelope_key(BytesView stored) {
  // Bounds are checked by hand and bytes copied: no alignment needed, no other field looked at.
  const auto u32 = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, stored.data() + at, 4);
    return value;
  };
  const auto u16 = [&](std::size_t at) {
    std::uint16_t value = 0;
    std::memcpy(&value, stored.data() + at, 2);
    return value;
  };
  if (stored.size() < 8 + sizeof(Header) || stored.size() > envelope_bytes_max)
    return broken("too short or too long for an envelope");
  if (stored.substr(4, 4) != identifier) {
    if (stored.substr(4, 3) == "RNT")
      return fail(Error{ErrorCode::unsupported, "envelope.version", {}, to_hex(stored.substr(4, 4)),
                        "a format that this version does not know"});
    return broken("the identifier is not RNT1");
  }
  const std::size_t table = u32(0);
  if (table > stored.size() - 4) return broken("the root is outside the bytes");
  const auto vtable_distance = static_cast<std::int64_t>(static_cast<std::int32_t>(u32(table)));
  const std::int64_t vtable = static_cast<std::int64_t>(table) - vtable_distance;
  if (vtable < 0 || vtable + 6 > static_cast<std::int64_t>(stored.size()))
    return broken("the field table is outside the bytes");
  const auto vtable_at = static_cast<std::size_t>(vtable);
  if (u16(vtable_at) < 6) return broken("no header");
  const std::size_t field = u16(vtable_at + 4);
  if (field == 0 || table + field + sizeof(Header) > stored.size()) return broken("no header");
  Header header;
  std::memcpy(&header, stored.data() + table + field, sizeof header);
  if (header.sequence == 0 || header.commit_count == 0 || header.commit_index >= header.commit_count ||
      header.commit_index >= header.sequence)
    return broken("sequence and place in the commit contradict each other");
  return EnvelopeKey{.sequence = Sequence{header.sequence},
                      .previous = header.previous,
                      .command = header.command,
                      .commit_index = header.commit_index,
                      .commit_count = header.commit_count,
                      .type = static_cast<EventType>(header.type)};
}

}  // namespace runut
