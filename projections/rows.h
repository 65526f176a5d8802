// Rows of one view: what a fold writes, and the seam through which they are read back.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
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
};

// The first key behind every key that begins with `prefix`; `prefix` must not be all 0xFF.
[[nodiscard]] Bytes prefix_end(BytesView prefix);
[[nodiscard]] Status scan_prefix(const RowReader& rows, BytesView prefix, const RowVisitor& visit);

// What the folds of one batch write. Of each key only the last value is kept, and rows leave in the
// order of their keys: what is stored does not depend on how the log was cut into batches.
// A key begins with a letter; the byte 0 is the projector's.
class Rows {
 public:
  struct Row {
    BytesView key;
    std::optional<BytesView> value;  // none: erased
  };

  // `committed`: what get() sees behind the pending rows; null: nothing. Must outlive this object.
  explicit Rows(const RowReader* committed = nullptr) : committed_(committed) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  // The value is the parts joined.
  void put(BytesView key, std::initializer_list<BytesView> value);
  void put(BytesView key, BytesView value) { put(key, {value}); }
  void erase(BytesView key);
  // As the puts and erasures so far left it. Costs a read of the store for a row that no pending
  // write covers: folds that only put are several times faster (README.md).
  [[nodiscard]] Result<std::optional<Bytes>> get(BytesView key);

  [[nodiscard]] bool empty() const { return writes_.empty(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // One row a key, ascending. Valid until the next change.
  [[nodiscard]] std::vector<Row> sorted();
  void clear();

 private:
  struct Write {
    std::uint64_t head = 0;  // first bytes of the key, big-endian: most comparisons end here
    const char* key = nullptr;
    std::uint32_t key_size = 0;
    std::uint32_t value_size = 0;
    bool erased = false;
    std::uint32_t order = 0;
    [[nodiscard]] BytesView key_view() const { return {key, key_size}; }
    [[nodiscard]] Row row() const;
  };

  char* allocate(std::size_t size);
  Write& add(BytesView key, std::size_t value_size);

  const RowReader* committed_;
  std::vector<Write> writes_;
  std::size_t bytes_ = 0;
  // Keys and values, in blocks that never move.
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::unique_ptr<char[]>> large_;  // one allocation each, beyond a block
  std::size_t block_ = 0;
  std::size_t used_ = 0;
  // Last write of each key, made when get() first needs it; never iterated.
  std::unordered_map<std::string_view, std::size_t> last_;
  std::size_t indexed_ = 0;
};

}  // namespace runut
