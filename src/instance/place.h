// Where a ledger lies: DATA/<agency> holds the log, its views, tree and checkpoints, KEYS/<agency>
// the keys, each with a backup of its own. A data directory holds agency folders only.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace runut {

struct Place {
  std::string data;
  std::string keys;
  std::string agency;

  [[nodiscard]] std::string directory() const { return data + "/" + agency; }
  [[nodiscard]] std::string key_directory() const { return keys + "/" + agency; }
  [[nodiscard]] std::string checkpoint_directory() const { return directory() + "/checkpoints"; }
};

// 1 to 48 lower-case letters, digits and inner '-': safe as the name of a directory.
[[nodiscard]] bool is_agency_code(std::string_view code);

// The agencies whose ledgers are in `data`, sorted. not_found: there is none; invalid_input: this
// is no directory; unavailable: it, or one of an agency, may not be read.
[[nodiscard]] Result<std::vector<std::string>> agencies_in(const std::string& data);

// `keys` empty: beside the data directory, with the suffix ".keys". `agency` empty: the only one
// there is. Errors as above; invalid_input also for no code, or several ledgers to choose from.
[[nodiscard]] Result<Place> locate(std::string data, std::string keys, std::string agency);

// The same for a ledger that may not exist yet; `agency` is named.
[[nodiscard]] Result<Place> place_of(std::string data, std::string keys, std::string agency);
[[nodiscard]] bool has_ledger(const Place& place);

}  // namespace runut
