// An event as an entry of an appended row: all that computations and explanations ask of it, in a
// third of the envelope's bytes. Left out is what only the log can answer for: the chain, the
// command and its digest, the correlation, the sealed text.
#pragma once

#include "domain/event.h"
#include "projections/row.h"

namespace runut {

// `leaf` is the leaf hash of the event as it is stored in the log.
void write_event(RowValue& out, const Event& event, const Hash256& leaf);

struct EventEntry {
  Event event;
  Hash256 leaf;
};
// The next entry; `entry` is overwritten. The sequence comes first: past `until` nothing is read,
// the answer is false, and so it is at the end of the row. corrupt: not what write_event wrote.
[[nodiscard]] Result<bool> read_event(RowCursor& row, Sequence until, EventEntry& entry);

}  // namespace runut
