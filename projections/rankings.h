// Rankings as they were frozen and published: everything that `runut rankings --csv` shows.
//
//   'f' period(3) group              frozen: the members' number (RankingGroupFrozen)
//   'g' period(3) group              published: counts, cut-offs (RankingPublished)
//   'm' period(3) group rank(4) person(8)   a member's place (RankingMemberPlaced)
//   'p' period(3) person(8)          where the person was frozen into, or why not
//   'z' period(3)                    the commit that froze the groups last
//   't' period(3) group cutoff(1) sequence(8)   a tie that was found, or its resolution
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::rankings {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"rankings", 3, &fold, &events};

// A group's publication. The rows of one group are of its last publication.
struct PublishedGroup {
  Period period;
  std::string group;
  std::uint32_t members = 0;
  std::uint32_t above = 0;
  std::uint32_t below = 0;
  std::optional<Score> cutoff_above;
  std::optional<Score> cutoff_below;
  Sequence computed_at;
  std::uint32_t computation_version = 0;
  std::optional<Sequence> regulation;  // the document that ranked
  Sequence sequence;
  RUNUT_FIELDS(PublishedGroup, period, group, members, above, below, cutoff_above, cutoff_below,
               computed_at, computation_version, regulation, sequence)
};

struct PlacedMember {
  PersonId person;
  UnitId unit;
  Score score;
  Score result;
  Score behaviour;
  BasisPoints discipline;
  std::uint32_t rank = 0;
  Tier tier{};
  Sequence sequence;
  RUNUT_FIELDS(PlacedMember, person, unit, score, result, behaviour, discipline, rank, tier,
               sequence)
};

// How a person stood when the groups of the period were frozen.
struct FrozenMember {
  PersonId person;
  std::string group;  // empty when unranked
  std::optional<UnitId> unit;
  std::uint32_t job_class = 0;
  std::optional<PersonId> appraiser;
  std::optional<UnrankedReason> unranked;
  Sequence sequence;
  RUNUT_FIELDS(FrozenMember, person, group, unit, job_class, appraiser, unranked, sequence)
};

struct FrozenGroup {
  Period period;
  std::string group;
  std::uint32_t members = 0;
  Sequence sequence;
  RUNUT_FIELDS(FrozenGroup, period, group, members, sequence)
};

struct TieEntry {
  Period period;
  std::string group;
  Cutoff cutoff{};
  bool resolved = false;          // a TieResolved event
  std::vector<PersonId> members;  // tied, or of a resolution the chosen
  std::uint32_t places = 0;       // of a tie that was found
  Sequence sequence;
  RUNUT_FIELDS(TieEntry, period, group, cutoff, resolved, members, places, sequence)
};

// By group's name.
[[nodiscard]] Result<std::vector<FrozenGroup>> frozen_groups(const RowReader& rows, Period period);
[[nodiscard]] Result<std::vector<PublishedGroup>> published_groups(const RowReader& rows,
                                                                   Period period);
// By rank, of one rank by person.
[[nodiscard]] Result<std::vector<PlacedMember>> members_of(const RowReader& rows,
                                                           const PublishedGroup& group);
// Everybody of the period, ranked or not, by person.
[[nodiscard]] Result<std::vector<FrozenMember>> frozen_members(const RowReader& rows,
                                                               Period period);
[[nodiscard]] Result<std::optional<FrozenMember>> frozen_member(const RowReader& rows,
                                                                Period period, PersonId person);
// By group, cut-off and sequence.
[[nodiscard]] Result<std::vector<TieEntry>> ties_of(const RowReader& rows, Period period);

}  // namespace runut::rankings
