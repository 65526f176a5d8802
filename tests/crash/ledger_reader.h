// What a directory holds after whatever happened to it, read by the library and not by the binary.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "codec/envelope_codec.h"
#include "instance/snapshot_log.h"
#include "instance/verification.h"
#include "store/store.h"

namespace runut::testing {

struct LedgerContents {
  std::uint64_t events = 0;
  std::map<std::string, unsigned> commits;  // by command id, how often; takeovers left out
};

// Reads and verifies everything: a chain of whole commits, or the test fails. A directory in which
// nothing was made yet is empty.
inline LedgerContents read_ledger(const std::string& directory) {
  LedgerContents out;
  auto store = Store::open(
      {.directory = directory, .families = log_families(), .access = StoreAccess::read_only});
  if (!store && store.error().code == ErrorCode::not_found) return out;
  if (!store) {
    ADD_FAILURE() << store.error().describe();
    return out;
  }
  const auto log = SnapshotLog::open(std::move(*store));
  if (!log) {
    if (log.error().code != ErrorCode::not_found) ADD_FAILURE() << log.error().describe();
    return out;
  }
  const Status whole = Verification({}).read(**log);
  EXPECT_TRUE(whole.has_value()) << whole.error().describe();
  for (Sequence next{1}; next <= (*log)->head().sequence;) {
    const auto batch = (*log)->read(next);
    if (!batch) {
      ADD_FAILURE() << batch.error().describe();
      return out;
    }
    for (const EventView& view : batch->events) {
      const auto key = read_envelope_key(view.bytes);
      if (key->commit_index == 0 && key->type != EventType::WriterTookOver)
        ++out.commits[to_string(key->command)];
      ++out.events;
    }
    next = runut::next(batch->events.back().sequence);
  }
  return out;
}

}  // namespace runut::testing
