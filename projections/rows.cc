#include "projections/rows.h"

#include <algorithm>

namespace runut {
namespace {

constexpr std::size_t block_bytes = 256 * 1024;

std::uint64_t head_of(BytesView key) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < 8; ++i)
    head = head << 8 | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0U);
  return head;
}

}  // namespace

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

Rows::Row Rows::Write::row() const {
  if (erased) return {key_view(), std::nullopt};
  return {key_view(), BytesView(key + key_size, value_size)};
}

char* Rows::allocate(std::size_t size) {
  if (size > block_bytes) {
    large_.push_back(std::make_unique<char[]>(size));
    return large_.back().get();
  }
  if (blocks_.empty() || used_ + size > block_bytes) {
    if (!blocks_.empty()) ++block_;
    if (block_ == blocks_.size()) blocks_.push_back(std::make_unique<char[]>(block_bytes));
    used_ = 0;
  }
  char* const out = blocks_[block_].get() + used_;
  used_ += size;
  return out;
}

Rows::Write& Rows::add(BytesView key, std::size_t value_size) {
  RUNUT_CHECK(!key.empty() && key.front() != '\0', "a row's key begins with a letter");
  char* const at = allocate(key.size() + value_size);
  std::copy(key.begin(), key.end(), at);
  bytes_ += key.size() + value_size;
  return writes_.emplace_back(Write{head_of(key), at, static_cast<std::uint32_t>(key.size()),
                                    static_cast<std::uint32_t>(value_size), false,
                                    static_cast<std::uint32_t>(writes_.size())});
}

void Rows::put(BytesView key, std::initializer_list<BytesView> value) {
  std::size_t size = 0;
  for (const BytesView part : value) size += part.size();
  const Write& write = add(key, size);
  char* at = const_cast<char*>(write.key) + write.key_size;
  for (const BytesView part : value) at = std::copy(part.begin(), part.end(), at);
}

void Rows::erase(BytesView key) {
  add(key, 0).erased = true;
}

Result<std::optional<Bytes>> Rows::get(BytesView key) {
  for (; indexed_ < writes_.size(); ++indexed_)
    last_.insert_or_assign(writes_[indexed_].key_view(), indexed_);
  if (const auto found = last_.find(key); found != last_.end()) {
    const Row row = writes_[found->second].row();
    return row.value ? std::optional<Bytes>(*row.value) : std::nullopt;
  }
  if (committed_ == nullptr) return std::optional<Bytes>();
  return committed_->get(key);
}

std::vector<Rows::Row> Rows::sorted() {
  // `last_` names places in writes_, so a sorted copy would do; but nobody asks again before clear.
  last_.clear();
  indexed_ = 0;
  std::sort(writes_.begin(), writes_.end(), [](const Write& a, const Write& b) {
    if (a.head != b.head) return a.head < b.head;
    const int compared = a.key_view().compare(b.key_view());
    return compared != 0 ? compared < 0 : a.order < b.order;
  });
  std::vector<Row> rows;
  rows.reserve(writes_.size());
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    const bool last = i + 1 == writes_.size() || writes_[i].head != writes_[i + 1].head ||
                      writes_[i].key_view() != writes_[i + 1].key_view();
    if (last) rows.push_back(writes_[i].row());
  }
  return rows;
}

void Rows::clear() {
  writes_.clear();
  last_.clear();
  large_.clear();
  indexed_ = 0;
  bytes_ = 0;
  block_ = 0;
  used_ = 0;
}

}  // namespace runut
