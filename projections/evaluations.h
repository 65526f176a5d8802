// Evaluations by person and period: ratings, delivery and its answer, objections, corrections.
//
//   'e' person(8) period(3) sequence(8)   one event of the evaluation (Change)
//   'p' period(3) person(8)               the person has an evaluation of the period
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::evaluations {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
inline constexpr Projection projection{"evaluations", 3, &fold};

struct WorkResult {
  Score result;
  std::uint64_t by = 0;  // the actor's id
  Sequence sequence;
};
struct Behaviour {
  std::vector<Score> values;
  std::uint64_t by = 0;
  Sequence sequence;
};
struct Correction {
  Score result;
  std::vector<Score> values;
  std::optional<Sequence> supersedes;
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
  std::vector<Correction> corrections;
  std::vector<Objection> objections;
  std::optional<Reply> reply;  // the latest

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

}  // namespace runut::evaluations
