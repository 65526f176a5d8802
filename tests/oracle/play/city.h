// A small city for the oracle's own tests: U1 the root, U2 a paying department with its division
// U3, U4 another paying department. Ceilings of the classes 6, 7 and 12; 17 August is a holiday.
#pragma once

#include <set>

#include "tests/oracle/play/recorder.h"

namespace runut::oracle {

class City {
 public:
  // The document is in force from 2020 on.
  explicit City(const testing::RegulationText& regulation = testing::RegulationText());

  testing::EventBuilder ledger;
  Recorder record{ledger};

  // Attendance without fault and approved reports of the scheduled minutes on every working day
  // from `from` to `until` but the `except` ones (no report, no record on these).
  void works(std::uint64_t person, Date from, Date until, const std::set<Date>& except = {});
  // Both halves of a working day, apart.
  void attends(std::uint64_t person, Date day);
  void reports(std::uint64_t person, Date day, std::int64_t minutes = 300);

  void close(Month month);
  // Closes the month everywhere and moves the clock past the approval cut-off.
  void end(Month month);

  [[nodiscard]] bool is_working_day(Date day) const;
  [[nodiscard]] ExpectedPayment payment(std::uint64_t person, const RunId& run);
};

[[nodiscard]] inline RunId regular(std::uint64_t unit, Month month, std::uint32_t number = 1) {
  return RunId{UnitId{unit}, month, RunKind::regular, number};
}
[[nodiscard]] inline RunId correction(std::uint64_t unit, Month month, std::uint32_t number = 1) {
  return RunId{UnitId{unit}, month, RunKind::correction, number};
}

// "earned beban_kerja 3000000", "deduction koperasi -500 2022-07"
[[nodiscard]] std::vector<std::string> shown(const std::vector<Line>& lines);

}  // namespace runut::oracle
