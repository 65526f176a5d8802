// Events in JSON, for golden files and messages.
#pragma once

#include "domain/event.h"

namespace runut::codec_test {

// One member a line in a fixed order, the payload as payload_json writes it.
[[nodiscard]] std::string event_text(const Event& event);

}  // namespace runut::codec_test
