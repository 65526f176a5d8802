// A log filled from plain events, encoded and chained as a writer would, and a store beside it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "codec/envelope_codec.h"
#include "log/memory_event_log.h"
#include "projector/projector.h"
#include "tests/projections/events.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing_projector {

using testing::TemporaryDirectory;
using testing_projections::Events;

inline Result<RecordHeader> read_header(BytesView stored) {
  RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(stored));
  return RecordHeader{key.sequence,     key.previous,     key.command,
                      key.commit_index, key.commit_count, key.type == EventType::WriterTookOver};
}

// Appends what the log does not have yet.
inline void fill(EventLog& log, const Events& events) {
  Head head = log.head();
  const auto commit_at = [&](std::size_t first) {
    Commit commit{events.all()[first].command, {}};
    for (std::size_t i = 0; i < events.all()[first].commit_count; ++i) {
      Event event = events.all()[first + i];
      event.previous = head.leaf;
      const Result<Bytes> bytes = encode_event(event);
      RUNUT_CHECK(bytes.has_value(), bytes.error().describe());
      head = Head{event.sequence, leaf_hash(*bytes)};
      commit.events.push_back({*bytes, head.leaf});
    }
    return commit;
  };
  if (head.sequence == Sequence{0}) {
    ASSERT_TRUE(log.take_over([&](const Head&) { return commit_at(0); }, Millis{5'000}));
  }
  for (std::size_t next_event = head.sequence.value; next_event < events.all().size();) {
    const std::size_t count = events.all()[next_event].commit_count;
    while (log.in_flight() > 1'000) (void)log.settle(Millis{1'000});
    const Status appended = log.append(commit_at(next_event));
    ASSERT_TRUE(appended) << appended.error().describe();
    next_event += count;
  }
  while (log.in_flight() > 0) {
    for (const Settled& settled : log.settle(Millis{5'000}))
      ASSERT_TRUE(std::holds_alternative<Appended>(settled.outcome));
  }
}

inline std::shared_ptr<Store> open_store(const std::string& directory) {
  StoreOptions options;
  options.directory = directory;
  auto store = Store::open(std::move(options));
  RUNUT_CHECK(store.has_value(), "a store of a test cannot be opened");
  return std::shared_ptr<Store>(std::move(*store));
}

}  // namespace runut::testing_projector
