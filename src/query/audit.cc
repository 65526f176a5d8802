#include "query/audit.h"

#include <algorithm>

#include "codec/event_json.h"
#include "computation/laws.h"
#include "computation/ranking.h"
#include "ledger/decide.h"
#include "query/reconstruct.h"

namespace runut {
namespace {

// The audit reads the log itself: its facts begin with nothing.
class Nothing final : public History {
 public:
  Status each(const Subject&, std::optional<Month>, Sequence, const Visit&) const override {
    return {};
  }
  Result<std::uint32_t> version(const Subject&) const override { return 0; }
  Result<std::optional<Sequence>> command(const CommandId&) const override { return std::nullopt; }
};

std::string shortened(std::string text) {
  if (text.size() > 300) text = text.substr(0, 297) + "...";
  return text;
}

}  // namespace

bool AuditReport::agrees() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return is_mismatch(finding.kind); });
}

Auditor::Auditor()
    : nothing_(std::make_unique<Nothing>()),
      facts_(std::make_unique<LoadedFacts>(*nothing_, std::make_shared<AgencyFacts>(), Sequence{})),
      watch_([this](Finding finding) { found(std::move(finding)); }) {}
Auditor::~Auditor() = default;

Finding& Auditor::find(Finding::Kind kind, const Event& event, std::string detail,
                       std::string rule) {
  Finding& finding = report_.findings.emplace_back();
  finding.kind = kind;
  finding.sequence = event.sequence;
  finding.subject = event.subject;
  finding.month = month_of(event.occurred_on);
  finding.rule = std::move(rule);
  finding.detail = std::move(detail);
  finding.events = {event.sequence};
  finding.by = event.actor.person();
  return finding;
}

void Auditor::found(Finding finding) {
  if (finding.detail.empty()) finding.detail = finding_text(finding, Language::english).condition;
  report_.findings.push_back(std::move(finding));
}

std::optional<Criterion> Auditor::criterion(Parameter parameter, const Event& event) const {
  const AgencyFacts& agency = facts_->agency();
  return criterion_on(agency, parameter,
                      local_date(event.action_time(), agency.utc_offset_minutes()), event.sequence);
}

std::string Auditor::minutes_of(PersonId person, ReportId report, Date date) const {
  for (const ReportFact& fact : facts_->month(person, month_of(date)).reports)
    if (fact.report == report) return std::to_string(fact.minutes.value);
  return "0";
}

void Auditor::find_late(const Event& event, const ObjectionTerms::Late& late) {
  Finding& finding = find(Finding::Kind::late_objection, event, late.detail, late.rule);
  finding.values = {std::to_string(late.taken), to_string(late.since),
                    std::to_string(late.allowed)};
  finding.events.insert(finding.events.begin(), late.from);
  finding.criterion = criterion(Parameter::objection_days, event);
}

void Auditor::finish() {
  const AgencyFacts& agency = facts_->agency();
  if (agency.founded) {
    report_.agency = agency.founded->name;
    report_.simulated = agency.founded->simulated;
  }
  const Date today = local_date(last_, agency.utc_offset_minutes());
  for (const auto& overdue : objection_terms_.overdue(today, agency, facts_->known_at())) {
    Finding finding;
    finding.kind = Finding::Kind::overdue_objection;
    finding.sequence = overdue.late.from;
    finding.subject = subject_of(overdue.person);
    finding.month = month_of(overdue.late.since);
    finding.rule = overdue.late.rule;
    finding.events = {overdue.late.from};
    finding.by = overdue.person;
    finding.values = {to_string(overdue.period), to_string(overdue.late.since),
                      std::to_string(overdue.late.taken), std::to_string(overdue.late.allowed)};
    finding.criterion = criterion_on(agency, Parameter::objection_days, today, facts_->known_at());
    found(std::move(finding));
  }
  watch_.finish(*facts_);
}

Status Auditor::add(Event event) {
  if (event.commit_index != commit_.size() ||
      (!commit_.empty() && event.commit_count != commit_.front().commit_count))
    return fail(ErrorCode::corrupt, "sequence " + std::to_string(event.sequence.value) +
                                        " is not where its commit says");
  ++report_.events;
  last_ = event.recorded_at;
  const bool last = event.commit_index + 1 == event.commit_count;
  commit_.push_back(std::move(event));
  if (!last) return {};
  audit_commit();
  for (const Event& one : commit_) {
    observe(one);
    watch_.add(one, *facts_);
    RUNUT_TRY(facts_->apply(one));
  }
  ++report_.commits;
  commit_.clear();
  return facts_->status();
}

