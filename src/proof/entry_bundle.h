// Entry bundles (C2SP tlog-tiles): up to 256 consecutive entries of a log, each behind its length
// as two big-endian bytes.
#pragma once

#include <vector>

#include "base/bytes.h"

namespace runut {

inline constexpr std::size_t entry_max_bytes = 65'535;
inline constexpr std::size_t bundle_max_entries = 256;

// The entry is at most entry_max_bytes long.
void append_entry(Bytes& bundle, BytesView entry);

// Views into the bundle. invalid_input: it ends within an entry, or has none, or too many.
[[nodiscard]] Result<std::vector<BytesView>> read_bundle(BytesView bundle);

}  // namespace runut
