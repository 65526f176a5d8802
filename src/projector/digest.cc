#include "projector/digest.h"

#include "base/sha256.h"

namespace runut {

namespace {

// Every key of a row is greater than the position's, and begins with a letter.
constexpr BytesView first_row{"\x01"};
constexpr BytesView behind_rows{"\x7F"};

class RowHash {
 public:
  RowHash() { buffer_.reserve(2 * buffer_bytes); }
  void add(BytesView key, BytesView value) {
    add(key);
    add(value);
    ++out_.rows;
  }
  ViewState::Digest finish() {
    stream_.add(buffer_);
    out_.hash = stream_.finish();
    return out_;
  }

 private:
  static constexpr std::size_t buffer_bytes = 64 * 1024;
  void add(BytesView part) {
    append_u32(buffer_, static_cast<std::uint32_t>(part.size()));
    buffer_.append(part);
    if (buffer_.size() < buffer_bytes) return;
    stream_.add(buffer_);
    buffer_.clear();
  }
  ViewState::Digest out_;
  Sha256Stream stream_;
  Bytes buffer_;
};

}  // namespace

void ViewState::seek_to_first_row() {
  at_.seek(first_row);
}

Result<ViewState::Digest> ViewState::digest() {
  RowHash hash;
  for (seek_to_first_row(); at_.valid(); at_.next()) hash.add(at_.key(), at_.value());
  RUNUT_TRY(at_.status());
  return hash.finish();
}

Result<ViewState::Digest> ViewState::digest_of(const RowReader& rows) {
  RowHash hash;
  RUNUT_TRY(rows.scan(first_row, behind_rows, [&](BytesView key, BytesView value) -> Status {
    hash.add(key, value);
    return {};
  }));
  return hash.finish();
}

Status ViewState::each_difference(ViewState& left, ViewState& right, const VisitDifference& visit) {
  StoreIterator& a = left.at_;
  StoreIterator& b = right.at_;
  left.seek_to_first_row();
  right.seek_to_first_row();
  while (a.valid() || b.valid()) {
    const bool in_a = a.valid() && (!b.valid() || a.key() <= b.key());
    const bool in_b = b.valid() && (!a.valid() || b.key() <= a.key());
    if (!in_a || !in_b || a.value() != b.value()) {
      Difference difference{Bytes(in_a ? a.key() : b.key()), std::nullopt, std::nullopt};
      if (in_a) difference.left = Bytes(a.value());
      if (in_b) difference.right = Bytes(b.value());
      RUNUT_TRY(visit(std::move(difference)));
    }
    if (in_a) a.next();
    if (in_b) b.next();
  }
  RUNUT_TRY(a.status());
  return b.status();
}

}  // namespace runut
