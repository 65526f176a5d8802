// Payloads as FlatBuffers tables (schemas/events/*.fbs), one codec for every record.
#pragma once

#include "domain/event.h"

namespace runut {

// The payload's own FlatBuffer. `internal`, with rule payload.value and the field, for a value that
// decode_payload would refuse: what is once stored can always be read. Encodings of one value may
// differ between versions of the library: stored bytes are the truth and are never made again to
// verify them. Thread-safe; the view is valid until the next call in the same thread.
[[nodiscard]] Result<BytesView> encode_payload(const Payload& payload);

// Verifies before it reads; costs time and memory in proportion to the bytes, whatever they are.
// `stored` may have any alignment. Errors:
//   unsupported  event.type, payload.version: not released here; payload.field: a field that only a
//                newer version knows is never silently left out
//   corrupt      payload.table: not a table of that type; payload.value: a value that no encoder
//                writes
[[nodiscard]] Result<Payload> decode_payload(EventType type, std::uint8_t version,
                                             BytesView stored);

// The version that this binary writes, and the newest that it reads.
[[nodiscard]] std::uint8_t payload_version(EventType type);

}  // namespace runut
