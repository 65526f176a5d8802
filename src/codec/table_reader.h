// FlatBuffers tables out of bytes that nobody has checked: each step is bounded, bytes are copied,
// so any origin and alignment will do. Accepts no more than the FlatBuffers verifier does (offsets
// and alignments count from the first byte), and three things less: lists that share bytes to grow
// large when read, and through knows_all() and text() fields of a newer version and strings that
// are not UTF-8.
#pragma once

#include <optional>
#include <type_traits>

#include "base/bytes.h"

namespace runut::codec {

enum class Found : std::uint8_t { absent, present, broken };

// The bytes of one FlatBuffer; they outlive it and every table in it.
class TableBuffer {
 public:
  explicit TableBuffer(BytesView bytes) : bytes_(bytes), left_(bytes.size()) {}

  [[nodiscard]] BytesView bytes() const { return bytes_; }

  template <class Word>
  [[nodiscard]] bool load(std::size_t at, Word& out) const {
    if (!contains(at, sizeof(Word)) || at % sizeof(Word) != 0) return false;
    std::memcpy(&out, bytes_.data() + at, sizeof(Word));
    return true;
  }
  [[nodiscard]] bool contains(std::size_t at, std::size_t size) const {
    return size <= bytes_.size() && at <= bytes_.size() - size;
  }
  // Where the 32-bit offset that stands at `at` leads to.
  [[nodiscard]] bool follow(std::size_t at, std::size_t& target) const {
    std::uint32_t offset = 0;
    if (!load(at, offset) || offset == 0 || offset > INT32_MAX) return false;
    target = at + offset;
    return target < bytes_.size();
  }
  // Each byte is read once: false when parts overlap and would grow larger than the whole.
  [[nodiscard]] bool spend(std::size_t size) {
    if (size > left_) return false;
    left_ -= size;
    return true;
  }

 private:
  BytesView bytes_;
  std::size_t left_;
};

class TableReader {
 public:
  // The root, to which the first four bytes lead.
  [[nodiscard]] static std::optional<TableReader> root(TableBuffer& buffer) {
    std::size_t at = 0;
    if (!buffer.follow(0, at)) return std::nullopt;
    return open(buffer, at);
  }
  [[nodiscard]] static std::optional<TableReader> open(TableBuffer& buffer, std::size_t at) {
    std::int32_t distance = 0;
    if (!buffer.load(at, distance)) return std::nullopt;
    const std::int64_t place = static_cast<std::int64_t>(at) - distance;
    if (place < 0) return std::nullopt;
    TableReader table(buffer, at, static_cast<std::size_t>(place));
    if (!buffer.load(table.fields_at_, table.fields_bytes_) || table.fields_bytes_ % 2 != 0 ||
        table.fields_bytes_ < 4 || !buffer.contains(table.fields_at_, table.fields_bytes_) ||
        !buffer.spend(sizeof distance))
      return std::nullopt;
    return table;
  }

  // False when a field beyond the first `count` is there.
  [[nodiscard]] bool knows_all(std::size_t count) const {
    for (std::size_t index = count; 4 + 2 * index < fields_bytes_; ++index)
      if (place_of(index) != 0) return false;
    return true;
  }

  [[nodiscard]] bool has(std::size_t index) const { return place_of(index) != 0; }

  template <class Word>
  [[nodiscard]] Found scalar(std::size_t index, Word& out) const {
    const std::size_t place = place_of(index);
    if (place == 0) return Found::absent;
    return buffer_->load(place, out) ? Found::present : Found::broken;
  }

  // A struct of `size` bytes.
  [[nodiscard]] Found fixed(std::size_t index, std::size_t size, std::size_t alignment,
                            BytesView& out) const {
    const std::size_t place = place_of(index);
    if (place == 0) return Found::absent;
    if (!buffer_->contains(place, size) || place % alignment != 0) return Found::broken;
    out = buffer_->bytes().substr(place, size);
    return Found::present;
  }

  // The elements' bytes; `at` is where they begin.
  struct List {
    std::size_t at = 0;
    std::uint32_t count = 0;
    BytesView bytes;
  };
  [[nodiscard]] Found list(std::size_t index, std::size_t element_size, std::size_t alignment,
                           List& out) const {
    const std::size_t place = place_of(index);
    if (place == 0) return Found::absent;
    std::size_t target = 0;
    if (!buffer_->follow(place, target) || !buffer_->load(target, out.count)) return Found::broken;
    out.at = target + sizeof out.count;
    const std::size_t size = element_size * out.count;  // below 2^32 * the largest struct
    if (!buffer_->contains(out.at, size) || out.at % alignment != 0 || !buffer_->spend(size))
      return Found::broken;
    out.bytes = buffer_->bytes().substr(out.at, size);
    return Found::present;
  }

  [[nodiscard]] Found text(std::size_t index, BytesView& out) const {
    List letters;
    const Found found = list(index, 1, 1, letters);
    if (found != Found::present) return found;
    const std::size_t end = letters.at + letters.count;
    out = letters.bytes;
    return buffer_->contains(end, 1) && buffer_->bytes()[end] == '\0' && is_utf8(out)
               ? Found::present
               : Found::broken;
  }

  [[nodiscard]] Found child(std::size_t index, std::optional<TableReader>& out) const {
    const std::size_t place = place_of(index);
    if (place == 0) return Found::absent;
    return child_at(place, out) ? Found::present : Found::broken;
  }
  // `place` holds an offset to a table: an element of a list of tables.
  [[nodiscard]] bool child_at(std::size_t place, std::optional<TableReader>& out) const {
    std::size_t target = 0;
    out.reset();
    if (buffer_->follow(place, target)) out = open(*buffer_, target);
    return out.has_value();
  }

 private:
  TableReader(TableBuffer& buffer, std::size_t at, std::size_t fields_at)
      : buffer_(&buffer), at_(at), fields_at_(fields_at) {}

  // Of the field's first byte; 0: absent. open() has seen to it that the list of fields is inside.
  [[nodiscard]] std::size_t place_of(std::size_t index) const {
    const std::size_t entry = 4 + 2 * index;
    if (entry >= fields_bytes_) return 0;
    std::uint16_t offset = 0;
    std::memcpy(&offset, buffer_->bytes().data() + fields_at_ + entry, sizeof offset);
    return offset == 0 ? 0 : at_ + offset;
  }

  TableBuffer* buffer_;
  std::size_t at_;
  std::size_t fields_at_;  // the vtable
  std::uint16_t fields_bytes_ = 0;
};

}  // namespace runut::codec
