#include <algorithm>
#include <map>
#include <set>

#include "tests/oracle/audit.h"
#include "tests/oracle/ranking.h"

namespace runut::oracle {
namespace {

template <class P>
std::vector<Recorded<P>> within(const std::vector<const Event*>& commit) {
  std::vector<Recorded<P>> out;
  for (const Event* event : commit)
    if (const auto* fact = std::get_if<P>(&event->payload)) out.push_back({event, fact});
  return out;
}

std::string shown(const std::vector<PersonId>& persons) {
  std::set<std::uint64_t> sorted;
  for (const PersonId person : persons) sorted.insert(person.value);
  return fmt::format("P{}", fmt::join(sorted, " P"));
}
std::string shown(const std::optional<Number>& score) {
  return score ? fmt::format("{}", *score) : "none";
}
std::string shown(const std::vector<Month>& months) {
  std::string out;
  for (const Month month : months) out += to_string(month) + " ";
  return out;
}
std::optional<Number> number_of(const std::optional<Score>& score) {
  return score ? std::optional(score->value) : std::nullopt;
}

Number delta_of(const Rules& rules, Tier tier) {
  if (tier == Tier::above) return rules.delta_above;
  return tier == Tier::below ? rules.delta_below : 0;
}

class RankingAudit {
 public:
  explicit RankingAudit(const View& view) : view_(view), findings_(out_) {}

