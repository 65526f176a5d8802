#include "projector/folding.h"

#include <algorithm>

#include "codec/envelope_codec.h"

namespace runut {
namespace {

// What is unpacked at once: little enough to be decoded before it leaves the processor's cache.
constexpr ReadLimits one_read{.events = 4'096, .bytes = 1 << 20};

Error with_sequence(Error error, Sequence sequence) {
  error.message += " (event " + std::to_string(sequence.value) + ")";
  return error;
}

}  // namespace

Result<int> read_utc_offset(const EventLog& log) {
  RUNUT_ASSIGN(const EventBatch first, log.read(Sequence{1}, {.events = 1, .bytes = 1}));
  if (first.empty()) return fail(ErrorCode::internal, "nothing to fold in an empty log");
  RUNUT_ASSIGN(const Event event, decode_event(first.events.front().bytes));
  const auto* founded = std::get_if<AgencyFounded>(&event.payload);
  if (founded == nullptr)
    return fail(Error{
        ErrorCode::corrupt, {}, "sequence", "1", "the first event of a ledger is AgencyFounded"});
  return founded->utc_offset_minutes;
}

Result<ViewPosition> Folding::add(const std::vector<Projection>& projections, Sequence first,
                                  ReadLimits limits) {
  RUNUT_ASSIGN(const EventBatch events, log_.read(first, limits));
  if (events.empty())
    return fail(Error{ErrorCode::corrupt,
                      {},
                      "sequence",
                      std::to_string(first.value),
                      "the log ends before this event"});
  for (const EventView& stored : events.events) {
    Result<Event> event = decode_event(stored.bytes);
    if (!event) return fail(with_sequence(std::move(event).error(), stored.sequence));
    if (takes_ && !takes_(*event)) continue;
    event->sealed.clear();  // no fold can keep it
    const FoldInput input{*event, stored.leaf, utc_offset_minutes_};
    for (std::size_t i = 0; i < projections.size(); ++i) {
      if (!projections[i].folds(*event)) continue;
      if (const Status folded = projections[i].fold(input, rows_[i]); !folded)
        return fail(with_sequence(folded.error(), stored.sequence));
    }
  }
  return ViewPosition{events.events.back().sequence, events.events.back().leaf};
}

Result<ViewPosition> Folding::fold(const std::vector<Projection>& projections, Sequence first,
                                   Sequence last, const FoldProgress& progress,
                                   std::size_t rows_bytes_max) {
  while (rows_.size() < projections.size()) rows_.emplace_back();
  for (Rows& rows : rows_) rows.clear();
  ViewPosition reached;
  std::size_t bytes = 0;
  while (first <= last && bytes < rows_bytes_max) {
    ReadLimits limits = one_read;
    limits.events = std::min<std::uint64_t>(limits.events, last.value - first.value + 1);
    RUNUT_ASSIGN(reached, add(projections, first, limits));
    first = next(reached.sequence);
    if (progress) progress(reached.sequence, last);
    bytes = 0;
    for (const Rows& rows : rows_) bytes += rows.bytes();
  }
  return reached;
}

}  // namespace runut
