#include "log/frame.h"

namespace runut {
namespace {
constexpr char frame_version = 1;
constexpr std::size_t prefix_size = 1 + 4;
constexpr std::size_t event_prefix_size = 2 + Hash256::size;
}  // namespace

Bytes frame_key(Sequence first) {
  Bytes key;
  append_u64(key, first.value);
  return key;
}

Result<Sequence> parse_frame_key(BytesView key) {
  if (key.size() != 8) return fail(ErrorCode::corrupt, "a frame's key does not have eight bytes");
  return Sequence{read_u64(key)};
}

void FrameBuilder::clear() {
  value_.assign(1, frame_version);
  append_u32(value_, 0);
  count_ = 0;
}

void FrameBuilder::add(BytesView bytes, const Hash256& leaf) {
  RUNUT_CHECK(bytes.size() <= event_bytes_max, "an event is larger than a frame can say");
  append_u16(value_, static_cast<std::uint16_t>(bytes.size()));
  value_.append(leaf.view());
  value_.append(bytes);
  count_ += 1;
}

BytesView FrameBuilder::finish() {
  Bytes count;
  append_u32(count, count_);
  value_.replace(1, count.size(), count);
  return value_;
}

Status parse_frame(Sequence first, BytesView value, std::vector<EventView>& events) {
  if (value.size() < prefix_size || value[0] != frame_version)
    return fail(ErrorCode::corrupt, "a frame has an unknown beginning");
  const std::uint32_t count = read_u32(value.substr(1));
  value.remove_prefix(prefix_size);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (value.size() < event_prefix_size)
      return fail(ErrorCode::corrupt, "a frame ends within an event's prefix");
    const std::size_t length = read_u16(value);
    const Hash256 leaf = Hash256::from(value.substr(2, Hash256::size));
    value.remove_prefix(event_prefix_size);
    if (value.size() < length) return fail(ErrorCode::corrupt, "a frame ends within an event");
    events.push_back({Sequence{first.value + i}, value.substr(0, length), leaf});
    value.remove_prefix(length);
  }
  if (!value.empty()) return fail(ErrorCode::corrupt, "a frame has bytes behind its last event");
  return {};
}

}  // namespace runut
