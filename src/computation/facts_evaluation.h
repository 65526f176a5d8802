// Facts of evaluations: of a person, and of a unit (computation/facts.h).
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "domain/events_evaluation.h"

namespace runut {

struct WorkResultFact {
  Score result;
  PersonId by;
  Sequence sequence;
  std::optional<Sequence> on_behalf_of;  // DelegationGranted
  friend bool operator==(const WorkResultFact&, const WorkResultFact&) = default;
};

struct BehaviourFact {
  std::array<Score, behaviour_values> values{};
  PersonId by;
  Sequence sequence;
  std::optional<Sequence> on_behalf_of;
  friend bool operator==(const BehaviourFact&, const BehaviourFact&) = default;
};

// Of either axis.
struct ExpectationFact {
  Expectation value{};
  PersonId by;
  Sequence sequence;
  std::optional<Sequence> on_behalf_of;
  friend bool operator==(const ExpectationFact&, const ExpectationFact&) = default;
};

struct EvaluationCorrectionFact {
  Score result;
  std::array<Score, behaviour_values> values{};
  Sequence sequence;
  std::optional<Expectations> expectations{};  // in place of result and values
  std::optional<Predicate> predicate{};
  friend bool operator==(const EvaluationCorrectionFact&,
                         const EvaluationCorrectionFact&) = default;
};

struct ObjectionFact {
  Sequence filed;
  Instant filed_at;
  std::optional<Sequence> requested;
  std::optional<Sequence> explained;
  std::optional<Instant> explained_at;
  std::optional<Sequence> decided;
  std::optional<Instant> decided_at;
  bool upheld = false;
  friend bool operator==(const ObjectionFact&, const ObjectionFact&) = default;
};

// What the rated person said to what stood.
struct EvaluationAnswerFact {
  bool acknowledged = false;
  Sequence sequence;
  friend bool operator==(const EvaluationAnswerFact&, const EvaluationAnswerFact&) = default;
};

struct EvaluationFact {
  Period period;
  std::vector<WorkResultFact> results;  // in sequence order
  std::vector<BehaviourFact> behaviours;
  std::vector<ExpectationFact> result_expectations;  // of the predicate regime, in sequence order
  std::vector<ExpectationFact> behaviour_expectations;
  std::optional<Sequence> innovation;
  std::optional<Sequence> delivered;
  std::optional<Instant> delivered_at;
  std::optional<Predicate> delivered_predicate;
  std::vector<EvaluationCorrectionFact> corrections;
  std::vector<ObjectionFact> objections;
  std::optional<EvaluationAnswerFact> answer;  // the latest

  // Delivered, or what the last correction made of it; empty: none was delivered.
  [[nodiscard]] std::optional<Predicate> predicate() const {
    return corrections.empty() ? delivered_predicate : corrections.back().predicate;
  }
  // The event that stands: the last correction, else the delivery; 0: not delivered.
  [[nodiscard]] Sequence standing() const {
    return corrections.empty() ? delivered.value_or(Sequence{}) : corrections.back().sequence;
  }
  friend bool operator==(const EvaluationFact&, const EvaluationFact&) = default;
};

// The predicate of an organisation as one decree set it.
struct UnitPredicateFact {
  UnitPredicate predicate{};
  Sequence sequence;
  friend bool operator==(const UnitPredicateFact&, const UnitPredicateFact&) = default;
};

struct UnitEvaluationsFact {
  UnitEvaluationsClosed closed;
  Sequence sequence;
  friend bool operator==(const UnitEvaluationsFact&, const UnitEvaluationsFact&) = default;
};

}  // namespace runut
