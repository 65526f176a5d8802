#include <array>
#include <utility>

#include "codec/command_schema.h"

namespace runut {
namespace {

using Row = std::pair<std::string_view, std::string_view>;

constexpr std::array rows = {
    Row{"FoundAgency",
        "Begins a ledger: sequence 1. Only a ledger founded with `simulated` takes recorded_at "
        "from "
        "its input."},
    Row{"EnactRegulation",
        "Puts the agency's first parameter document in force. `document` is its exact JSON text "
        "(schemas/regulations)."},
    Row{"AmendRegulation",
        "Replaces the document `amends` by a whole new one from its effective date on. An effect "
        "that "
        "reaches a locked month must be marked `retroactive`."},
    Row{"RepealRegulation",
        "Ends a document without a successor: months without a document have no run."},
    Row{"CreateUnit",
        "Adds a unit below `parent`; the one without a parent is the root. A `paying` unit has its "
        "own "
        "budget, treasurer and runs."},
    Row{"MoveUnit",
        "Puts a unit below another parent from a day on. A day before today is a correction of the "
        "months since."},
    Row{"CloseUnit",
        "Ends a unit; `last_day` still belongs to it. Nobody is assigned there and no open unit is "
        "below it afterwards."},
    Row{"RegisterPerson", "Makes a person known by an opaque id. Text: the name, sealed."},
    Row{"AssignIdentifier",
        "Gives a person a NIP or an NI PPPK from a date on. Text: the number, sealed; a NIP has 18 "
        "digits with real dates."},
    Row{"ChangeStatus", "The kind of employment from a date on."},
    Row{"ChangeGrade", "The grade (golongan) from a date on; it decides the tax rate."},
    Row{"StartAssignment",
        "Puts a person in a post of a unit. Assignments of one person do not overlap."},
    Row{"EndAssignment", "Ends an assignment; `last_day` still belongs to it."},
    Row{"StartActingRole",
        "Somebody acts in another post (Plt or Plh), by decree: one role at a time, never in one's "
        "own post. Unit, class, minutes and group stay those of the definitive post."},
    Row{"EndActingRole",
        "Ends an acting role; `last_day` still belongs to it. One that ends short of the "
        "regulation's least days is not paid."},
    Row{"AssignAppraiser",
        "Who appraises the person from a date on, and the appraiser's superior, who decides "
        "objections. Never oneself, never in a circle."},
    Row{"GrantDelegation", "Somebody else may approve for an appraiser in an interval."},
    Row{"RevokeDelegation",
        "Ends a delegation earlier than granted; `delegation`, by its sequence or its command, "
        "only where several "
        "between the two could be meant."},
    Row{"GrantLeave",
        "Whole days of leave; they do not overlap other leave, and the document prices their "
        "kind."},
    Row{"SeparatePerson",
        "Retirement, death or transfer out: `last_day` is the last day of service and of every "
        "assignment."},
    Row{"RecordQualification",
        "A person's education, proved by the diploma's hash. Text: field of study and school, "
        "sealed."},
    Row{"RecordCompetency",
        "What an assessor or a computer-assisted test (CAT) found about a person for posts of one "
        "echelon."},
    Row{"GrantCertification",
        "A certificate of a person, open or until its last day of validity. Text, optional: its "
        "number, sealed."},
    Row{"SignUnitAgreement",
        "The period's performance agreement (perjanjian kinerja) of a unit, by decree; one a unit "
        "and period."},
    Row{"DefineIndicator",
        "A performance indicator (IKU) of a unit for a period, with its target."},
    Row{"CascadeIndicator",
        "Links an indicator to the one above that it serves: at most one link each, never in a "
        "circle."},
    Row{"DraftPlan",
        "A person's plan (SKP) of a period: numbered results, each naming the indicator that it "
        "serves or none. Text: their wording, sealed."},
    Row{"SubmitPlan", "The person lays the draft before the appraiser."},
    Row{"ReturnPlan",
        "The appraiser, or a delegate, gives a plan back to be drafted anew. Text, optional: why, "
        "sealed."},
    Row{"ApprovePlan",
        "The appraiser, or a delegate, agrees to a submitted or revised plan. Never one's own."},
    Row{"RevisePlan",
        "The person replaces an approved plan as a whole; it needs approval again. Text: the "
        "wording, sealed."},
    Row{"ClarifyExpectation",
        "The appraiser, or a delegate, says what is expected beyond the plan's wording. Text: the "
        "expectation, sealed."},
    Row{"SubmitDailyReport",
        "What was done on one day and for how many minutes. Text: the narrative, sealed. A "
        "returned "
        "report is submitted again under its id."},
    Row{"ApproveDailyReport",
        "By the appraiser of the report's date, a delegate, or the superior of a separated "
        "appraiser."},
    Row{"ReturnDailyReport", "Gives a report back to be written again. Text: why, sealed."},
    Row{"RejectDailyReport", "Refuses a report for good. Text: why, sealed."},
    Row{"WithdrawDailyReport", "The author takes a report back before it is approved."},
    Row{"SetSchedule",
        "Working hours and minutes to report of a unit in an interval; a weekday without an entry "
        "is "
        "free."},
    Row{"SetHoliday", "A national holiday or joint leave."},
    Row{"RecordAttendance",
        "One clocking in or out, by a device; its sequence is unique within it."},
    Row{"ExcuseAttendance",
        "Asks that one day's attendance deductions be cancelled. Text: the grounds, sealed."},
    Row{"DecideExcuse", "The appraiser accepts or refuses an excuse."},
    Row{"CloseAttendanceMonth",
        "No more clockings are expected of a unit: from here on a day without a record is an "
        "absence."},
    Row{"GiveFeedback",
        "The appraiser, or a delegate, tells a person how the work of a period goes. Text: the "
        "feedback, sealed."},
    Row{"HoldDialogue",
        "A dialogue (dialog kinerja) that the appraiser of its day held with a person; one a day "
        "and period. Text, optional: what was said, sealed."},
    Row{"PlanCoaching",
        "Coaching of a person on days of a period; one at a time. Text: what is to be learnt, "
        "sealed."},
    Row{"OpenSurvey",
        "A survey of a person's behaviour in a period, by superior, peers and subordinates "
        "(penilaian 360); once, and before the evaluation is delivered."},
    Row{"AnswerSurvey",
        "One answer a person and survey: the seven values (BerAKHLAK), each 0.00 to 120.00, as the "
        "rated person's superior, peer or subordinate. The values are sealed; only sums are "
        "shown."},
    Row{"CloseSurvey",
        "Ends a survey. The ledger opens its answers and records sum and count a relation."},
    Row{"RateWorkResult", "The appraiser's work result of a period, 0.00 to 120.00."},
    Row{"RateBehaviour",
        "The appraiser's seven values of behaviour (BerAKHLAK), each 0.00 to 120.00."},
    Row{"RecogniseInnovation",
        "By decree of the appraiser's superior, before the delivery: the top band needs it."},
    Row{"DeliverEvaluation", "The rated person is told; only delivered evaluations are ranked."},
    Row{"FileObjection",
        "The rated person disputes a delivered evaluation. Text: the grounds, sealed."},
    Row{"RequestExplanation", "The appraiser's superior asks the appraiser about an objection."},
    Row{"GiveExplanation", "The appraiser answers. Text: the explanation, sealed."},
    Row{"DecideObjection",
        "The appraiser's superior upholds or dismisses. Text, optional: the reasoning, sealed."},
    Row{"CorrectEvaluation",
        "Replaces a delivered evaluation by a whole new result and all seven values; `reason` says "
        "why. After a publication it changes that person's tier alone."},
    Row{"AcknowledgeEvaluation",
        "The rated person took note of the delivered evaluation, or of its correction."},
    Row{"RefuseEvaluation",
        "The rated person does not sign a delivered evaluation; it stands all the same. Text, "
        "optional: why, sealed."},
    Row{"SetUnitPredicate",
        "The predicate of an organisation for a quarter or a year, by the decree of an office that "
        "the document names. It holds for the units below that have none of their own; a later one "
        "names the one it supersedes and says why."},
    Row{"CloseUnitEvaluations",
        "Ends a unit's ratings of a period that is over. The ledger counts its own people by "
        "predicate and checks them against its predicate's distribution."},
    Row{"FreezeRanking", "Fixes every group of a period and who is in it, in one commit."},
    Row{"PublishRanking",
        "Publishes every frozen group that is not published yet; a group with a tie at a cut-off "
        "waits "
        "for ResolveTie. Never by whoever froze."},
    Row{"ResolveTie",
        "The tie authority chooses exactly as many of the tied as there are places in the tier."},
    Row{"SetTppCeiling",
        "The monthly ceiling of a component for a job class, narrower for a unit or a post of it, "
        "from "
        "a month on. 0 must be written."},
    Row{"SetBudget", "The year's budget of a paying unit; a run above it is reported, not cut."},
    Row{"SetDeduction",
        "A deduction for one person or for a kind of employment: rupiah, or basis points of a base "
        "with an optional cap."},
    Row{"DecidePersonalSanction",
        "A sanction on one person that no ranking caused, in exactly the months listed."},
    Row{"ImposeUnitSanction", "Everybody in the unit or below it is paid less in these months."},
    Row{"ImposeDisciplinarySanction",
        "PP 94/2021: 6, 9 or 12 consecutive months from `first_month`, by default the month after "
        "`effective_on`."},
    Row{"CancelDisciplinarySanction",
        "Ends a disciplinary sanction from a month on; `sanction`, by its sequence or its command, "
        "only where "
        "several "
        "cut in that month."},
    Row{"ComputeTppRun",
        "Computes a paying unit's month, after the approval cut-off and the closing of attendance. "
        "`run` is unit/month/kind/number."},
    Row{"LockTppRun",
        "Makes the computed run the one that is paid, by decree. Never by whoever computed."},
    Row{"ReopenTppRun", "Undoes a lock before the payment is ordered."},
    Row{"OrderPayment",
        "SPP, SPM and SP2D of a locked run. Without `amount` the locked total is ordered; any "
        "other "
        "amount is refused."},
    Row{"ConfirmPayment", "The bank has paid the run."},
    Row{"ReturnPayment",
        "One person's payment came back; `amount` may be left out and is then the locked net."},
    Row{"FillSeniorPost",
        "Somebody begins in a senior post (JPT): a definitive structural post of echelon II that "
        "they are assigned to. One holder a post, signed by an office that the regulation names."},
    Row{"ReviewSeniorPost",
        "The evaluation of a tenure; only one that was passed lets it be extended."},
    Row{"ExtendSeniorPost",
        "A reviewed tenure goes on: `until` is when the next review is due, at most one more term "
        "later."},
    Row{"EndSeniorPost",
        "Ends a tenure; `last_day` still belongs to it. Before the shortest term only for "
        "resignation, retirement, death or discipline."},
    Row{"AttachMeritEvidence",
        "A document that proves an aspect of the merit system for a year, by its SHA-256; until "
        "the year's bundle is sealed."},
    Row{"AssessMerit",
        "The agency's merit self-assessment of a year: all eight aspects in hundredths of a point, "
        "each with evidence where it claims any. The ledger sums the total; assessed anew until "
        "the evidence is sealed, the latest holds."},
    Row{"SealEvidenceBundle",
        "Fixes the evidence of an assessed year under one hash: nothing is attached afterwards."},
    Row{"ReceiveMeritScore",
        "The score of the assessing body (KASN until 2024, then BKN or KemenPANRB) for a sealed "
        "year, with its letter; in hundredths of a point."},
    Row{"DestroySubjectKey",
        "Erases a person's sealed texts everywhere by destroying their key; every hash stays "
        "valid."},
    Row{"DeclareImport",
        "Announces older data by source and hash of its file; commands with its number as `import` "
        "belong to it, and act at their `acted_at`. With `as_found` violations of authority are "
        "recorded and held instead of refused."},
    Row{"AcceptImportedEvent",
        "Lets an event that was imported as found count, by the decree of an official who is not a "
        "party to it."},
    Row{"RecordAccess",
        "Says that the actor read data of other people, what of it and to what purpose. The "
        "service "
        "records its readers itself; nothing is computed from it."},
    Row{"PromoteProjection",
        "Approves that a view which was folded anew takes the place of one that says something "
        "else; the decree's document is the list of the rows that differ. `runut rebuild "
        "--promote` "
        "makes it, and promotes."},
};

}  // namespace

std::string_view describe_command(std::string_view name) {
  for (const auto& [command, description] : rows)
    if (command == name) return description;
  return {};
}

}  // namespace runut
