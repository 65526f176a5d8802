// The local copy of a log: frames in a store's family, whole commits only. Used by the RocksDB
// engine as the log itself and by the Kafka engine as each node's copy.
#pragma once

#include <memory>
#include <span>

#include "log/event_batch.h"
#include "log/event_log.h"
#include "log/frame.h"
#include "store/store.h"

namespace runut {

// The families the log needs; give them to Store::open together with those of other layers.
[[nodiscard]] std::vector<FamilyOptions> log_families();

// In the family `meta`: up to here the frames were seen in unbroken order.
inline constexpr std::string_view continuous_key = "continuous";

// Reading is thread-safe; staging belongs to the one thread that commits.
class FrameStore {
 public:
  // Finds the head, and checks that the frames since the last opening are unbroken: recovery of the
  // write-ahead log alone would not notice if an older part of it were missing.
  // corrupt: names the sequences that are missing or damaged.
  [[nodiscard]] static Result<FrameStore> open(std::shared_ptr<Store> store,
                                               FramePacking packing = FramePacking::dense);

  [[nodiscard]] const Head& head_at_opening() const { return head_at_opening_; }
  [[nodiscard]] const std::shared_ptr<Store>& store() const { return store_; }
  [[nodiscard]] Family meta() const { return meta_; }

  // Adds the frames of whole commits to `batch`; `first` is the sequence of the first event.
  void stage(StoreBatch& batch, Sequence first, std::span<const Commit> commits);
  void stage(StoreBatch& batch, Sequence first, std::span<FrameBuilder> frames);

  // Events from `from` to `until` within the limits. corrupt: names the sequences.
  [[nodiscard]] Result<EventBatch> read(Sequence from, Sequence until, ReadLimits limits) const;

  // Notes that everything up to `head` is in place, so that the next opening need not look again.
  [[nodiscard]] Status mark_continuous(Sequence head);

 private:
  FrameStore(std::shared_ptr<Store> store, Family log, Family meta, FramePacking packing)
      : store_(std::move(store)), log_(log), meta_(meta), packing_(packing) {}
  [[nodiscard]] Status check_continuity(Sequence from, Head& head) const;
  void add(StoreBatch& batch, const StoredEvent& event);
  void put(StoreBatch& batch, FrameBuilder& frame);

  std::shared_ptr<Store> store_;
  Family log_;
  Family meta_;
  FramePacking packing_;
  Head head_at_opening_;
  FrameBuilder builder_;
  Bytes packed_;
  Sequence first_;  // of the next frame
};

}  // namespace runut
