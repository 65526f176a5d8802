#include "log/frame_store.h"

#include <algorithm>
#include <string>

#include "base/sha256.h"

namespace runut {
namespace {

tl::unexpected<Error> damaged(Sequence from, Sequence to, std::string why) {
  std::string range = std::to_string(from.value);
  if (to > from) range += " to " + std::to_string(to.value);
  return fail(Error{ErrorCode::corrupt, {}, "sequence", std::move(range), std::move(why)});
}

}  // namespace

std::vector<FamilyOptions> log_families() {
  return {{"log", FamilyKind::frames}, {"meta", FamilyKind::rows}};
}

Result<FrameStore> FrameStore::open(std::shared_ptr<Store> store, FramePacking packing) {
  const auto log = store->family("log");
  const auto meta = store->family("meta");
  if (!log || !meta)
    return fail(Error{ErrorCode::not_found,
                      {},
                      "directory",
                      store->directory(),
                      "there is no log in this store"});
  FrameStore frames(std::move(store), *log, *meta, packing);
  RUNUT_ASSIGN(const auto mark, frames.store_->get(*meta, continuous_key));
  const Sequence from{mark && mark->size() == 8 ? read_u64(*mark) : 1};
  RUNUT_TRY(frames.check_continuity(std::max(from, Sequence{1}), frames.head_at_opening_));
  return frames;
}

Status FrameStore::check_continuity(Sequence from, Head& head) const {
  StoreIterator frame = store_->iterate(log_, {.fill_cache = false});
  frame.seek_for_prev(frame_key(from));
  if (!frame.valid()) {
    RUNUT_TRY(frame.status());
    frame.seek_to_first();
  }
  std::vector<EventView> events;  // of the last frame, in last_value
  Bytes last_value;
  Sequence expected{0};
  for (; frame.valid(); frame.next()) {
    RUNUT_ASSIGN(const Sequence first, parse_frame_key(frame.key()));
    if (expected.value == 0) expected = first > from ? from : first;
    if (first != expected)
      return damaged(expected, Sequence{first.value - 1}, "these events are missing");
    events.clear();
    Result<Bytes> value = unpack_frame(frame.value());
    if (!value) return damaged(first, first, value.error().message);
    last_value = std::move(*value);
    if (const Status parsed = parse_frame(first, last_value, events); !parsed)
      return damaged(first, first, parsed.error().message);
    if (events.empty()) return damaged(first, first, "a frame is empty");
    head = Head{events.back().sequence, events.back().leaf};
    // Here, while the iterator still holds the bytes.
    if (leaf_hash(events.back().bytes) != head.leaf)
      return damaged(head.sequence, head.sequence, "the last event is not what was written");
    expected = next(head.sequence);
  }
  if (!frame.status())
    return damaged(std::max(expected, from), expected, frame.status().error().message);
  if (head.sequence < from && from.value > 1)
    return damaged(next(head.sequence), from, "these events are missing");
  return {};
}

void FrameStore::stage(StoreBatch& batch, Sequence first, std::span<const Commit> commits) {
  first_ = first;
  for (const Commit& commit : commits)
    for (const StoredEvent& event : commit.events) add(batch, event);
  put(batch, builder_);
}

void FrameStore::stage(StoreBatch& batch, Sequence first, std::span<FrameBuilder> frames) {
  first_ = first;
  for (FrameBuilder& frame : frames) put(batch, frame);
}

void FrameStore::add(StoreBatch& batch, const StoredEvent& event) {
  builder_.add(event.bytes, event.leaf);
  if (builder_.full()) put(batch, builder_);
}

void FrameStore::put(StoreBatch& batch, FrameBuilder& frame) {
  if (frame.empty()) return;
  batch.put(log_, frame_key(first_), frame.finish(packed_, packing_));
  first_ = Sequence{first_.value + frame.count()};
  frame.clear();
}

Result<EventBatch> FrameStore::read(Sequence from, Sequence until, ReadLimits limits) const {
  EventBatch batch;
  if (from.value == 0)
    return fail(Error{ErrorCode::invalid_input, {}, "from", "0", "sequences start at 1"});
  if (from > until) return batch;
  StoreIterator frame = store_->iterate(log_);
  frame.seek_for_prev(frame_key(from));
  std::size_t bytes = 0;
  Sequence expected = from;
  std::vector<EventView> events;
  while (expected <= until && batch.size() < limits.events &&
         (batch.empty() || bytes < limits.bytes)) {
    if (!frame.valid()) {
      if (const Status read = frame.status(); !read)
        return damaged(expected, expected, read.error().message);
      return damaged(expected, until, "these events are missing");
    }
    RUNUT_ASSIGN(const Sequence first, parse_frame_key(frame.key()));
    if (first > expected)
      return damaged(expected, Sequence{first.value - 1}, "these events are missing");
    Result<Bytes> plain = unpack_frame(frame.value());
    if (!plain) return damaged(expected, expected, plain.error().message);
    auto value = std::make_shared<const Bytes>(std::move(*plain));
    events.clear();
    if (const Status parsed = parse_frame(first, *value, events); !parsed)
      return damaged(expected, expected, parsed.error().message);
    if (events.empty() || events.back().sequence < expected)
      return damaged(expected, expected, "these events are missing");
    for (const EventView& event : events) {
      if (event.sequence < expected) continue;
      if (event.sequence > until || batch.size() >= limits.events) break;
      if (!batch.empty() && bytes + event.bytes.size() > limits.bytes) {
        bytes = limits.bytes;
        break;
      }
      bytes += event.bytes.size();
      batch.events.push_back(event);
    }
    batch.buffers.push_back(std::move(value));
    expected = next(batch.events.empty() ? expected : batch.events.back().sequence);
    frame.next();
  }
  return batch;
}

Status FrameStore::mark_continuous(Sequence head) {
  StoreBatch batch;
  Bytes value;
  append_u64(value, head.value);
  batch.put(meta_, continuous_key, value);
  return store_->write(batch, Durability::buffered);
}

}  // namespace runut
