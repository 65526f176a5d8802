// Evaluations by person and period: ratings, delivery and its answer, objections, corrections; and
// by unit and period: its predicate and its closing.
//
//   'e' person(8) period(3) sequence(8)   one event of the evaluation (Change)
//   'p' period(3) person(8)               the person has an evaluation of the period
//   'u' period(3) unit(8) sequence(8)     a predicate or the closing of the unit (UnitChange)
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::evaluations {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"evaluations", 4, &fold, &events};

struct WorkResult {
  Score result;
  std::optional<Expectation> expectation;  // in its place, here and below
  std::uint64_t by = 0;                    // the actor's id
  Sequence sequence;
};
struct Behaviour {
  std::vector<Score> values;
  std::optional<Expectation> expectation;
  std::uint64_t by = 0;
  Sequence sequence;
};
struct Correction {
  Score result;
  std::vector<Score> values;
  std::optional<Sequence> supersedes;
  std::optional<Expectations> expectations;
  std::optional<Predicate> predicate;
  std::optional<std::uint32_t> credit_hundredths;
  Sequence sequence;
};
struct Objection {
  Sequence filed;
  Instant filed_at;  // action times
  std::optional<Sequence> requested;
  std::optional<Sequence> explained;
  std::optional<Sequence> decided;
  Instant decided_at;
  bool upheld = false;
};

// What the rated person said to the delivery or to a correction of it.
struct Reply {
  bool acknowledged = false;
  Date on;
  Sequence sequence;
};

// Lists are in the order of the log. Which rating counts is the computation's matter.
struct Evaluation {
  PersonId person;
  Period period;
  std::vector<WorkResult> results;
  std::vector<Behaviour> behaviours;
  std::optional<Sequence> innovation;
  std::optional<Sequence> delivered;
  Instant delivered_at;
  std::optional<Predicate> delivered_predicate;
  std::optional<std::uint32_t> delivered_credit_hundredths;
  std::vector<Correction> corrections;
  std::vector<Objection> objections;
  std::optional<Reply> reply;  // the latest

  // What stands: of the last correction, else of the delivery.
  [[nodiscard]] std::optional<Predicate> predicate() const {
    return corrections.empty() ? delivered_predicate : corrections.back().predicate;
  }
  [[nodiscard]] std::optional<std::uint32_t> credit_hundredths() const {
    return corrections.empty() ? delivered_credit_hundredths : corrections.back().credit_hundredths;
  }
  // It answers what stands: a correction waits for an answer of its own.
  [[nodiscard]] bool is_answered() const {
    return reply && delivered && *delivered < reply->sequence &&
           (corrections.empty() || corrections.back().sequence < reply->sequence);
  }
};

// Nothing: no event of it has happened.
[[nodiscard]] Result<std::optional<Evaluation>> find(const RowReader& rows, PersonId person,
                                                     Period period);
// Ascending.
[[nodiscard]] Result<std::vector<PersonId>> persons_in(const RowReader& rows, Period period);

struct UnitPeriod {
  UnitId unit;
  std::optional<UnitPredicate> predicate;  // the unit's own, the latest
  Sequence predicate_set;
  std::optional<UnitEvaluationsClosed> closed;
  Sequence closed_at;
};

// The units with a predicate of their own or a closing, ascending.
[[nodiscard]] Result<std::vector<UnitPeriod>> units_in(const RowReader& rows, Period period);

}  // namespace runut::evaluations
