// The seam for old payload versions. Stored bytes are never rewritten: an old version is lifted to
// the current value when it is read. Each lift goes from one version to the next and is tested on
// golden bytes of the old one.
#pragma once

#include "domain/event.h"

namespace runut {

// A lift reads bytes of exactly `from_version` and gives the current payload.
using Upcast = Result<Payload> (*)(BytesView stored);
struct Upcaster {
  EventType type{};
  std::uint8_t from_version = 0;
  Upcast lift = nullptr;
};

// Looks the lift up in the given list; the released list is empty as long as every type is at
// version 1.
[[nodiscard]] Result<Payload> upcast_with(std::span<const Upcaster> upcasters, EventType type,
                                          std::uint8_t version, BytesView stored);
[[nodiscard]] Result<Payload> upcast(EventType type, std::uint8_t version, BytesView stored);

}  // namespace runut
