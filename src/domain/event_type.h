// The append-only list of event types: numbers are stored, names are shown. A name that the
// rulebook knows and this version does not release is refused by name.
#pragma once

#include <cstdint>

#include "domain/vocabulary.h"

namespace runut {

// X(number, name, sealed text: none | optional | required)
#define RUNUT_RELEASED_EVENTS(X)               \
  X(1, AgencyFounded, none)                    \
  X(2, WriterTookOver, none)                   \
  X(3, AttemptRefused, none)                   \
  X(4, SubjectKeyDestroyed, none)              \
  X(5, ImportDeclared, none)                   \
  X(6, ImportedEventAccepted, none)            \
  X(7, AccessRecorded, none)                   \
  X(8, ProjectionPromoted, none)               \
  X(100, RegulationEnacted, none)              \
  X(101, RegulationAmended, none)              \
  X(102, RegulationRepealed, none)             \
  X(103, RegulationSection, none)              \
  X(200, UnitCreated, none)                    \
  X(201, PersonRegistered, required)           \
  X(202, IdentifierAssigned, required)         \
  X(203, StatusChanged, none)                  \
  X(204, GradeChanged, none)                   \
  X(205, AssignmentStarted, none)              \
  X(206, AssignmentEnded, none)                \
  X(207, AppraiserAssigned, none)              \
  X(208, DelegationGranted, none)              \
  X(209, DelegationRevoked, none)              \
  X(210, LeaveGranted, none)                   \
  X(211, PersonSeparated, none)                \
  X(212, UnitMoved, none)                      \
  X(213, UnitClosed, none)                     \
  X(214, ActingRoleStarted, none)              \
  X(215, ActingRoleEnded, none)                \
  X(300, QualificationGained, required)        \
  X(301, CompetencyAssessed, none)             \
  X(302, CertificationGranted, optional)       \
  X(400, UnitAgreementSigned, none)            \
  X(401, IndicatorDefined, none)               \
  X(402, IndicatorCascaded, none)              \
  X(403, PlanDrafted, required)                \
  X(404, PlanSubmitted, none)                  \
  X(405, PlanReturned, optional)               \
  X(406, PlanApproved, none)                   \
  X(407, PlanRevised, required)                \
  X(408, ExpectationClarified, required)       \
  X(500, DailyReportSubmitted, required)       \
  X(501, DailyReportApproved, none)            \
  X(502, DailyReportReturned, optional)        \
  X(503, DailyReportRejected, optional)        \
  X(504, DailyReportWithdrawn, none)           \
  X(600, ScheduleSet, none)                    \
  X(601, HolidaySet, none)                     \
  X(602, AttendanceRecorded, none)             \
  X(603, AttendanceExcused, required)          \
  X(604, ExcuseDecided, none)                  \
  X(605, AttendanceMonthClosed, none)          \
  X(700, FeedbackGiven, required)              \
  X(701, DialogueHeld, optional)               \
  X(702, CoachingPlanned, required)            \
  X(703, SurveyOpened, none)                   \
  X(704, SurveyAnswered, required)             \
  X(705, SurveyClosed, none)                   \
  X(800, WorkResultRated, none)                \
  X(801, BehaviourRated, none)                 \
  X(802, InnovationRecognised, none)           \
  X(803, EvaluationDelivered, none)            \
  X(804, ObjectionFiled, required)             \
  X(805, ExplanationRequested, none)           \
  X(806, ExplanationGiven, required)           \
  X(807, ObjectionDecided, optional)           \
  X(808, EvaluationCorrected, none)            \
  X(809, UnitPredicateSet, none)               \
  X(810, EvaluationAcknowledged, none)         \
  X(811, EvaluationRefused, optional)          \
  X(812, UnitEvaluationsClosed, none)          \
  X(900, RankingGroupFrozen, none)             \
  X(901, RankingGroupMember, none)             \
  X(902, TieAtCutoffFound, none)               \
  X(903, TieResolved, none)                    \
  X(904, RankingPublished, none)               \
  X(905, RankingMemberPlaced, none)            \
  X(1000, TppCeilingSet, none)                 \
  X(1001, BudgetSet, none)                     \
  X(1002, DeductionSet, none)                  \
  X(1003, TppAdjustmentDecided, none)          \
  X(1004, UnitSanctionImposed, none)           \
  X(1005, DisciplinarySanctionImposed, none)   \
  X(1006, DisciplinarySanctionCancelled, none) \
  X(1007, TppRunComputed, none)                \
  X(1008, TppPaymentComputed, none)            \
  X(1009, TppRunLocked, none)                  \
  X(1010, TppRunReopened, none)                \
  X(1011, TppCorrectionPosted, none)           \
  X(1012, PaymentOrdered, none)                \
  X(1013, PaymentConfirmed, none)              \
  X(1014, PaymentReturned, none)               \
  X(1100, SeniorPostFilled, none)              \
  X(1101, SeniorPostReviewed, none)            \
  X(1102, SeniorPostExtended, none)            \
  X(1103, SeniorPostEnded, none)               \
  X(1200, MeritEvidenceAttached, none)         \
  X(1201, MeritSelfAssessed, none)             \
  X(1202, MeritScoreReceived, none)            \
  X(1203, EvidenceBundleSealed, none)

enum class EventType : std::uint16_t {
  unspecified = 0,
#define RUNUT_EVENT_VALUE(number, name, text) name = number,
  RUNUT_RELEASED_EVENTS(RUNUT_EVENT_VALUE)
#undef RUNUT_EVENT_VALUE
};

#define RUNUT_EVENT_NAME(number, name, text) {E::name, #name},
RUNUT_ENUM_NAMES(EventType, RUNUT_RELEASED_EVENTS(RUNUT_EVENT_NAME));
#undef RUNUT_EVENT_NAME

// Whether an event of the type carries personal text, sealed.
enum class TextPolicy : std::uint8_t { none, optional, required };
[[nodiscard]] constexpr TextPolicy text_policy(EventType type) {
  switch (type) {
#define RUNUT_EVENT_TEXT(number, name, text) \
  case EventType::name: return TextPolicy::text;
    RUNUT_RELEASED_EVENTS(RUNUT_EVENT_TEXT)
#undef RUNUT_EVENT_TEXT
    case EventType::unspecified: break;
  }
  return TextPolicy::none;
}

}  // namespace runut
