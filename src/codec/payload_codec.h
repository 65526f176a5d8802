// Payloads as FlatBuffers tables (schemas/events/*.fbs), one codec for every record.
#pragma once

#include "domain/event.h"

namespace runut {

// The payload's own FlatBuffer. Encodings of one value may differ between versions of the library:
// stored bytes are the truth and are never made again to verify them. Thread-safe.
[[nodiscard]] Bytes encode_payload(const Payload& payload);

// Verifies before it reads. `stored` may have any alignment.
// unsupported: the type or version is not released here; corrupt: not a table of that type, or a
// value that no encoder writes.
[[nodiscard]] Result<Payload> decode_payload(EventType type, std::uint8_t version, BytesView stored);

// The version that this binary writes, and the newest that it reads.
[[nodiscard]] std::uint8_t payload_version(EventType type);

}  // namespace runut
