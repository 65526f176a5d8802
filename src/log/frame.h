// Frames: how events lie in the local store. A frame is a storage unit, never hashed, and may be
// repacked at any time; what is proved are the events in it.
//
//   key    u64  sequence of the first event, big-endian
//   value  u8   1, plain (versions of the frame, not of the envelope)
//          u32  number of events, big-endian
//          then for each event: u16 length, 32 bytes leaf hash, the stored bytes
//      or  u8   2, compressed
//          u32  size of the plain value, big-endian
//          then one LZ4 block: the plain value
//      or  u8   3, the same with one Zstandard frame
//
// Small commits share a frame, a large commit spans several; all frames of a commit are written in
// one batch, so a store never holds a part of one.
//
// Frames compress themselves, because the store must not: of a damaged block that is not compressed
// everything but the damage can still be read. It also makes the write-ahead log smaller.
#pragma once

#include <vector>

#include "log/event_batch.h"

namespace runut {

inline constexpr std::size_t frame_bytes_target = 64 * 1024;

[[nodiscard]] Bytes frame_key(Sequence first);
// Eight bytes are a key; anything else is corrupt.
[[nodiscard]] Result<Sequence> parse_frame_key(BytesView key);

// quick: LZ4, for the copy of a topic, which is as good as its topic. dense: Zstandard, a sixth
// smaller, for a log that is the only one; of less than 16 KiB by LZ4 as well, but as small as that
// gets. (A previous event's hash costs next to nothing a second time: compressors find it.)
enum class FramePacking : std::uint8_t { quick, dense };

// Collects consecutive events into one frame's value.
class FrameBuilder {
 public:
  FrameBuilder() { clear(); }
  void clear();
  // `bytes` must have at most event_bytes_max bytes.
  void add(BytesView bytes, const Hash256& leaf);
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] bool full() const { return value_.size() >= frame_bytes_target; }
  // The value to store, packed into `room` when that is worth it. Valid until the next add or
  // clear, and as long as `room` is left alone.
  [[nodiscard]] BytesView finish(Bytes& room, FramePacking packing);

 private:
  Bytes value_;
  std::uint32_t count_ = 0;
};

// A stored value as the plain one. corrupt: it cannot be decompressed.
[[nodiscard]] Result<Bytes> unpack_frame(BytesView stored);

// Appends the frame's events, as views into the plain `value`. corrupt: the structure is broken;
// what could be read before that has been appended. Leaf hashes are not checked here.
[[nodiscard]] Status parse_frame(Sequence first, BytesView value, std::vector<EventView>& events);

}  // namespace runut
