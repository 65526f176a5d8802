// Where a node's copy stands in its topic, kept in the same batch as the frames (rule R5).
#pragma once

#include "log/frame_store.h"
#include "log/writer_session.h"

namespace runut {

// Notes that everything before `next` gave a history up to `head`.
void stage_place(StoreBatch& batch, Family meta, Offset next, Sequence head);

// The next unread place; none for a store that never saw a topic.
[[nodiscard]] Result<std::optional<Offset>> stored_next(const FrameStore& frames);

// The head that the records before `offset` are known to have given; a lower bound.
[[nodiscard]] Sequence sequence_before(const FrameStore& frames, Offset offset);

// The topic this copy is of: noted at the first opening, compared at every later one.
// conflict: another topic, or a log that was written without Kafka.
[[nodiscard]] Status claim_for_topic(const FrameStore& frames, const std::string& topic);
[[nodiscard]] Result<bool> is_copy_of_topic(const FrameStore& frames);

}  // namespace runut
