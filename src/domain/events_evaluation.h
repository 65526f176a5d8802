// Evaluation in the numeric regime (PP 30/2019 art. 41) and objections.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "domain/events_ledger.h"

namespace runut {

struct WorkResultRated {
  PersonId person;
  Period period;
  Score result;
  RUNUT_FIELDS(WorkResultRated, person, period, result)
};

// BerAKHLAK's seven values, in that order: Berorientasi Pelayanan, Akuntabel, Kompeten, Harmonis,
// Loyal, Adaptif, Kolaboratif.
inline constexpr std::size_t behaviour_values = 7;

struct BehaviourRated {
  PersonId person;
  Period period;
  std::vector<Score> values;  // exactly seven
  RUNUT_FIELDS(BehaviourRated, person, period, values)
};

struct InnovationRecognised {
  PersonId person;
  Period period;
  Decree decree;
  RUNUT_FIELDS(InnovationRecognised, person, period, decree)
};

struct EvaluationDelivered {
  PersonId person;
  Period period;
  RUNUT_FIELDS(EvaluationDelivered, person, period)
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

// Carries the whole new result and all seven values; the envelope's `supersedes` names the
// EvaluationDelivered (or earlier correction) that it replaces.
struct EvaluationCorrected {
  PersonId person;
  Period period;
  Score result;
  std::vector<Score> values;
  Decree decree;
  RUNUT_FIELDS(EvaluationCorrected, person, period, result, values, decree)
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

}  // namespace runut
