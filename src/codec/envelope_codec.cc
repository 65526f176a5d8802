#include "codec/envelope_codec.h"

#include <flatbuffers/flatbuffers.h>

#include "codec/envelope_header.h"
#include "codec/payload_codec.h"
#include "codec/table_reader.h"

namespace runut {
namespace {

using codec::EnvelopeField;
using codec::Found;
using codec::Header;
using codec::TableBuffer;
using codec::TableReader;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

tl::unexpected<Error> broken(std::string message) {
  return fail(Error{ErrorCode::corrupt, "envelope.format", {}, {}, std::move(message)});
}

constexpr flatbuffers::voffset_t slot(EnvelopeField field) {
  return static_cast<flatbuffers::voffset_t>(4 + 2 * static_cast<unsigned>(field));
}
constexpr std::size_t index(EnvelopeField field) {
  return static_cast<std::size_t>(field);
}

Header header_of(const Event& event) {
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
                .type = static_cast<std::uint16_t>(event.type()),
                .payload_version = event.payload_version,
                .origin = static_cast<std::uint8_t>(event.origin),
                .subject_kind = static_cast<std::uint8_t>(event.subject.kind),
                .actor_kind = static_cast<std::uint8_t>(event.actor.kind),
                .role = static_cast<std::uint8_t>(event.actor.role),
                .assurance = static_cast<std::uint8_t>(event.actor.assurance)};
}

void apply_header(const Header& header, Event& event) {
  event.sequence = Sequence{header.sequence};
  event.agency = header.agency;
  event.previous = header.previous;
  event.command = header.command;
  event.command_mac = header.command_mac;
  event.acted_at = Instant{header.acted_at};
  event.recorded_at = Instant{header.recorded_at};
  event.subject = {static_cast<SubjectKind>(header.subject_kind), header.subject};
  event.subject_version = header.subject_version;
  event.occurred_on = Date{header.occurred_on};
  event.commit_index = header.commit_index;
  event.commit_count = header.commit_count;
  event.payload_version = header.payload_version;
  event.origin = static_cast<Origin>(header.origin);
  event.actor.kind = static_cast<ActorKind>(header.actor_kind);
  event.actor.id = header.actor;
  event.actor.role = static_cast<Role>(header.role);
  event.actor.assurance = static_cast<Assurance>(header.assurance);
}

// Everything of the table but header and payload; false when a part is broken.
bool read_optionals(const TableReader& table, Event& event) {
  bool ok = true;
  const auto sequence = [&](EnvelopeField field, std::optional<Sequence>& out) {
    if (!ok || !table.has(index(field))) return;
    ok = table.scalar(index(field), out.emplace().value) == Found::present;
  };
  const auto text = [&](EnvelopeField field, std::string& out) {
    if (!ok) return;
    BytesView view;
    const Found found = table.text(index(field), view);
    ok = found != Found::broken;
    if (found == Found::present) out = view;
  };
  const auto fixed = [&]<class T>(EnvelopeField field, std::optional<T>& out) {
    if (!ok || !table.has(index(field))) return;
    BytesView view;
    ok = table.fixed(index(field), T::size, 1, view) == Found::present;
    if (ok) out = T::from(view);
  };
  sequence(EnvelopeField::regulation, event.regulation);
  sequence(EnvelopeField::supersedes, event.supersedes);
  sequence(EnvelopeField::causation, event.causation);
  sequence(EnvelopeField::on_behalf_of, event.actor.on_behalf_of);
  text(EnvelopeField::method, event.actor.method);
  text(EnvelopeField::reason, event.reason);
  text(EnvelopeField::issuer, event.actor.issuer);
  fixed(EnvelopeField::correlation, event.correlation);
  fixed(EnvelopeField::credential, event.actor.credential);

  TableReader::List evidence;
  ok =
      ok && table.list(index(EnvelopeField::evidence), Hash256::size, 1, evidence) != Found::broken;
  for (std::size_t i = 0; ok && i < evidence.count; ++i)
    event.evidence.push_back(
        Hash256::from(evidence.bytes.substr(i * Hash256::size, Hash256::size)));
  TableReader::List sealed;
  ok = ok && table.list(index(EnvelopeField::sealed), 1, 1, sealed) != Found::broken;
  event.sealed = sealed.bytes;
  return ok;
}

// Size, identifier, table and header: where decode_event and read_envelope_key begin.
Result<TableReader> open_envelope(TableBuffer& buffer, Header& header) {
  const BytesView stored = buffer.bytes();
  if (stored.size() < 8 || stored.size() > envelope_bytes_max)
    return broken("an envelope has 8 to 65 535 bytes");
  if (stored.substr(4, 4) != codec::identifier) {
    if (stored.substr(4, 3) == codec::identifier.substr(0, 3))
      return fail(Error{ErrorCode::unsupported, "envelope.version", "identifier",
                        to_hex(stored.substr(4, 4)), "a format that this version does not know"});
    return broken("the identifier is not RNT1");
  }
  const auto table = TableReader::root(buffer);
  BytesView fixed;
  if (!table || table->fixed(index(EnvelopeField::header), sizeof header, alignof(Header), fixed) !=
                    Found::present)
    return broken("no table with a header");
  std::memcpy(&header, fixed.data(), sizeof header);
  if (!codec::is_placed(header))
    return broken("sequence and place in the commit contradict each other");
  return *table;
}

// Into an event that holds nothing yet.
Status read_envelope(BytesView stored, Event& event) {
  TableBuffer buffer(stored);
  Header header;
  RUNUT_ASSIGN(const TableReader table, open_envelope(buffer, header));
  if (!table.knows_all(index(EnvelopeField::count)))
    return fail(Error{ErrorCode::unsupported,
                      "envelope.field",
                      {},
                      {},
                      "a field that only a newer version of the program knows"});
  apply_header(header, event);
  TableReader::List payload;
  if (table.list(index(EnvelopeField::payload), 1, 8, payload) != Found::present ||
      !read_optionals(table, event))
    return broken("a part of the envelope is absent, outside the bytes or not UTF-8");
  RUNUT_ASSIGN(event.payload, decode_payload(static_cast<EventType>(header.type),
                                             header.payload_version, payload.bytes));
  return check_event(event, ErrorCode::corrupt);
}

}  // namespace

