// The list of event types, and whom each is about.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "domain/command.h"

namespace runut {
namespace {

TEST(EventTypes, have_numbers_and_names_of_their_own) {
  std::set<unsigned> numbers;
  std::set<std::string_view> names;
  for (const auto& row : EnumNames<EventType>::table) {
    EXPECT_TRUE(numbers.insert(static_cast<unsigned>(row.value)).second) << row.name;
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_NE(row.value, EventType::unspecified);
  }
  EXPECT_EQ(numbers.size() + 1, std::variant_size_v<PayloadVariant>);
}

TEST(EventTypes, make_a_payload_of_their_own_name) {
  for (const auto& row : EnumNames<EventType>::table) {
    const Payload payload = make_payload(row.value);
    EXPECT_EQ(type_of(payload), row.value) << row.name;
    std::visit(
        [&]<class P>(const P&) {
          if constexpr (Record<P>) {
            EXPECT_EQ(P::record_name, row.name);
          }
        },
        payload);
  }
  EXPECT_EQ(make_payload(EventType::unspecified), Payload{});
  EXPECT_EQ(make_payload(static_cast<EventType>(9999)), Payload{});
  EXPECT_EQ(type_of(Payload{}), EventType::unspecified);
}

// Released numbers are never changed or used again: this list only grows.
TEST(EventTypes, keep_their_released_numbers) {
  const std::map<unsigned, std::string_view> released = {
      {1, "AgencyFounded"},
      {2, "WriterTookOver"},
      {3, "AttemptRefused"},
      {4, "SubjectKeyDestroyed"},
      {5, "ImportDeclared"},
      {6, "ImportedEventAccepted"},
      {7, "AccessRecorded"},
      {8, "ProjectionPromoted"},
      {100, "RegulationEnacted"},
      {101, "RegulationAmended"},
      {102, "RegulationRepealed"},
      {103, "RegulationSection"},
      {200, "UnitCreated"},
      {201, "PersonRegistered"},
      {202, "IdentifierAssigned"},
      {203, "StatusChanged"},
      {204, "GradeChanged"},
      {205, "AssignmentStarted"},
      {206, "AssignmentEnded"},
      {207, "AppraiserAssigned"},
      {208, "DelegationGranted"},
      {209, "DelegationRevoked"},
      {210, "LeaveGranted"},
      {211, "PersonSeparated"},
      {212, "UnitMoved"},
      {213, "UnitClosed"},
      {214, "ActingRoleStarted"},
      {215, "ActingRoleEnded"},
      {300, "QualificationGained"},
      {301, "CompetencyAssessed"},
      {302, "CertificationGranted"},
      {400, "UnitAgreementSigned"},
      {401, "IndicatorDefined"},
      {402, "IndicatorCascaded"},
      {403, "PlanDrafted"},
      {404, "PlanSubmitted"},
      {405, "PlanReturned"},
      {406, "PlanApproved"},
      {407, "PlanRevised"},
      {408, "ExpectationClarified"},
      {500, "DailyReportSubmitted"},
      {501, "DailyReportApproved"},
      {502, "DailyReportReturned"},
      {503, "DailyReportRejected"},
      {504, "DailyReportWithdrawn"},
      {600, "ScheduleSet"},
      {601, "HolidaySet"},
      {602, "AttendanceRecorded"},
      {603, "AttendanceExcused"},
      {604, "ExcuseDecided"},
      {605, "AttendanceMonthClosed"},
      {700, "FeedbackGiven"},
      {701, "DialogueHeld"},
      {702, "CoachingPlanned"},
      {703, "SurveyOpened"},
      {704, "SurveyAnswered"},
      {705, "SurveyClosed"},
      {800, "WorkResultRated"},
      {801, "BehaviourRated"},
      {802, "InnovationRecognised"},
      {803, "EvaluationDelivered"},
      {804, "ObjectionFiled"},
      {805, "ExplanationRequested"},
      {806, "ExplanationGiven"},
      {807, "ObjectionDecided"},
      {808, "EvaluationCorrected"},
      {809, "UnitPredicateSet"},
      {810, "EvaluationAcknowledged"},
      {811, "EvaluationRefused"},
      {812, "UnitEvaluationsClosed"},
      {900, "RankingGroupFrozen"},
      {901, "RankingGroupMember"},
      {902, "TieAtCutoffFound"},
      {903, "TieResolved"},
      {904, "RankingPublished"},
      {905, "RankingMemberPlaced"},
      {1000, "TppCeilingSet"},
      {1001, "BudgetSet"},
      {1002, "DeductionSet"},
      {1003, "TppAdjustmentDecided"},
      {1004, "UnitSanctionImposed"},
      {1005, "DisciplinarySanctionImposed"},
      {1006, "DisciplinarySanctionCancelled"},
      {1007, "TppRunComputed"},
      {1008, "TppPaymentComputed"},
      {1009, "TppRunLocked"},
      {1010, "TppRunReopened"},
      {1011, "TppCorrectionPosted"},
      {1012, "PaymentOrdered"},
      {1013, "PaymentConfirmed"},
      {1014, "PaymentReturned"},
      {1100, "SeniorPostFilled"},
      {1101, "SeniorPostReviewed"},
      {1102, "SeniorPostExtended"},
      {1103, "SeniorPostEnded"},
      {1200, "MeritEvidenceAttached"},
      {1201, "MeritSelfAssessed"},
      {1202, "MeritScoreReceived"},
      {1203, "EvidenceBundleSealed"},
  };
  for (const auto& [number, name] : released)
    EXPECT_EQ(to_string(static_cast<EventType>(number)), name) << number;
}

TEST(Vocabularies, number_their_names_densely_from_one) {
  const auto dense = []<class E>(const E&) {
    unsigned expected = 1;
    std::set<std::string_view> names;
    for (const auto& row : EnumNames<E>::table) {
      EXPECT_EQ(static_cast<unsigned>(row.value), expected++) << EnumNames<E>::name;
      EXPECT_TRUE(names.insert(row.name).second) << row.name;
      EXPECT_EQ(enum_from<E>(row.name), row.value);
    }
    EXPECT_FALSE(is_known(E::unspecified)) << EnumNames<E>::name;
    EXPECT_FALSE(enum_from<E>("unspecified")) << EnumNames<E>::name;
    EXPECT_EQ(to_string(E::unspecified), "unspecified");
  };
  const auto all = [&]<class... E>(std::tuple<E...>) { (dense(E{}), ...); };
  all(std::tuple<SubjectKind, ActorKind, Role, Assurance, Origin, EmploymentStatus, IdentifierKind,
                 Echelon, PositionKind, AssignmentRole, LeaveKind, SeparationCause, HolidayKind,
                 ClockDirection, Tier, Cutoff, UnrankedReason, Component, RunKind, LineKind,
                 AdjustmentCause, AmountBase, LeftOutReason, SeniorPostEndCause, MeritAspect,
                 Expectation, Predicate, UnitPredicate, DistributionVerdict, EducationLevel,
                 CompetencyMethod>{});
}

// --- whom an event is about
// -------------------------------------------------------------------------

// Every field that could name somebody, filled.
template <class T>
void name_everybody(T& field) {
  if constexpr (std::is_same_v<T, PersonId>)
    field = PersonId{17};
  else if constexpr (std::is_same_v<T, UnitId>)
    field = UnitId{3};
  else if constexpr (std::is_same_v<T, std::optional<PersonId>>)
    field = PersonId{17};
  else if constexpr (std::is_same_v<T, std::optional<UnitId>>)
    field = UnitId{3};
  else if constexpr (Record<T>)
    T::visit(field, [](std::string_view, auto& inner) { name_everybody(inner); });
}

TEST(SubjectOf, each_type_is_its_person_else_its_unit_else_the_agency) {
  const std::set<std::string_view> units = {"UnitCreated",
                                            "UnitMoved",
                                            "UnitClosed",
                                            "ScheduleSet",
                                            "AttendanceMonthClosed",
                                            "TppCeilingSet",
                                            "UnitAgreementSigned",
                                            "IndicatorDefined",
                                            "IndicatorCascaded",
                                            "BudgetSet",
                                            "UnitSanctionImposed",
                                            "TppRunComputed",
                                            "TppRunLocked",
                                            "TppRunReopened",
                                            "PaymentOrdered",
                                            "PaymentConfirmed",
                                            "UnitPredicateSet",
                                            "UnitEvaluationsClosed"};
  const std::set<std::string_view> agency = {
      "ImportDeclared",        "AgencyFounded",      "WriterTookOver",     "RegulationEnacted",
      "RegulationAmended",     "RegulationRepealed", "RegulationSection",  "HolidaySet",
      "RankingGroupFrozen",    "TieAtCutoffFound",   "TieResolved",        "RankingPublished",
      "MeritEvidenceAttached", "MeritSelfAssessed",  "MeritScoreReceived", "EvidenceBundleSealed",
      "AccessRecorded",        "ProjectionPromoted"};
  for (const auto& row : EnumNames<EventType>::table) {
    Payload payload = make_payload(row.value);
    std::visit([](auto& record) { name_everybody(record); }, payload);
    const Subject expected = agency.contains(row.name)  ? agency_subject
                             : units.contains(row.name) ? subject_of(UnitId{3})
                                                        : subject_of(PersonId{17});
    EXPECT_EQ(subject_of(payload), expected) << row.name;
  }
}

TEST(SubjectOf, an_event_that_names_nobody_is_the_agency) {
  EXPECT_EQ(subject_of(Payload(AttemptRefused{})), agency_subject);
  EXPECT_EQ(subject_of(Payload(DeductionSet{})), agency_subject);
  EXPECT_EQ(subject_of(Payload(TppCeilingSet{})), agency_subject);
  EXPECT_EQ(subject_of(Payload{}), agency_subject);
}

TEST(SubjectOf, an_access_to_one_person_is_about_them) {
  EXPECT_EQ(subject_of(Payload(AccessRecorded{{PersonId{4}}, "texts", "p"})),
            subject_of(PersonId{4}));
  EXPECT_EQ(subject_of(Payload(AccessRecorded{{PersonId{4}, PersonId{5}}, "texts", "p"})),
            agency_subject);
}

TEST(SubjectOf, a_delegation_is_who_gives_it) {
  const DelegationGranted granted{PersonId{4}, PersonId{5}, date(2022, 8, 1), date(2022, 8, 5), {}};
  EXPECT_EQ(subject_of(Payload(granted)), subject_of(PersonId{4}));
}

// --- an event's times
// --------------------------------------------------------------------------------

TEST(ActionTime, is_the_ledgers_clock_but_for_imports) {
  Event event;
  event.acted_at = Instant{1};
  event.recorded_at = Instant{2};
  for (const Origin origin : {Origin::live, Origin::simulation}) {
    event.origin = origin;
    EXPECT_EQ(event.action_time(), Instant{2});
  }
  event.origin = Origin::import_batch;
  EXPECT_EQ(event.action_time(), Instant{1});
}

TEST(Commit, is_named_by_its_first_event) {
  Event event;
  event.sequence = Sequence{10};
  event.commit_index = 3;
  EXPECT_EQ(event.commit(), Sequence{7});
}

// --- commands
// ----------------------------------------------------------------------------------------

TEST(CommandNames, make_a_body_of_their_own_name) {
  std::set<std::string_view> names;
#define RUNUT_TEST_COMMAND(name, body)                      \
  EXPECT_TRUE(names.insert(#name).second) << #name;         \
  EXPECT_EQ(command_name(make_command_body(#name)), #name); \
  EXPECT_TRUE(std::holds_alternative<body>(make_command_body(#name)));
  RUNUT_COMMANDS(RUNUT_TEST_COMMAND)
#undef RUNUT_TEST_COMMAND
  EXPECT_EQ(names.size() + 1, std::variant_size_v<CommandVariant>);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(make_command_body("DailyReportSubmitted")));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(make_command_body("")));
  EXPECT_EQ(command_name({}), "");
}

}  // namespace
}  // namespace runut
