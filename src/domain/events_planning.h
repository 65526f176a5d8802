// Planning: unit agreements (perjanjian kinerja), indicators (IKU) and their cascade, plans (SKP).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/events_ledger.h"

namespace runut {

// The unit's head and who the unit answers to agree on the period's performance.
struct UnitAgreementSigned {
  UnitId unit;
  Period period;
  Decree decree;
  RUNUT_FIELDS(UnitAgreementSigned, unit, period, decree)
};

struct IndicatorDefined {
  UnitId unit;
  std::uint64_t indicator = 0;  // unique within the agency
  Period period;
  std::string name;
  std::string target;  // as the unit words it: "85 %"
  RUNUT_FIELDS(IndicatorDefined, unit, indicator, period, name, target)
};

// The one link upward of an indicator: the links of all form a forest.
struct IndicatorCascaded {
  UnitId unit;  // of the indicator
  std::uint64_t indicator = 0;
  std::uint64_t superior = 0;  // indicator of the same unit or of one above it
  RUNUT_FIELDS(IndicatorCascaded, unit, indicator, superior)
};

// One planned result; its wording stands in the plan's sealed text.
struct PlannedResult {
  std::uint32_t result = 0;                // unique within the plan
  std::optional<std::uint64_t> indicator;  // that it serves
  RUNUT_FIELDS(PlannedResult, result, indicator)
};

// Sealed text: the wording of the results. Drafted anew, the whole draft is replaced.
struct PlanDrafted {
  PersonId person;
  Period period;
  std::vector<PlannedResult> results;
  RUNUT_FIELDS(PlanDrafted, person, period, results)
};

struct PlanSubmitted {
  PersonId person;
  Period period;
  RUNUT_FIELDS(PlanSubmitted, person, period)
};

// Sealed text, optional: why.
struct PlanReturned {
  PersonId person;
  Period period;
  RUNUT_FIELDS(PlanReturned, person, period)
};

struct PlanApproved {
  PersonId person;
  Period period;
  RUNUT_FIELDS(PlanApproved, person, period)
};

// Replaces an approved plan as a whole and waits for approval itself. Sealed text: the wording.
struct PlanRevised {
  PersonId person;
  Period period;
  std::vector<PlannedResult> results;
  RUNUT_FIELDS(PlanRevised, person, period, results)
};

// What the appraiser expects beyond the plan's wording. Sealed text: the expectation.
struct ExpectationClarified {
  PersonId person;
  Period period;
  RUNUT_FIELDS(ExpectationClarified, person, period)
};

}  // namespace runut
