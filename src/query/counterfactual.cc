#include "query/counterfactual.h"

#include <algorithm>

#include "computation/person_overlay.h"
#include "computation/score.h"

namespace runut {
namespace {

constexpr std::int64_t score_max = 12'000;

// The person's facts with one rating changed, as if a later event had rated anew.
class Hypothetical final : public PersonOverlay {
 public:
  explicit Hypothetical(const CutCase& at)
      : PersonOverlay(at.facts, at.person), known_at_(next(at.facts.known_at())) {
    for (EvaluationFact& fact : changed_.evaluations)
      if (fact.period == at.period) evaluation_ = &fact;
  }
  [[nodiscard]] bool usable() const {
    return evaluation_ != nullptr &&
           (!evaluation_->corrections.empty() ||
            (!evaluation_->results.empty() && !evaluation_->behaviours.empty()));
  }
  // The rating that a hypothetical one replaces: the latest that gave this value.
  void rate_result(Score counted, Score hypothetical) {
    if (!evaluation_->corrections.empty()) {
      evaluation_->corrections.back().result = hypothetical;
      return;
    }
    if (!rated_) {
      const auto& results = evaluation_->results;
      const auto latest =
          std::find_if(results.rbegin(), results.rend(),
                       [&](const WorkResultFact& fact) { return fact.result == counted; });
      WorkResultFact again = latest == results.rend() ? results.back() : *latest;
      again.sequence = known_at_;
      evaluation_->results.push_back(again);
      rated_ = true;
    }
    evaluation_->results.back().result = hypothetical;
  }
  [[nodiscard]] std::array<Score, behaviour_values>& values() {
    if (!evaluation_->corrections.empty()) return evaluation_->corrections.back().values;
    if (!rated_) {
      BehaviourFact again = evaluation_->behaviours.back();
      again.sequence = known_at_;
      evaluation_->behaviours.push_back(again);
      rated_ = true;
    }
    return evaluation_->behaviours.back().values;
  }

  [[nodiscard]] Sequence known_at() const override { return known_at_; }

 private:
  const Sequence known_at_;
  EvaluationFact* evaluation_ = nullptr;
  bool rated_ = false;
};

RankKey key_of(const RankingMemberPlaced& placed) {
  return {placed.score, placed.result, placed.behaviour, placed.discipline};
}

class Search {
 public:
  explicit Search(const CutCase& at) : at_(at), hypothetical_(at) {
    for (const PlacementFact& fact : at.group.placements) {
      if (fact.placed.person == at.person)
        self_ = key_of(fact.placed);
      else
        others_.push_back({fact.placed.person, key_of(fact.placed)});
      if (fact.placed.tier == Tier::below) below_.push_back(fact.placed.person);
    }
    std::sort(below_.begin(), below_.end());
    // Whoever is better than the best of the others that would then be below is not below.
    const std::size_t count = below_.size();
    if (count == 0 || others_.size() < count) return;
    std::vector<RankedMember> ascending = others_;
    std::nth_element(ascending.begin(), ascending.begin() + static_cast<std::ptrdiff_t>(count - 1),
                     ascending.end(), [&](const RankedMember& a, const RankedMember& b) {
                       return compare_keys(a.key, b.key, at.rules->ranking.tie_keys) < 0;
                     });
    threshold_ = ascending[count - 1].key;
  }

  [[nodiscard]] const RankKey& self() const { return self_; }
  [[nodiscard]] bool usable() const { return threshold_.has_value() && hypothetical_.usable(); }
  Hypothetical& facts() { return hypothetical_; }

  // The person's key with the rating as it is now set; discipline stays the published one.
  [[nodiscard]] Result<RankKey> key() {
    NullRecorder none;
    RUNUT_ASSIGN(const std::optional<Evaluation> evaluation,
                 compute_score(hypothetical_, at_.person, at_.period, at_.rules, none));
    if (!evaluation) return fail(ErrorCode::internal, "a rated person lost the score");
    return RankKey{evaluation->score, evaluation->result, evaluation->behaviour, self_.discipline};
  }
  [[nodiscard]] bool passes(const RankKey& key) const {
    return compare_keys(key, *threshold_, at_.rules->ranking.tie_keys) > 0;
  }
  // The whole group cut again: is the person out of the tier, and not by a tie?
  [[nodiscard]] bool avoids(const RankKey& key, std::vector<std::uint32_t>* cut_instead) const {
    std::vector<RankedMember> members = others_;
    members.push_back({at_.person, key});
    const TierCut cut = cut_tiers(std::move(members), at_.rules->ranking);
    bool out = false;
    for (const PlacedMember& member : cut.members) {
      if (member.person == at_.person)
        out = member.tier == Tier::above || member.tier == Tier::meets;
      else if (cut_instead != nullptr && member.tier == Tier::below &&
               !std::binary_search(below_.begin(), below_.end(), member.person))
        cut_instead->push_back(published_rank(member.person));
    }
    for (const Tie& tie : cut.open)
      if (std::binary_search(tie.members.begin(), tie.members.end(), at_.person)) return false;
    return out;
  }

  // `set(value)` changes the rating; the smallest value above `from` that avoids the cut.
  template <class Set>
  Result<Avoidance> smallest(Score from, Set&& set) {
    Avoidance out;
    out.from = from;
    const auto passes_with = [&](std::int64_t value) -> Result<bool> {
      set(Score{value});
      RUNUT_ASSIGN(const RankKey changed, key());
      return passes(changed);
    };
    if (from.value >= score_max) return out;
    RUNUT_ASSIGN(const bool reachable, passes_with(score_max));
    if (!reachable) return out;
    std::int64_t low = from.value;  // fails: the person is below as rated
    std::int64_t high = score_max;  // passes
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      RUNUT_ASSIGN(const bool passed, passes_with(middle));
      (passed ? high : low) = middle;
    }
    // Found by comparing keys; believed only after the group itself was cut again, on both sides.
    set(Score{high});
    RUNUT_ASSIGN(const RankKey enough, key());
    set(Score{high - 1});
    RUNUT_ASSIGN(const RankKey less, key());
    if (!avoids(enough, &out.cut_instead) || avoids(less, nullptr))
      return fail(ErrorCode::internal, "the counterfactual is not confirmed by the group itself");
    out.possible = true;
    out.to = Score{high};
    std::sort(out.cut_instead.begin(), out.cut_instead.end());
    return out;
  }

 private:
  [[nodiscard]] std::uint32_t published_rank(PersonId person) const {
    for (const PlacementFact& fact : at_.group.placements)
      if (fact.placed.person == person) return fact.placed.rank;
    return 0;
  }

  const CutCase& at_;
  Hypothetical hypothetical_;
  RankKey self_;
  std::vector<RankedMember> others_;
  std::vector<PersonId> below_;
  std::optional<RankKey> threshold_;
};

}  // namespace

Result<Avoidance> avoid_by_result(const CutCase& at) {
  Search search(at);
  const Score counted = search.self().result;
  if (!search.usable()) {
    Avoidance none;
    none.from = counted;
    return none;
  }
  return search.smallest(counted, [&](Score value) { search.facts().rate_result(counted, value); });
}

Result<Avoidance> avoid_by_behaviour(const CutCase& at) {
  Search search(at);
  if (!search.usable()) return Avoidance{};
  auto& values = search.facts().values();
  const auto lowest = static_cast<std::size_t>(
      std::distance(values.begin(), std::min_element(values.begin(), values.end())));
  RUNUT_ASSIGN(Avoidance out,
               search.smallest(values[lowest], [&](Score value) { values[lowest] = value; }));
  out.value = lowest;
  return out;
}

}  // namespace runut
