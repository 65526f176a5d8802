// Helpers that the deciding functions share: refusals that name rule, field and value, and who is
// who on a day.
#pragma once

#include <string>

#include "ledger/decide.h"

namespace runut::rules {

[[nodiscard]] inline tl::unexpected<Error> refuse(std::string rule, std::string field,
                                                  std::string value, std::string message) {
  return fail(Error{ErrorCode::unauthorised, std::move(rule), std::move(field), std::move(value),
                    std::move(message)});
}
[[nodiscard]] inline tl::unexpected<Error> unknown(std::string rule, std::string field,
                                                   std::string value, std::string message) {
  return fail(Error{ErrorCode::not_found, std::move(rule), std::move(field), std::move(value),
                    std::move(message)});
}

// One deciding function's view: the facts and the instant of the decision.
struct Case {
  const Context& context;
  const Command& command;
  bool is_lenient = false;  // of an import as found: authority over people is not asked for

  [[nodiscard]] const AgencyFacts& agency() const { return context.facts.agency(); }
  [[nodiscard]] Sequence known_at() const { return context.facts.known_at(); }
  [[nodiscard]] int offset() const { return agency().utc_offset_minutes(); }
  // Action time of this command (rulebook section 3) and its local day.
  [[nodiscard]] Instant action_time() const {
    const bool is_import = context.is_import || command.import_number;
    return is_import && command.acted_at ? *command.acted_at : context.now;
  }
  [[nodiscard]] Date today() const { return local_date(action_time(), offset()); }
  [[nodiscard]] std::optional<PersonId> actor() const { return command.actor.person(); }
  [[nodiscard]] const PersonFacts& person(PersonId id) const { return context.facts.person(id); }

  // Known person / unit, else not_found naming the field.
  [[nodiscard]] Status require_person(PersonId id, std::string_view field) const;
  [[nodiscard]] Status require_unit(UnitId id, std::string_view field) const;
  // The unit is not closed before `until` is over.
  [[nodiscard]] Status require_open(UnitId id, Date until, std::string_view field) const;
  // The actor holds one of the roles (as claimed or authenticated by the submitter).
  [[nodiscard]] Status require_role(std::initializer_list<Role> roles) const;
  // The actor is this very person.
  [[nodiscard]] Status require_self(PersonId id, std::string_view rule) const;
  // Number, date, office and document present; the signatory known, and holding the office by the
  // title of their post on the decree's date.
  [[nodiscard]] Status require_decree(const Decree& decree) const;
  // The decree's office is one of these.
  [[nodiscard]] Status require_office(const Decree& decree, const std::vector<std::string>& offices,
                                      std::string_view rule) const;
  // Rulebook 3.1, Who approves: the appraiser of `fact_day`, who holds a delegation from them on
  // the action's day (the command names the appraiser in `on_behalf_of`), or the superior when that
  // appraiser has separated. Never oneself. The value is the delegation that was used.
  using Delegation = std::optional<Sequence>;
  [[nodiscard]] Result<Delegation> require_appraiser(PersonId person, Date fact_day) const;
  // The appraiser's superior of that day.
  [[nodiscard]] Status require_superior(PersonId person, Date day) const;
  // A locked regular run pays that month for somebody of the unit; empty unit: any run of the
  // agency.
  [[nodiscard]] bool any_locked_from(Month month) const;

