// What the process says to scripts. `runut help exit-codes` and the README list the same.
#pragma once

#include "base/result.h"

namespace runut::cli {

enum class Exit : int {
  ok = 0,
  finding = 1,  // it worked, and found something: a mismatch, damage that verify or doctor names
  usage = 2,    // options, files or arguments that cannot be used
  refused = 3,  // the ledger refused commands (the report says which), or something conflicts
  unavailable = 4,  // locked, no broker, disk full: may work later
  corrupt = 5,      // stored bytes are not what was written, or of a newer format
  internal = 6,     // our bug
};

[[nodiscard]] constexpr Exit exit_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
    case ErrorCode::not_found: return Exit::usage;
    case ErrorCode::rejected:
    case ErrorCode::unauthorised:
    case ErrorCode::conflict: return Exit::refused;
    case ErrorCode::unavailable:
    case ErrorCode::exhausted: return Exit::unavailable;
    case ErrorCode::corrupt:
    case ErrorCode::unsupported: return Exit::corrupt;
    case ErrorCode::internal: break;
  }
  return Exit::internal;
}

}  // namespace runut::cli
