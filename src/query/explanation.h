// The answer to "why this much?": one person's month, from net to each event, in two branches that
// are kept apart: what moved the rank, and what moved the base. Values only; rendering is
// elsewhere.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "computation/contributions.h"
#include "computation/payment.h"
#include "computation/recorder.h"
#include "computation/tiers.h"
#include "domain/event.h"
#include "query/objection_terms.h"
#include "query/other_times.h"

namespace runut {

// A leaf of an explanation: the event, who acted, how they were known, and its place in the log.
struct EventRef {
  Sequence sequence;
  EventType type{};
  Date occurred_on;
  Instant acted_at;
  Instant recorded_at;
  Actor actor;
  Hash256 leaf;
};

// The smallest change of one rating that would have avoided the cut, found by computing the group
// again with a hypothetical event; one step less fails (also computed).
struct Avoidance {
  bool possible = false;             // false: not even 120.00 would have
  std::optional<std::size_t> value;  // which of the seven behaviour values; empty: the work result
  Score from;
  Score to;
  std::vector<std::uint32_t> cut_instead;  // ranks, in the ranking as published
};

struct Neighbour {
  std::uint32_t rank = 0;
  Score score;
  Tier tier{};
  bool self = false;
};

// Members on both sides of a cut-off with equal scores and tie keys, the person among them: an
// official decided, not the score.
struct TieBranch {
  Cutoff cutoff{};
  std::uint32_t members = 0;  // with that score and those keys
  std::uint32_t places = 0;   // in the tier beyond the cut-off, for these members
  Score score;
  bool chosen = false;  // for that tier
  Sequence found;       // TieAtCutoffFound
  Sequence resolved;    // TieResolved
  Decree decree;        // that decided
};

// What moved the rank.
struct RankBranch {
  Period period;
  std::string group;
  RankingScope scope{};  // of groups, and the fewest members that one keeps
  std::int64_t minimum_size = 0;
  TierShares shares;
  Sequence published;
  Date published_on;
  std::uint32_t members = 0;
  std::uint32_t above = 0;
  std::uint32_t below = 0;
  std::optional<Score> cutoff_above;
  std::optional<Score> cutoff_below;
  RankingMemberPlaced placed;
  Sequence placed_at;
  std::vector<Neighbour> neighbours;   // around the person, without names
  std::optional<Score> distance;       // to the score that would have left the tier
  std::vector<Derivation> score;       // how the score came about
  Derivation ranking;                  // how the group was cut, and the person's own place in it
  bool reproduced = true;              // cut again it places everybody as published
  std::vector<TieKey> tie_keys;        // what decides between equal scores, in this order
  std::vector<TieBranch> ties;         // that the person was in
  std::string document;                // that ranked
  bool by_decision_date = false;       // a later document ranked an earlier period: say so
  std::optional<Avoidance> by_result;  // only for somebody below
  std::optional<Avoidance> by_behaviour;
  std::vector<Sequence> adjustments;  // TppAdjustmentDecided, the standing one last
  BasisPoints delta;                  // that pays in this month
  Rupiah amount;                      // of this month's adjustment line, 0 without
};

// The unit that a group is named by, where its scope has one.
[[nodiscard]] std::optional<UnitId> unit_of_group(const RankBranch& rank);

// Why the person stands outside the ranking whose tiers pay in this month.
struct UnrankedBranch {
  Period period;
  UnrankedReason reason{};
  Sequence event;  // that says so; 0: none, for whoever was assigned on no day of the period
};

// What the predicate regime says of the month: the predicate of the period that ended before it,
// and what the month's document makes of it.
struct PredicateBranch {
  struct Shown {
    Predicate predicate{};
    Sequence event;  // EvaluationDelivered, or the EvaluationCorrected that replaced it
  };
  Period period;
  std::optional<Shown> shown;         // as the payment knew it; none: nothing was delivered
  std::optional<Expectations> given;  // that it was made of
  std::vector<Sequence> ratings;      // that gave them
  std::optional<Shown> since;         // what stands now, where that is another
  std::optional<UnitPredicate> unit;  // of the post on the period's last day
  Sequence unit_event;                // UnitPredicateSet
  std::optional<AppliedRule> quadrant;
  std::optional<AppliedRule> rate;  // predicate_bp; none: the document pays no predicate
  BasisPoints delta;                // that it states for this predicate
  Rupiah amount;                    // of this month's line, 0 without
};

// An excuse for a day of the month, as known now.
struct ExcuseBranch {
  Date date;
  Sequence filed;
  std::optional<Sequence> decided;
  bool approved = false;
  bool counted = false;  // by the regular run: approved in time, and known to it
};

// How an evaluation that this month's pay rests on was disputed or corrected after its delivery:
// the way from the objection to the rupiah.
struct ObjectionBranch {
  Period period;
  std::optional<Sequence> filed;  // none: corrected without an objection
  std::optional<Sequence> requested;
  std::optional<Sequence> explained;
  std::optional<Sequence> decided;
  bool upheld = false;
  std::optional<Decree> decree;     // of the decision
  std::optional<Date> decision_by;  // undecided: the last day that is in time
  std::vector<std::pair<Sequence, ObjectionTerms::Late>> late;  // which step, and how late
  std::optional<Sequence> corrected;
  std::optional<Decree> corrected_by;
  std::vector<std::pair<Sequence, BasisPoints>> adjusted;  // by the correction, to which rate
  std::vector<Sequence> posted;                            // what it paid or took for this month
};

// A settlement of this month that a later run paid.
struct CorrectionBranch {
  RunId run;  // that carried it
  Sequence posted;
  Rupiah settled;  // by the regular run and the corrections before
  Rupiah recomputed;
  Rupiah amount;
  struct Difference {
    LineKind kind{};
    std::optional<Component> component;
    std::string code;
    Rupiah paid;
    Rupiah recomputed;
  };
  std::vector<Difference> lines;   // line by line, those that differ; together `amount`
  std::vector<Sequence> causes;    // that no correction before knew
  std::vector<Sequence> too_late;  // of these: acted at or after the month's approval cut-off
};

struct Explanation {
  std::string agency;
  std::string agency_name;
  std::map<UnitId, std::string> units;  // names of those that it speaks of
  bool simulated = false;
  int utc_offset_minutes = 0;  // of the agency: times are told locally
  PersonId person;
  Month month;
  Sequence head;
  Hash256 head_leaf;
  RunId run;
  Sequence payment_event;
  Sequence computed_at;
  bool locked = false;
  std::string document;                 // in force on the month's first day
  OtherTimes times;                     // asked for: then the payment is hypothetical
  Rupiah recorded_net;                  // of the run's payment
  TppPaymentComputed payment;           // as recorded; `left_out` when no run pays the month
  std::vector<AppliedRule> line_rules;  // that each of its lines cites
  bool reproduced = false;              // computed again: equal to what is recorded, or asked so
  std::vector<Contribution> contributions;  // sum exactly to net; none when it is not reproduced
  std::vector<Derivation> derivation;
  std::optional<RankBranch> rank;
  std::optional<UnrankedBranch> unranked;    // never beside a rank
  std::optional<PredicateBranch> predicate;  // under a document of the predicate regime
  std::vector<ExcuseBranch> excuses;         // in the order of filing
  std::vector<Sequence> returned;            // PaymentReturned of the run's payment
  std::vector<ObjectionBranch> objections;   // by period and filing
  std::vector<CorrectionBranch> corrections;
  Rupiah paid_in_all;              // net + corrections posted for the month
  std::vector<EventRef> events;    // every event that the explanation rests on, by sequence
  std::vector<AppliedRule> rules;  // every parameter, by name
};

}  // namespace runut
