#include "projector/digest.h"

#include "base/sha256.h"

namespace runut {

// Every key of a row is greater than the position's.
void ViewState::seek_to_first_row() {
  at_.seek("\x01");
}

Result<ViewState::Digest> ViewState::digest() {
  constexpr std::size_t buffer_bytes = 64 * 1024;
  Digest out;
  Sha256Stream stream;
  Bytes buffer;
  buffer.reserve(2 * buffer_bytes);
  const auto add = [&](BytesView part) {
    append_u32(buffer, static_cast<std::uint32_t>(part.size()));
    buffer.append(part);
    if (buffer.size() < buffer_bytes) return;
    stream.add(buffer);
    buffer.clear();
  };
  for (seek_to_first_row(); at_.valid(); at_.next()) {
    add(at_.key());
    add(at_.value());
    ++out.rows;
  }
  RUNUT_TRY(at_.status());
  stream.add(buffer);
  out.hash = stream.finish();
  return out;
}

Result<std::vector<ViewState::Difference>> ViewState::differences(ViewState& left, ViewState& right,
                                                                  std::size_t most) {
  std::vector<Difference> out;
  StoreIterator& a = left.at_;
  StoreIterator& b = right.at_;
  left.seek_to_first_row();
  right.seek_to_first_row();
  while (out.size() < most && (a.valid() || b.valid())) {
    const bool in_a = a.valid() && (!b.valid() || a.key() <= b.key());
    const bool in_b = b.valid() && (!a.valid() || b.key() <= a.key());
    if (!in_a || !in_b || a.value() != b.value()) {
      Difference difference{Bytes(in_a ? a.key() : b.key()), std::nullopt, std::nullopt};
      if (in_a) difference.left = Bytes(a.value());
      if (in_b) difference.right = Bytes(b.value());
      out.push_back(std::move(difference));
    }
    if (in_a) a.next();
    if (in_b) b.next();
  }
  RUNUT_TRY(a.status());
  RUNUT_TRY(b.status());
  return out;
}

}  // namespace runut
