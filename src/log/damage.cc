#include "log/damage.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

#include "base/sha256.h"
#include "log/frame_store.h"
#include "store/damaged_block.h"
#include "store/store.h"

namespace runut {
namespace {

constexpr Sequence no_end{std::numeric_limits<std::uint64_t>::max()};

class Search {
 public:
  Search(std::shared_ptr<Store> store, Family log, Sequence last, ReadHeader read_header,
         const DamageProgress& progress)
      : store_(std::move(store)),
        log_(log),
        last_(last),
        read_header_(read_header),
        progress_(progress) {}

  std::vector<Damage> run() {
    while (const auto refusal = scan()) {
      // A block whose checksum is wrong: what lies behind it, and what can be read of it without.
      const Sequence stopped_at = expected_;
      const Sequence behind = first_readable_behind(stopped_at);
      const Sequence to =
          behind == no_end ? std::max(stopped_at, last_) : Sequence{behind.value - 1};
      const std::size_t before = damages_.size();
      salvage(*refusal, to);
      if (expected_ <= to) {
        add(expected_, to, "the block that holds these events cannot be read");
      } else if (damages_.size() == before) {
        add(stopped_at, to, "the checksum of the block is wrong; the events in it are as written");
      }
      if (behind == no_end) return std::move(damages_);
      expected_ = behind;
    }
    if (expected_ <= last_) add(expected_, last_, "these events are missing");
    return std::move(damages_);
  }

 private:
  void add(Sequence from, Sequence to, std::string why) {
    damages_.push_back({from, std::max(from, to), std::move(why)});
  }

  // Reads frames from expected_ on, to the end or to where reading is refused: it says why.
  std::optional<Status> scan() {
    StoreIterator frame = store_->iterate(log_, {.fill_cache = false});
    for (frame.seek(frame_key(expected_)); frame.valid(); frame.next()) {
      if (!take(frame.key(), frame.value(), no_end))
        return fail(ErrorCode::corrupt, "a frame's key is not behind the one before it");
      if (progress_) progress_(expected_, last_);
    }
    const Status status = frame.status();
    return status ? std::nullopt : std::optional(status);
  }

  // Reads frames from expected_ up to `to` in the block that was refused, as far as it can be told.
  void salvage(const Status& refusal, Sequence to) {
    for (const SalvagedRow& row : salvage_block(refusal))
      if (!take(row.key, row.value, to)) return;
  }

  // False: the key is none, or not from expected_ to `to`.
  bool take(BytesView key, BytesView value, Sequence to) {
    const auto first = parse_frame_key(key);
    if (!first || *first < expected_ || *first > to) return false;
    if (*first > expected_) {
      const Sequence end{first->value - 1};
      if (unreadable_) {
        damages_.back().to = end;
      } else {
        add(expected_, end, "these events are missing");
      }
    }
    unreadable_ = false;
    check_frame(*first, value, to);
    return true;
  }

  void check_frame(Sequence first, BytesView value, Sequence to) {
    events_.clear();
    const Result<Bytes> plain = unpack_frame(value);
    if (!plain) return add_unreadable(first, plain.error().message);
    const Status parsed = parse_frame(first, *plain, events_);
    // A frame in the wrong place may reach into the next block, which tells its events itself.
    while (!events_.empty() && events_.back().sequence > to) events_.pop_back();
    for (const EventView& event : events_) {
      if (leaf_hash(event.bytes) != event.leaf)
        add(event.sequence, event.sequence, "the event is not what was written");
      else if (is_displaced(event))
        add(event.sequence, event.sequence, "another event lies in its place");
    }
    expected_ = events_.empty() ? first : next(events_.back().sequence);
    if (!parsed) add_unreadable(expected_, parsed.error().message);
  }

  // A byte of a key can change so that the keys still ascend: then the event is whole, and another.
  [[nodiscard]] bool is_displaced(const EventView& event) const {
    const Result<RecordHeader> header = read_header_(event.bytes);
    return header ? header->sequence != event.sequence
                  : header.error().code != ErrorCode::unsupported;
  }

  // Nothing of the frame can be read from here on: how far it went, the next one tells.
  void add_unreadable(Sequence from, std::string why) {
    add(from, from, std::move(why));
    unreadable_ = true;
    expected_ = next(from);
  }

  // The first frame at or behind `at`; no_end when there is none; nothing when its block is
  // damaged.
  [[nodiscard]] std::optional<Sequence> readable(Sequence at) const {
    StoreIterator frame = store_->iterate(log_, {.fill_cache = false});
    frame.seek(frame_key(at));
    if (!frame.valid()) return frame.status() ? std::optional(no_end) : std::nullopt;
    const auto first = parse_frame_key(frame.key());
    return first && *first >= at ? std::optional(*first) : std::nullopt;
  }

  // Doubling steps, then halving: a damaged block fails for every place that leads into it.
  [[nodiscard]] Sequence first_readable_behind(Sequence damaged) const {
    std::uint64_t bad = damaged.value;
    std::uint64_t good = 0;
    for (std::uint64_t step = 1; good == 0; step *= 2) {
      const std::uint64_t at = damaged.value + step;
      if (at < damaged.value || step > (std::uint64_t{1} << 62)) return no_end;
      if (readable(Sequence{at})) {
        good = at;
      } else {
        bad = at;
      }
    }
    while (good - bad > 1) {
      const std::uint64_t middle = bad + (good - bad) / 2;
      (readable(Sequence{middle}) ? good : bad) = middle;
    }
    return *readable(Sequence{good});
  }

  std::shared_ptr<Store> store_;
  Family log_;
  Sequence last_;  // the last event that is known to have been written; a lower bound
  const ReadHeader read_header_;
  const DamageProgress& progress_;
  Sequence expected_{1};
  bool unreadable_ = false;  // the frame before expected_ goes on to where the next one begins
  std::vector<EventView> events_;
  std::vector<Damage> damages_;
};

// What other traces than the frames themselves say of how far the log went.
Sequence last_known(const Store& store, Family log) {
  Sequence last{0};
  if (const auto key = store.largest_filed_key(log); key && key->size() == 8)
    last = Sequence{read_u64(*key)};
  if (const auto meta = store.family("meta")) {
    if (const auto mark = store.get(*meta, continuous_key); mark && *mark && (*mark)->size() == 8)
      last = std::max(last, Sequence{read_u64(**mark)});
  }
  return last;
}

}  // namespace

Result<std::vector<Damage>> find_damage(const std::string& directory, ReadHeader read_header,
                                        const DamageProgress& progress) {
  StoreOptions options{.directory = directory, .families = log_families()};
  options.access = StoreAccess::salvage;
  RUNUT_ASSIGN(std::shared_ptr<Store> store, Store::open(options));
  const auto log = store->family("log");
  if (!log)
    return fail(
        Error{ErrorCode::not_found, {}, "directory", directory, "there is no log in this store"});
  const Sequence last = last_known(*store, *log);
  std::vector<Damage> damages = Search(store, *log, last, read_header, progress).run();
  if (!damages.empty()) return damages;

  // Everything that can be found is well. Does the store open without leniency, too?
  store.reset();
  options.access = StoreAccess::read_only;
  const auto strict = Store::open(options);
  if (!strict) damages.push_back({next(last), next(last), strict.error().message});
  return damages;
}

}  // namespace runut
