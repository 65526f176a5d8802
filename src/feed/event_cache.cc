#include "feed/event_cache.h"

#include <algorithm>

#include "codec/envelope_codec.h"
#include "feed/cloud_event.h"

namespace runut::feed {

Result<Piece> EventCache::read(const Filter& filter, Sequence after, PieceLimits limits) {
  const Sequence head = log_.head().sequence;
  Reading reading{{{}, after}, filter, limits};
  while (reading.piece.seen < head && !reading.full) {
    const std::uint64_t number = reading.piece.seen.value / block_events;
    const std::shared_ptr<Block> block = block_at(number);
    std::size_t block_bytes = 0;
    {
      const std::lock_guard lock(block->mutex);
      Status status = fill(*block, number, head);
      const std::size_t end =
          std::min<std::uint64_t>(block->entries.size(), head.value - number * block_events);
      for (std::size_t at = reading.piece.seen.value % block_events; at < end && !reading.full;
           ++at)
        if (const Status taken = take(*block, block->entries[at], reading); !taken) status = taken;
      block_bytes = block->bytes;
      // What stands before damage is given out first; the next read meets it again.
      if (!status) {
        if (reading.piece.seen > after) return std::move(reading.piece);
        return fail(status.error());
      }
    }
    account(number, block, block_bytes);
  }
  return std::move(reading.piece);
}

Result<Piece> EventCache::read_these(const std::vector<Sequence>& events, Sequence until,
                                     const Filter& filter, Sequence after, PieceLimits limits) {
  Reading reading{{{}, after}, filter, limits};
  Block alone;
  for (const Sequence sequence : events) {
    Result<Entry> entry = read_entry(sequence);
    Status status = entry ? Status{} : fail(entry.error());
    if (status) {
      const Sequence before = reading.piece.seen;
      reading.piece.seen = Sequence{sequence.value - 1};
      status = take(alone, *entry, reading);
      // Not taken: the next read begins with it.
      if (reading.piece.seen < sequence) reading.piece.seen = before;
    }
    if (!status && reading.piece.seen == after) return fail(status.error());
    if (!status || reading.full) return std::move(reading.piece);
  }
  reading.piece.seen = until;
  return std::move(reading.piece);
}

Result<EventCache::Entry> EventCache::read_entry(Sequence sequence) const {
  RUNUT_ASSIGN(const EventBatch batch, log_.read(sequence, {.events = 1}));
  if (batch.empty())
    return fail(ErrorCode::unavailable, "the log gave no events up to its own head");
  const EventView& view = batch.events.front();
  RUNUT_ASSIGN(const Event event, decode_event(view.bytes));
  return Entry{keys_of(event), view.leaf, Bytes(view.bytes), nullptr};
}

Status EventCache::take(Block& block, Entry& entry, Reading& reading) {
  const PieceLimits& limits = reading.limits;
  const bool wanted = matches(reading.filter, entry.keys);
  if (wanted && !entry.json) {
    const Status written = write_json(block, entry);
    reading.full = !written;
    RUNUT_TRY(written);
  }
  std::vector<FoundEvent>& events = reading.piece.events;
  if (wanted && !events.empty() && reading.bytes + entry.json->size() > limits.bytes) {
    reading.full = true;
    return {};
  }
  reading.piece.seen = next(reading.piece.seen);
  if (wanted) {
    reading.bytes += entry.json->size();
    events.push_back({reading.piece.seen, entry.json, entry.keys});
  }
  reading.full = ++reading.looked_at >= limits.looked_at || events.size() >= limits.events ||
                 reading.bytes >= limits.bytes;
  return {};
}

std::shared_ptr<EventCache::Block> EventCache::block_at(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  const auto [at, added] = blocks_.try_emplace(number);
  if (added) {
    at->second.block = std::make_shared<Block>();
    at->second.used = used_.insert(used_.begin(), number);
  } else {
    used_.splice(used_.begin(), used_, at->second.used);
  }
  return at->second.block;
}

// Everything of the block up to the head.
Status EventCache::fill(Block& block, std::uint64_t number, Sequence head) {
  const std::uint64_t before = number * block_events;
  const std::size_t wanted = std::min<std::uint64_t>(block_events, head.value - before);
  while (block.entries.size() < wanted) {
    RUNUT_ASSIGN(const EventBatch batch, log_.read(Sequence{before + block.entries.size() + 1},
                                                   {.events = wanted - block.entries.size()}));
    if (batch.empty())
      return fail(ErrorCode::unavailable, "the log gave no events up to its own head");
    for (const EventView& view : batch.events) {
      RUNUT_ASSIGN(const Event event, decode_event(view.bytes));
      block.entries.push_back({keys_of(event), view.leaf, Bytes(view.bytes), nullptr});
      block.bytes += sizeof(Entry) + view.bytes.size();
    }
  }
  return {};
}

Status EventCache::write_json(Block& block, Entry& entry) {
  RUNUT_ASSIGN(const Event event, decode_event(entry.stored));
  entry.json = std::make_shared<const std::string>(cloud_event(event, entry.leaf, source_));
  encoded_.fetch_add(1, std::memory_order_relaxed);
  block.bytes += entry.json->capacity() - entry.stored.size();
  Bytes().swap(entry.stored);
  return {};
}

// The block may have been dropped meanwhile; then it goes with its last reader.
void EventCache::account(std::uint64_t number, const std::shared_ptr<Block>& block,
                         std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  const auto at = blocks_.find(number);
  if (at == blocks_.end() || at->second.block != block) return;
  // Two readers may come here in the other order than they left the block, which only grows.
  if (bytes > at->second.bytes) {
    bytes_ += bytes - at->second.bytes;
    at->second.bytes = bytes;
  }
  while (bytes_ > bytes_max_ && used_.size() > 1) {
    const auto dropped = blocks_.find(used_.back());
    bytes_ -= dropped->second.bytes;
    blocks_.erase(dropped);
    used_.pop_back();
  }
}

std::size_t EventCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace runut::feed
