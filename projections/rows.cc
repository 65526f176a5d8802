#include "projections/rows.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace runut {
namespace {

constexpr std::size_t block_bytes = 256 * 1024;

std::uint64_t big_endian(const char* bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, sizeof value);
  if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap64(value);
  return value;
}

}  // namespace

Result<std::optional<Bytes>> RowReader::last_key(BytesView from, BytesView until) const {
  std::optional<Bytes> last;
  RUNUT_TRY(scan(from, until, [&](BytesView key, BytesView) -> Status {
    last = key;
    return {};
  }));
  return last;
}

Bytes prefix_end(BytesView prefix) {
  Bytes end(prefix);
  while (!end.empty() && static_cast<std::uint8_t>(end.back()) == 0xFF) end.pop_back();
  RUNUT_CHECK(!end.empty(), "no key stands behind this prefix");
  end.back() = static_cast<char>(static_cast<std::uint8_t>(end.back()) + 1);
  return end;
}

Status scan_prefix(const RowReader& rows, BytesView prefix, const RowVisitor& visit) {
  return rows.scan(prefix, prefix_end(prefix), visit);
}

Rows::KeyHead Rows::KeyHead::of(BytesView key) {
  if (key.size() >= 16) return {big_endian(key.data()), big_endian(key.data() + 8)};
  if (key.size() > 8) {
    // The last eight bytes, without those that are in the first.
    const std::uint64_t last = big_endian(key.data() + key.size() - 8);
    return {big_endian(key.data()), last << (8 * (16 - key.size()))};
  }
  std::array<char, 8> bytes{};
  std::memcpy(bytes.data(), key.data(), key.size());
  return {big_endian(bytes.data()), 0};
}

BytesView Rows::tail_of(BytesView key) {
  return key.substr(std::min<std::size_t>(key.size(), 16));
}

// Keys count upwards in their low bits: multiplied, and folded from the top.
std::uint64_t Rows::hash_of(const KeyHead& head, BytesView tail) {
  constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;
  std::uint64_t hash = (head.high * odd) ^ (head.low + odd);
  hash = (hash ^ (hash >> 32)) * odd;
  if (!tail.empty()) hash ^= std::hash<BytesView>{}(tail);
  return hash ^ (hash >> 29);
}

char* Rows::allocate(std::size_t size) {
  if (size > block_bytes / 4) {
    large_.push_back(std::make_unique_for_overwrite<char[]>(size));
    return large_.back().get();
  }
  if (blocks_.empty() || used_ + size > block_bytes) {
    if (!blocks_.empty()) ++block_;
    if (block_ == blocks_.size())
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_bytes));
    used_ = 0;
  }
  char* const out = blocks_[block_].get() + used_;
  used_ += size;
  return out;
}

void Rows::rehash() {
  std::vector<std::uint32_t> placed = std::move(places_);
  places_.assign(std::max<std::size_t>(1024, 2 * placed.size()), 0);
  const std::size_t mask = places_.size() - 1;
  for (const std::uint32_t slot : placed) {
    if (slot == 0) continue;
    const Slot& moved = slots_[slot - 1];
    std::size_t place = hash_of(moved.head, moved.tail()) & mask;
    while (places_[place] != 0) place = (place + 1) & mask;
    places_[place] = slot;
  }
}

Rows::Slot& Rows::fresh_slot(BytesView key, const KeyHead& head, bool appended) {
  RUNUT_CHECK(!key.empty() && key.front() != '\0', "a row's key begins with a letter");
  Slot& fresh = slots_.emplace_back();
  fresh.head = head;
  char* const at = allocate(key.size());
  std::copy(key.begin(), key.end(), at);
  fresh.key = at;
  fresh.key_size = static_cast<std::uint32_t>(key.size());
  fresh.appended = appended;
  bytes_ += key.size();
  return fresh;
}

// The key's slot, made when this is its first write.
Rows::Slot& Rows::slot(BytesView key, bool appended) {
  if (2 * placed_ >= places_.size()) rehash();
  const std::size_t mask = places_.size() - 1;
  const KeyHead head = KeyHead::of(key);
  const BytesView tail = tail_of(key);
  std::size_t place = hash_of(head, tail) & mask;
  for (; places_[place] != 0; place = (place + 1) & mask) {
    Slot& known = slots_[places_[place] - 1];
    if (known.head != head || known.key_size != key.size() || known.tail() != tail) continue;
    RUNUT_CHECK(known.appended == appended, "a row is put or appended to, not both");
    return known;
  }
  Slot& fresh = fresh_slot(key, head, appended);
  ++placed_;
  places_[place] = static_cast<std::uint32_t>(slots_.size());
  return fresh;
}

// Room for `size` bytes of value; what is there stays.
void Rows::grow(Slot& slot, std::size_t size) {
  RUNUT_CHECK(size <= 0x7FFF'FFFF, "a row is too large");
  if (size <= slot.capacity) return;
  const std::size_t capacity = slot.capacity == 0 ? size : 2 * size;
  char* const larger = allocate(capacity);
  std::copy(slot.value, slot.value + slot.size, larger);
  slot.value = larger;
  slot.capacity = static_cast<std::uint32_t>(capacity);
}

void Rows::put(BytesView key, BytesView value) {
  Slot& row = slot(key, false);
  bytes_ += value.size() - row.size;
  row.size = 0;
  grow(row, value.size());
  std::copy(value.begin(), value.end(), row.value);
  row.size = static_cast<std::uint32_t>(value.size());
}

void Rows::add(BytesView key, BytesView value) {
  Slot& row = fresh_slot(key, KeyHead::of(key), false);
  grow(row, value.size());
  std::copy(value.begin(), value.end(), row.value);
  row.size = static_cast<std::uint32_t>(value.size());
  bytes_ += value.size();
}

void Rows::append(BytesView key, BytesView entry) {
  Slot& row = slot(key, true);
  grow(row, row.size + entry.size());
  std::copy(entry.begin(), entry.end(), row.value + row.size);
  row.size += static_cast<std::uint32_t>(entry.size());
  bytes_ += entry.size();
}

std::vector<Rows::Row> Rows::sorted() const {
  struct Place {
    KeyHead head;
    std::uint32_t slot;
  };
  std::vector<Place> places;
  places.reserve(slots_.size());
  for (std::size_t i = 0; i < slots_.size(); ++i)
    places.push_back({slots_[i].head, static_cast<std::uint32_t>(i)});
  std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    if (a.head != b.head) return a.head < b.head;
    // A head is filled up with zeros, so a key may equal the head of a longer one.
    const int compared = slots_[a.slot].key_view().compare(slots_[b.slot].key_view());
    return compared != 0 ? compared < 0 : a.slot < b.slot;
  });
  std::vector<Row> rows;
  rows.reserve(places.size());
  for (const Place& place : places) {
    const Slot& slot = slots_[place.slot];
    // Added twice, which only a history that no writer made can do: the last value, as for a put.
    if (!rows.empty() && rows.back().key == slot.key_view()) rows.pop_back();
    rows.push_back({slot.key_view(), BytesView(slot.value, slot.size), slot.appended});
  }
  return rows;
}

void Rows::clear() {
  slots_.clear();
  placed_ = 0;
  std::fill(places_.begin(), places_.end(), 0);
  large_.clear();
  bytes_ = 0;
  block_ = 0;
  used_ = 0;
}

}  // namespace runut
