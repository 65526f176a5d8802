// Quarters and years by predicate, decided by the rules and audited by the naive evaluator of the
// rulebook; each mistake planted in the evaluator is noticed on one of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/clock.h"
#include "tests/ledger/tables.h"
#include "tests/oracle/oracle.h"

namespace runut::testing {
namespace {

const Period third_quarter{month(2022, 7), 3};
const Period all_of_2022{month(2022, 1), 12};

// Pays the predicates of the quarter before; the factor is left out, so that somebody is paid.
RegulationText paying_document() {
  return RegulationText("../kota-denpasar/2022-07.json")
      .set("factor_applies_to", "[]")
      .set(
          "predicate_bp",
          R"({"sangat_baik":500,"baik":200,"butuh_perbaikan":-100,"kurang":-300,"sangat_kurang":-500})");
}

class PredicateCity {
 public:
  explicit PredicateCity(std::uint64_t seed)
      : random_(seed),
        holds_(static_cast<UnitPredicate>(1 + seed % 5)),
        s_(Scene::of_a_city(paying_document())) {
    s_.at(date(2022, 1, 4));
    promote(12, 2, "Guru Ahli Muda", date(2022, 1, 4), date(2022, 6, 15));
    promote(12, 3, "Guru Ahli Madya", date(2022, 6, 16), open_end);
    promote(13, 2, "Perawat Terampil", date(2022, 4, 1), open_end);
    s_.appraise(14, 4, 2, date(2022, 9, 1));
    s_.at(date(2022, 10, 3));
    set_units(third_quarter);
    evaluate(third_quarter);
    for (const std::uint64_t unit : {2u, 3u, 4u})
      s_.given(hr(), CloseUnitEvaluations{UnitId{unit}, third_quarter});
    s_.month_is_over(month(2022, 10));
    s_.compute(regular_run(2, month(2022, 10)));
    s_.at(date(2023, 1, 5));
    set_units(all_of_2022);
    evaluate(all_of_2022);
  }
  [[nodiscard]] const std::vector<Event>& events() const { return s_.events(); }

 private:
  std::uint64_t below_(std::uint64_t bound) { return random_.below(bound); }
  Expectation any() {
    static constexpr Expectation drawn[] = {Expectation::below, Expectation::meets,
                                            Expectation::meets, Expectation::above,
                                            Expectation::above};
    return drawn[below_(std::size(drawn))];
  }
  UnitPredicate any_of_unit() { return static_cast<UnitPredicate>(1 + below_(5)); }

  void promote(std::uint64_t person, std::uint32_t assignment, const std::string& title, Date from,
               Date until) {
    const auto& posts = s_.facts().person(PersonId{person}).assignments;
    if (posts.back().days.until >= from)
      s_.given(hr(), AssignmentEnded{PersonId{person}, posts.back().assignment, from - 1});
    AssignmentStarted started;
    started.person = PersonId{person};
    started.assignment = assignment;
    started.unit = UnitId{3};
    started.post = title;
    started.job_class = 7;
    started.echelon = Echelon::staff;
    started.kind = PositionKind::functional;
    started.role = AssignmentRole::definitive;
    started.tpp_eligible = true;
    started.from = from;
    if (until != open_end) started.until = until;
    s_.given(hr(), started);
  }

  // The root's, the department's (twice: the second in the first's place), and now and then U3's
  // own.
  void set_units(Period period) {
    const auto set = [&](std::uint64_t unit, const Said& said = {}) {
      return s_.given(hr(), UnitPredicateSet{UnitId{unit}, period, any_of_unit(), s_.decree()},
                      said);
    };
    set(1);
    const Sequence first = set(2);
    s_.given(hr(), UnitPredicateSet{UnitId{2}, period, holds_, s_.decree()},
             {.reason = "salah catat", .supersedes = first});
    if (below_(3) == 0) set(3);
  }

  void rate(std::uint64_t by, PersonId person, Period period) {
    s_.given(appraiser(by), WorkResultRated{person, period, {}, any()});
    if (below_(8) == 0) return;  // half a rating is none
    s_.given(appraiser(by), BehaviourRated{person, period, {}, any()});
    if (below_(3) == 0) s_.given(appraiser(by), WorkResultRated{person, period, {}, any()});
  }

  void evaluate(Period period) {
    for (std::uint64_t id = 11; id <= 17; ++id) {
      const PersonId person{id};
      rate(3, person, period);
      const std::uint64_t last = id == 14 ? 4 : 3;
      if (last != 3) {
        rate(last, person, period);
        rate(3, person, period);  // who appraised earlier, later
      }
      if (below_(4) == 0) continue;
      if (s_.when(appraiser(last), EvaluationDelivered{person, period}).refused) continue;
      if (below_(4) != 0) continue;
      EvaluationCorrected corrected{person, period, unscored, {}, s_.decree()};
      corrected.expectations = Expectations{any(), any()};
      s_.given(official(2), corrected, {.reason = "keberatan dikabulkan"});
    }
  }

  SeededRandomness random_;
  UnitPredicate holds_;  // of the department in the end: each in turn
  Scene s_;
};

std::vector<std::string> predicate_disagreements(const std::vector<Event>& events,
                                                 oracle::Mutation mutation) {
  oracle::Oracle evaluator(mutation);
  for (const Event& event : events) evaluator.apply(event);
  return evaluator.disagreements();
}

TEST(PredicateOracle, AgreesAndNoticesEveryPlantedMistake) {
  std::vector<std::vector<Event>> ledgers;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    ledgers.push_back(PredicateCity(seed).events());
    EXPECT_THAT(predicate_disagreements(ledgers.back(), oracle::Mutation::none),
                ::testing::IsEmpty());
  }
  for (const oracle::MutationRow& row : oracle::predicate_mutation_table)
    EXPECT_TRUE(std::any_of(
        ledgers.begin(), ledgers.end(),
        [&](const auto& events) { return !predicate_disagreements(events, row.mutation).empty(); }))
        << row.name << ": " << row.mistake;
}

}  // namespace
}  // namespace runut::testing
