// Projector's rebuild: views folded anew beside those that serve.
#include <chrono>

#include "projector/bulk_fold.h"
#include "projector/projector.h"

namespace runut {
namespace {

using SteadyClock = std::chrono::steady_clock;

tl::unexpected<Error> no_projection(std::string_view name) {
  return fail(Error{ErrorCode::not_found,
                    {},
                    "projection",
                    std::string(name),
                    "there is no projection of this name"});
}

}  // namespace

Result<std::vector<Rebuilt>> Projector::rebuild(const std::vector<std::string>& projections,
                                                const RebuildOptions& options) {
  const std::lock_guard one(rebuilding_);
  const auto begin = SteadyClock::now();
  std::vector<Track*> live;
  std::vector<std::unique_ptr<Track>> rebuilt;
  std::vector<Track*> anew;
  for (const std::string& name : projections) {
    Track* const track = find(name);
    if (track == nullptr) return no_projection(name);
    live.push_back(track);
  }
  for (const Track* track : live) {
    rebuilt.push_back(std::make_unique<Track>(Track{track->projection, nullptr, {}}));
    anew.push_back(rebuilt.back().get());
  }
  const GiveViews give_views = [&]() -> Status {
    RUNUT_ASSIGN(const std::vector<ViewPtr> candidates, views_->create_candidates(projections));
    for (std::size_t i = 0; i < anew.size(); ++i) anew[i]->view = candidates[i];
    return {};
  };
  RUNUT_TRY(
      BulkFold(*store_, log_, options_.bulk).run(anew, position(), options.progress, give_views));

  // Both at one event, for the moment that it takes to note what they hold.
  std::vector<ViewState> old_states;
  std::vector<ViewState> new_states;
  std::vector<Sequence> compared_at;
  FoldPass pass(*store_, log_, options_.limits);
  {
    const std::lock_guard lock(folding_);
    for (std::size_t i = 0; i < live.size(); ++i) {
      compared_at.push_back(live[i]->position.sequence);
      RUNUT_TRY(pass.run({&anew[i], 1}, compared_at.back(), options.progress));
      old_states.emplace_back(live[i]->view);
      new_states.emplace_back(anew[i]->view);
    }
  }
  const std::chrono::duration<double> elapsed = SteadyClock::now() - begin;

  std::vector<Rebuilt> results;
  for (std::size_t i = 0; i < live.size(); ++i) {
    RUNUT_ASSIGN(Rebuilt result,
                 compare(live[i]->projection.name, old_states[i], new_states[i], options));
    result.events = compared_at[i].value;
    result.seconds = elapsed.count();
    results.push_back(std::move(result));
  }
  old_states.clear();
  new_states.clear();
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (results[i].old_damage.empty() && results[i].digest_old != results[i].digest_new) continue;
    RUNUT_TRY(promote_locked(*live[i], *anew[i], pass));
    results[i].promoted = true;
  }
  return results;
}

Result<Rebuilt> Projector::compare(std::string_view projection, ViewState& old_state,
                                   ViewState& new_state, const RebuildOptions& options) const {
  Rebuilt result;
  result.projection = projection;
  RUNUT_ASSIGN(const ViewState::Digest new_digest, new_state.digest());
  result.rows = new_digest.rows;
  result.digest_new = new_digest.hash;
  const auto old_digest = old_state.digest();
  if (!old_digest) {
    if (old_digest.error().code != ErrorCode::corrupt) return fail(old_digest.error());
    result.old_damage = old_digest.error().message;
    return result;
  }
  result.digest_old = old_digest->hash;
  if (result.digest_old != result.digest_new)
    RUNUT_TRY(ViewState::each_difference(
        old_state, new_state, [&](const ViewState::Difference& difference) -> Status {
          ++result.differences;
          return options.difference ? options.difference(projection, difference) : Status{};
        }));
  return result;
}

// The rebuilt view catches up with the live one and takes its place; takes folding_.
Status Projector::promote_locked(Track& live, Track& rebuilt, FoldPass& pass) {
  Track* const anew = &rebuilt;
  const std::lock_guard lock(folding_);
  RUNUT_TRY(pass.run({&anew, 1}, live.position.sequence));
  RUNUT_TRY(views_->promote(live.projection.name));
  live.view = rebuilt.view;
  live.position = rebuilt.position;
  return {};
}

Status Projector::promote(std::string_view projection) {
  const std::lock_guard one(rebuilding_);
  Track* const live = find(projection);
  if (live == nullptr) return no_projection(projection);
  RUNUT_ASSIGN(const ViewPtr candidate, views_->candidate(projection));
  if (!candidate)
    return fail(Error{ErrorCode::not_found,
                      {},
                      "projection",
                      std::string(projection),
                      "there is no rebuilt view to promote"});
  RUNUT_ASSIGN(const ViewPosition position, read_position(*candidate));
  Track rebuilt{live->projection, candidate, position};
  RUNUT_TRY(check_position(rebuilt));
  FoldPass pass(*store_, log_, options_.limits);
  return promote_locked(*live, rebuilt, pass);
}

Status Projector::discard(std::string_view projection) {
  const std::lock_guard one(rebuilding_);
  return views_->discard_candidate(projection);
}

}  // namespace runut
