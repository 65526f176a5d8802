// Frames: how events lie in the local store. A frame is a storage unit, never hashed, and may be
// repacked at any time; what is proved are the events in it.
//
//   key    u64  sequence of the first event, big-endian
//   value  u8   1 (version of the frame, not of the envelope)
//          u32  number of events, big-endian
//          then for each event: u16 length, 32 bytes leaf hash, the stored bytes
//
// Small commits share a frame, a large commit spans several; all frames of a commit are written in
// one batch, so a store never holds a part of one.
#pragma once

#include <vector>

#include "log/event_batch.h"

namespace runut {

inline constexpr std::size_t frame_bytes_target = 64 * 1024;

[[nodiscard]] Bytes frame_key(Sequence first);
// Eight bytes are a key; anything else is corrupt.
[[nodiscard]] Result<Sequence> parse_frame_key(BytesView key);

// Collects consecutive events into one frame's value.
class FrameBuilder {
 public:
  FrameBuilder() { clear(); }
  void clear();
  // `bytes` must have at most event_bytes_max bytes.
  void add(BytesView bytes, const Hash256& leaf);
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] bool full() const { return value_.size() >= frame_bytes_target; }
  // Valid until the next add or clear.
  [[nodiscard]] BytesView finish();

 private:
  Bytes value_;
  std::uint32_t count_ = 0;
};

// Appends the frame's events, as views into `value`. corrupt: the structure is broken; what could
// be read before that has been appended. Leaf hashes are not checked here.
[[nodiscard]] Status parse_frame(Sequence first, BytesView value, std::vector<EventView>& events);

}  // namespace runut
