// The predicate regime: units' predicates, ratings by expectation, closings, credit.
#include <gtest/gtest.h>

#include "computation/person_predicate.h"
#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

constexpr Expectation fell_short = Expectation::below;
constexpr Expectation as_expected = Expectation::meets;
constexpr Expectation exceeded = Expectation::above;

const Period q3_2022{month(2022, 7), 3};
const Period whole_2022{month(2022, 1), 12};
const Date october3 = date(2022, 10, 3);
const Date january2 = date(2023, 1, 2);
const PersonId eleventh{11};

RegulationText denpasar() {
  return RegulationText("../kota-denpasar/2022-07.json");
}
// Everything as in the scene's city, under Denpasar's document; a day after the quarter.
void by_predicate(Scene& s, const RegulationText& text = denpasar(), Date day = october3) {
  s = Scene::of_a_city(text);
  s.at(day);
}

UnitPredicateSet of_unit(const Scene& s, UnitPredicate predicate = UnitPredicate::baik,
                         std::uint64_t unit = 2, Period period = q3_2022) {
  return {UnitId{unit}, period, predicate, s.decree()};
}
WorkResultRated by_result(Expectation value, std::uint64_t person = 11, Period period = q3_2022) {
  return {PersonId{person}, period, {}, value};
}
BehaviourRated by_behaviour(Expectation value, std::uint64_t person = 11, Period period = q3_2022) {
  return {PersonId{person}, period, {}, value};
}
EvaluationDelivered delivery(std::uint64_t person = 11, Period period = q3_2022) {
  return {PersonId{person}, period};
}
EvaluationCorrected by_correction(const Scene& s, Expectation of_result, Expectation of_behaviour) {
  EvaluationCorrected out{eleventh, q3_2022, unscored, {}, s.decree()};
  out.expectations = Expectations{of_result, of_behaviour};
  return out;
}
CloseUnitEvaluations closing(std::uint64_t unit = 3, Period period = q3_2022) {
  return {UnitId{unit}, period};
}

// The city with U2's predicate of the quarter, which holds for its division U3 too.
void in_order(Scene& s, const RegulationText& text = denpasar()) {
  by_predicate(s, text);
  s.given(hr(), of_unit(s));
}
void rate(Scene& s, std::uint64_t person, Expectation of_result, Expectation of_behaviour,
          Period period = q3_2022) {
  s.given(appraiser(3), by_result(of_result, person, period));
  s.given(appraiser(3), by_behaviour(of_behaviour, person, period));
}
void told_to_11(Scene& s) {
  in_order(s);
  rate(s, 11, as_expected, exceeded);
  s.given(appraiser(3), delivery());
}

using Rating = std::pair<Expectation, Expectation>;
// P11 and those after them.
void rate_all(Scene& s, const std::vector<Rating>& ratings) {
  std::uint64_t person = 11;
  for (const auto& [of_result, of_behaviour] : ratings) rate(s, person++, of_result, of_behaviour);
}
// All seven of U3: sangat_baik 1, baik 4, butuh_perbaikan 1, kurang 1.
const std::vector<Rating> spread = {{exceeded, exceeded},       {as_expected, as_expected},
                                    {as_expected, as_expected}, {exceeded, as_expected},
                                    {as_expected, exceeded},    {fell_short, as_expected},
                                    {as_expected, fell_short}};
// baik 7.
const std::vector<Rating> all_baik(7, Rating{as_expected, as_expected});

// P12 becomes a functional post of that title, all year.
void functional(Scene& s, const std::string& title) {
  by_predicate(s, denpasar(), january2);
  s.given(hr(), AssignmentEnded{PersonId{12}, 1, date(2021, 12, 31)});
  AssignmentStarted started;
  started.person = PersonId{12};
  started.assignment = 2;
  started.unit = UnitId{3};
  started.post = title;
  started.job_class = 8;
  started.echelon = Echelon::staff;
  started.kind = PositionKind::functional;
  started.role = AssignmentRole::definitive;
  started.tpp_eligible = true;
  started.from = date(2022, 1, 1);
  s.given(hr(), started);
  s.given(hr(), of_unit(s, UnitPredicate::baik, 1, whole_2022));
  rate(s, 12, exceeded, exceeded, whole_2022);
}

}  // namespace

