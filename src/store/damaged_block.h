// The rows of a block whose checksum is wrong. RocksDB can be told not to verify checksums, but
// then it trusts what the block says of itself: a wrong length ends the process, or reads beyond
// it.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace runut {

struct SalvagedRow {
  Bytes key;
  Bytes value;
};

// `refusal` is what the status of an iterator said when it came to the block. The rows in the
// block's order up to the first that cannot be told from its bytes; each may be wrong in any byte.
// Empty: the refusal is of something else than a block of rows that is not compressed.
[[nodiscard]] std::vector<SalvagedRow> salvage_block(const Status& refusal);

}  // namespace runut
