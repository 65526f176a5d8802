// Copies a log into another engine, byte for byte: `runut copy`, and re-publishing what brokers
// lost.
#pragma once

#include <functional>

#include "log/event_log.h"

namespace runut {

struct CopyReport {
  Sequence from;             // the first sequence that was copied in this run
  std::uint64_t copied = 0;  // events
  Head head;                 // of the target, which is that of the source
};

// Called after each batch that the target has made durable.
using CopyProgress = std::function<void(Sequence reached, Sequence last)>;

// Appends to `target` every whole commit of `source` that it lacks; resumable at any point. Ends
// when the target has the head that the source had at the beginning.
// conflict: the target has another history; it is not touched. corrupt: the source is damaged.
[[nodiscard]] Result<CopyReport> copy_log(const EventLog& source, EventLog& target,
                                          ReadHeader read_header, Millis max_wait,
                                          const CopyProgress& progress = nullptr);

}  // namespace runut
