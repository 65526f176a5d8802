// What the log knows of one stored event. The log never looks into the domain: the codec extracts
// this header from the stored bytes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/strong.h"

namespace runut {

inline constexpr std::size_t event_bytes_max = 65'535;             // C2SP entry bound
inline constexpr std::size_t commit_bytes_max = 64 * 1024 * 1024;  // sum of its events

// The part of an envelope that decides whether a record counts (reader_rule.h).
struct RecordHeader {
  Sequence sequence;  // dense from 1
  Hash256 previous;   // leaf hash of the event before; zero for the first
  CommandId command;
  std::uint32_t commit_index = 0;  // place within its commit, from 0
  std::uint32_t commit_count = 1;  // events in the commit
  bool takeover = false;           // a WriterTookOver event

  friend bool operator==(const RecordHeader&, const RecordHeader&) = default;
};

// Must be a function of `stored` alone, or two readers would see two histories. Fails with
//   corrupt or invalid_input: this is no event; the record is void for every reader.
//   unsupported: a newer format; the reader must stop, for a newer reader may count it.
using ReadHeader = Result<RecordHeader> (*)(BytesView stored);

// The last event of the last whole commit; sequence 0 and a zero hash before the first.
struct Head {
  Sequence sequence;
  Hash256 leaf;
  friend bool operator==(const Head&, const Head&) = default;
};

// An event as stored. `leaf` = leaf_hash(bytes): computed once by whoever encoded it, then handed
// on.
struct StoredEvent {
  Bytes bytes;
  Hash256 leaf;
};

}  // namespace runut
