// Which events of a store are not what was written. For `runut doctor`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/strong.h"
#include "log/record.h"

namespace runut {

struct Damage {
  Sequence from;
  Sequence to;  // included
  std::string why;
  friend bool operator==(const Damage&, const Damage&) = default;
};

// Called now and then with the sequence that was reached, and the last one known of.
using DamageProgress = std::function<void(Sequence reached, Sequence last)>;

// Reads every event of the store in `directory` and compares it with the leaf hash beside it, and
// its own sequence with the place it lies in; needs no lock and changes nothing. A wrong byte is
// named by the sequence of its event where the rest of its block can still be read, or else by the
// smallest range of sequences that the block holds. An event of a newer format counts as whole when
// its hash does. Ranges ascend. not_found: there is no store. corrupt: nothing at all can be read.
[[nodiscard]] Result<std::vector<Damage>> find_damage(const std::string& directory,
                                                      ReadHeader read_header,
                                                      const DamageProgress& progress = nullptr);

}  // namespace runut
