// Rows of one view: what a fold writes, and the seam through which they are read back.
#pragma once

#include <compare>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace runut {

using RowVisitor = std::function<Status(BytesView key, BytesView value)>;

// Committed rows of one view. A seam: a store's family, or a map in a test.
class RowReader {
 public:
  virtual ~RowReader() = default;
  [[nodiscard]] virtual Result<std::optional<Bytes>> get(BytesView key) const = 0;
  // Rows with from <= key < until, ascending; an error of `visit` ends the scan and is returned.
  // The views are valid during the call of `visit` only.
  [[nodiscard]] virtual Status scan(BytesView from, BytesView until,
                                    const RowVisitor& visit) const = 0;
  // The same between two numbered parts of one thing: keys that begin with an upper-case letter and
  // differ in their last four bytes alone. A store looks into no file that has none of them.
  [[nodiscard]] virtual Status scan_parts(BytesView from, BytesView until,
                                          const RowVisitor& visit) const {
    return scan(from, until, visit);
  }
  // The last key of those that a scan would visit.
  [[nodiscard]] virtual Result<std::optional<Bytes>> last_key(BytesView from,
                                                              BytesView until) const;
};

// The first key behind every key that begins with `prefix`; `prefix` must not be all 0xFF.
[[nodiscard]] Bytes prefix_end(BytesView prefix);
[[nodiscard]] Status scan_prefix(const RowReader& rows, BytesView prefix, const RowVisitor& visit);

// What the folds of one batch write. A fold never reads: a row is put whole, or grows at its end,
// so any stretch of the log can be folded by itself and the stretches written one after the other.
//   put     of each key only the last value is kept
//   add     a put for a key that no other event writes: nothing has to be looked up
//   append  the row is every entry, in the order of the events; a row without a bound has a window
//   of
//           sequences in its key, so that what is over is never written again
// Rows leave in the order of their keys: what is stored does not depend on how the log was cut. A
// key begins with a letter (the byte 0 is the projector's) and is always put, added or appended to.
class Rows {
 public:
  struct Row {
    BytesView key;
    BytesView value;  // appended: only the entries of this batch
    bool appended = false;
  };

  Rows() = default;
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  void put(BytesView key, BytesView value);
  void add(BytesView key, BytesView value);
  void append(BytesView key, BytesView entry);

  [[nodiscard]] bool empty() const { return slots_.empty(); }
  // Keys and values held.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // One row a key, ascending. Valid until the next change.
  [[nodiscard]] std::vector<Row> sorted() const;
  // Forgets the rows, keeps the memory.
  void clear();

 private:
  // The first sixteen bytes of a key, big-endian, filled up with zeros: nearly all comparisons end
  // here.
  struct KeyHead {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend auto operator<=>(const KeyHead&, const KeyHead&) = default;
    [[nodiscard]] static KeyHead of(BytesView key);
  };
  struct Slot {
    KeyHead head;
    const char* key = nullptr;
    char* value = nullptr;
    std::uint32_t key_size = 0;
    std::uint32_t size = 0;
    std::uint32_t capacity = 0;
    bool appended = false;
    [[nodiscard]] BytesView key_view() const { return {key, key_size}; }
    // What of the key its head does not hold.
    [[nodiscard]] BytesView tail() const { return tail_of(key_view()); }
  };

  [[nodiscard]] static BytesView tail_of(BytesView key);
  [[nodiscard]] static std::uint64_t hash_of(const KeyHead& head, BytesView tail);
  char* allocate(std::size_t size);
  Slot& slot(BytesView key, bool appended);
  Slot& fresh_slot(BytesView key, const KeyHead& head, bool appended);
  void grow(Slot& slot, std::size_t size);
  void rehash();

  std::vector<Slot> slots_;            // in the order of their first write
  std::vector<std::uint32_t> places_;  // open addressing: 1 + a slot's index, 0 is free
  std::size_t placed_ = 0;
  std::size_t bytes_ = 0;
  // Keys and values, in blocks that never move.
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::unique_ptr<char[]>> large_;  // one allocation each, beyond a block
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

}  // namespace runut