  [[nodiscard]] NewEvent event(Payload payload, Date occurred_on) const;
  // The same, naming the regulation that it follows.
  [[nodiscard]] NewEvent event_under(Payload payload, Date occurred_on, Sequence regulation) const;
  [[nodiscard]] Decision one(Payload payload, Date occurred_on, Delegation delegation = {}) const;
};

// One function a command; each is a few rules and the events.
using Decided = Result<Decision>;
Decided decide_one(const Case& at, const FoundAgency& body);
Decided decide_one(const Case& at, const EnactRegulation& body);
Decided decide_one(const Case& at, const AmendRegulation& body);
Decided decide_one(const Case& at, const RegulationRepealed& body);
Decided decide_one(const Case& at, const UnitCreated& body);
Decided decide_one(const Case& at, const UnitMoved& body);
Decided decide_one(const Case& at, const UnitClosed& body);
Decided decide_one(const Case& at, const PersonRegistered& body);
Decided decide_one(const Case& at, const IdentifierAssigned& body);
Decided decide_one(const Case& at, const StatusChanged& body);
Decided decide_one(const Case& at, const GradeChanged& body);
Decided decide_one(const Case& at, const AssignmentStarted& body);
Decided decide_one(const Case& at, const AssignmentEnded& body);
Decided decide_one(const Case& at, const ActingRoleStarted& body);
Decided decide_one(const Case& at, const EndActingRole& body);
Decided decide_one(const Case& at, const AppraiserAssigned& body);
Decided decide_one(const Case& at, const DelegationGranted& body);
Decided decide_one(const Case& at, const DelegationRevoked& body);
Decided decide_one(const Case& at, const LeaveGranted& body);
Decided decide_one(const Case& at, const PersonSeparated& body);
Decided decide_one(const Case& at, const QualificationGained& body);
Decided decide_one(const Case& at, const CompetencyAssessed& body);
Decided decide_one(const Case& at, const CertificationGranted& body);
Decided decide_one(const Case& at, const UnitAgreementSigned& body);
Decided decide_one(const Case& at, const IndicatorDefined& body);
Decided decide_one(const Case& at, const IndicatorCascaded& body);
Decided decide_one(const Case& at, const PlanDrafted& body);
Decided decide_one(const Case& at, const PlanSubmitted& body);
Decided decide_one(const Case& at, const PlanReturned& body);
Decided decide_one(const Case& at, const PlanApproved& body);
Decided decide_one(const Case& at, const PlanRevised& body);
Decided decide_one(const Case& at, const ExpectationClarified& body);
Decided decide_one(const Case& at, const DailyReportSubmitted& body);
Decided decide_one(const Case& at, const DailyReportApproved& body);
Decided decide_one(const Case& at, const DailyReportReturned& body);
Decided decide_one(const Case& at, const DailyReportRejected& body);
Decided decide_one(const Case& at, const DailyReportWithdrawn& body);
Decided decide_one(const Case& at, const ScheduleSet& body);
Decided decide_one(const Case& at, const HolidaySet& body);
Decided decide_one(const Case& at, const AttendanceRecorded& body);
Decided decide_one(const Case& at, const AttendanceExcused& body);
Decided decide_one(const Case& at, const ExcuseDecided& body);
Decided decide_one(const Case& at, const AttendanceMonthClosed& body);
Decided decide_one(const Case& at, const FeedbackGiven& body);
Decided decide_one(const Case& at, const DialogueHeld& body);
Decided decide_one(const Case& at, const CoachingPlanned& body);
Decided decide_one(const Case& at, const SurveyOpened& body);
Decided decide_one(const Case& at, const AnswerSurvey& body);
Decided decide_one(const Case& at, const CloseSurvey& body);
Decided decide_one(const Case& at, const WorkResultRated& body);
Decided decide_one(const Case& at, const BehaviourRated& body);
Decided decide_one(const Case& at, const InnovationRecognised& body);
Decided decide_one(const Case& at, const EvaluationDelivered& body);
Decided decide_one(const Case& at, const ObjectionFiled& body);
Decided decide_one(const Case& at, const ExplanationRequested& body);
Decided decide_one(const Case& at, const ExplanationGiven& body);
Decided decide_one(const Case& at, const ObjectionDecided& body);
Decided decide_one(const Case& at, const EvaluationCorrected& body);
Decided decide_one(const Case& at, const UnitPredicateSet& body);
Decided decide_one(const Case& at, const EvaluationAcknowledged& body);
Decided decide_one(const Case& at, const EvaluationRefused& body);
Decided decide_one(const Case& at, const CloseUnitEvaluations& body);
Decided decide_one(const Case& at, const FreezeRanking& body);
Decided decide_one(const Case& at, const PublishRanking& body);
Decided decide_one(const Case& at, const TieResolved& body);
Decided decide_one(const Case& at, const TppCeilingSet& body);
Decided decide_one(const Case& at, const BudgetSet& body);
Decided decide_one(const Case& at, const DeductionSet& body);
Decided decide_one(const Case& at, const DecidePersonalSanction& body);
Decided decide_one(const Case& at, const UnitSanctionImposed& body);
Decided decide_one(const Case& at, const DisciplinarySanctionImposed& body);
Decided decide_one(const Case& at, const DisciplinarySanctionCancelled& body);
Decided decide_one(const Case& at, const ComputeTppRun& body);
Decided decide_one(const Case& at, const LockTppRun& body);
Decided decide_one(const Case& at, const TppRunReopened& body);
Decided decide_one(const Case& at, const PaymentOrdered& body);
Decided decide_one(const Case& at, const PaymentConfirmed& body);
Decided decide_one(const Case& at, const PaymentReturned& body);
Decided decide_one(const Case& at, const SeniorPostFilled& body);
Decided decide_one(const Case& at, const SeniorPostReviewed& body);
Decided decide_one(const Case& at, const SeniorPostExtended& body);
Decided decide_one(const Case& at, const SeniorPostEnded& body);
Decided decide_one(const Case& at, const MeritEvidenceAttached& body);
Decided decide_one(const Case& at, const AssessMerit& body);
Decided decide_one(const Case& at, const SealEvidenceBundle& body);
Decided decide_one(const Case& at, const MeritScoreReceived& body);
Decided decide_one(const Case& at, const SubjectKeyDestroyed& body);
Decided decide_one(const Case& at, const ImportDeclared& body);
Decided decide_one(const Case& at, const ImportedEventAccepted& body);
Decided decide_one(const Case& at, const AccessRecorded& body);
Decided decide_one(const Case& at, const ProjectionPromoted& body);

// Of a command that names an import: the import is declared, and such commands may belong to one.
Status check_import(const Case& at);
// What an import as found may hold: decisions of an appraiser that need the authority to be one.
template <class Body>
inline constexpr bool may_be_held =
    std::is_same_v<Body, DailyReportApproved> || std::is_same_v<Body, DailyReportReturned> ||
    std::is_same_v<Body, DailyReportRejected> || std::is_same_v<Body, ExcuseDecided> ||
    std::is_same_v<Body, WorkResultRated> || std::is_same_v<Body, BehaviourRated>;

}  // namespace runut::rules
