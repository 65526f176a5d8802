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

std::string_view to_string(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::mismatch: return "mismatch";
    case Finding::Kind::refused_attempt: return "refused_attempt";
    case Finding::Kind::late_approval: return "late_approval";
    case Finding::Kind::late_excuse: return "late_excuse";
    case Finding::Kind::mid_month_move: return "mid_month_move";
    case Finding::Kind::tie: return "tie";
    case Finding::Kind::tie_resolved: return "tie_resolved";
    case Finding::Kind::objection: return "objection";
    case Finding::Kind::objection_decided: return "objection_decided";
    case Finding::Kind::late_objection: return "late_objection";
    case Finding::Kind::evaluation_corrected: return "evaluation_corrected";
    case Finding::Kind::correction_posted: return "correction_posted";
  }
  return "mismatch";
}

bool AuditReport::agrees() const {
  return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.kind == Finding::Kind::mismatch;
  });
}

Auditor::Auditor()
    : nothing_(std::make_unique<Nothing>()),
      facts_(
          std::make_unique<LoadedFacts>(*nothing_, std::make_shared<AgencyFacts>(), Sequence{})) {}
Auditor::~Auditor() = default;

void Auditor::find(Finding::Kind kind, const Event& event, std::string detail, std::string rule) {
  report_.findings.push_back(
      {kind, event.sequence, event.subject, std::move(rule), std::move(detail)});
}

Status Auditor::add(Event event) {
  if (event.commit_index != commit_.size() ||
      (!commit_.empty() && event.commit_count != commit_.front().commit_count))
    return fail(ErrorCode::corrupt, "sequence " + std::to_string(event.sequence.value) +
                                        " is not where its commit says");
  ++report_.events;
  const bool last = event.commit_index + 1 == event.commit_count;
  commit_.push_back(std::move(event));
  if (!last) return {};
  audit_commit();
  for (const Event& one : commit_) {
    observe(one);
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
    find(Finding::Kind::mismatch, first,
         "recorded, but decided again it is refused: " + decision.error().describe(),
         decision.error().rule);
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
  if (std::optional<ObjectionTerms::Late> late = objection_terms_.add(event, agency))
    find(Finding::Kind::late_objection, event, std::move(late->detail), std::move(late->rule));
  const int offset = agency.utc_offset_minutes();
  const auto is_late = [&](Date day) {
    const auto rules = payment_rules(*facts_, month_of(day));
    return rules && event.action_time() >= approval_cutoff(*rules, month_of(day), offset);
  };
  std::visit(
      [&]<class P>(const P& e) {
        if constexpr (std::is_same_v<P, AttemptRefused>) {
          find(Finding::Kind::refused_attempt, event,
               e.command + " by " +
                   (event.actor.person() ? to_string(*event.actor.person()) : "system"),
               e.rule);
        } else if constexpr (std::is_same_v<P, DelegationGranted>) {
          grantors_.emplace(event.sequence, e.from_person);
        } else if constexpr (std::is_same_v<P, DailyReportApproved>) {
          if (is_late(e.date))
            find(Finding::Kind::late_approval, event,
                 "report " + to_string(e.report) + " of " + to_string(e.date) + " approved " +
                     to_string(event.action_time()));
        } else if constexpr (std::is_same_v<P, ExcuseDecided>) {
          if (is_late(e.date))
            find(Finding::Kind::late_excuse, event,
                 "excuse for " + to_string(e.date) + " decided late");
        } else if constexpr (std::is_same_v<P, AttendanceExcused>) {
          const AssignmentFact* const post = facts_->person(e.person).assignment_on(e.date);
          if (post != nullptr && agency.is_closed(post->unit, month_of(e.date), facts_->known_at()))
            find(Finding::Kind::late_excuse, event,
                 "excuse for " + to_string(e.date) + " filed after the month was closed");
        } else if constexpr (std::is_same_v<P, AssignmentStarted>) {
          const AssignmentFact* const before = facts_->person(e.person).assignment_on(e.from - 1);
          if (civil(e.from).day != 1 && before != nullptr)
            find(Finding::Kind::mid_month_move, event,
                 to_string(before->unit) + " to " + to_string(e.unit) + " on " + to_string(e.from));
        } else if constexpr (std::is_same_v<P, TieAtCutoffFound>) {
          find(Finding::Kind::tie, event,
               e.group + " at " + to_string(e.score) + ": " + std::to_string(e.members.size()) +
                   " members for " + std::to_string(e.places) + " places");
        } else if constexpr (std::is_same_v<P, TieResolved>) {
          find(Finding::Kind::tie_resolved, event, e.group + " by decree " + e.decree.number);
        } else if constexpr (std::is_same_v<P, ObjectionFiled>) {
          find(Finding::Kind::objection, event, to_string(e.period));
        } else if constexpr (std::is_same_v<P, ObjectionDecided>) {
          find(Finding::Kind::objection_decided, event,
               to_string(e.period) + (e.upheld ? " upheld" : " rejected"));
        } else if constexpr (std::is_same_v<P, EvaluationCorrected>) {
          find(Finding::Kind::evaluation_corrected, event,
               to_string(e.period) + " to " + to_string(e.result));
        } else if constexpr (std::is_same_v<P, TppCorrectionPosted>) {
          find(Finding::Kind::correction_posted, event,
               to_string(e.for_month) + " by " + to_string(e.run) + ": " +
                   std::to_string(e.amount.value));
        }
      },
      event.payload);
}

}  // namespace runut
