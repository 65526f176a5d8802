#include "tests/computation/engine_recording.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "computation/ranking.h"
#include "computation/run.h"
#include "tests/computation/folded_facts.h"

namespace runut::testing {
namespace {

using Payloads = std::vector<Payload>;

Payloads run_of(const Facts& known, const Event& header) {
  const auto computed =
      compute_run(known, std::get<TppRunComputed>(header.payload).run, header.recorded_at);
  RUNUT_CHECK(computed.has_value(), computed ? "" : computed.error().describe());
  Payloads out{computed->header};
  for (const ComputedPayment& one : computed->payments) out.emplace_back(one.payment);
  return out;
}

Payloads lock_of(const Facts& known, const Event& locked) {
  const auto& lock = std::get<TppRunLocked>(locked.payload);
  const Status lockable = check_lockable(known, lock.run);
  RUNUT_CHECK(lockable.has_value(), lockable ? "" : lockable.error().describe());
  Payloads out{lock};
  for (const TppCorrectionPosted& posted : corrections_to_post(known, lock.run))
    out.emplace_back(posted);
  return out;
}

Payloads freezing_of(const Facts& known, Period period, Date day) {
  const auto rules = ranking_rules(known, day);
  RUNUT_CHECK(rules.has_value(), "no rules for the ranking");
  const auto frozen = freeze_groups(known, period, *rules);
  RUNUT_CHECK(frozen.has_value(), frozen ? "" : frozen.error().describe());
  Payloads out;
  for (const auto& [name, members] : frozen->groups) {
    out.emplace_back(RankingGroupFrozen{period, name, static_cast<std::uint32_t>(members.size())});
    for (const GroupMember& m : members)
      out.emplace_back(
          RankingGroupMember{m.person, period, name, m.unit, m.job_class, m.appraiser, {}});
  }
  for (const Unranked& one : frozen->unranked)
    out.emplace_back(RankingGroupMember{one.person, period, {}, {}, 0, {}, one.reason});
  return out;
}

TppAdjustmentDecided adjustment(const Facts& known, PersonId person, Period period, Tier tier) {
  TppAdjustmentDecided out;
  out.person = person;
  out.cause = AdjustmentCause::ranking;
  out.period = period;
  out.delta = BasisPoints{tier == Tier::above ? 500 : tier == Tier::below ? -500 : 0};
  out.months = adjustment_months(known, period);
  return out;
}

Payloads publication_of(const Facts& known, Period period, Date day, const Decree& decree) {
  const auto rules = ranking_rules(known, day);
  RUNUT_CHECK(rules.has_value(), "no rules for the ranking");
  NullRecorder none;
  Payloads out;
  for (const auto& [name, group] : known.agency().rankings.at(period).groups) {
    if (group.published) continue;
    const auto ranking = rank_group(known, period, name, *rules, none);
    RUNUT_CHECK(ranking.has_value(), ranking ? "" : ranking.error().describe());
    const TierCut& cut = ranking->cut;
    for (const Tie& tie : cut.open)
      out.emplace_back(TieAtCutoffFound{period, name, tie.cutoff, tie.members,
                                        static_cast<std::uint32_t>(tie.places), tie.score});
    if (!cut.open.empty()) continue;
    out.emplace_back(RankingPublished{
        period, name, static_cast<std::uint32_t>(cut.members.size()),
        static_cast<std::uint32_t>(cut.counts.above), static_cast<std::uint32_t>(cut.counts.below),
        cut.cutoff_above, cut.cutoff_below, known.known_at(), 1, decree});
    for (const PlacedMember& m : cut.members) {
      out.emplace_back(RankingMemberPlaced{m.person, period, name, ranking->units.at(m.person),
                                           m.key.score, m.key.result, m.key.behaviour,
                                           m.key.discipline, m.rank, m.tier});
      if (m.tier != Tier::meets) out.emplace_back(adjustment(known, m.person, period, m.tier));
    }
  }
  return out;
}

// `known` is the ledger before the commit. Empty: the commit holds no decision of the engine's.
Payloads decided(const FoldedFacts& known, const std::vector<Event>& commit) {
  const Event& head = commit.front();
  if (std::holds_alternative<TppRunComputed>(head.payload)) return run_of(known, head);
  if (std::holds_alternative<TppRunLocked>(head.payload)) return lock_of(known, head);
  if (const auto* frozen = std::get_if<RankingGroupFrozen>(&head.payload))
    return freezing_of(known, frozen->period, head.occurred_on);
  if (const auto* published = std::get_if<RankingPublished>(&head.payload))
    return publication_of(known, published->period, head.occurred_on, published->decree);
  const auto* corrected = std::get_if<EvaluationCorrected>(&head.payload);
  if (corrected == nullptr || commit.size() != 2) return {};
  FoldedFacts after = known;
  after.apply(head);
  const GroupFact* group = published_group(after, corrected->period, corrected->person);
  RUNUT_CHECK(group != nullptr, "a correction with an adjustment follows a publication");
  // The rankings of these ledgers are published and corrected under one document.
  const auto rules = ranking_rules(after, head.occurred_on);
  RUNUT_CHECK(rules.has_value(), "no rules for the ranking");
  const auto placed = replace_member(after, corrected->period, corrected->person, *rules);
  RUNUT_CHECK(placed.has_value(), placed ? "" : placed.error().describe());
  return {*corrected, adjustment(known, corrected->person, corrected->period, placed->tier)};
}

}  // namespace

EngineRecording recorded_by_engine(const std::vector<Event>& events) {
  EngineRecording out{events, {}, 0};
  FoldedFacts known;
  for (std::size_t begin = 0; begin < events.size();) {
    const std::size_t end = begin + events[begin].commit_count;
    const std::vector<Event> commit(events.begin() + static_cast<std::ptrdiff_t>(begin),
                                    events.begin() + static_cast<std::ptrdiff_t>(end));
    const Payloads payloads = decided(known, commit);
    bool same_shape = payloads.size() == commit.size();
    for (std::size_t i = 0; same_shape && i < commit.size(); ++i)
      same_shape =
          type_of(payloads[i]) == commit[i].type() && subject_of(payloads[i]) == commit[i].subject;
    if (same_shape) {
      for (std::size_t i = 0; i < commit.size(); ++i) out.events[begin + i].payload = payloads[i];
      ++out.decisions;
    } else if (!payloads.empty()) {
      out.differences.push_back(fmt::format("{} at #{}: {} events recorded, the engine has {}",
                                            to_string(commit[0].type()), commit[0].sequence.value,
                                            commit.size(), payloads.size()));
    }
    for (; begin < end; ++begin) known.apply(out.events[begin]);
  }
  return out;
}

}  // namespace runut::testing