Result<Bytes> encode_event(const Event& event) {
  const EventType type = event.type();
  RUNUT_TRY(check_event(event, ErrorCode::internal));
  if (event.payload_version != payload_version(type))
    return fail(Error{ErrorCode::internal, "payload.version", std::string(to_string(type)),
                      std::to_string(event.payload_version), "only the newest version is written"});
  RUNUT_ASSIGN(const BytesView payload, encode_payload(event.payload));
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
  const auto text = [](const std::string& value) {
    return value.empty() ? Offset<flatbuffers::String>() : builder.CreateString(value);
  };
  const auto method_at = text(event.actor.method);
  const auto reason_at = text(event.reason);
  const auto issuer_at = text(event.actor.issuer);
  Offset<flatbuffers::Vector<const Hash256*>> evidence_at;
  if (!event.evidence.empty())
    evidence_at = builder.CreateVectorOfStructs(event.evidence.data(), event.evidence.size());

  const flatbuffers::uoffset_t start = builder.StartTable();
  const Header header = header_of(event);
  builder.AddStruct(slot(EnvelopeField::header), &header);
  const auto add_sequence = [](EnvelopeField field, const std::optional<Sequence>& sequence) {
    if (sequence) builder.AddElement<std::uint64_t>(slot(field), sequence->value);
  };
  add_sequence(EnvelopeField::regulation, event.regulation);
  add_sequence(EnvelopeField::supersedes, event.supersedes);
  add_sequence(EnvelopeField::causation, event.causation);
  add_sequence(EnvelopeField::on_behalf_of, event.actor.on_behalf_of);
  builder.AddOffset(slot(EnvelopeField::payload), payload_at);
  builder.AddOffset(slot(EnvelopeField::sealed), sealed_at);
  builder.AddOffset(slot(EnvelopeField::method), method_at);
  builder.AddOffset(slot(EnvelopeField::reason), reason_at);
  builder.AddOffset(slot(EnvelopeField::issuer), issuer_at);
  builder.AddOffset(slot(EnvelopeField::evidence), evidence_at);
  if (event.correlation) builder.AddStruct(slot(EnvelopeField::correlation), &*event.correlation);
  if (event.actor.credential)
    builder.AddStruct(slot(EnvelopeField::credential), &*event.actor.credential);
  builder.Finish(Offset<flatbuffers::Table>(builder.EndTable(start)), codec::identifier.data());

  if (builder.GetSize() > envelope_bytes_max)
    return fail(Error{ErrorCode::exhausted, "event.size", std::string(to_string(type)),
                      std::to_string(builder.GetSize()), "an event is at most 65 535 bytes"});
  return Bytes(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize());
}

Result<Event> decode_event(BytesView stored) {
  // Made where it is returned: moving an event costs a sixth of reading it.
  Result<Event> event(tl::in_place);
  if (Status read = read_envelope(stored, *event); !read) event = fail(std::move(read).error());
  return event;
}

Result<EnvelopeKey> read_envelope_key(BytesView stored) {
  TableBuffer buffer(stored);
  Header header;
  RUNUT_TRY(open_envelope(buffer, header));
  return EnvelopeKey{.sequence = Sequence{header.sequence},
                     .previous = header.previous,
                     .command = header.command,
                     .commit_index = header.commit_index,
                     .commit_count = header.commit_count,
                     .type = static_cast<EventType>(header.type),
                     .recorded_at = Instant{header.recorded_at}};
}

}  // namespace runut
