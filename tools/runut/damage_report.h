// Damage named for people and scripts, for verify and doctor.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "log/damage.h"
#include "store/store.h"
#include "tools/runut/exit_code.h"

namespace runut::cli {

// Ranges of the log's events that cannot be trusted: what find_damage says, with progress. When
// even that fails, its error.
[[nodiscard]] Result<std::vector<Damage>> damage_in(const std::string& directory);

// "event 17" or "events 17 to 93"
[[nodiscard]] std::string range_text(const Damage& damage);

// Reads every row of every other family with its checksum. One sentence for each that is damaged:
// it can be made anew from the log.
[[nodiscard]] std::vector<std::string> damaged_families(const Store& store);

// Runs `look` in a process of its own and ends as it does. RocksDB uses some bytes before it has
// verified their checksum. Where an assertion stops it there, the process says so and ends with
// Exit::corrupt (App::main); where it reads beyond its memory, that is an error here, corrupt. To
// be called before any thread was started.
[[nodiscard]] Result<Exit> outlive(const std::function<Result<Exit>()>& look);

}  // namespace runut::cli
