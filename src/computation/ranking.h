// Freezing, scoring and cutting the groups of a period (rulebook section 3.4).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "computation/groups.h"
#include "computation/score.h"
#include "computation/tiers.h"

namespace runut {

struct Unranked {
  PersonId person;
  UnrankedReason reason{};
};

struct FrozenGroups {
  std::map<std::string, std::vector<GroupMember>> groups;  // by name; members by person
  std::vector<Unranked> unranked;                          // by person
};

// Who is ranked in which group, as known at the facts' sequence. Members hold a definitive,
// rankable assignment on the period's last day, and their evaluation was delivered; everybody else
// who was assigned on any day of the period is unranked, with the first reason of: no_assignment
// (on the last day), not_definitive, not_rankable, not_delivered, not_rated. Rejected:
// ranking.disabled, ranking.period (its length is not the document's), ranking.no_appraiser (scope
// appraiser).
[[nodiscard]] Result<FrozenGroups> freeze_groups(const Facts& facts, Period period,
                                                 const Rules& rules);

// Mean of the monthly discipline over the period's months with required > 0, each by its own
// month's document and cut-offs; 10 000 without any. Months without a document are left out.
template <class Recorder>
[[nodiscard]] Result<BasisPoints> compute_discipline_key(const Facts& facts, PersonId person,
                                                         Period period, const Rules& rules,
                                                         Recorder& recorder);

// A tie that somebody decided: the event that found it, and the decision. Of the agency's facts,
// and valid as long as they are.
struct DecidedTie {
  const TieFact* found = nullptr;
  const TieResolvedFact* resolved = nullptr;
};

struct GroupRanking {
  std::string group;
  TierCut cut;
  std::vector<DecidedTie> decided;   // the decisions that the cut applied
  std::map<PersonId, UnitId> units;  // of the period's last day, as frozen
};

// Whether a decision about a tie of the group, recorded at `decided`, has lapsed: the score or a
// tie key of a member is not what it was then (rulebook section 3.4, Ties). What a member's key was
// then is computed again from what was known then.
[[nodiscard]] Result<bool> has_lapsed(const Facts& facts, Period period, const GroupFact& group,
                                      Sequence decided, const Rules& rules);

// Places a frozen group's members as known at the facts' sequence, applying the decisions about
// ties that hold: those that have not lapsed, and whose tie is still the same. Rejected:
// ranking.not_frozen, ranking.not_rated (a member lost the score). With a recorder: one `ranking`
// of the group with one `placement` a member, the `tier_places` of each tier and each decided
// `tie`.
template <class Recorder>
[[nodiscard]] Result<GroupRanking> rank_group(const Facts& facts, Period period,
                                              const std::string& group, const Rules& rules,
                                              Recorder& recorder);

// A published group, cut again from the keys that its members were published with and by the
// decisions that placed them: what rank_group gave at the publication, without asking again for
// everybody's ratings and months. With a recorder: the `ranking` as rank_group notes it, but of
// its members only `shown` has a `placement`, with the `rank`.
template <class Recorder>
[[nodiscard]] GroupRanking cut_published(const Facts& facts, const GroupFact& group, PersonId shown,
                                         const Rules& rules, Recorder& recorder);

// Whether the cut places everybody as published.
[[nodiscard]] bool is_as_published(const TierCut& cut, const GroupFact& group);

// The keys of one member as ranked: score and tie keys.
template <class Recorder>
[[nodiscard]] Result<RankedMember> compute_rank_key(const Facts& facts, PersonId person,
                                                    Period period, const Rules& rules,
                                                    Recorder& recorder);

// A published group in which one member's evaluation was corrected: that person's place alone, the
// others keep theirs. Score and rating keys are computed by `rules`, discipline is the published
// one. Rejected: ranking.not_published, ranking.not_member, ranking.not_rated.
[[nodiscard]] Result<PlacedMember> replace_member(const Facts& facts, Period period,
                                                  PersonId person, const Rules& rules);

// The months that a tier of `period` pays or costs: of the directly following period (same length)
// those whose document has tier_adjustment enabled, as known.
[[nodiscard]] std::vector<Month> adjustment_months(const Facts& facts, Period period);

// The published group that holds the person, or null.
[[nodiscard]] const GroupFact* published_group(const Facts& facts, Period period, PersonId person);

}  // namespace runut
