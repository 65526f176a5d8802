#include "tests/oracle/play/recorder.h"

#include <algorithm>

namespace runut::oracle {
namespace {

std::uint32_t count(Number value) {
  return static_cast<std::uint32_t>(value);
}

std::optional<Score> score_of(std::optional<Number> value) {
  return value ? std::optional(Score{*value}) : std::nullopt;
}

TppPaymentComputed recorded(const ExpectedPayment& expected, const RunId& run) {
  TppPaymentComputed out;
  out.person = expected.person;
  out.run = run;
  out.left_out = expected.left_out;
  out.unit = expected.unit;
  out.required = Minutes{expected.required};
  out.approved = Minutes{expected.approved};
  out.productivity = BasisPoints{expected.productivity};
  out.discipline = BasisPoints{expected.discipline};
  out.performance_factor = BasisPoints{expected.performance_factor};
  out.gross = Rupiah{expected.gross};
  out.taxable = Rupiah{expected.taxable};
  out.net = Rupiah{expected.net};
  for (const Line& line : expected.lines)
    out.lines.push_back(
        {line.kind, line.component, line.code, Rupiah{line.amount}, {}, line.for_month});
  for (const Owing& owed : expected.outstanding)
    out.outstanding.push_back({owed.code, Rupiah{owed.amount}, owed.for_month});
  return out;
}

}  // namespace

const Oracle& Recorder::oracle() {
  for (std::size_t i = oracle_.head().value; i < ledger_.events().size(); ++i)
    oracle_.apply(ledger_.events()[i]);
  return oracle_;
}

Date Recorder::today() const {
  return local_date(ledger_.events().back().recorded_at, 420);
}

Sequence Recorder::compute(const RunId& run) {
  const Sequence computed_at = ledger_.head();
  const ExpectedRun expected = oracle().run(run, computed_at);
  RUNUT_CHECK(expected.problems.empty(), "the run must be rejected: " + expected.problems.front());
  TppRunComputed header;
  header.run = run;
  header.computed_at = computed_at;
  header.payees = count(expected.payees);
  // A correction run lists its payees alone, as the engine does (audit_pay.cc has the reading).
  const bool lists_left_out = run.kind == RunKind::regular;
  header.left_out = lists_left_out ? count(expected.left_out) : 0;
  header.total = Rupiah{expected.total};
  ledger_.begin_commit();
  const Sequence sequence = ledger_.add(header);
  for (const ExpectedPayment& payment : expected.payments)
    if (!payment.left_out || lists_left_out) ledger_.add(recorded(payment, run));
  ledger_.end_commit();
  return sequence;
}

Sequence Recorder::lock(const RunId& run) {
  const auto computed = oracle().view(ledger_.head()).recorded<TppRunComputed>();
  const auto last = std::find_if(computed.rbegin(), computed.rend(),
                                 [&](const auto& c) { return c.fact->run == run; });
  RUNUT_CHECK(last != computed.rend(), "nothing to lock: " + to_string(run));
  const ExpectedRun expected = oracle().run(run, last->fact->computed_at);
  ledger_.begin_commit();
  const Sequence sequence =
      ledger_.add(TppRunLocked{run, last->sequence(), last->fact->total, ledger_.decree()});
  for (const ExpectedPayment& payment : expected.payments)
    for (const ExpectedCorrection& c : payment.corrections)
      ledger_.add(TppCorrectionPosted{payment.person, c.for_month, run, Rupiah{c.recomputed},
                                      Rupiah{c.settled}, Rupiah{c.amount}});
  ledger_.end_commit();
  return sequence;
}

Sequence Recorder::reopen(const RunId& run) {
  return ledger_.add(TppRunReopened{run, ledger_.decree()});
}

Sequence Recorder::order(const RunId& run) {
  PaymentOrdered ordered;
  ordered.run = run;
  ordered.spp = "SPP/1";
  ordered.spm = "SPM/1";
  ordered.sp2d = "SP2D/1";
  ordered.decree = ledger_.decree();
  return ledger_.add(std::move(ordered));
}

void Recorder::pay(const RunId& run) {
  compute(run);
  lock(run);
  order(run);
}

void Recorder::freeze(Period period) {
  const FrozenGroups groups = oracle().groups(period, today(), ledger_.head());
  ledger_.begin_commit();
  for (const auto& [name, members] : groups.groups) {
    ledger_.add(RankingGroupFrozen{period, name, count(static_cast<Number>(members.size()))});
    for (const GroupMember& member : members)
      ledger_.add(RankingGroupMember{member.person, period, name, member.unit, member.job_class,
                                     member.appraiser, std::nullopt});
  }
  for (const auto& [person, reason] : groups.unranked)
    ledger_.add(RankingGroupMember{person, period, "", std::nullopt, 0, std::nullopt, reason});
  ledger_.end_commit();
}

void Recorder::adjust(PersonId person, Period period, Tier tier, Sequence cause,
                      std::optional<Sequence> supersedes, const Rules& rules) {
  TppAdjustmentDecided decided;
  decided.person = person;
  decided.cause = AdjustmentCause::ranking;
  decided.period = period;
  decided.delta = BasisPoints{tier == Tier::above   ? rules.delta_above
                              : tier == Tier::below ? rules.delta_below
                                                    : 0};
  decided.months = adjusted_months(oracle_.view(oracle_.head()), period);
  testing::EventOptions options;
  options.causation = cause;
  options.supersedes = supersedes;
  ledger_.add(std::move(decided), options);
}

bool Recorder::publish(Period period) {
  const Sequence computed_at = ledger_.head();
  const View known = oracle().view(computed_at);
  const Rules* rules = known.rules_on(today());
  RUNUT_CHECK(rules != nullptr, "no document on the day of publication");
  bool all = true;
  ledger_.begin_commit();
  for (const ExpectedGroup& group : oracle_.ranking(period, today(), computed_at)) {
    const auto published = known.recorded<RankingPublished>();
    if (std::any_of(published.begin(), published.end(), [&](const auto& p) {
          return p.fact->period == period && p.fact->group == group.group;
        }))
      continue;
    for (const TiedCutoff& tie : group.unresolved)
      ledger_.add(TieAtCutoffFound{period, group.group, tie.cutoff, tie.members, count(tie.places),
                                   Score{tie.score}});
    if (!group.unresolved.empty()) {
      all = false;
      continue;
    }
    RankingPublished header;
    header.period = period;
    header.group = group.group;
    header.members = count(static_cast<Number>(group.members.size()));
    header.above = count(group.counts.above);
    header.below = count(group.counts.below);
    header.cutoff_above = score_of(group.cutoff_above);
    header.cutoff_below = score_of(group.cutoff_below);
    header.computed_at = computed_at;
    header.decree = ledger_.decree();
    ledger_.add(std::move(header));
    for (const RankedMember& m : group.members) {
      RankingMemberPlaced placed{m.person,
                                 period,
                                 group.group,
                                 m.unit,
                                 Score{m.evaluation.score},
                                 Score{m.evaluation.result},
                                 Score{m.evaluation.behaviour},
                                 BasisPoints{m.discipline},
                                 count(m.rank),
                                 m.tier};
      const Sequence cause = ledger_.add(std::move(placed));
      if (m.tier != Tier::meets) adjust(m.person, period, m.tier, cause, std::nullopt, *rules);
    }
  }
  ledger_.end_commit();
  return all;
}

Sequence Recorder::correct(PersonId person, Period period, std::int64_t result,
                           std::int64_t behaviour) {
  EvaluationCorrected corrected{person, period, Score{result},
                                std::vector<Score>(behaviour_values, Score{behaviour}),
                                ledger_.decree()};
  const View known = oracle().view(ledger_.head());
  const auto placement = placement_after(known, corrected);
  std::optional<Sequence> standing;
  for (const auto& decided : known.recorded_of<TppAdjustmentDecided>(person))
    if (decided.fact->period == period && decided.fact->cause == AdjustmentCause::ranking)
      standing = decided.sequence();
  ledger_.begin_commit();
  const Sequence cause = ledger_.add(std::move(corrected));
  if (placement) {
    const auto placed = known.recorded_of<RankingMemberPlaced>(person);
    const Rules* rules = known.rules_on(placed.back().event->occurred_on);
    adjust(person, period, placement->tier, cause, standing, *rules);
  }
  ledger_.end_commit();
  return cause;
}

std::vector<std::string> disagreements(const testing::EventBuilder& ledger, Mutation mutation) {
  Oracle oracle(mutation);
  for (const Event& event : ledger.events()) oracle.apply(event);
  return oracle.disagreements();
}

}  // namespace runut::oracle
