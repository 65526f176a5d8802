// Commands: what somebody asks for, in the imperative. Most record one fact and carry the payload
// of the event that they ask for; the others are listed here. JSON form:
// schemas/commands.schema.json.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/event.h"

namespace runut {

// Sequence 1 of a ledger. Algorithms, keys and format are pinned by the shell, not by the caller.
struct FoundAgency {
  std::string agency;
  std::string name;
  std::int32_t utc_offset_minutes = 0;
  bool simulated = false;
  RUNUT_FIELDS(FoundAgency, agency, name, utc_offset_minutes, simulated)
};

// `document` is the exact JSON text of the regulation document (schemas/regulations).
struct EnactRegulation {
  std::string document;
  bool retroactive = false;
  Decree decree;
  RUNUT_FIELDS(EnactRegulation, document, retroactive, decree)
};
struct AmendRegulation {
  std::string amends;
  std::string document;
  bool retroactive = false;
  Decree decree;
  RUNUT_FIELDS(AmendRegulation, amends, document, retroactive, decree)
};

// Counts the unit's own people by predicate and checks them against its predicate's row.
struct CloseUnitEvaluations {
  UnitId unit;
  Period period;
  RUNUT_FIELDS(CloseUnitEvaluations, unit, period)
};

// Freezes every group of the period, in one commit.
struct FreezeRanking {
  Period period;
  RUNUT_FIELDS(FreezeRanking, period)
};
// Publishes every frozen group of the period that is not published yet; a tied group gets
// TieAtCutoffFound instead and waits for ResolveTie.
struct PublishRanking {
  Period period;
  Decree decree;
  RUNUT_FIELDS(PublishRanking, period, decree)
};

struct ComputeTppRun {
  RunId run;
  RUNUT_FIELDS(ComputeTppRun, run)
};
struct LockTppRun {
  RunId run;
  Decree decree;
  RUNUT_FIELDS(LockTppRun, run, decree)
};

// A sanction or reward on one person that no ranking caused (`personal_sanction_bp`).
struct DecidePersonalSanction {
  PersonId person;
  Period period;
  std::vector<Month> months;
  Decree decree;
  RUNUT_FIELDS(DecidePersonalSanction, person, period, months, decree)
};

// The role's first day is the ledger's to know.
struct EndActingRole {
  PersonId person;
  std::uint32_t acting = 0;
  Date last_day;  // of the role
  RUNUT_FIELDS(EndActingRole, person, acting, last_day)
};

// The total is the ledger's to sum.
struct AssessMerit {
  std::uint32_t year = 0;
  std::vector<MeritAspectPoints> aspects;
  Decree decree;
  RUNUT_FIELDS(AssessMerit, year, aspects, decree)
};
// Seals what is attached for the year.
struct SealEvidenceBundle {
  std::uint32_t year = 0;
  Decree decree;
  RUNUT_FIELDS(SealEvidenceBundle, year, decree)
};

// What is answered is sealed: the event carries the relation alone.
struct AnswerSurvey {
  PersonId person;
  Period period;
  SurveyRelation relation{};
  std::vector<Score> values;  // exactly seven, as in BehaviourRated
  RUNUT_FIELDS(AnswerSurvey, person, period, relation, values)
};
// The sums are the ledger's, of the answers that it opens.
struct CloseSurvey {
  PersonId person;
  Period period;
  RUNUT_FIELDS(CloseSurvey, person, period)
};

// X(command name, body type)
#define RUNUT_COMMANDS(X)                                      \
  X(FoundAgency, FoundAgency)                                  \
  X(EnactRegulation, EnactRegulation)                          \
  X(AmendRegulation, AmendRegulation)                          \
  X(RepealRegulation, RegulationRepealed)                      \
  X(CreateUnit, UnitCreated)                                   \
  X(MoveUnit, UnitMoved)                                       \
  X(CloseUnit, UnitClosed)                                     \
  X(RegisterPerson, PersonRegistered)                          \
  X(AssignIdentifier, IdentifierAssigned)                      \
  X(ChangeStatus, StatusChanged)                               \
  X(ChangeGrade, GradeChanged)                                 \
  X(StartAssignment, AssignmentStarted)                        \
  X(EndAssignment, AssignmentEnded)                            \
  X(StartActingRole, ActingRoleStarted)                        \
  X(EndActingRole, EndActingRole)                              \
  X(AssignAppraiser, AppraiserAssigned)                        \
  X(GrantDelegation, DelegationGranted)                        \
  X(RevokeDelegation, DelegationRevoked)                       \
  X(GrantLeave, LeaveGranted)                                  \
  X(SeparatePerson, PersonSeparated)                           \
  X(RecordQualification, QualificationGained)                  \
  X(RecordCompetency, CompetencyAssessed)                      \
  X(GrantCertification, CertificationGranted)                  \
  X(SignUnitAgreement, UnitAgreementSigned)                    \
  X(DefineIndicator, IndicatorDefined)                         \
  X(CascadeIndicator, IndicatorCascaded)                       \
  X(DraftPlan, PlanDrafted)                                    \
  X(SubmitPlan, PlanSubmitted)                                 \
  X(ReturnPlan, PlanReturned)                                  \
  X(ApprovePlan, PlanApproved)                                 \
  X(RevisePlan, PlanRevised)                                   \
  X(ClarifyExpectation, ExpectationClarified)                  \
  X(SubmitDailyReport, DailyReportSubmitted)                   \
  X(ApproveDailyReport, DailyReportApproved)                   \
  X(ReturnDailyReport, DailyReportReturned)                    \
  X(RejectDailyReport, DailyReportRejected)                    \
  X(WithdrawDailyReport, DailyReportWithdrawn)                 \
  X(SetSchedule, ScheduleSet)                                  \
  X(SetHoliday, HolidaySet)                                    \
  X(RecordAttendance, AttendanceRecorded)                      \
  X(ExcuseAttendance, AttendanceExcused)                       \
  X(DecideExcuse, ExcuseDecided)                               \
  X(CloseAttendanceMonth, AttendanceMonthClosed)               \
  X(GiveFeedback, FeedbackGiven)                               \
  X(HoldDialogue, DialogueHeld)                                \
  X(PlanCoaching, CoachingPlanned)                             \
  X(OpenSurvey, SurveyOpened)                                  \
  X(AnswerSurvey, AnswerSurvey)                                \
  X(CloseSurvey, CloseSurvey)                                  \
  X(RateWorkResult, WorkResultRated)                           \
  X(RateBehaviour, BehaviourRated)                             \
  X(RecogniseInnovation, InnovationRecognised)                 \
  X(DeliverEvaluation, EvaluationDelivered)                    \
  X(FileObjection, ObjectionFiled)                             \
  X(RequestExplanation, ExplanationRequested)                  \
  X(GiveExplanation, ExplanationGiven)                         \
  X(DecideObjection, ObjectionDecided)                         \
  X(CorrectEvaluation, EvaluationCorrected)                    \
  X(SetUnitPredicate, UnitPredicateSet)                        \
  X(AcknowledgeEvaluation, EvaluationAcknowledged)             \
  X(RefuseEvaluation, EvaluationRefused)                       \
  X(CloseUnitEvaluations, CloseUnitEvaluations)                \
  X(FreezeRanking, FreezeRanking)                              \
  X(PublishRanking, PublishRanking)                            \
  X(ResolveTie, TieResolved)                                   \
  X(SetTppCeiling, TppCeilingSet)                              \
  X(SetBudget, BudgetSet)                                      \
  X(SetDeduction, DeductionSet)                                \
  X(DecidePersonalSanction, DecidePersonalSanction)            \
  X(ImposeUnitSanction, UnitSanctionImposed)                   \
  X(ImposeDisciplinarySanction, DisciplinarySanctionImposed)   \
  X(CancelDisciplinarySanction, DisciplinarySanctionCancelled) \
  X(ComputeTppRun, ComputeTppRun)                              \
  X(LockTppRun, LockTppRun)                                    \
  X(ReopenTppRun, TppRunReopened)                              \
  X(OrderPayment, PaymentOrdered)                              \
  X(ConfirmPayment, PaymentConfirmed)                          \
  X(ReturnPayment, PaymentReturned)                            \
  X(FillSeniorPost, SeniorPostFilled)                          \
  X(ReviewSeniorPost, SeniorPostReviewed)                      \
  X(ExtendSeniorPost, SeniorPostExtended)                      \
  X(EndSeniorPost, SeniorPostEnded)                            \
  X(AttachMeritEvidence, MeritEvidenceAttached)                \
  X(AssessMerit, AssessMerit)                                  \
  X(SealEvidenceBundle, SealEvidenceBundle)                    \
  X(ReceiveMeritScore, MeritScoreReceived)                     \
  X(DestroySubjectKey, SubjectKeyDestroyed)                    \
  X(DeclareImport, ImportDeclared)                             \
  X(AcceptImportedEvent, ImportedEventAccepted)                \
  X(RecordAccess, AccessRecorded)                              \
  X(PromoteProjection, ProjectionPromoted)

#define RUNUT_COMMAND_ALTERNATIVE(name, body) , body
using CommandVariant = std::variant<std::monostate RUNUT_COMMANDS(RUNUT_COMMAND_ALTERNATIVE)>;
#undef RUNUT_COMMAND_ALTERNATIVE

template <class B>
inline constexpr bool is_command_body = std::is_same_v<B, std::monostate>;
#define RUNUT_IS_COMMAND_BODY(name, body) \
  template <>                             \
  inline constexpr bool is_command_body<body> = true;
RUNUT_COMMANDS(RUNUT_IS_COMMAND_BODY)
#undef RUNUT_IS_COMMAND_BODY

// What is asked for; std::monostate only before it is set. Compiled once, like Payload.
struct CommandBody : CommandVariant {
  CommandBody() noexcept {}
  template <class B>
  requires is_command_body<std::remove_cvref_t<B>> CommandBody(B&& body)
      : CommandVariant(std::in_place_type<std::remove_cvref_t<B>>, std::forward<B>(body)) {}
  CommandBody(const CommandBody& other);
  CommandBody(CommandBody&& other) noexcept;
  CommandBody& operator=(const CommandBody& other);
  CommandBody& operator=(CommandBody&& other) noexcept;
  ~CommandBody();
  friend bool operator==(const CommandBody& one, const CommandBody& other);
};

struct Command {
  CommandId id;
  std::string agency;  // code of the ledger it is meant for
  Actor actor;         // its on_behalf_of is the ledger's to fill
  // Who delegated to the actor. Named by the person: sequences differ from ledger to ledger, so the
  // decision looks for the delegation that holds on the action's day, and the event names that one.
  std::optional<PersonId> on_behalf_of;
  std::optional<std::uint32_t> import_number;  // of the declared import that it belongs to
  std::optional<Instant> acted_at;             // default: recorded_at
  std::optional<Instant> recorded_at;          // simulated ledgers only
  std::optional<Date>
      occurred_on;  // default: the payload's own date, else the local day of acted_at
  std::optional<Sequence> supersedes;
  // Names an event by the command that it came from, for who does not know sequences: the one that
  // is superseded (`supersedes` is then Sequence{}), or else the sanction that is cancelled or the
  // delegation that is revoked (then Sequence{} in the body). Of a commit its first event.
  std::optional<CommandId> refers_to;
  std::optional<std::uint32_t> expected_version;  // of the subject: a stale write is refused
  std::optional<Uuid> correlation;
  std::string reason;
  std::vector<Hash256> evidence;
  std::string text;  // personal text; sealed before it is stored
  CommandBody body;
  friend bool operator==(const Command&, const Command&) = default;
};

// "SubmitDailyReport"; empty for an unset body.
[[nodiscard]] std::string_view command_name(const CommandBody& body);
// A default body; std::monostate for an unknown name.
[[nodiscard]] CommandBody make_command_body(std::string_view name);

}  // namespace runut
