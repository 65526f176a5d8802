// A year of a small city in random commands, from one seed: most are what somebody would ask for in
// the state that the ledger is in, some come from whoever has no business asking.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "tests/ledger/scene.h"

namespace runut::testing {

class RandomCommands {
 public:
  explicit RandomCommands(std::uint64_t seed);
  void play(std::size_t commands);

  [[nodiscard]] const Scene& scene() const { return scene_; }
  // Of the commands played; the city's founding is not counted.
  [[nodiscard]] std::size_t accepted() const { return accepted_; }
  [[nodiscard]] std::size_t refused() const { return refused_; }

 private:
  // One group of the ranking.
  static inline const std::vector<std::uint64_t> ranked = {11, 12, 13, 14, 15, 16, 17};
  // Each asks for one thing.
  void step();
  void report_or_decide();
  void attendance();
  void roster();
  void delegation();
  void acting_role();
  void evaluation();
  void predicate();
  void planning();
  void cascade();
  void imports();
  void merit();
  void feedback();
  void survey(PersonId who);
  void senior_post();
  void access();
  void qualification();
  void objection();
  void ranking();
  void money();
  void sanction();
  void regulation();
  void run();
  void run_of_month(UnitId unit, Month month);
  void correction_of_month(UnitId unit, Month month);

  void ask(By by, CommandBody body, const Said& said = {});
  void newcomer(std::uint64_t id);

  [[nodiscard]] bool chance(std::uint64_t percent) { return random_.below(100) < percent; }
  [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) {
    return low +
           static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(high - low + 1)));
  }
  template <class T>
  [[nodiscard]] T pick(const std::vector<T>& of) {
    return of.at(random_.below(of.size()));
  }
  [[nodiscard]] Month this_month() const { return month_of(scene_.today()); }
  [[nodiscard]] const PersonFacts& person(std::uint64_t id) const {
    return scene_.facts().person(PersonId{id});
  }

  bool by_predicate_;
  Period period_;  // that people are evaluated for
  Scene scene_;
  SeededRandomness random_;
  std::uint64_t next_person_ = 100;
  std::uint64_t next_unit_ = 10;
  std::uint64_t next_id_ = 1;  // of reports, excuses, devices' records
  std::uint32_t next_assignment_ = 2;
  std::uint32_t documents_ = 1;
  std::size_t accepted_ = 0;
  std::size_t refused_ = 0;
};

}  // namespace runut::testing
