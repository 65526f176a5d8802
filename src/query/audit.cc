#include "query/audit.h"

#include <algorithm>

#include "codec/event_json.h"
#include "computation/laws.h"
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
      marks_([this](Finding finding) { found(std::move(finding)); }),
      watch_([this](Finding finding) { found(std::move(finding)); }) {}
Auditor::~Auditor() = default;

void Auditor::differs(const Event& event, std::string detail, std::string rule) {
  Finding finding = finding_at(Finding::Kind::mismatch, event);
  finding.detail = std::move(detail);
  finding.rule = std::move(rule);
  found(std::move(finding));
}

void Auditor::found(Finding finding) {
  if (finding.detail.empty()) finding.detail = finding_text(finding, Language::english).condition;
  report_.findings.push_back(std::move(finding));
}

void Auditor::finish() {
  const AgencyFacts& agency = facts_->agency();
  if (agency.founded) {
    report_.agency = agency.founded->name;
    report_.simulated = agency.founded->simulated;
    report_.utc_offset_minutes = agency.utc_offset_minutes();
  }
  marks_.finish(local_date(report_.until, agency.utc_offset_minutes()), *facts_);
  watch_.finish(*facts_);
}

Status Auditor::add(Event event) {
  if (event.commit_index != commit_.size() ||
      (!commit_.empty() && event.commit_count != commit_.front().commit_count))
    return fail(ErrorCode::corrupt, "sequence " + std::to_string(event.sequence.value) +
                                        " is not where its commit says");
  ++report_.events;
  report_.until = event.recorded_at;
  const bool last = event.commit_index + 1 == event.commit_count;
  commit_.push_back(std::move(event));
  if (!last) return {};
  audit_commit();
  for (const Event& one : commit_) {
    if (const auto* const granted = std::get_if<DelegationGranted>(&one.payload))
      grantors_.emplace(one.sequence, granted->from_person);
    marks_.add(one, *facts_);
    watch_.add(one, *facts_);
    RUNUT_TRY(facts_->apply(one));
  }
  for (const Event& one : commit_) marks_.applied(one, *facts_);
  ++report_.commits;
  commit_.clear();
  return facts_->status();
}

void Auditor::audit_commit() {
  const Event& first = commit_.front();
  std::vector<const Payload*> payloads;
  for (const Event& event : commit_) payloads.push_back(&event.payload);
  if (const Status lawful = laws::check_commit(payloads); !lawful)
    differs(first, lawful.error().message, lawful.error().rule);
  std::optional<Command> command = reconstruct_command(commit_);
  if (!command) {  // the writer's own events, refused attempts, a publication that found ties alone
    for (const Event& event : commit_)
      if (const auto* const tie = std::get_if<TieAtCutoffFound>(&event.payload))
        check_tie(event, *tie);
    return;
  }
  // Each event names its agency by tag; the code that the command named is the founded one.
  command->agency = facts_->agency().founded ? facts_->agency().founded->agency
                                             : std::get<FoundAgency>(command->body).agency;
  // The command named the person; the event names the delegation that was found.
  if (first.actor.on_behalf_of)
    if (const auto found = grantors_.find(*first.actor.on_behalf_of); found != grantors_.end())
      command->on_behalf_of = found->second;
  ++report_.decisions;
  const Context context = reconstructed_context(*facts_, first);
  const Result<Decision> decision = decide(context, *command);
  if (decision)
    compare(*decision);
  else
    refused(decision.error());
}

void Auditor::check_tie(const Event& event, const TieAtCutoffFound& found) {
  ++report_.decisions;
  if (const Status stands = check_found_tie(*facts_, event, found); !stands)
    differs(event, stands.error().describe(), stands.error().rule);
}

void Auditor::refused(const Error& error) {
  const Event& first = commit_.front();
  Finding finding = finding_at(kind_of_refusal(error), first);
  finding.rule = error.rule;
  finding.detail = "recorded, but decided again it is refused: " + error.describe();
  for (std::size_t i = 1; i < commit_.size(); ++i) finding.events.push_back(commit_[i].sequence);
  const AgencyFacts& agency = facts_->agency();
  if (const auto parameter = parameter_of(error.rule))
    finding.criterion =
        criterion_on(agency, *parameter,
                     local_date(first.action_time(), agency.utc_offset_minutes()), first.sequence);
  found(std::move(finding));
}

void Auditor::compare(const std::vector<NewEvent>& decided) {
  if (decided.size() != commit_.size())
    differs(commit_.front(),
            std::to_string(commit_.size()) + " events are recorded, decided again there are " +
                std::to_string(decided.size()),
            "audit.commit_size");
  for (std::size_t i = 0; i < std::min(decided.size(), commit_.size()); ++i) {
    const Event& recorded = commit_[i];
    const NewEvent& expected = decided[i];
    if (std::holds_alternative<RankingPublished>(recorded.payload)) ++report_.rankings;
    if (std::holds_alternative<TppPaymentComputed>(recorded.payload)) ++report_.payments;
    if (recorded.payload != expected.payload)
      differs(recorded,
              shortened("recorded " + payload_json(recorded.payload)) + "; decided again " +
                  shortened(payload_json(expected.payload)),
              "audit.payload");
    else if (recorded.occurred_on != expected.occurred_on ||
             recorded.regulation != expected.regulation ||
             recorded.supersedes != expected.supersedes || recorded.is_held() != expected.is_held ||
             recorded.actor.on_behalf_of != expected.on_behalf_of)
      differs(recorded,
              "date, regulation, delegation or superseded event differ from what is decided again",
              "audit.envelope");
  }
}

}  // namespace runut
