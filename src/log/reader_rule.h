// The one rule by which every node, tool and subscriber reads the same history from one sequence of
// records with any number of writers (rules R0, R3 and R4 of the protocol; src/log/README.md).
// Nothing else in the system decides whether a record counts.
#pragma once

#include <optional>

#include "log/record.h"

namespace runut {

// Each rule can be switched off, by the simulation only, to show the counterexample it prevents.
struct ReaderRules {
  bool previous_hash = true;    // R3: a record must name the hash of the event before it
  bool discard_pending = true;  // R3: a new first index discards an unfinished commit
  bool whole_commits = true;    // R4: the head moves with the last index only
};

enum class Judgement : std::uint8_t {
  void_record,  // does not count, for ever
  pending,      // continues (or starts) the pending commit
  counted,      // completes its commit: the head has moved
};

// A commit of which not all records were seen yet.
struct PendingCommit {
  CommandId command;
  std::uint32_t next_index = 0;
  std::uint32_t count = 0;
  std::size_t bytes = 0;
  Head last;  // the record before `next_index`
  friend bool operator==(const PendingCommit&, const PendingCommit&) = default;
};

// A pure fold over records in log order: each is judged once, from the prefix alone (R0).
// Not thread-safe.
class ReaderRule {
 public:
  explicit ReaderRule(Head head = {}, ReaderRules rules = {}) : head_(head), rules_(rules) {}

  // `size` is the length of the stored bytes, `leaf` their leaf hash.
  [[nodiscard]] Judgement judge(const RecordHeader& header, const Hash256& leaf, std::size_t size);

  // The head moves with whole commits only and never goes back.
  [[nodiscard]] const Head& head() const { return head_; }
  [[nodiscard]] const std::optional<PendingCommit>& pending() const { return pending_; }

  // R5: the whole state as bytes, and back; anything else is corrupt.
  [[nodiscard]] Bytes save() const;
  [[nodiscard]] static Result<ReaderRule> load(BytesView saved);

 private:
  [[nodiscard]] bool continues(const RecordHeader& header, const Head& before) const;

  Head head_;
  std::optional<PendingCommit> pending_;
  ReaderRules rules_;
};

}  // namespace runut
