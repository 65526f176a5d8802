#include "log/copy_log.h"

#include <string>

#include "base/sha256.h"

namespace runut {
namespace {

// The hash is the whole history: each event names the one before.
Status check_same_history(const EventLog& source, const Head& target) {
  if (target.sequence.value == 0) return {};
  if (source.head().sequence < target.sequence)
    return fail(Error{ErrorCode::conflict,
                      {},
                      "sequence",
                      std::to_string(target.sequence.value),
                      "the target goes on behind the end of the source"});
  RUNUT_ASSIGN(const EventBatch there, source.read(target.sequence, {.events = 1}));
  if (!there.empty() && there.events.front().leaf == target.leaf) return {};
  return fail(Error{ErrorCode::conflict,
                    {},
                    "sequence",
                    std::to_string(target.sequence.value),
                    "the target has another history: its last event is not the source's"});
}

class Copier {
 public:
  Copier(EventLog& target, Head head, Millis max_wait)
      : target_(target), head_(head), max_wait_(max_wait) {}

  Status append(Commit&& commit) {
    while (true) {
      Status taken = target_.append(std::move(commit));  // NOLINT: exhausted has not taken it
      if (taken) return {};
      if (taken.error().code != ErrorCode::exhausted || target_.in_flight() == 0) return taken;
      RUNUT_TRY(settle());
    }
  }

  Status settle_all() {
    while (target_.in_flight() > 0) RUNUT_TRY(settle());
    return {};
  }

  [[nodiscard]] const Head& head() const { return head_; }

 private:
  Status settle() {
    const std::vector<Settled> settled = target_.settle(max_wait_);
    if (settled.empty())
      return fail(ErrorCode::unavailable,
                  "the target did not answer in time; copy again to resume");
    for (const Settled& each : settled) {
      const Appended* appended = std::get_if<Appended>(&each.outcome);
      if (appended == nullptr)
        return fail(ErrorCode::unavailable,
                    "the target did not take everything; copy again to resume");
      head_ = appended->head;
    }
    return {};
  }

  EventLog& target_;
  Head head_;
  Millis max_wait_;
};

}  // namespace

Result<CopyReport> copy_log(const EventLog& source, EventLog& target, ReadHeader read_header,
                            Millis max_wait, const CopyProgress& progress) {
  RUNUT_ASSIGN(const Head start, target.begin_copy(max_wait));
  RUNUT_TRY(check_same_history(source, start));
  const Head end = source.head();
  Copier copier(target, start, max_wait);
  Sequence from = next(start.sequence);
  Commit commit;
  while (from <= end.sequence) {
    RUNUT_ASSIGN(const EventBatch batch, source.read(from));
    for (const EventView& event : batch.events) {
      RUNUT_ASSIGN(const RecordHeader header, read_header(event.bytes));
      if (leaf_hash(event.bytes) != event.leaf)
        return fail(Error{ErrorCode::corrupt,
                          {},
                          "sequence",
                          std::to_string(event.sequence.value),
                          "the source's event is not what was written"});
      commit.command = header.command;
      commit.events.push_back({Bytes(event.bytes), event.leaf});
      if (header.commit_index + 1 < header.commit_count) continue;
      RUNUT_TRY(copier.append(std::exchange(commit, {})));
    }
    from = next(batch.events.back().sequence);
    if (commit.events.empty()) RUNUT_TRY(copier.settle_all());
    if (progress) progress(copier.head().sequence, end.sequence);
  }
  RUNUT_TRY(copier.settle_all());
  return CopyReport{next(start.sequence), copier.head().sequence.value - start.sequence.value,
                    copier.head()};
}

}  // namespace runut
