#include "log/frame.h"

#include <lz4.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace runut {
namespace {
constexpr char plain_version = 1;
constexpr char quick_version = 2;
constexpr char dense_version = 3;
// A frame is full at its target and then holds one more event at most.
constexpr std::size_t plain_bytes_max = frame_bytes_target + event_bytes_max + 1024;
constexpr std::size_t prefix_size = 1 + 4;
// Sealed text cannot be compressed: passing it quickly costs two per cent of size and saves half of
// the time.
constexpr int lz4_acceleration = 8;
// What is smaller came alone, a few events a write, and whoever sent them waits: LZ4 in earnest. Of
// one event it makes what Zstandard makes of it in a third of the time (0.5 us), of twelve a tenth
// more in two fifths of it (0.3 us an event).
constexpr std::size_t dense_bytes_min = 16 * 1024;
constexpr int small_acceleration = 1;
// The slowest of the quick levels: the next one costs half as much again for 0.2 % of the size.
constexpr int zstd_level = -1;
constexpr std::size_t event_prefix_size = 2 + Hash256::size;

// Contexts are large and may be used again, by one thread at a time.
ZSTD_CCtx* compressing() {
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                                  &ZSTD_freeCCtx);
  return context.get();
}
ZSTD_DCtx* decompressing() {
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                                  &ZSTD_freeDCtx);
  return context.get();
}

std::size_t room_for(FramePacking packing, std::size_t plain) {
  return packing == FramePacking::dense
             ? ZSTD_compressBound(plain)
             : static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(plain)));
}

// How many bytes it wrote; 0 when it could not.
std::size_t pack(FramePacking packing, int acceleration, BytesView plain, char* out,
                 std::size_t room) {
  if (packing == FramePacking::dense) {
    const std::size_t packed =
        ZSTD_compressCCtx(compressing(), out, room, plain.data(), plain.size(), zstd_level);
    return ZSTD_isError(packed) != 0 ? 0 : packed;
  }
  const int packed = LZ4_compress_fast(plain.data(), out, static_cast<int>(plain.size()),
                                       static_cast<int>(room), acceleration);
  return packed <= 0 ? 0 : static_cast<std::size_t>(packed);
}

// Whether `packed` fills `plain` exactly.
bool unpack(char version, BytesView packed, Bytes& plain) {
  if (version == dense_version)
    return ZSTD_decompressDCtx(decompressing(), plain.data(), plain.size(), packed.data(),
                               packed.size()) == plain.size();
  const int unpacked = LZ4_decompress_safe(
      packed.data(), plain.data(), static_cast<int>(packed.size()), static_cast<int>(plain.size()));
  return unpacked >= 0 && static_cast<std::size_t>(unpacked) == plain.size();
}
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

BytesView FrameBuilder::finish(Bytes& room, FramePacking packing) {
  Bytes count;
  append_u32(count, count_);
  value_.replace(1, count.size(), count);
  int acceleration = lz4_acceleration;
  if (packing == FramePacking::dense && value_.size() < dense_bytes_min) {
    packing = FramePacking::quick;
    acceleration = small_acceleration;
  }

  Bytes prefix(1, packing == FramePacking::dense ? dense_version : quick_version);
  append_u32(prefix, static_cast<std::uint32_t>(value_.size()));
  const std::size_t bound = room_for(packing, value_.size());
  room.resize(std::max(room.size(), prefix_size + bound));
  room.replace(0, prefix_size, prefix);
  const std::size_t packed = pack(packing, acceleration, value_, room.data() + prefix_size, bound);
  if (packed == 0 || packed > value_.size() - value_.size() / 8) return value_;
  return BytesView(room).substr(0, prefix_size + packed);
}

Result<Bytes> unpack_frame(BytesView stored) {
  if (stored.empty() || (stored[0] != quick_version && stored[0] != dense_version))
    return Bytes(stored);
  if (stored.size() < prefix_size) return fail(ErrorCode::corrupt, "a frame ends in its prefix");
  const std::uint32_t plain = read_u32(stored.substr(1));
  if (plain > plain_bytes_max) return fail(ErrorCode::corrupt, "a frame's size is too large");
  Bytes value(plain, '\0');
  if (!unpack(stored[0], stored.substr(prefix_size), value))
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