const std::vector<Refusal>& predicate_refusals() {
  static const std::vector<Refusal> rows = {
      // --- the unit's predicate
      {"actor.role", not_theirs, "actor.role", "treasurer",
       [](Scene& s) {
         by_predicate(s);
         return s.when(person_as(9, Role::treasurer), of_unit(s));
       }},
      {"unit.unknown", nobody, "data.unit", "U9",
       [](Scene& s) {
         by_predicate(s);
         return s.when(hr(), of_unit(s, UnitPredicate::baik, 9));
       }},
      {"evaluation.regime", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.at(october3);
         return s.when(hr(), of_unit(s, UnitPredicate::baik, 2, s1_2022));
       }},
      {"evaluation.period_length", no, "data.period", "2022-S1",
       [](Scene& s) {
         by_predicate(s);
         return s.when(hr(), of_unit(s, UnitPredicate::baik, 2, s1_2022));
       }},
      {"evaluation.period_in_future", no, "data.period", "2023",
       [](Scene& s) {
         by_predicate(s);
         return s.when(hr(), of_unit(s, UnitPredicate::baik, 2, whole_2022.following()));
       }},
      {"unit_predicate.signatory", not_theirs, "data.decree.office", "Kepala Dinas",
       [](Scene& s) {
         by_predicate(s);
         UnitPredicateSet body = of_unit(s);
         body.decree = s.decree(3, "Kepala Dinas");
         return s.when(official(3), body);
       }},
      {"unit_predicate.set", no, "data.unit", "U2",
       [](Scene& s) {
         in_order(s);
         return s.when(hr(), of_unit(s, UnitPredicate::istimewa));
       }},
      {"unit_predicate.supersedes", no, "supersedes", "2",
       [](Scene& s) {
         by_predicate(s);
         return s.when(hr(), of_unit(s), {.reason = "salah", .supersedes = Sequence{2}});
       }},
      {"unit_predicate.supersedes", no, "supersedes", "2",
       [](Scene& s) {
         in_order(s);
         return s.when(hr(), of_unit(s), {.reason = "salah", .supersedes = Sequence{2}});
       }},
      {"unit_predicate.reason", no, "reason", "",
       [](Scene& s) {
         by_predicate(s);
         const Sequence first = s.given(hr(), of_unit(s));
         return s.when(hr(), of_unit(s, UnitPredicate::kurang), {.supersedes = first});
       }},
      {"unit_predicate.closed", no, "data.unit", "U2",
       [](Scene& s) {
         by_predicate(s);
         const Sequence first = s.given(hr(), of_unit(s));
         s.given(hr(), closing());
         return s.when(hr(), of_unit(s, UnitPredicate::kurang),
                       {.reason = "salah", .supersedes = first});
       }},
      // --- ratings by expectation
      {"evaluation.regime", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.at(october3);
         return s.when(appraiser(3), by_result(as_expected, 11, s1_2022));
       }},
      {"evaluation.regime", no, "data.period", "2022-Q3",
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(3), BehaviourRated{eleventh, q3_2022, std::vector<Score>(7)});
       }},
      {"evaluation.both_given", no, "data.result", "80.00",
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(3), WorkResultRated{eleventh, q3_2022, Score{8'000}, as_expected});
       }},
      {"evaluation.both_given", no, "data.values", "7",
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(3),
                       BehaviourRated{eleventh, q3_2022, std::vector<Score>(7), as_expected});
       }},
      {"evaluation.score_range", no, "data.result", "-0.01",  // neither is given
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(3), WorkResultRated{eleventh, q3_2022, unscored});
       }},
      {"evaluation.unit_predicate_first", no, "data.person", "P11",
       [](Scene& s) {
         by_predicate(s);
         return s.when(appraiser(3), by_result(as_expected));
       }},
      {"evaluation.unit_predicate_first", no, "data.person", "P11",  // of another unit
       [](Scene& s) {
         by_predicate(s);
         s.given(hr(), of_unit(s, UnitPredicate::baik, 4));
         return s.when(appraiser(3), by_behaviour(as_expected));
       }},
      {"evaluation.unit_predicate_first", no, "data.person", "P11",  // of another period
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(3), by_result(as_expected, 11, whole_2022));
       }},
      {"evaluation.unit_closed", no, "data.period", "2022-Q3",
       [](Scene& s) {
         in_order(s);
         s.given(hr(), closing());
         return s.when(appraiser(3), by_result(as_expected));
       }},
      {"evaluation.delivered", no, "data.period", "2022-Q3",
       [](Scene& s) {
         told_to_11(s);
         return s.when(appraiser(3), by_result(exceeded));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P4",
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(4), by_result(as_expected));
       }},
      {"evaluation.regime", no, "data.period", "2022-Q3",
       [](Scene& s) {
         in_order(s);
         rate(s, 11, as_expected, as_expected);
         return s.when(official(2), InnovationRecognised{eleventh, q3_2022, s.decree()});
       }},
      {"evaluation.incomplete", no, "data.period", "2022-Q3",
       [](Scene& s) {
         in_order(s);
         s.given(appraiser(3), by_result(as_expected));
         return s.when(appraiser(3), delivery());
       }},
      {"credit.coefficient", no, "data.person", "Pranata Komputer",
       [](Scene& s) {
         functional(s, "Pranata Komputer");
         return s.when(appraiser(3), delivery(12, whole_2022));
       }},
      // --- corrections
      {"evaluation.regime", no, "data.period", "2022-Q3",  // a predicate by scores
       [](Scene& s) {
         told_to_11(s);
         return s.when(official(2),
                       EvaluationCorrected{eleventh, q3_2022, Score{8'000},
                                           std::vector<Score>(7, Score{8'000}), s.decree()},
                       {.reason = "salah catat"});
       }},
      {"evaluation.both_given", no, "data.expectations", "meets",
       [](Scene& s) {
         told_to_11(s);
         EvaluationCorrected body = by_correction(s, as_expected, as_expected);
         body.values.assign(7, Score{8'000});
         return s.when(official(2), body, {.reason = "salah catat"});
       }},
      // --- a unit's closing
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(3), closing());
       }},
      {"closing.period_open", no, "data.period", "2022-Q3",
       [](Scene& s) {
         by_predicate(s, denpasar(), date(2022, 9, 30));
         s.given(hr(), of_unit(s));
         return s.when(hr(), closing());
       }},
      {"closing.unit_predicate", no, "data.unit", "U3",
       [](Scene& s) {
         by_predicate(s);
         s.given(hr(), of_unit(s, UnitPredicate::baik, 4));
         return s.when(hr(), closing());
       }},
      {"closing.closed", no, "data.unit", "U3",
       [](Scene& s) {
         in_order(s);
         s.given(hr(), closing());
         return s.when(hr(), closing());
       }},
      {"closing.distribution", no, "data.unit", "U3",
       [](Scene& s) {
         in_order(s, denpasar().set("distribution_mode", "\"enforced\""));
         rate_all(s, all_baik);
         return s.when(hr(), closing());
       }},
      // --- no scores, no ranking
      {"ranking.disabled", no, "data.period", "2022-Q3",
       [](Scene& s) {
         told_to_11(s);
         return s.when(person_as(8, Role::hr), FreezeRanking{q3_2022});
       }},
  };
  return rows;
}

const std::vector<Acceptance>& predicate_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a unit's predicate", "UnitPredicateSet",
       [](Scene& s) {
         by_predicate(s);
         return s.when(hr(), of_unit(s));
       }},
      {"a unit's predicate of a year that is not over", "UnitPredicateSet",
       [](Scene& s) {
         by_predicate(s);
         return s.when(official(2), of_unit(s, UnitPredicate::istimewa, 1, whole_2022));
       }},
      {"another predicate in its place, with the reason", "UnitPredicateSet",
       [](Scene& s) {
         by_predicate(s);
         const Sequence first = s.given(hr(), of_unit(s));
         return s.when(hr(), of_unit(s, UnitPredicate::kurang),
                       {.reason = "salah catat", .supersedes = first});
       }},
      {"a division's own predicate below its department's", "UnitPredicateSet",
       [](Scene& s) {
         in_order(s);
         return s.when(hr(), of_unit(s, UnitPredicate::kurang, 3));
       }},
      {"a result by expectation", "WorkResultRated",
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(3), by_result(fell_short));
       }},
      {"a behaviour by expectation", "BehaviourRated",
       [](Scene& s) {
         in_order(s);
         return s.when(appraiser(3), by_behaviour(exceeded));
       }},
      {"a rating before the unit's predicate where no order is demanded", "WorkResultRated",
       [](Scene& s) {
         by_predicate(s, denpasar().set("unit_predicate_first", "false"));
         return s.when(appraiser(3), by_result(exceeded));
       }},
      {"a delegate rates for the appraiser", "BehaviourRated",
       [](Scene& s) {
         in_order(s);
         s.given(appraiser(3),
                 DelegationGranted{PersonId{3}, PersonId{12}, october3, october3, s.decree()});
         return s.when(delegate(12, 3), by_behaviour(exceeded));
       }},
      {"delivered", "EvaluationDelivered",
       [](Scene& s) {
         in_order(s);
         rate(s, 11, as_expected, as_expected);
         return s.when(appraiser(3), delivery());
       }},
      {"delivered after the unit was closed", "EvaluationDelivered",
       [](Scene& s) {
         in_order(s);
         rate(s, 11, as_expected, as_expected);
         s.given(hr(), closing());
         return s.when(appraiser(3), delivery());
       }},
      {"an objection, as against a score", "ObjectionFiled",
       [](Scene& s) {
         told_to_11(s);
         return s.when(employee(11), ObjectionFiled{eleventh, q3_2022}, says("keberatan"));
       }},
      {"a corrected predicate", "EvaluationCorrected",
       [](Scene& s) {
         told_to_11(s);
         return s.when(official(2), by_correction(s, exceeded, exceeded), {.reason = "dikabulkan"});
       }},
      {"a year's evaluation in a functional post", "EvaluationDelivered",
       [](Scene& s) {
         functional(s, "Guru Ahli Muda");
         return s.when(appraiser(3), delivery(12, whole_2022));
       }},
      {"a unit is closed", "UnitEvaluationsClosed",
       [](Scene& s) {
         in_order(s);
         rate_all(s, spread);
         return s.when(hr(), closing());
       }},
      {"a unit outside its distribution, where that is advice", "UnitEvaluationsClosed",
       [](Scene& s) {
         in_order(s);
         rate_all(s, all_baik);
         return s.when(hr(), closing());
       }},
      {"a unit that cannot satisfy its row, though it is enforced", "UnitEvaluationsClosed",
       [](Scene& s) {
         in_order(s, denpasar().set("distribution_mode", "\"enforced\""));
         return s.when(hr(), closing());  // nobody is rated, and one had to need improvement
       }},
  };
  return rows;
}

