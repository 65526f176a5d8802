#include "log/kafka_place.h"

namespace runut {
namespace {

constexpr std::string_view next_key = "kafka_next";
constexpr std::string_view topic_key = "kafka_topic";
constexpr std::string_view at_prefix = "kafka_at:";

Bytes at_key(Offset offset) {
  Bytes key(at_prefix);
  append_u64(key, static_cast<std::uint64_t>(offset.value));
  return key;
}

}  // namespace

void stage_place(StoreBatch& batch, Family meta, Offset next, Sequence head) {
  Bytes place;
  append_u64(place, static_cast<std::uint64_t>(next.value));
  batch.put(meta, next_key, place);
  Bytes sequence;
  append_u64(sequence, head.value);
  batch.put(meta, at_key(next), sequence);
}

Result<std::optional<Offset>> stored_next(const FrameStore& frames) {
  RUNUT_ASSIGN(const auto place, frames.store()->get(frames.meta(), next_key));
  if (!place) return std::optional<Offset>();
  if (place->size() != 8) return fail(ErrorCode::corrupt, "the place in the topic is not readable");
  return std::optional(Offset{static_cast<std::int64_t>(read_u64(*place))});
}

Sequence sequence_before(const FrameStore& frames, Offset offset) {
  StoreIterator row = frames.store()->iterate(frames.meta());
  row.seek_for_prev(at_key(offset));
  if (!row.valid() || !row.key().starts_with(at_prefix) || row.value().size() != 8)
    return Sequence{0};
  return Sequence{read_u64(row.value())};
}

Status claim_for_topic(const FrameStore& frames, const std::string& topic) {
  RUNUT_ASSIGN(const auto known, frames.store()->get(frames.meta(), topic_key));
  if (known) {
    if (*known == topic) return {};
    return fail(Error{ErrorCode::conflict,
                      {},
                      "topic",
                      topic,
                      "this directory holds a copy of the topic " + *known});
  }
  if (frames.head_at_opening().sequence.value != 0)
    return fail(Error{ErrorCode::conflict,
                      {},
                      "directory",
                      frames.store()->directory(),
                      "this directory holds a log that was written without Kafka; copy it"});
  StoreBatch batch;
  batch.put(frames.meta(), topic_key, topic);
  return frames.store()->write(batch, Durability::synced);
}

Result<bool> is_copy_of_topic(const FrameStore& frames) {
  RUNUT_ASSIGN(const auto known, frames.store()->get(frames.meta(), topic_key));
  return known.has_value();
}

}  // namespace runut
