// Events as stored bytes (schemas/envelope.fbs, schemas/FORMAT.md) and back.
#pragma once

#include "domain/event.h"

namespace runut {

inline constexpr std::uint32_t format_version = 1;
inline constexpr std::size_t envelope_bytes_max = 65'535;  // C2SP entry bound

// The laws that every event keeps by itself, whatever stands around it in the log
// (schemas/FORMAT.md, "What a reader refuses"): its subject is its payload's, references point
// back, nothing is unspecified, texts are UTF-8. The error has rule event.* and no code of its own:
// `internal` from encode_event, `corrupt` from decode_event.
[[nodiscard]] Status check_event(const Event& event, ErrorCode code);

// What is written can be read again: `internal` names the field of a value that decode_event would
// refuse, `exhausted` the type of an event beyond envelope_bytes_max. Thread-safe.
[[nodiscard]] Result<Bytes> encode_event(const Event& event);

// Verifies before it reads; whatever the bytes are, the answer is an event or an error, within time
// and memory in proportion to the bytes. `stored` may have any alignment.
// corrupt: no envelope; unsupported: a newer format, an event type that is not released here, or a
// field that this version does not know.
[[nodiscard]] Result<Event> decode_event(BytesView stored);

// The few fields that say where an event stands, without decoding the rest: tens of nanoseconds.
struct EnvelopeKey {
  Sequence sequence;
  Hash256 previous;
  CommandId command;
  std::uint32_t commit_index = 0;
  std::uint32_t commit_count = 1;
  EventType type{};  // as stored; may be one that this version does not release
  Instant recorded_at;
};
// `stored` may have any alignment. Succeeds for whatever decode_event accepts, with the same
// values; an event may have a key and still be refused by decode_event.
[[nodiscard]] Result<EnvelopeKey> read_envelope_key(BytesView stored);

}  // namespace runut
