// A ledger's covering index, as feeds ask it.
#pragma once

#include <memory>

#include "feed/person_events.h"
#include "instance/instance.h"

namespace runut::service {

// The instance outlives it.
[[nodiscard]] std::unique_ptr<feed::PersonEvents> person_events_of(const Instance& instance);

}  // namespace runut::service
