// The events that subscribers ask for just now, decoded once and written as JSON once, however many
// take them. Bounded; what falls out is read from the log again.
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "feed/filter.h"
#include "log/event_log.h"

namespace runut::feed {

struct FoundEvent {
  Sequence sequence;
  std::shared_ptr<const std::string> json;  // cloud_event()
  EventKeys keys;
};

// What a read found, and how far it looked.
struct Piece {
  std::vector<FoundEvent> events;
  Sequence seen;  // the next read is behind this
};

// A read ends at whichever bound it meets first. At least one event is found when one of the
// `looked_at` events passes.
struct PieceLimits {
  std::size_t events = 256;
  std::size_t bytes = 64 * 1024;
  std::size_t looked_at = 1024;
};

// Thread-safe. The log outlives it.
class EventCache {
 public:
  EventCache(const EventLog& log, std::string source, std::size_t bytes_max)
      : log_(log), source_(std::move(source)), bytes_max_(bytes_max) {}

  // Of events behind `after` up to the log's head. corrupt, unavailable: as EventLog::read, or an
  // event does not decode.
  [[nodiscard]] Result<Piece> read(const Filter& filter, Sequence after, PieceLimits limits);

  // Of these events of the log, ascending and all behind `after`: nothing else up to `until` passes
  // the filter. Each is read by itself and not kept: they are one reader's.
  [[nodiscard]] Result<Piece> read_these(const std::vector<Sequence>& events, Sequence until,
                                         const Filter& filter, Sequence after, PieceLimits limits);

  [[nodiscard]] const std::string& source() const { return source_; }
  [[nodiscard]] std::size_t bytes() const;
  // How many events were written as JSON until now.
  [[nodiscard]] std::uint64_t encoded() const { return encoded_.load(std::memory_order_relaxed); }

 private:
  // Holds the stored bytes until somebody wants the JSON: most filters want few events.
  struct Entry {
    EventKeys keys;
    Hash256 leaf;
    Bytes stored;
    std::shared_ptr<const std::string> json;
  };
  // Events of consecutive sequences; the first is a multiple of block_events, plus one.
  struct Block {
    std::mutex mutex;
    std::vector<Entry> entries;
    std::size_t bytes = 0;
  };
  struct Kept {
    std::shared_ptr<Block> block;
    std::list<std::uint64_t>::iterator used;
    std::size_t bytes = 0;
  };
  static constexpr std::size_t block_events = 64;

  struct Reading {
    Piece piece;
    const Filter& filter;
    const PieceLimits& limits;
    std::size_t bytes = 0;
    std::size_t looked_at = 0;
    bool full = false;
  };

  [[nodiscard]] std::shared_ptr<Block> block_at(std::uint64_t number);
  [[nodiscard]] Status fill(Block& block, std::uint64_t number, Sequence head);
  [[nodiscard]] Result<Entry> read_entry(Sequence sequence) const;
  [[nodiscard]] Status take(Block& block, Entry& entry, Reading& reading);
  [[nodiscard]] Status write_json(Block& block, Entry& entry);
  void account(std::uint64_t number, const std::shared_ptr<Block>& block, std::size_t bytes);

  const EventLog& log_;
  const std::string source_;
  const std::size_t bytes_max_;
  std::atomic<std::uint64_t> encoded_{0};

  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, Kept> blocks_;
  std::list<std::uint64_t> used_;  // the one used last is in front
  std::size_t bytes_ = 0;
};

}  // namespace runut::feed
