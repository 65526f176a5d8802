#include "query/alternative.h"

#include <algorithm>

#include "codec/command_json.h"
#include "ledger/stamp.h"
#include "query/reconstruct.h"

namespace runut {
namespace {

// Person-months in memory; of people there is no bound, as nowhere.
constexpr std::size_t months_max = 200'000;
constexpr std::uint64_t commits_between_trims = 4'096;

Context context_of(const Facts& facts, const HypotheticalOptions& options) {
  return {.facts = facts,
          .now = options.now,
          .is_import = options.origin == Origin::import_batch,
          .text_lookup = {},
          .public_key = {},
          .log_origin = {}};
}

// What a re-decided event shares with the recorded one: the command's, not the decision's.
Event in_place_of(const Event& recorded, const NewEvent& decided, const Command& command,
                  std::size_t index, std::size_t count) {
  Event event = stamp(command, decided, index, count, recorded.sequence, recorded.recorded_at);
  event.agency = recorded.agency;
  if (decided.legacy) return event;
  event.acted_at = recorded.acted_at;
  event.origin = recorded.origin;
  return event;
}

// Where the decision's events stand: at the recorded places, and behind the last one once these are
// taken.
Sequence place_of(const std::vector<Event>& commit, std::size_t index) {
  return index < commit.size() ? commit[index].sequence
                               : Sequence{commit.back().sequence.value + index - commit.size() + 1};
}

bool is_same_decision(const std::vector<Event>& commit, const std::vector<Event>& again) {
  return std::equal(commit.begin(), commit.end(), again.begin(), again.end(),
                    [](const Event& a, const Event& b) {
                      return a.payload == b.payload && a.occurred_on == b.occurred_on &&
                             a.regulation == b.regulation && a.supersedes == b.supersedes &&
                             a.actor.on_behalf_of == b.actor.on_behalf_of;
                    });
}

// Amounts that somebody copied from the ledger: here they copy those that stand here.
void state_as_here(Command& command) {
  if (auto* order = std::get_if<PaymentOrdered>(&command.body)) order->amount = locked_amount;
  if (auto* returned = std::get_if<PaymentReturned>(&command.body))
    returned->amount = locked_amount;
}

std::vector<Event> narrowed_all(const std::vector<Event>& events) {
  std::vector<Event> out;
  out.reserve(events.size());
  for (const Event& event : events) out.push_back(narrowed(event));
  return out;
}

}  // namespace

Result<std::unique_ptr<Alternative>> Alternative::begin(const History& recorded, Sequence until,
                                                        EventAt event_at) {
  int offset = 0;  // pinned by the first event
  RUNUT_TRY(recorded.each(agency_subject, std::nullopt, Sequence{1},
                          [&](const Event& event, const Hash256&) -> Status {
                            if (const auto* founded = std::get_if<AgencyFounded>(&event.payload))
                              offset = founded->utc_offset_minutes;
                            return {};
                          }));
  std::unique_ptr<Alternative> out(new Alternative(recorded, offset, std::move(event_at)));
  RUNUT_ASSIGN(std::shared_ptr<AgencyFacts> agency, load_agency(out->history_, wide(until)));
  out->facts_ = std::make_unique<LoadedFacts>(out->history_, std::move(agency), wide(until));
  return out;
}

Status Alternative::suppose(const Command& command, const HypotheticalOptions& options) {
  RUNUT_CHECK(followed_ == 0 && commit_.empty(), "what is supposed comes before what follows");
  if (std::holds_alternative<IdentifierAssigned>(command.body))
    return reject("what_if.identifier", "command", std::string(command_name(command.body)),
                  "an identifier can not be supposed: the ledger knows it by its keyed hash alone");
  if (std::holds_alternative<CloseSurvey>(command.body))
    return reject("what_if.survey", "command", std::string(command_name(command.body)),
                  "the answers of a survey are sealed: what it would come to can not be supposed");
  RUNUT_ASSIGN(const auto known, recorded_.command(command.id));
  if (known)
    return reject("command.id_reused", "id", to_string(command.id),
                  "recorded already as event " + std::to_string(known->value));
  Context context = context_of(*facts_, options);
  if (command.refers_to) {
    if (const auto other = supposed_.find(*command.refers_to); other != supposed_.end()) {
      context.referred = other->second;
    } else {
      RUNUT_ASSIGN(const auto recorded, recorded_.command(*command.refers_to));
      if (recorded && wide(*recorded) <= known_at()) context.referred = wide(*recorded);
    }
  }
  Result<Decision> decision = decide(context, command);
  RUNUT_TRY(facts_->status());
  if (!decision) return fail(std::move(decision).error());
  supposed_.emplace(command.id, next(known_at()));
  return place_between(command, *decision, options);
}

Status Alternative::suppose_document(const std::string& text,
                                     const std::optional<std::string>& amends,
                                     const HypotheticalOptions& options) {
  RUNUT_CHECK(followed_ == 0 && commit_.empty(), "what is supposed comes before what follows");
  const Context context = context_of(*facts_, options);
  RUNUT_ASSIGN(const Decision decision, decide_draft(context, text, amends));
  return place_between(Command{}, decision, options);
}

Status Alternative::place_between(const Command& command, const Decision& decision,
                                  const HypotheticalOptions& options) {
  const Sequence first = next(known_at());
  for (std::size_t i = 0; i < decision.size(); ++i) {
    Event event = stamp(command, decision[i], i, decision.size(), first, options.now);
    if (event.origin == Origin{}) event.origin = options.origin;
    history_.place(event);
    taint_.add(event);
    RUNUT_TRY(facts_->follow(event));
  }
  return facts_->status();
}

Status Alternative::leave_out(const Event& recorded) {
  RUNUT_CHECK(followed_ == 0 && commit_.empty(), "what is left out comes before what follows");
  history_.leave_out(recorded.sequence);
  taint_.add(widened(recorded));
  return {};
}

Status Alternative::follow(Event recorded) {
  const bool last = recorded.commit_index + 1 == recorded.commit_count;
  commit_.push_back(widened(std::move(recorded)));
  if (!last) return {};
  const std::vector<Event> commit = std::exchange(commit_, {});
  ++followed_;
  RUNUT_TRY(settle(commit));
  if (followed_ % commits_between_trims == 0) facts_->trim(known_at(), months_max);
  return facts_->status();
}

Status Alternative::settle(const std::vector<Event>& commit) {
  const auto as_recorded = [&]() -> Status {
    for (const Event& event : commit) RUNUT_TRY(facts_->follow(event));
    return {};
  };
  RUNUT_ASSIGN(const std::optional<Command> command, command_of(commit));
  if (!command) {
    // Sessions and refused attempts follow from no facts; what else there is may.
    const Payload& first = commit.front().payload;
    if (const auto* assigned = std::get_if<IdentifierAssigned>(&first)) {
      // Its number is sealed, but it was in order: what it needs besides is its person.
      if (facts_->agency().persons.contains(assigned->person)) return as_recorded();
      return replace(commit, {},
                     Error{ErrorCode::not_found, "person.unknown", "data.person",
                           to_string(assigned->person), "nobody is registered by that id"});
    }
    Command unknown;
    unknown.body = PublishRanking{};  // that found ties alone
    if (!taint_.may_reach(unknown, *facts_)) return as_recorded();
    for (const Event& event : commit)
      if (const auto* tie = std::get_if<TieAtCutoffFound>(&event.payload))
        if (!check_found_tie(*facts_, event, *tie)) {
          kept_.push_back(narrow(commit.front().sequence));
          break;
        }
    return as_recorded();
  }
  if (!taint_.may_reach(*command, *facts_)) return as_recorded();
  return decide_again(commit, *command);
}

Result<std::optional<Command>> Alternative::command_of(const std::vector<Event>& commit) const {
  std::optional<Command> command = reconstruct_command(commit);
  if (!command || !facts_->agency().founded) return std::nullopt;
  command->agency = facts_->agency().founded->agency;
  state_as_here(*command);
  // The command named the person; the event names the delegation that was found.
  if (const auto delegation = commit.front().actor.on_behalf_of) {
    RUNUT_ASSIGN(const Event granted, event_at_(narrow(*delegation)));
    if (const auto* grant = std::get_if<DelegationGranted>(&granted.payload))
      command->on_behalf_of = grant->from_person;
  }
  return command;
}

Status Alternative::decide_again(const std::vector<Event>& commit, const Command& command) {
  ++decided_again_;
  const Event& first = commit.front();
  const Context context = reconstructed_context(*facts_, first);
  Result<Decision> decision = decide(context, command);
  RUNUT_TRY(facts_->status());
  if (!decision) {
    if (decision.error().code == ErrorCode::internal) return fail(std::move(decision).error());
    // Other answers than those whose sums are recorded; which values they had is sealed, and one
    // answer less would show what that one said.
    if (decision.error().rule == "survey.sealed_answers") {
      kept_.push_back(narrow(first.sequence));
      for (const Event& event : commit) RUNUT_TRY(facts_->follow(event));
      return {};
    }
    return replace(commit, {}, std::move(decision).error());
  }
  std::vector<Event> again;
  again.reserve(decision->size());
  for (std::size_t i = 0; i < decision->size(); ++i) {
    Event event = in_place_of(first, (*decision)[i], command, i, decision->size());
    event.sequence = place_of(commit, i);
    if ((*decision)[i].caused_by_index)
      event.causation = place_of(commit, *(*decision)[i].caused_by_index);
    again.push_back(std::move(event));
  }
  if (!is_same_decision(commit, again)) return replace(commit, std::move(again), std::nullopt);
  // Whether this one may still answer as what they did is known to those who know them.
  if (command.actor.kind == ActorKind::pseudonym && taint_.relates_people())
    kept_.push_back(narrow(first.sequence));
  for (const Event& event : commit) RUNUT_TRY(facts_->follow(event));
  return {};
}

Status Alternative::replace(const std::vector<Event>& commit, std::vector<Event> instead,
                            std::optional<Error> refusal) {
  for (const Event& event : commit) {
    history_.leave_out(narrow(event.sequence));
    taint_.add(event);
  }
  for (const Event& event : instead) {
    history_.place(event);
    taint_.add(event);
    RUNUT_TRY(facts_->follow(event));
  }
  ChangedCommit changed{narrow(commit.front().sequence), std::move(refusal),
                        changed_events(narrowed_all(commit), narrowed_all(instead))};
  if (!changed.events.empty()) changed_.push_back(std::move(changed));
  return {};
}

}  // namespace runut
