// Events as stored bytes (schemas/envelope.fbs, schemas/FORMAT.md) and back.
#pragma once

#include "domain/event.h"

namespace runut {

inline constexpr std::uint32_t format_version = 1;
inline constexpr std::size_t envelope_bytes_max = 65'535;  // C2SP entry bound

// At most envelope_bytes_max bytes, else `exhausted` naming the type. Thread-safe.
[[nodiscard]] Result<Bytes> encode_event(const Event& event);

// Verifies before it reads; whatever the bytes are, the answer is an event or an error.
// corrupt: no envelope; unsupported: a newer format or an event type that is not released here.
[[nodiscard]] Result<Event> decode_event(BytesView stored);

// The few fields that say where an event stands, without decoding the rest: tens of nanoseconds.
struct EnvelopeKey {
  Sequence sequence;
  Hash256 previous;
  CommandId command;
  std::uint32_t commit_index = 0;
  std::uint32_t commit_count = 1;
  EventType type{};  // as stored; may be one that this version does not release
};
// `stored` may have any alignment. Errors as for decode_event.
[[nodiscard]] Result<EnvelopeKey> read_envelope_key(BytesView stored);

}  // namespace runut
