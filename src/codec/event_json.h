// Payloads as JSON for people and scripts (`runut log --json`).
#pragma once

#include "domain/event.h"

namespace runut {

// {"person":"P17",...}: the payload's fields, absent optionals left out.
[[nodiscard]] std::string payload_json(const Payload& payload);

}  // namespace runut
