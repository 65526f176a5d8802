#include "projector/fold_pass.h"

#include <algorithm>

namespace runut {

void stage(StoreBatch& batch, const View& view, const Rows& rows, BytesView position) {
  const Family family = view.family();
  for (const Rows::Row& row : rows.sorted()) {
    if (row.appended)
      batch.append(family, row.key, row.value);
    else
      batch.put(family, row.key, row.value);
  }
  batch.put(family, view_position_key, position);
}

Status FoldPass::fold_batch(std::span<Track* const> tracks, Sequence until) {
  const Sequence from = tracks.front()->position.sequence;
  if (!folding_) {
    RUNUT_ASSIGN(const int utc_offset_minutes, read_utc_offset(log_));
    folding_.emplace(log_, utc_offset_minutes);
  }
  std::vector<Projection> projections;
  for (const Track* track : tracks) projections.push_back(track->projection);
  const Sequence last{std::min(until.value, from.value + limits_.events)};
  RUNUT_ASSIGN(const ViewPosition reached,
               folding_->fold(projections, next(from), last, {}, limits_.bytes));
  const Bytes position = encode(reached);
  batch_.clear();
  for (std::size_t i = 0; i < tracks.size(); ++i)
    stage(batch_, *tracks[i]->view, folding_->rows(i), position);
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
