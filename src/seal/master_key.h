// The master key wraps every other key. It lives in a file of its own (64 hexadecimal digits, mode
// 0600) or in the environment variable RUNUT_MASTER_KEY, so that a copy of the wrapped keys alone
// opens nothing.
#pragma once

#include <string>

#include "seal/secret.h"

namespace runut {

inline constexpr const char* master_key_variable = "RUNUT_MASTER_KEY";

struct MasterKeySource {
  std::string environment;  // value of the variable; empty = not set, the file is asked
  std::string file;
};

// Reads the environment of this process.
[[nodiscard]] MasterKeySource master_key_source(std::string file);

// `invalid_input` when it is not 64 hexadecimal digits (the value is never repeated in the error),
// `not_found` without file and variable, `unavailable` when group or others may read the file.
[[nodiscard]] Result<Key256> load_master_key(const MasterKeySource& source);

// As above, but an absent file is drawn and written durably first (its directory too).
[[nodiscard]] Result<Key256> load_or_create_master_key(const MasterKeySource& source,
                                                       Randomness& randomness);

}  // namespace runut
