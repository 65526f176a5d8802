// Each day of each person: clocking in and out, the report and what becomes of it, leave.
#pragma once

#include <vector>

#include "simulation/world.h"

namespace runut::simulation {

class DailyWork {
 public:
  explicit DailyWork(World& world);

  // Puts each month's days on the agenda, one after the other.
  void start();
  // A task of any kind but script.
  void perform(const Task& task);

 private:
  struct Leave {
    Interval days{Date{0}, Date{-1}};
    LeaveKind kind{};
  };

  void begin_day(Date day);
  void begin_quarter(Month first);
  void begin_person_day(PersonIndex p, Date day);
  [[nodiscard]] bool on_leave(PersonIndex p, Date day) const;

  void clock(const Task& task, ClockDirection direction);
  void submit(const Task& task);
  void approve(const Task& task);
  void grant_leave(const Task& task);
  // The task's report goes on: `kind` at `at`.
  void follow(const Task& task, TaskKind kind, Instant at, std::uint8_t number);
  [[nodiscard]] Instant decision_time(const Task& task, SeededRandomness& random,
                                      Instant deadline) const;

  World& world_;
  std::vector<Leave> leaves_;                    // of the current quarter
  std::vector<std::uint64_t> device_sequences_;  // by unit
};

[[nodiscard]] ReportId report_id(Date day, int number);

}  // namespace runut::simulation
