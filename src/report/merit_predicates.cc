#include "report/merit_predicates.h"

#include <set>

#include "report/payroll.h"

namespace runut::report {
namespace {

std::set<UnitId> units_of(const Facts& facts, Period period) {
  const AgencyFacts& agency = facts.agency();
  std::set<UnitId> out;
  for (const auto& [key, decided] : agency.unit_predicates)
    if (key.second == period && decided.front().sequence <= facts.known_at()) out.insert(key.first);
  for (const auto& [key, closing] : agency.evaluations_closed)
    if (key.second == period && closing.sequence <= facts.known_at()) out.insert(key.first);
  return out;
}

}  // namespace

bool has_predicates(const Facts& facts, Period period) {
  return !units_of(facts, period).empty();
}

Section predicates_section(const Facts& facts, Period period) {
  Section out{"predicates",
              {"Sebaran predikat", "Predicates"},
              {{"unit", {"Unit", "Unit"}},
               {"unit_name", {"Nama unit", "Unit's name"}},
               {"unit_predicate", {"Predikat unit", "Unit's predicate"}},
               {"sangat_kurang", {"Sangat kurang", "Sangat kurang (5th)"}, Measure::count},
               {"kurang", {"Kurang", "Kurang (4th)"}, Measure::count},
               {"butuh_perbaikan", {"Butuh perbaikan", "Butuh perbaikan (3rd)"}, Measure::count},
               {"baik", {"Baik", "Baik (2nd)"}, Measure::count},
               {"sangat_baik", {"Sangat baik", "Sangat baik (1st)"}, Measure::count},
               {"unrated", {"Belum dinilai", "Unrated"}, Measure::count},
               {"check", {"Pemeriksaan sebaran", "Check"}},
               {"event", {"Peristiwa", "Event"}, Measure::count}},
              {}};
  const AgencyFacts& agency = facts.agency();
  for (const UnitId unit : units_of(facts, period)) {
    std::vector<std::string> cells = {to_string(unit), unit_name(facts, unit)};
    if (agency.is_evaluated(unit, period, facts.known_at())) {
      const UnitEvaluationsFact& fact = agency.evaluations_closed.at({unit, period});
      cells.emplace_back(to_string(fact.closed.predicate));
      for (const PredicateCount& one : fact.closed.counts)
        cells.push_back(std::to_string(one.persons));
      cells.push_back(std::to_string(fact.closed.unrated));
      cells.emplace_back(to_string(fact.closed.verdict));
      cells.push_back(std::to_string(fact.sequence.value));
    } else {
      const UnitPredicateFact* const own = agency.unit_predicate(unit, period, facts.known_at());
      cells.emplace_back(own == nullptr ? "" : to_string(own->predicate));
      cells.resize(cells.size() + 6);
      cells.emplace_back("open");
      cells.push_back(own == nullptr ? "" : std::to_string(own->sequence.value));
    }
    out.row(std::move(cells));
  }
  return out;
}

}  // namespace runut::report
