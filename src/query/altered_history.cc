#include "query/altered_history.h"

#include "domain/named_sequences.h"

namespace runut {

Event widened(Event recorded) {
  each_named_sequence(recorded, [](Sequence& sequence) { sequence = wide(sequence); });
  return recorded;
}
Event narrowed(Event wide) {
  each_named_sequence(wide, [](Sequence& sequence) { sequence = narrow(sequence); });
  return wide;
}
Payload narrowed(Payload wide) {
  each_named_sequence(wide, [](Sequence& sequence) { sequence = narrow(sequence); });
  return wide;
}

void AlteredHistory::place(const Event& event) {
  for (const Touch& touch : touches(event, utc_offset_minutes_)) placed_[touch].push_back(event);
}

Status AlteredHistory::each(const Subject& subject, std::optional<Month> month, Sequence until,
                            const Visit& visit) const {
  const auto found = placed_.find({subject, month});
  const std::vector<Event> none;
  const std::vector<Event>& placed = found == placed_.end() ? none : found->second;
  auto next_placed = placed.begin();
  const auto visit_placed_before = [&](Sequence sequence) -> Status {
    for (; next_placed != placed.end() && next_placed->sequence < sequence; ++next_placed)
      RUNUT_TRY(visit(*next_placed, Hash256{}));
    return {};
  };
  const auto visit_recorded = [&](const Event& recorded, const Hash256& leaf) -> Status {
    if (left_out_.contains(recorded.sequence)) return {};
    const Event event = widened(recorded);
    RUNUT_TRY(visit_placed_before(event.sequence));
    return visit(event, leaf);
  };
  RUNUT_TRY(recorded_.each(subject, month, narrow(until), visit_recorded));
  return visit_placed_before(next(until));
}

}  // namespace runut
