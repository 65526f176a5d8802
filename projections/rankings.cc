#include "projections/rankings.h"

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::rankings {
namespace {

Key period_key(char space, Period period) {
  Key key(space);
  key.period(period);
  return key;
}
Key group_key(char space, Period period, BytesView group) {
  return period_key(space, period).text(group);
}

struct Freezing {
  Sequence commit;
  RUNUT_FIELDS(Freezing, commit)
};

struct Folder {
  const FoldInput& input;
  Rows& rows;
  const Event& event = input.event;

  void operator()(const RankingGroupFrozen& e) {
    put_row(rows, period_key('z', e.period), Freezing{event.commit()});
    put_row(rows, group_key('f', e.period, e.group),
            FrozenGroup{e.period, e.group, e.members, event.sequence});
  }
  void operator()(const RankingGroupMember& e) {
    put_row(rows, period_key('p', e.period).person(e.person),
            FrozenMember{e.person, e.group, e.unit, e.job_class, e.appraiser, e.unranked,
                         event.sequence});
  }
  void operator()(const RankingPublished& e) {
    put_row(rows, group_key('g', e.period, e.group),
            PublishedGroup{e.period, e.group, e.members, e.above, e.below, e.cutoff_above,
                           e.cutoff_below, e.computed_at, e.computation_version, event.regulation,
                           event.sequence});
  }
  void operator()(const RankingMemberPlaced& e) {
    put_row(rows, group_key('m', e.period, e.group).u32(e.rank).person(e.person),
            PlacedMember{e.person, e.unit, e.score, e.result, e.behaviour, e.discipline, e.rank,
                         e.tier, event.sequence});
  }
  void operator()(const TieAtCutoffFound& e) {
    put_row(rows, group_key('t', e.period, e.group).name(e.cutoff).sequence(event.sequence),
            TieEntry{e.period, e.group, e.cutoff, false, e.members, e.places, event.sequence});
  }
  void operator()(const TieResolved& e) {
    put_row(rows, group_key('t', e.period, e.group).name(e.cutoff).sequence(event.sequence),
            TieEntry{e.period, e.group, e.cutoff, true, e.chosen, 0, event.sequence});
  }
};

// Rows of groups that were frozen anew later stay in the store, not in the ranking.
Result<Sequence> last_freezing(const RowReader& rows, Period period) {
  RUNUT_ASSIGN(const auto freezing, one_row<Freezing>(rows, period_key('z', period)));
  return freezing ? freezing->commit : Sequence{};
}

template <Record R>
Result<std::vector<R>> collect(const RowReader& rows, BytesView prefix) {
  std::vector<R> out;
  RUNUT_TRY(each_row<R>(rows, prefix, [&](KeyCursor, R row) { out.push_back(std::move(row)); }));
  return out;
}

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::vector<FrozenGroup>> frozen_groups(const RowReader& rows, Period period) {
  RUNUT_ASSIGN(std::vector<FrozenGroup> all, collect<FrozenGroup>(rows, period_key('f', period)));
  RUNUT_ASSIGN(const Sequence last, last_freezing(rows, period));
  std::erase_if(all, [&](const FrozenGroup& group) { return group.sequence < last; });
  return all;
}
Result<std::vector<PublishedGroup>> published_groups(const RowReader& rows, Period period) {
  return collect<PublishedGroup>(rows, period_key('g', period));
}

Result<std::vector<PlacedMember>> members_of(const RowReader& rows, const PublishedGroup& group) {
  RUNUT_ASSIGN(std::vector<PlacedMember> all,
               collect<PlacedMember>(rows, group_key('m', group.period, group.group)));
  // The members follow their header. Places of an earlier publication of the same group stay in the
  // log, not in the ranking.
  std::erase_if(all, [&](const PlacedMember& member) { return member.sequence < group.sequence; });
  return all;
}

Result<std::vector<FrozenMember>> frozen_members(const RowReader& rows, Period period) {
  RUNUT_ASSIGN(std::vector<FrozenMember> all, collect<FrozenMember>(rows, period_key('p', period)));
  RUNUT_ASSIGN(const Sequence last, last_freezing(rows, period));
  std::erase_if(all, [&](const FrozenMember& member) { return member.sequence < last; });
  return all;
}
Result<std::optional<FrozenMember>> frozen_member(const RowReader& rows, Period period,
                                                  PersonId person) {
  RUNUT_ASSIGN(auto member, one_row<FrozenMember>(rows, period_key('p', period).person(person)));
  RUNUT_ASSIGN(const Sequence last, last_freezing(rows, period));
  if (member && member->sequence < last) member.reset();
  return member;
}
Result<std::vector<TieEntry>> ties_of(const RowReader& rows, Period period) {
  RUNUT_ASSIGN(std::vector<TieEntry> all, collect<TieEntry>(rows, period_key('t', period)));
  RUNUT_ASSIGN(const Sequence last, last_freezing(rows, period));
  std::erase_if(all, [&](const TieEntry& tie) { return tie.sequence < last; });
  return all;
}

}  // namespace runut::rankings
