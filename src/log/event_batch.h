// Events handed out by a read: views into buffers that the batch owns.
#pragma once

#include <memory>
#include <vector>

#include "log/record.h"

namespace runut {

struct EventView {
  Sequence sequence;
  BytesView bytes;  // as stored; valid as long as its batch lives
  Hash256 leaf;     // as stored beside the bytes; only verification computes it again
};

// Consecutive events in log order. Movable, cheap; the views stay valid when it is moved.
struct EventBatch {
  std::vector<EventView> events;
  std::vector<std::shared_ptr<const Bytes>> buffers;  // what `events` points into

  [[nodiscard]] bool empty() const { return events.empty(); }
  [[nodiscard]] std::size_t size() const { return events.size(); }
};

// A read stops at whichever bound it meets first, but returns at least one event when there is one.
struct ReadLimits {
  std::size_t events = 10'000;
  std::size_t bytes = 4 * 1024 * 1024;
};

}  // namespace runut