void Auditor::audit_commit() {
  const Event& first = commit_.front();
  std::vector<const Payload*> payloads;
  for (const Event& event : commit_) payloads.push_back(&event.payload);
  if (const Status lawful = laws::check_commit(payloads); !lawful)
    find(Finding::Kind::mismatch, first, lawful.error().message, lawful.error().rule);
  std::optional<Command> command = reconstruct_command(commit_);
  if (!command) return;  // the writer's own events, and refused attempts
  // Each event names its agency by tag; the code that the command named is the founded one.
  command->agency = facts_->agency().founded ? facts_->agency().founded->agency
                                             : std::get<FoundAgency>(command->body).agency;
  // The command named the person; the event names the delegation that was found.
  if (first.actor.on_behalf_of)
    if (const auto found = grantors_.find(*first.actor.on_behalf_of); found != grantors_.end())
      command->on_behalf_of = found->second;
  ++report_.decisions;
  const Context context{.facts = *facts_,
                        .now = first.recorded_at,
                        .is_import = first.origin == Origin::import_batch,
                        .text_lookup = reconstructed_lookup(first),
                        .public_key = reconstructed_key(first),
                        .log_origin = reconstructed_origin(first)};
  const Result<Decision> decision = decide(context, *command);
  if (!decision) {
    Finding& finding =
        find(kind_of_refusal(decision.error().rule), first,
             "recorded, but decided again it is refused: " + decision.error().describe(),
             decision.error().rule);
    for (std::size_t i = 1; i < commit_.size(); ++i) finding.events.push_back(commit_[i].sequence);
    if (finding.kind == Finding::Kind::separation_of_duties)
      finding.criterion = criterion(Parameter::separation_of_duties, first);
    return;
  }
  if (decision->size() != commit_.size())
    find(Finding::Kind::mismatch, first,
         std::to_string(commit_.size()) + " events are recorded, decided again there are " +
             std::to_string(decision->size()),
         "audit.commit_size");
  for (std::size_t i = 0; i < std::min(decision->size(), commit_.size()); ++i) {
    const Event& recorded = commit_[i];
    const NewEvent& expected = (*decision)[i];
    if (std::holds_alternative<RankingPublished>(recorded.payload)) ++report_.rankings;
    if (std::holds_alternative<TppPaymentComputed>(recorded.payload)) ++report_.payments;
    if (recorded.payload != expected.payload)
      find(Finding::Kind::mismatch, recorded,
           shortened("recorded " + payload_json(recorded.payload)) + "; decided again " +
               shortened(payload_json(expected.payload)),
           "audit.payload");
    else if (recorded.occurred_on != expected.occurred_on ||
             recorded.regulation != expected.regulation ||
             recorded.supersedes != expected.supersedes ||
             recorded.actor.on_behalf_of != expected.on_behalf_of)
      find(Finding::Kind::mismatch, recorded,
           "date, regulation, delegation or superseded event differ from what is decided again",
           "audit.envelope");
  }
}

