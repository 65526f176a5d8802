#include "codec/upcaster.h"

namespace runut {

Result<Payload> upcast_with(std::span<const Upcaster> upcasters, EventType type,
                            std::uint8_t version, BytesView stored) {
  for (const Upcaster& upcaster : upcasters)
    if (upcaster.type == type && upcaster.from_version == version) return upcaster.lift(stored);
  return fail(Error{ErrorCode::unsupported, "payload.version", std::string(to_string(type)),
                    std::to_string(version), "no upcaster reads this version"});
}

Result<Payload> upcast(EventType type, std::uint8_t version, BytesView stored) {
  return upcast_with({}, type, version, stored);
}

}  // namespace runut
