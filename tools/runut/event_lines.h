// Events as `runut log` shows them.
#pragma once

#include <string>

#include "domain/event.h"
#include "log/event_batch.h"
#include "seal/key_store.h"

namespace runut::cli {

// {"sequence":17,"type":"DailyReportSubmitted",...}: one line, absent optionals left out. With
// keys, sealed text is opened into "text": a string, or {"erased":true}, or {"unreadable":"why"}.
[[nodiscard]] std::string event_line(const Event& event, const EventView& stored,
                                     const KeyStore* keys);

// "P17 employee (claimed)"
[[nodiscard]] std::string actor_text(const Actor& actor);

}  // namespace runut::cli
