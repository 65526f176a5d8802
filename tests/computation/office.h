// One office on paper, for payments worked by hand: U1 is the root, U2 a paying department with its
// division U3, U4 another paying department; ceilings of the classes 7 and 12; 17 August is a
// holiday.
#pragma once

#include <string>
#include <vector>

#include "computation/laws.h"
#include "computation/run.h"
#include "tests/computation/folded_facts.h"
#include "tests/support/event_builder.h"

namespace runut::testing {

inline RunId regular_run(std::uint64_t unit, Month month, std::uint32_t number = 1) {
  return {UnitId{unit}, month, RunKind::regular, number};
}
inline RunId correction_run(std::uint64_t unit, Month month, std::uint32_t number = 1) {
  return {UnitId{unit}, month, RunKind::correction, number};
}

// "earned beban_kerja 3000000", "deduction koperasi -500 2022-07"
std::vector<std::string> shown(const std::vector<PaymentLine>& lines);

class Office {
 public:
  explicit Office(const RegulationText& regulation = RegulationText(),
                  int utc_offset_minutes = 420);

  EventBuilder ledger;

  // Attendance without fault and approved reports of 300 minutes on every working day.
  void works(std::uint64_t person, Date from, Date until);
  void attends(std::uint64_t person, Date day);
  void reports(std::uint64_t person, Date day, std::int64_t minutes = 300);
  // Closes attendance everywhere and moves the clock past the approval cut-off.
  void end(Month month);
  [[nodiscard]] static bool is_working_day(Date day);

  [[nodiscard]] FoldedFacts facts() const { return FoldedFacts(ledger.events()); }
  // As known now; must be computable, and keep every law.
  [[nodiscard]] TppPaymentComputed payment(std::uint64_t person, const RunId& run) const;
  [[nodiscard]] Error refusal(const RunId& run) const;

  // Recorded as the writer would: computed; computed and locked, with what the lock posts; ordered.
  void compute(const RunId& run);
  void lock(const RunId& run);
  void order(const RunId& run);
  void pay(const RunId& run);
};

}  // namespace runut::testing
