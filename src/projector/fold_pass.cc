#include "projector/fold_pass.h"

#include <algorithm>

#include "codec/envelope_codec.h"

namespace runut {
namespace {

// The sealed text leaves the event, so that no fold can keep it; its bytes are encoded anew only
// where there was one.
Status make_lean(Event& event, BytesView stored, Bytes& scratch, BytesView& lean) {
  lean = stored;
  if (event.sealed.empty()) return {};
  event.sealed.clear();
  RUNUT_ASSIGN(scratch, encode_event(event));
  lean = scratch;
  return {};
}

Error with_sequence(Error error, Sequence sequence) {
  error.message += " (event " + std::to_string(sequence.value) + ")";
  return error;
}

}  // namespace

Status FoldPass::read_offset() {
  if (utc_offset_minutes_) return {};
  RUNUT_ASSIGN(const EventBatch first, log_.read(Sequence{1}, {.events = 1, .bytes = 1}));
  if (first.empty()) return fail(ErrorCode::internal, "nothing to fold in an empty log");
  RUNUT_ASSIGN(const Event event, decode_event(first.events.front().bytes));
  const auto* founded = std::get_if<AgencyFounded>(&event.payload);
  if (founded == nullptr)
    return fail(Error{
        ErrorCode::corrupt, {}, "sequence", "1", "the first event of a ledger is AgencyFounded"});
  utc_offset_minutes_ = founded->utc_offset_minutes;
  return {};
}

Status FoldPass::fold_batch(std::span<Track* const> tracks, Sequence until) {
  const ViewPosition from = tracks.front()->position;
  RUNUT_TRY(read_offset());
  const std::size_t wanted =
      std::min<std::uint64_t>(limits_.events, until.value - from.sequence.value);
  RUNUT_ASSIGN(const EventBatch events,
               log_.read(next(from.sequence), {.events = wanted, .bytes = limits_.bytes}));
  if (events.empty())
    return fail(Error{ErrorCode::corrupt,
                      {},
                      "sequence",
                      std::to_string(from.sequence.value + 1),
                      "the log ends before this event"});

  std::vector<std::unique_ptr<ViewRows>> committed;
  std::vector<std::unique_ptr<Rows>> rows;
  for (const Track* track : tracks) {
    committed.push_back(std::make_unique<ViewRows>(track->view));
    rows.push_back(std::make_unique<Rows>(committed.back().get()));
  }
  Bytes scratch;
  for (const EventView& stored : events.events) {
    Result<Event> event = decode_event(stored.bytes);
    if (!event) return fail(with_sequence(std::move(event).error(), stored.sequence));
    BytesView lean;
    RUNUT_TRY(make_lean(*event, stored.bytes, scratch, lean));
    const FoldInput input{*event, stored.leaf, lean, *utc_offset_minutes_};
    for (std::size_t i = 0; i < tracks.size(); ++i)
      if (const Status folded = tracks[i]->projection.fold(input, *rows[i]); !folded)
        return fail(with_sequence(folded.error(), stored.sequence));
  }

  const ViewPosition reached{events.events.back().sequence, events.events.back().leaf};
  const Bytes position = encode(reached);
  batch_.clear();
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const Family family = tracks[i]->view->family();
    for (const Rows::Row& row : rows[i]->sorted()) {
      if (row.value)
        batch_.put(family, row.key, *row.value);
      else
        batch_.erase(family, row.key);
    }
    batch_.put(family, view_position_key, position);
  }
  RUNUT_TRY(store_.write(batch_, Durability::buffered));
  for (Track* track : tracks) track->position = reached;
  return {};
}

Result<bool> FoldPass::step(std::span<Track* const> tracks, Sequence until) {
  std::vector<Track*> behind;
  Sequence lowest = until;
  for (const Track* track : tracks) lowest = std::min(lowest, track->position.sequence);
  for (Track* track : tracks) {
    const Sequence at = track->position.sequence;
    if (at > lowest)
      until = std::min(until, at);
    else if (at < until)
      behind.push_back(track);
  }
  if (behind.empty()) return false;
  RUNUT_TRY(fold_batch(behind, until));
  return true;
}

Status FoldPass::run(std::span<Track* const> tracks, Sequence until, const FoldProgress& progress) {
  for (;;) {
    RUNUT_ASSIGN(const bool moved, step(tracks, until));
    if (!moved) return {};
    Sequence lowest = until;
    for (const Track* track : tracks) lowest = std::min(lowest, track->position.sequence);
    if (progress) progress(lowest, until);
  }
}

}  // namespace runut
