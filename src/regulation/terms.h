// Words that only a regulation document uses. Read from its JSON, never stored as numbers.
#pragma once

#include <cstdint>

#include "base/money.h"
#include "domain/vocabulary.h"

namespace runut {

// How far the city vouches for a value: seen in a public text, seen in running municipal systems,
// or our default that the city must confirm.
enum class ValueStatus : std::uint8_t { unspecified, cited, practice, assumed };
RUNUT_ENUM_NAMES(ValueStatus, {E::cited, "cited"}, {E::practice, "practice"},
                 {E::assumed, "assumed"});

// The date that decides which document a rule is read from (architecture, decision 8).
enum class AppliesBy : std::uint8_t { unspecified, fact, period_end, decision, payment_month };
RUNUT_ENUM_NAMES(AppliesBy, {E::fact, "fact"}, {E::period_end, "period_end"},
                 {E::decision, "decision"}, {E::payment_month, "payment_month"});

enum class Regime : std::uint8_t { unspecified, numeric, predicate };
RUNUT_ENUM_NAMES(Regime, {E::numeric, "numeric"}, {E::predicate, "predicate"});

// Which rating counts for somebody with several assignments in a period (rulebook section 3.2).
enum class SeveralAssignments : std::uint8_t { unspecified, last, days };
RUNUT_ENUM_NAMES(SeveralAssignments, {E::last, "last"}, {E::days, "days"});

// PP 30/2019; not the predicates of PermenPANRB 6/2022.
enum class NumericBand : std::uint8_t {
  unspecified,
  sangat_baik,
  baik,
  cukup,
  kurang,
  sangat_kurang
};
RUNUT_ENUM_NAMES(NumericBand, {E::sangat_baik, "sangat_baik"}, {E::baik, "baik"},
                 {E::cukup, "cukup"}, {E::kurang, "kurang"}, {E::sangat_kurang, "sangat_kurang"});

enum class RankingScope : std::uint8_t {
  unspecified,
  unit,
  unit_and_job_class,
  appraiser,
  job_class,
  agency
};
RUNUT_ENUM_NAMES(RankingScope, {E::unit, "unit"}, {E::unit_and_job_class, "unit_and_job_class"},
                 {E::appraiser, "appraiser"}, {E::job_class, "job_class"}, {E::agency, "agency"});

enum class TailRounding : std::uint8_t { unspecified, floor, half_up, largest_remainder };
RUNUT_ENUM_NAMES(TailRounding, {E::floor, "floor"}, {E::half_up, "half_up"},
                 {E::largest_remainder, "largest_remainder"});

enum class TieKey : std::uint8_t { unspecified, result, behaviour, discipline };
RUNUT_ENUM_NAMES(TieKey, {E::result, "result"}, {E::behaviour, "behaviour"},
                 {E::discipline, "discipline"});

enum class MeritCategory : std::uint8_t { unspecified, buruk, kurang, baik, sangat_baik };
RUNUT_ENUM_NAMES(MeritCategory, {E::buruk, "buruk"}, {E::kurang, "kurang"}, {E::baik, "baik"},
                 {E::sangat_baik, "sangat_baik"});

RUNUT_ENUM_NAMES(Rounding, {E::half_up, "half_up"}, {E::half_even, "half_even"}, {E::down, "down"},
                 {E::up, "up"});

}  // namespace runut
