// Evaluation and objections. In the numeric regime (PP 30/2019 art. 41) both axes are scores, in
// the predicate regime (PermenPANRB 6/2022) both are expectations, and nobody has a score.
//
// One event of each axis serves both, by an appended field: whoever reads ratings, their order and
// their authority needs no second list, and a program that does not know the field refuses the
// event by name instead of taking it for a score. `result` is then 0 and `values` empty, and
// neither is stored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "domain/events_ledger.h"

namespace runut {

// Stands in a command that rates by expectation; no JSON can say it, and no event has it.
inline constexpr Score unscored{-1};

struct WorkResultRated {
  PersonId person;
  Period period;
  Score result;
  std::optional<Expectation> expectation{};  // in its place
  RUNUT_FIELDS(WorkResultRated, person, period, result, expectation)
};

// BerAKHLAK's seven values, in that order: Berorientasi Pelayanan, Akuntabel, Kompeten, Harmonis,
// Loyal, Adaptif, Kolaboratif.
inline constexpr std::size_t behaviour_values = 7;

struct BehaviourRated {
  PersonId person;
  Period period;
  std::vector<Score> values;                 // exactly seven
  std::optional<Expectation> expectation{};  // in their place: of the behaviour as a whole
  RUNUT_FIELDS(BehaviourRated, person, period, values, expectation)
};

struct InnovationRecognised {
  PersonId person;
  Period period;
  Decree decree;
  RUNUT_FIELDS(InnovationRecognised, person, period, decree)
};

// What the person was shown is the ledger's to compute: in the predicate regime the predicate, and
// of an annual evaluation in functional posts the credit. What a command says there is not read.
struct EvaluationDelivered {
  PersonId person;
  Period period;
  std::optional<Predicate> predicate{};
  std::optional<std::uint32_t> credit_hundredths{};
  RUNUT_FIELDS(EvaluationDelivered, person, period, predicate, credit_hundredths)
};

// Sealed text: the grounds.
struct ObjectionFiled {
  PersonId person;
  Period period;
  RUNUT_FIELDS(ObjectionFiled, person, period)
};

struct ExplanationRequested {
  PersonId person;
  Period period;
  RUNUT_FIELDS(ExplanationRequested, person, period)
};

// Sealed text: the explanation.
struct ExplanationGiven {
  PersonId person;
  Period period;
  RUNUT_FIELDS(ExplanationGiven, person, period)
};

struct ObjectionDecided {
  PersonId person;
  Period period;
  bool upheld = false;
  Decree decree;
  RUNUT_FIELDS(ObjectionDecided, person, period, upheld, decree)
};

struct Expectations {
  Expectation result{};
  Expectation behaviour{};
  RUNUT_FIELDS(Expectations, result, behaviour)
};

// Carries the whole new result and all seven values, or both expectations in their place; the
// envelope's `supersedes` names the EvaluationDelivered (or earlier correction) that it replaces.
// Predicate and credit are the ledger's to compute, as at delivery.
struct EvaluationCorrected {
  PersonId person;
  Period period;
  Score result;
  std::vector<Score> values;
  Decree decree;
  std::optional<Expectations> expectations{};
  std::optional<Predicate> predicate{};
  std::optional<std::uint32_t> credit_hundredths{};
  RUNUT_FIELDS(EvaluationCorrected, person, period, result, values, decree, expectations, predicate,
               credit_hundredths)
};

// The predicate of the organisation (predikat kinerja organisasi); it holds for the unit and those
// below it that have none of their own. A later one of the same unit and period supersedes.
struct UnitPredicateSet {
  UnitId unit;
  Period period;
  UnitPredicate predicate{};
  Decree decree;
  RUNUT_FIELDS(UnitPredicateSet, unit, period, predicate, decree)
};

// The rated person took note of what stands: the delivery, or a later correction.
struct EvaluationAcknowledged {
  PersonId person;
  Period period;
  RUNUT_FIELDS(EvaluationAcknowledged, person, period)
};

// The rated person does not sign; it stands all the same. Sealed text, optional: why.
struct EvaluationRefused {
  PersonId person;
  Period period;
  RUNUT_FIELDS(EvaluationRefused, person, period)
};

struct PredicateCount {
  Predicate predicate{};
  std::uint32_t persons = 0;
  RUNUT_FIELDS(PredicateCount, predicate, persons)
};

// The unit's ratings of the period are final. Everything but unit and period is computed: its
// predicate, its own people by predicate (every predicate once, from sangat_kurang up), how many
// have none, and what the document's row says to that; `broken` counts the row's terms from 0.
struct UnitEvaluationsClosed {
  UnitId unit;
  Period period;
  UnitPredicate predicate{};
  std::vector<PredicateCount> counts;
  std::uint32_t unrated = 0;
  DistributionVerdict verdict{};
  std::vector<std::uint32_t> broken;
  RUNUT_FIELDS(UnitEvaluationsClosed, unit, period, predicate, counts, unrated, verdict, broken)
};

}  // namespace runut