namespace {

TEST(PredicateRegime, IsRefusedByRuleFieldAndValue) {
  expect_refused(predicate_refusals());
}
TEST(PredicateRegime, IsAcceptedWithTheseEvents) {
  expect_accepted(predicate_acceptances());
}

const UnitEvaluationsClosed& closed_unit(Scene& s, std::uint64_t unit = 3) {
  return s.payload<UnitEvaluationsClosed>(s.given(hr(), closing(unit)));
}
std::vector<std::uint32_t> persons_by(const UnitEvaluationsClosed& closed) {
  std::vector<std::uint32_t> out;
  for (const PredicateCount& one : closed.counts) out.push_back(one.persons);
  return out;
}
using Counts =
    std::vector<std::uint32_t>;  // sangat_kurang, kurang, butuh_perbaikan, baik, sangat_baik

// Bidang SD, 2022-Q3, worked by hand. The department is Baik, so its division is. By the quadrant:
//   P11 above, above -> sangat_baik          P12, P13 meets, meets -> baik
//   P14 above, meets -> baik                 P15 meets, above -> baik
//   P16 below, meets -> butuh_perbaikan      P17 meets, below -> kurang
// n = 7. Baik: at most 70 % may be baik: 4 / 7 = 57.1 % is within; at least one needs improvement
// or is kurang: 2 are.
TEST(PredicateRegime, ClosesAQuarterOfOneUnitWorkedByHand) {
  Scene s = Scene::of_a_city();
  in_order(s);
  rate_all(s, spread);
  const Predicate expected[] = {Predicate::sangat_baik, Predicate::baik, Predicate::baik,
                                Predicate::baik,        Predicate::baik, Predicate::butuh_perbaikan,
                                Predicate::kurang};
  for (std::uint64_t id = 11; id <= 17; ++id) {
    const auto& told = s.payload<EvaluationDelivered>(s.given(appraiser(3), delivery(id)));
    EXPECT_EQ(told.predicate, expected[id - 11]) << id;
    EXPECT_FALSE(told.credit_hundredths);  // a quarter earns none
  }
  const UnitEvaluationsClosed closed = closed_unit(s);
  EXPECT_EQ(closed.predicate, UnitPredicate::baik);
  EXPECT_EQ(persons_by(closed), (Counts{0, 1, 1, 4, 1}));
  EXPECT_EQ(closed.unrated, 0U);
  EXPECT_EQ(closed.verdict, DistributionVerdict::satisfied);
  EXPECT_TRUE(closed.broken.empty());
  s.expect_live_is_replayed();
}

// All seven baik: 7 / 7 = 100 % is above 70 %, and nobody needs improvement: both terms are broken.
TEST(PredicateRegime, RecordsWhichTermsAUnitBreaks) {
  Scene s = Scene::of_a_city();
  in_order(s);
  rate_all(s, all_baik);
  const UnitEvaluationsClosed closed = closed_unit(s);
  EXPECT_EQ(persons_by(closed), (Counts{0, 0, 0, 7, 0}));
  EXPECT_EQ(closed.verdict, DistributionVerdict::deviates);
  EXPECT_EQ(closed.broken, (std::vector<std::uint32_t>{0, 1}));
}

TEST(PredicateRegime, CountsTheUnitItselfAndWhoHasNoRating) {
  Scene s = Scene::of_a_city();
  in_order(s);
  rate(s, 11, as_expected, as_expected);
  s.given(appraiser(3), by_result(as_expected, 12));  // half a rating is none
  const UnitEvaluationsClosed division = closed_unit(s);
  EXPECT_EQ(persons_by(division), (Counts{0, 0, 0, 1, 0}));
  EXPECT_EQ(division.unrated, 6U);
  const UnitEvaluationsClosed department = closed_unit(s, 2);  // P3 and P9, none of U3
  EXPECT_EQ(persons_by(department), Counts(5));
  EXPECT_EQ(department.unrated, 2U);
  EXPECT_EQ(department.verdict, DistributionVerdict::infeasible);
}

TEST(PredicateRegime, TakesTheNearestUnitsPredicate) {
  Scene s = Scene::of_a_city();
  in_order(s);
  s.given(hr(), of_unit(s, UnitPredicate::istimewa, 3));
  EXPECT_EQ(closed_unit(s).predicate, UnitPredicate::istimewa);
  EXPECT_EQ(closed_unit(s, 2).predicate, UnitPredicate::baik);
}

TEST(PredicateRegime, CountsTheLastAppraisersExpectationsAlone) {
  Scene s = Scene::of_a_city();
  by_predicate(s);
  s.appraise(11, 4, 2, date(2022, 9, 1));
  s.given(hr(), of_unit(s));
  rate(s, 11, exceeded, exceeded);  // by P3, who appraised until August
  EXPECT_EQ(s.when(appraiser(4), delivery()).refused->rule, "evaluation.incomplete");
  s.given(appraiser(4), by_result(exceeded));
  s.given(appraiser(4), by_behaviour(fell_short));
  s.given(appraiser(4), by_behaviour(as_expected));
  EXPECT_EQ(s.payload<EvaluationDelivered>(s.given(appraiser(4), delivery())).predicate,
            Predicate::baik);
}

TEST(PredicateRegime, CorrectsThePredicateAndCountsItCorrected) {
  Scene s = Scene::of_a_city();
  told_to_11(s);
  const auto& corrected = s.payload<EvaluationCorrected>(
      s.given(official(2), by_correction(s, fell_short, fell_short), {.reason = "salah catat"}));
  EXPECT_EQ(corrected.predicate, Predicate::sangat_kurang);
  EXPECT_EQ(corrected.result, Score{});
  EXPECT_EQ(persons_by(closed_unit(s)), (Counts{1, 0, 0, 0, 0}));
}

// What a command claims is not read.
TEST(PredicateRegime, ComputesWhatItShowsWhateverIsAsked) {
  Scene s = Scene::of_a_city();
  in_order(s);
  rate(s, 11, fell_short, fell_short);
  EvaluationDelivered claimed = delivery();
  claimed.predicate = Predicate::sangat_baik;
  claimed.credit_hundredths = 7'500;
  const auto& told = s.payload<EvaluationDelivered>(s.given(appraiser(3), claimed));
  EXPECT_EQ(told.predicate, Predicate::sangat_kurang);
  EXPECT_FALSE(told.credit_hundredths);
}

// Ahli Muda 25.00 x 150 % x 12 / 12 = 37.50, and half a year of it 18.75.
TEST(PredicateRegime, GivesCreditOnceAYear) {
  Scene s = Scene::of_a_city();
  functional(s, "Guru Ahli Muda");
  EXPECT_EQ(s.payload<EvaluationDelivered>(s.given(appraiser(3), delivery(12, whole_2022)))
                .credit_hundredths,
            3'750U);
  rate(s, 11, exceeded, exceeded, whole_2022);  // no functional post
  const auto& other =
      s.payload<EvaluationDelivered>(s.given(appraiser(3), delivery(11, whole_2022)));
  EXPECT_EQ(other.predicate, Predicate::sangat_baik);
  EXPECT_FALSE(other.credit_hundredths);
}

TEST(PredicateRegime, GivesCreditForTheMonthsWhoseFirstDayThePostWasHeld) {
  Scene s = Scene::of_a_city();
  functional(s, "Guru Ahli Muda");
  s.given(hr(), AssignmentEnded{PersonId{12}, 2, date(2022, 6, 15)});
  AssignmentStarted next;
  next.person = PersonId{12};
  next.assignment = 3;
  next.unit = UnitId{3};
  next.post = "Guru Ahli Madya";
  next.job_class = 9;
  next.echelon = Echelon::staff;
  next.kind = PositionKind::functional;
  next.role = AssignmentRole::definitive;
  next.tpp_eligible = true;
  next.from = date(2022, 6, 16);
  s.given(hr(), next);
  // January to June 25.00, July to December 37.50: (6 x 25.00 + 6 x 37.50) x 150 % / 12 = 46.875.
  EXPECT_EQ(s.payload<EvaluationDelivered>(s.given(appraiser(3), delivery(12, whole_2022)))
                .credit_hundredths,
            4'688U);
}

}  // namespace
}  // namespace runut::testing
