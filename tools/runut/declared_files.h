// Whoever declared an import saw a file and named its SHA-256; commands of that import come from
// this very file.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "instance/instance.h"

namespace runut::cli {

// Of one ledger. Reads each file once more, and the ledger's declarations when it does not know
// one.
class DeclaredFiles {
 public:
  // Why a command of that import may not come from this path ("-": stdin, which cannot be read
  // twice), or nothing; also when no such import is declared, which is the ledger's to say. What
  // was submitted has to be answered.
  [[nodiscard]] Result<std::optional<Error>> refusal_of(std::uint32_t number,
                                                        const std::string& path,
                                                        Instance& instance);
  [[nodiscard]] bool knows(std::uint32_t number) const { return declared_.contains(number); }

 private:
  [[nodiscard]] Status look_up(Instance& instance);

  std::map<std::uint32_t, Hash256> declared_;
  std::map<std::string, Hash256> files_;
  Sequence looked_up_;  // as of
};

// Why that file is not the declared one; nothing when it is.
[[nodiscard]] std::optional<Error> refusal_of_file(const Hash256& file, const Hash256& declared);

}  // namespace runut::cli
