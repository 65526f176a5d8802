// A random office over some months: everything that changes pay, in one stream of events that one
// seed decides. Runs, rankings and corrections are recorded as the engine computes them, so that
// the oracle can audit the whole ledger.
#pragma once

#include "base/clock.h"
#include "computation/ranking.h"
#include "tests/computation/office.h"

namespace runut::testing {

// The documents that a random office lives under, as RegulationText names them.
struct RandomRegulation {
  std::string first = "2022-08.json";
  std::optional<std::string> from_july{};
  bool ranked = true;
};

class RandomOffice {
 public:
  explicit RandomOffice(std::uint64_t seed, const RandomRegulation& regulation = {});

  // January to `last` of 2022: work, runs, where ranked a ranking of the first semester in August.
  void live_until(Month last);

  Office office;

 private:
  struct Employee {
    std::uint64_t id = 0;
    std::uint32_t assignments = 1;
    bool assigned = true;
    std::uint64_t excuses = 0;
    std::uint32_t acting = 0;  // the last role's id
    Date acting_from{};
    Date acting_until{};
  };

  [[nodiscard]] bool chance(int percent) {
    return random_.below(100) < static_cast<std::uint64_t>(percent);
  }
  [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) {
    return low +
           static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(high - low + 1)));
  }
  template <class T>
  [[nodiscard]] T pick(std::initializer_list<T> of) {
    return *(of.begin() + random_.below(of.size()));
  }
  [[nodiscard]] static RegulationText varied(const std::string& file, std::uint64_t seed);

  void hire();
  void plan_month(Month month);
  void plan_acting(Month month);
  void work_day(Employee& employee, Date day);
  void late_facts(Month month);
  void pay_month(Month month);
  void survey(const Employee& employee, Period period);
  void rank(Period period);
  void correct_somebody(Period period);
  void amend(Month month, const std::string& file);
  bool publish(Period period, const Rules& rules);
  void record(const GroupRanking& ranking, Period period, const Facts& known);

  RandomRegulation regulation_;
  std::size_t amendments_ = 0;
  SeededRandomness random_;
  SeededRandomness surveys_;  // apart, so that surveys change scores and nothing else of a seed
  SeededRandomness acting_random_;  // apart, so that the rest of a seed's story stays as it is
  Date published_on_;
  std::vector<Employee> people_;
  std::vector<Date> open_reports_[64];
};

}  // namespace runut::testing