void Auditor::observe(const Event& event) {
  const AgencyFacts& agency = facts_->agency();
  if (const std::optional<ObjectionTerms::Late> late = objection_terms_.add(event, agency))
    find_late(event, *late);
  const int offset = agency.utc_offset_minutes();
  const auto is_late = [&](Date day) {
    const auto rules = payment_rules(*facts_, month_of(day));
    return rules && event.action_time() >= approval_cutoff(*rules, month_of(day), offset);
  };
  const auto find_excuse = [&](const Event& of, Date date, std::string detail) {
    Finding& late = find(Finding::Kind::late_excuse, of, std::move(detail));
    late.values = {to_string(date), to_string(of.action_time())};
    late.criterion = criterion_on(agency, Parameter::approval_cutoff_day, first_day(month_of(date)),
                                  of.sequence);
  };
  std::visit(
      [&]<class P>(const P& e) {
        if constexpr (std::is_same_v<P, AttemptRefused>) {
          find(Finding::Kind::refused_attempt, event,
               e.command + " by " +
                   (event.actor.person() ? to_string(*event.actor.person()) : "system"),
               e.rule)
              .values = {e.command};
        } else if constexpr (std::is_same_v<P, DelegationGranted>) {
          grantors_.emplace(event.sequence, e.from_person);
        } else if constexpr (std::is_same_v<P, DailyReportApproved>) {
          if (is_late(e.date)) {
            Finding& late = find(Finding::Kind::late_approval, event,
                                 "report " + to_string(e.report) + " of " + to_string(e.date) +
                                     " approved " + to_string(event.action_time()));
            late.values = {to_string(e.report), to_string(e.date), to_string(event.action_time()),
                           minutes_of(e.person, e.report, e.date)};
            late.criterion = criterion_on(agency, Parameter::approval_cutoff_day,
                                          first_day(month_of(e.date)), event.sequence);
          }
        } else if constexpr (std::is_same_v<P, ExcuseDecided>) {
          if (is_late(e.date))
            find_excuse(event, e.date, "excuse for " + to_string(e.date) + " decided late");
        } else if constexpr (std::is_same_v<P, AttendanceExcused>) {
          const AssignmentFact* const post = facts_->person(e.person).assignment_on(e.date);
          if (post != nullptr && agency.is_closed(post->unit, month_of(e.date), facts_->known_at()))
            find_excuse(event, e.date,
                        "excuse for " + to_string(e.date) + " filed after the month was closed");
        } else if constexpr (std::is_same_v<P, AssignmentStarted>) {
          const AssignmentFact* const before = facts_->person(e.person).assignment_on(e.from - 1);
          if (civil(e.from).day != 1 && before != nullptr)
            find(Finding::Kind::mid_month_move, event,
                 to_string(before->unit) + " to " + to_string(e.unit) + " on " + to_string(e.from))
                .values = {to_string(before->unit), to_string(e.unit), to_string(e.from)};
        } else if constexpr (std::is_same_v<P, TieAtCutoffFound>) {
          Finding& tie =
              find(Finding::Kind::tie, event,
                   e.group + " at " + to_string(e.score) + ": " + std::to_string(e.members.size()) +
                       " members for " + std::to_string(e.places) + " places");
          tie.values = {e.group, to_string(e.score), std::to_string(e.members.size()),
                        std::to_string(e.places)};
          tie.criterion = criterion(Parameter::tie_keys, event);
        } else if constexpr (std::is_same_v<P, TieResolved>) {
          Finding& resolved =
              find(Finding::Kind::tie_resolved, event, e.group + " by decree " + e.decree.number);
          std::string chosen;
          for (const PersonId person : e.chosen)
            chosen += (chosen.empty() ? "" : ", ") + to_string(person);
          resolved.values = {e.group, e.decree.number, to_string(e.decree.signatory),
                             e.decree.office, std::move(chosen)};
          resolved.criterion = criterion(Parameter::tie_authority, event);
        } else if constexpr (std::is_same_v<P, ObjectionFiled>) {
          Finding& filed = find(Finding::Kind::objection, event, to_string(e.period));
          filed.values = {to_string(e.period)};
          filed.criterion = criterion(Parameter::objection_days, event);
        } else if constexpr (std::is_same_v<P, ObjectionDecided>) {
          Finding& decided = find(Finding::Kind::objection_decided, event,
                                  to_string(e.period) + (e.upheld ? " upheld" : " rejected"));
          decided.values = {to_string(e.period), e.upheld ? "upheld" : "rejected", e.decree.number};
          decided.criterion = criterion(Parameter::objection_days, event);
        } else if constexpr (std::is_same_v<P, EvaluationCorrected>) {
          find(Finding::Kind::evaluation_corrected, event,
               to_string(e.period) + " to " + to_string(e.result))
              .values = {to_string(e.period), to_string(e.result), e.decree.number};
        } else if constexpr (std::is_same_v<P, TppCorrectionPosted>) {
          Finding& posted = find(Finding::Kind::correction_posted, event,
                                 to_string(e.for_month) + " by " + to_string(e.run) + ": " +
                                     std::to_string(e.amount.value));
          posted.values = {to_string(e.for_month), to_string(e.run)};
          posted.amount = e.amount;
        }
      },
      event.payload);
}

}  // namespace runut
