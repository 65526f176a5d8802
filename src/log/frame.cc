#include "log/frame.h"

#include <lz4.h>

#include <algorithm>

namespace runut {
namespace {
constexpr char plain_version = 1;
constexpr char compressed_version = 2;
// A frame is full at its target and then holds one more event at most.
constexpr std::size_t plain_bytes_max = frame_bytes_target + event_bytes_max + 1024;
constexpr std::size_t prefix_size = 1 + 4;
// Sealed text cannot be compressed: passing it quickly costs two per cent of size and saves half of
// the time.
constexpr int lz4_acceleration = 8;
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
  value_.reserve(frame_bytes_target + event_bytes_max / 16);
  value_.assign(1, plain_version);
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

BytesView FrameBuilder::finish(Bytes& room) {
  Bytes count;
  append_u32(count, count_);
  value_.replace(1, count.size(), count);

  const int plain = static_cast<int>(value_.size());
  Bytes prefix(1, compressed_version);
  append_u32(prefix, static_cast<std::uint32_t>(plain));
  const int bound = LZ4_compressBound(plain);
  room.resize(std::max(room.size(), prefix_size + static_cast<std::size_t>(bound)));
  room.replace(0, prefix_size, prefix);
  const int packed =
      LZ4_compress_fast(value_.data(), room.data() + prefix_size, plain, bound, lz4_acceleration);
  if (packed <= 0 || packed > plain - plain / 8) return value_;
  return BytesView(room).substr(0, prefix_size + static_cast<std::size_t>(packed));
}

Result<Bytes> unpack_frame(BytesView stored) {
  if (stored.empty() || stored[0] != compressed_version) return Bytes(stored);
  if (stored.size() < prefix_size) return fail(ErrorCode::corrupt, "a frame ends in its prefix");
  const std::uint32_t plain = read_u32(stored.substr(1));
  if (plain > plain_bytes_max) return fail(ErrorCode::corrupt, "a frame's size is too large");
  stored.remove_prefix(prefix_size);
  Bytes value(plain, '\0');
  const int unpacked = LZ4_decompress_safe(
      stored.data(), value.data(), static_cast<int>(stored.size()), static_cast<int>(value.size()));
  if (unpacked < 0 || static_cast<std::uint32_t>(unpacked) != plain)
    return fail(ErrorCode::corrupt, "a frame cannot be decompressed");
  return value;
}

Status parse_frame(Sequence first, BytesView value, std::vector<EventView>& events) {
  if (value.size() < prefix_size || value[0] != plain_version)
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