  std::vector<std::string> run() {
    std::set<Sequence> freezings;
    for (const auto& member : view_.recorded<RankingGroupMember>())
      freezings.insert(member.event->commit());
    for (const Sequence commit : freezings) check_freezing(commit);

    std::set<Sequence> publications;
    for (const auto& header : view_.recorded<RankingPublished>())
      publications.insert(header.event->commit());
    for (const auto& tie : view_.recorded<TieAtCutoffFound>())
      publications.insert(tie.event->commit());
    for (const Sequence commit : publications) check_publication(commit);

    for (const auto& corrected : view_.recorded<EvaluationCorrected>()) check_correction(corrected);
    for (const auto& decided : view_.recorded<TppAdjustmentDecided>())
      if (decided.fact->cause == AdjustmentCause::ranking &&
          !caused_.contains(decided.sequence())) {
        findings_.about(to_string(decided.fact->person), decided.sequence());
        findings_.add("an adjustment that no placement caused");
      }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::vector<const Event*> commit_at(Sequence first) const {
    return view_.history->commit_of(view_.history->at(first));
  }

  void check_freezing(Sequence commit) {
    const auto events = commit_at(commit);
    const auto recorded = within<RankingGroupMember>(events);
    const Period period = recorded.front().fact->period;
    const View known = view_.at(Sequence{commit.value - 1});
    findings_.about("ranking " + to_string(period), commit);
    const Rules* rules = known.rules_on(events.front()->occurred_on);
    if (rules == nullptr) return findings_.add("must be rejected: no document");
    if (!rules->ranking) findings_.add("must be rejected: the document has no ranking");
    const FrozenGroups expected = freeze(known, *rules, period);

    std::map<PersonId, std::string> places;
    for (const auto& [name, members] : expected.groups)
      for (const GroupMember& member : members) places[member.person] = "in " + name;
    for (const auto& [person, why] : expected.unranked)
      places[person] = "unranked: " + std::string(to_string(why));
    for (const auto& member : recorded) {
      const RankingGroupMember& m = *member.fact;
      findings_.about(fmt::format("{} {}", to_string(m.person), to_string(period)),
                      member.sequence());
      const std::string place =
          m.unranked ? "unranked: " + std::string(to_string(*m.unranked)) : "in " + m.group;
      const auto found = places.find(m.person);
      findings_.compare("group", place, found == places.end() ? "not listed" : found->second);
      if (found != places.end()) places.erase(found);
    }
    for (const auto& [person, place] : places) {
      findings_.about(fmt::format("{} {}", to_string(person), to_string(period)), commit);
      findings_.add("is missing in the freezing: " + place);
    }
    for (const auto& header : within<RankingGroupFrozen>(events)) {
      findings_.about("group " + header.fact->group, header.sequence());
      const auto found = expected.groups.find(header.fact->group);
      findings_.compare("members", header.fact->members,
                        found == expected.groups.end() ? 0 : found->second.size());
    }
  }

  // One commit publishes, or finds tied, every frozen group that was not published before.
  void check_publication(Sequence commit) {
    const auto events = commit_at(commit);
    const auto headers = within<RankingPublished>(events);
    const auto ties = within<TieAtCutoffFound>(events);
    const Period period =
        headers.empty() ? ties.front().fact->period : headers.front().fact->period;
    const View before = view_.at(Sequence{commit.value - 1});
    const Rules* rules = before.rules_on(events.front()->occurred_on);
    findings_.about("ranking " + to_string(period), commit);
    if (rules == nullptr) return findings_.add("must be rejected: no document");

    for (const auto& frozen : before.recorded<RankingGroupFrozen>())
      if (frozen.fact->period == period && before.rules_on(frozen.event->occurred_on) != rules)
        findings_.add("must be rejected: frozen under another document");

    for (const std::string& name : frozen_groups(before, period)) {
      const bool already = [&] {
        for (const auto& header : before.recorded<RankingPublished>())
          if (header.fact->period == period && header.fact->group == name) return true;
        return false;
      }();
      const auto header = std::find_if(headers.begin(), headers.end(),
                                       [&](const auto& h) { return h.fact->group == name; });
      findings_.about(fmt::format("group {} {}", name, to_string(period)), commit);
      if (already) {
        if (header != headers.end()) findings_.add("is published twice");
        continue;
      }
      const View known = header == headers.end() ? before : view_.at(header->fact->computed_at);
      const ExpectedGroup expected = ranked_group(known, *rules, period, name);
      for (const std::string& problem : expected.problems) findings_.add(problem);
      check_ties(period, name, expected, commit, events);
      if (header != headers.end())
        check_group(*header, expected, *rules, events);
      else if (expected.unresolved.empty())
        findings_.add("is not tied and was not published");
    }
  }

  void check_ties(Period period, const std::string& name, const ExpectedGroup& expected,
                  Sequence commit, const std::vector<const Event*>& events) {
    const auto text = [](Cutoff cutoff, const std::vector<PersonId>& members, Number places,
                         Number score) {
      return fmt::format("tie {} of {} for {} at {}", to_string(cutoff), shown(members), places,
                         score);
    };
    std::set<std::string> due;
    for (const TiedCutoff& tie : expected.unresolved)
      due.insert(text(tie.cutoff, tie.members, tie.places, tie.score));
    std::set<std::string> known;
    const View after = view_.at(Sequence{commit.value + events.size() - 1});
    for (const auto& found : after.recorded<TieAtCutoffFound>()) {
      const TieAtCutoffFound& t = *found.fact;
      if (t.period != period || t.group != name) continue;
      const std::string tie = text(t.cutoff, t.members, t.places, t.score.value);
      known.insert(tie);
      if (found.event->commit() == commit && !due.contains(tie))
        findings_.add("recorded, not expected: " + tie);
    }
    for (const std::string& tie : due)
      if (!known.contains(tie)) findings_.add("expected, not recorded: " + tie);
  }

  void check_group(const Recorded<RankingPublished>& header, const ExpectedGroup& expected,
                   const Rules& rules, const std::vector<const Event*>& events) {
    const RankingPublished& h = *header.fact;
    findings_.about(fmt::format("group {} {}", h.group, to_string(h.period)), header.sequence());
    if (!expected.unresolved.empty()) findings_.add("must not be published: a tie is unresolved");
    findings_.compare("members", h.members, expected.members.size());
    findings_.compare("above", h.above, expected.counts.above);
    findings_.compare("below", h.below, expected.counts.below);
    findings_.compare("cutoff_above", shown(number_of(h.cutoff_above)),
                      shown(expected.cutoff_above));
    findings_.compare("cutoff_below", shown(number_of(h.cutoff_below)),
                      shown(expected.cutoff_below));

    std::map<PersonId, RankedMember> missing;
    for (const RankedMember& member : expected.members) missing[member.person] = member;
    for (const auto& placed : within<RankingMemberPlaced>(events)) {
      const RankingMemberPlaced& p = *placed.fact;
      if (p.group != h.group) continue;
      findings_.about(fmt::format("{} {}", to_string(p.person), to_string(p.period)),
                      placed.sequence());
      const auto found = missing.find(p.person);
      if (found == missing.end()) {
        findings_.add("is not a member of " + h.group);
        continue;
      }
      const RankedMember& e = found->second;
      findings_.compare("unit", to_string(p.unit), to_string(e.unit));
      findings_.compare("score", p.score.value, e.evaluation.score);
      findings_.compare("result", p.result.value, e.evaluation.result);
      findings_.compare("behaviour", p.behaviour.value, e.evaluation.behaviour);
      findings_.compare("discipline", p.discipline.value, e.discipline);
      findings_.compare("rank", p.rank, e.rank);
      findings_.compare("tier", to_string(p.tier), to_string(e.tier));
      check_adjustment({p.person, p.period, placed.sequence(), delta_of(rules, e.tier), {}, true},
                       view_.at(h.computed_at), events);
      missing.erase(found);
    }
    for (const auto& [person, member] : missing) {
      findings_.about(fmt::format("{} {}", to_string(person), to_string(h.period)),
                      header.sequence());
      findings_.add("is missing in group " + h.group);
    }
  }

  struct DueAdjustment {
    PersonId person;
    Period period;
    Sequence cause;
    Number delta = 0;
    std::optional<Sequence> supersedes;
    bool needed = false;  // unless delta is 0 and nothing is superseded
  };

  // The commit of the cause holds the adjustment, if one is due. Reading: none is needed where no
  // month of the following period has `tier_adjustment`.
  void check_adjustment(const DueAdjustment& due, const View& known,
                        const std::vector<const Event*>& events) {
    const std::vector<Month> months = adjusted_months(known, due.period);
    bool found = false;
    for (const auto& decided : within<TppAdjustmentDecided>(events)) {
      const TppAdjustmentDecided& d = *decided.fact;
      if (d.person != due.person || d.cause != AdjustmentCause::ranking || d.period != due.period)
        continue;
      caused_.insert(decided.sequence());
      if (found) findings_.add("has two adjustments of one cause");
      found = true;
      findings_.compare("delta", d.delta.value, due.delta);
      findings_.compare("adjusted months", shown(d.months), shown(months));
      findings_.compare("cause of the adjustment",
                        decided.event->causation.value_or(Sequence{}).value, due.cause.value);
      findings_.compare("superseded adjustment",
                        decided.event->supersedes.value_or(Sequence{}).value,
                        due.supersedes.value_or(Sequence{}).value);
    }
    const bool says_something =
        due.needed && !months.empty() && (due.delta != 0 || due.supersedes.has_value());
    if (!found && says_something)
      findings_.add(fmt::format("adjustment of {} bp was not decided", due.delta));
  }

  // After the publication: that person alone, against the published keys of the others.
  void check_correction(const Recorded<EvaluationCorrected>& corrected) {
    const auto events = view_.history->commit_of(*corrected.event);
    const View before = view_.at(Sequence{corrected.event->commit().value - 1});
    const EvaluationCorrected& c = *corrected.fact;
    findings_.about(fmt::format("{} {}", to_string(c.person), to_string(c.period)),
                    corrected.sequence());
    const auto placement = placement_after(before, c);
    if (!placement) return;  // not published yet: the correction counts in the score
    const Event* published = nullptr;
    for (const auto& placed : before.recorded_of<RankingMemberPlaced>(c.person))
      if (placed.fact->period == c.period) published = placed.event;
    const Rules* rules = before.rules_on(published->occurred_on);

    std::optional<Recorded<TppAdjustmentDecided>> standing;
    for (const auto& decided : before.recorded_of<TppAdjustmentDecided>(c.person))
      if (decided.fact->cause == AdjustmentCause::ranking && decided.fact->period == c.period)
        standing = decided;
    const Number delta = delta_of(*rules, placement->tier);
    const Number standing_delta = standing ? standing->fact->delta.value : 0;
    DueAdjustment due{c.person, c.period, corrected.sequence(), delta, {}, delta != standing_delta};
    if (standing) due.supersedes = standing->sequence();
    check_adjustment(due, before, events);
  }

  View view_;
  std::vector<std::string> out_;
  Findings findings_;
  std::set<Sequence> caused_;  // adjustments whose cause was found
};

}  // namespace

std::vector<std::string> audit_rankings(const View& view) {
  return RankingAudit(view).run();
}

}  // namespace runut::oracle
