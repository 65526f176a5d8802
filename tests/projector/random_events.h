// Random histories: no ledger would accept them all, a fold has to take them all.
#pragma once

#include "base/clock.h"
#include "tests/projections/events.h"

namespace runut::testing_projector {

inline void add_random(testing_projections::Events& events, std::uint64_t seed, std::size_t count) {
  SeededRandomness random(seed);
  const auto person = [&] { return PersonId{1 + random.below(7)}; };
  const auto unit = [&] { return UnitId{1 + random.below(3)}; };
  const auto day = [&] { return date(2022, 1, 1) + static_cast<int>(random.below(40)); };
  const Period period{month(2022, 1), 6};
  const auto score = [&] { return Score{static_cast<std::int64_t>(random.below(12'000))}; };
  const auto run = [&] {
    return RunId{unit(), month(2022, 1) + static_cast<int>(random.below(2)), RunKind::regular, 1};
  };
  for (std::size_t i = 0; i < count; ++i) {
    testing_projections::Given given;
    given.recorded = date(2022, 1, 1) + static_cast<int>(i * 60 / count);
    if (random.below(12) == 0) given.origin = Origin::import_as_found;
    switch (random.below(44)) {
      case 22:
        events.add(
            ImportDeclared{
                1 + static_cast<std::uint32_t>(random.below(4)), "lama", {}, true, events.decree()},
            given);
        break;
      case 23:
        events.add(ImportedEventAccepted{person(), Sequence{1 + random.below(40)}, events.decree()},
                   given);
        break;
      case 43:
        if (random.below(8) == 0)
          events.add(ProjectionPromoted{"payments", Sequence{1}, {}, {}, 3, events.decree()},
                     given);
        else if (random.below(2) == 0)
          events.add(AccessRecorded{{person()}, "texts", "audit"}, given);
        else
          events.add(
              AccessRecorded{{PersonId{1}, PersonId{2 + random.below(5)}}, "people", "rekap"},
              given);
        break;
      case 33:
        events.add(ActingRoleStarted{person(), 1 + static_cast<std::uint32_t>(random.below(2)),
                                     unit(), "Kepala", 12, AssignmentRole::plt, day(), std::nullopt,
                                     events.decree()},
                   given);
        break;
      case 34: events.add(ActingRoleEnded{person(), 1, day(), day()}, given); break;
      case 30:
        events.add(SeniorPostFilled{person(), 1 + static_cast<std::uint32_t>(random.below(2)),
                                    unit(), "Kepala Dinas", day(), events.decree()},
                   given);
        break;
      case 31:
        events.add(SeniorPostReviewed{person(), 1, day(), true, events.decree()}, given);
        break;
      case 32:
        events.add(SeniorPostEnded{person(), 1, SeniorPostEndCause::moved, day(), events.decree()},
                   given);
        break;
      case 36:
        given.sealed = "sealed school " + std::to_string(i);
        events.add(QualificationGained{person(), EducationLevel::s1, day(), sha256("ijazah")},
                   given);
        break;
      case 37:
        events.add(CompetencyAssessed{person(), Echelon::iii, CompetencyMethod::cat, "BKN", score(),
                                      day(), sha256("kompetensi")},
                   given);
        break;
      case 35:
        events.add(CertificationGranted{person(), "PBJ", "LKPP", day(), std::nullopt,
                                        sha256("sertifikat")},
                   given);
        break;
      case 20: events.add(UnitMoved{unit(), unit(), day()}, given); break;
      case 21: events.add(UnitClosed{unit(), day()}, given); break;
      case 0:
        given.sealed = "sealed name " + std::to_string(i);
        events.add(PersonRegistered{person()}, given);
        break;
      case 1: events.add(StatusChanged{person(), EmploymentStatus::pns, day()}, given); break;
      case 2:
        events.add(AssignmentStarted{person(), 1 + static_cast<std::uint32_t>(random.below(2)),
                                     unit(), "Analis", 7, Echelon::staff, PositionKind::executor,
                                     AssignmentRole::definitive, true, true, day(), std::nullopt},
                   given);
        break;
      case 3: events.add(AssignmentEnded{person(), 1, day()}, given); break;
      case 4:
      case 5:
      case 6:
        given.sealed = "sealed narrative " + std::to_string(i);
        events.add(DailyReportSubmitted{person(), ReportId{1 + random.below(20)}, day(),
                                        Minutes{static_cast<std::int64_t>(random.below(600))}},
                   given);
        break;
      case 7:
        events.add(DailyReportApproved{person(), ReportId{1 + random.below(20)}, day()}, given);
        break;
      case 8:
        events.add(DailyReportReturned{person(), ReportId{1 + random.below(20)}, day()}, given);
        break;
      case 9:
        events.add(
            AttendanceRecorded{person(),
                               Instant{start_of(day(), 420).micros +
                                       static_cast<std::int64_t>(random.below(86'400)) * 1'000'000},
                               random.below(2) == 0 ? ClockDirection::in : ClockDirection::out, 1,
                               i},
            given);
        break;
      case 10:
        events.add(ExcuseDecided{person(), 1 + random.below(4), day(), random.below(2) == 0},
                   given);
        break;
      case 11: events.add(AttendanceMonthClosed{unit(), month(2022, 1)}, given); break;
      case 12: events.add(WorkResultRated{person(), period, score()}, given); break;
      case 13: {
        std::vector<Payload> commit{RankingPublished{period, "U1", 2, 1, 0, score(), std::nullopt,
                                                     Sequence{1}, 1, events.decree()}};
        for (int member = 0; member < 2; ++member)
          commit.push_back(RankingMemberPlaced{person(), period, "U1", unit(), score(), score(),
                                               score(), BasisPoints{10'000}, 1, Tier::above});
        events.add_commit(std::move(commit), given);
        break;
      }
      case 14: {
        const RunId id = run();
        events.add_commit(
            {TppRunComputed{id, Sequence{1}, 1, 1, 0, Rupiah{100}, std::nullopt},
             TppPaymentComputed{person(),
                                id,
                                std::nullopt,
                                id.unit,
                                Minutes{1},
                                Minutes{1},
                                whole,
                                whole,
                                whole,
                                Rupiah{100},
                                Rupiah{100},
                                Rupiah{95},
                                {{LineKind::earned,
                                  Component::beban_kerja,
                                  "",
                                  Rupiah{100},
                                  {Sequence{2}, Sequence{3}},
                                  std::nullopt},
                                 {LineKind::tax, std::nullopt, "", Rupiah{-5}, {}, std::nullopt}},
                                {}}},
            given);
        break;
      }
      case 15:
        given.sealed = "sealed plan " + std::to_string(i);
        events.add(PlanDrafted{person(), period, {{1, 1 + random.below(4)}, {2, std::nullopt}}},
                   given);
        break;
      case 16: events.add(PlanApproved{person(), period}, given); break;
      case 17:
        events.add(IndicatorDefined{unit(), 1 + random.below(4), period, "Indeks", "85 %"}, given);
        break;
      case 18:
        events.add(IndicatorCascaded{unit(), 1 + random.below(4), 1 + random.below(4)}, given);
        break;
      case 24: events.add(EvaluationAcknowledged{person(), period}, given); break;
      case 28:
        events.add(WorkResultRated{person(), period, {}, Expectation::meets}, given);
        events.add(EvaluationDelivered{person(), period, Predicate::baik, 1'250}, given);
        break;
      case 29:
        events.add(UnitPredicateSet{unit(), period, UnitPredicate::baik, events.decree()}, given);
        break;
      case 39:
        events.add(UnitEvaluationsClosed{unit(),
                                         period,
                                         UnitPredicate::baik,
                                         {{Predicate::baik, 3}},
                                         1,
                                         DistributionVerdict::deviates,
                                         {0}},
                   given);
        break;
      case 25:
        events.add(MeritEvidenceAttached{2021, MeritAspect::pengadaan,
                                         sha256("bukti" + std::to_string(i)), "Formasi"},
                   given);
        break;
      case 26:
        events.add(MeritSelfAssessed{2021, {{MeritAspect::pengadaan, 100}}, 100, events.decree()},
                   given);
        break;
      case 27: events.add(DialogueHeld{person(), period, day()}, given); break;
      case 40:
        given.sealed = "sealed feedback " + std::to_string(i);
        events.add(FeedbackGiven{person(), period}, given);
        break;
      case 41: events.add(SurveyOpened{person(), period}, given); break;
      case 19:
        given.sealed = "sealed answer " + std::to_string(i);
        events.add(SurveyAnswered{person(), period, SurveyRelation::peer}, given);
        break;
      case 38:
        events.add(SurveyClosed{person(), period, {{SurveyRelation::peer, 56'000, 1}}}, given);
        break;
      default: {
        const RunId id = run();
        events.add(TppRunLocked{id, Sequence{1}, Rupiah{95}, events.decree()}, given);
        break;
      }
    }
  }
}

}  // namespace runut::testing_projector
