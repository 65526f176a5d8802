// Scores, groups, order, counts, ties and tiers (rulebook sections 3.2 and 3.4).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/month_work.h"

namespace runut::oracle {

struct Evaluation {
  Number result = 0;  // hundredths, like the other two
  Number behaviour = 0;
  Number score = 0;
};

// None: not rated. `rules` is the ranking's document.
[[nodiscard]] std::optional<Evaluation> evaluation(const View& view, const Rules& rules,
                                                   PersonId person, Period period);
[[nodiscard]] Evaluation corrected_evaluation(const View& view, const Rules& rules,
                                              const EvaluationCorrected& corrected);
// Mean of the monthly discipline over the months with required > 0; 10 000 without any.
[[nodiscard]] Number discipline_key(const View& view, const Rules& rules, PersonId person,
                                    Period period);

struct GroupMember {
  PersonId person;
  UnitId unit;
  std::uint32_t job_class = 0;
  std::optional<PersonId> appraiser;
};
struct FrozenGroups {
  std::map<std::string, std::vector<GroupMember>> groups;
  std::map<PersonId, UnrankedReason> unranked;
};
[[nodiscard]] FrozenGroups freeze(const View& view, const Rules& rules, Period period);

struct TierCounts {
  Number above = 0, meets = 0, below = 0;
  friend bool operator==(const TierCounts&, const TierCounts&) = default;
};
[[nodiscard]] TierCounts tier_counts(const View& view, const Rules& rules, Number members);

struct RankedMember {
  PersonId person;
  UnitId unit;
  Evaluation evaluation;
  Number discipline = 0;
  Number rank = 0;
  Tier tier = Tier::meets;
};
struct TiedCutoff {
  Cutoff cutoff{};
  std::vector<PersonId> members;  // everybody with the tied key, by id
  Number places = 0;
  Number score = 0;
};
struct ExpectedGroup {
  std::string group;
  std::vector<RankedMember> members;  // by rank, then id
  TierCounts counts;
  std::optional<Number> cutoff_above, cutoff_below;
  std::vector<TiedCutoff> ties;        // with or without a resolution
  std::vector<TiedCutoff> unresolved;  // these stop the publication
  std::vector<std::string> problems;
};

// The group as frozen in the view, ranked with the facts known in the view.
[[nodiscard]] ExpectedGroup ranked_group(const View& view, const Rules& rules, Period period,
                                         const std::string& group);
// The names of the groups of the period's freezing.
[[nodiscard]] std::vector<std::string> frozen_groups(const View& view, Period period);

struct Placement {
  Number place = 0;
  Tier tier{};
};
// Where a person stands after an EvaluationCorrected that follows the publication: that person
// alone against the published keys of the others. None: not a published member of the period.
[[nodiscard]] std::optional<Placement> placement_after(const View& view,
                                                       const EvaluationCorrected& corrected);

// The months of the directly following period whose document has `tier_adjustment`.
[[nodiscard]] std::vector<Month> adjusted_months(const View& view, Period period);

}  // namespace runut::oracle
