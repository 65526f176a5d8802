// Stored events: bytes that decode are an event that is written and read back as itself.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "codec/envelope_codec.h"
#include "codec/event_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view stored(reinterpret_cast<const char*>(data), size);
  const auto key = runut::read_envelope_key(stored);
  const auto event = runut::decode_event(stored);
  if (!event) {
    RUNUT_CHECK(!event.error().message.empty(), "a refusal has a reason");
    return 0;
  }
  RUNUT_CHECK(key.has_value(), "an event that decodes has a place");
  RUNUT_CHECK(key->sequence == event->sequence && key->previous == event->previous &&
                  key->command == event->command && key->type == event->type(),
              "the place is the event's");
  RUNUT_CHECK(!runut::payload_json(event->payload).empty(), "people can read it");
  const auto again = runut::encode_event(*event);
  RUNUT_CHECK(again.has_value(), "what was read can be written");
  const auto twice = runut::decode_event(*again);
  RUNUT_CHECK(twice.has_value() && *twice == *event, "and is read back as itself");
  return 0;
}
