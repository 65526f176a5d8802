#include "write/writer.h"

#include <algorithm>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "ledger/stamp.h"
#include "ledger/survey.h"
#include "seal/sealed.h"
#include "write/command_digest.h"
#include "write/refused_attempt.h"
#include "write/survey_answers.h"

namespace runut {
namespace {

// Where a command stands that could not be decided: no head ever reaches it.
constexpr Sequence undecided{UINT64_MAX};
// A log that can be taken over, and never takes anything, is no log.
constexpr unsigned recoveries_max = 10;
// Cached person-months of the smallest agency.
constexpr std::size_t months_min = 4'000;

std::uint64_t subject_key(const Subject& subject) {
  return subject.id * 4 + static_cast<std::uint64_t>(subject.kind);
}

Mac128 cut(const Hash256& whole_mac) {
  return Mac128::from(whole_mac.view().substr(0, Mac128::size));
}

BytesView key_view(const Key256& key) {
  return key.view();
}

Sequence indexed_by(const WriterOptions& options) {
  return options.indexed ? options.indexed() : Sequence{};
}

// What is worked on is this month and the last: two to three a person, so that memory follows the
// people and not the years of a long import.
void trim_months(LoadedFacts& facts, const WriterOptions& options, Sequence indexed) {
  const std::size_t working_set = std::max(months_min, 3 * facts.agency().persons.size());
  facts.trim(indexed, std::min(options.months_max, working_set));
}

}  // namespace

std::string checkpoint_origin(std::string_view agency) {
  return "runut/" + std::string(agency);
}

Writer::Writer(EventLog& log, const History& history, KeyStore& keys, Clock& clock,
               Randomness& randomness, WriterOptions options)
    : log_(log),
      history_(history),
      keys_(keys),
      clock_(clock),
      randomness_(randomness),
      options_(std::move(options)) {}

Result<std::unique_ptr<Writer>> Writer::open(EventLog& log, const History& history, KeyStore& keys,
                                             Clock& clock, Randomness& randomness,
                                             WriterOptions options) {
  std::unique_ptr<Writer> writer(
      new Writer(log, history, keys, clock, randomness, std::move(options)));
  const Head head = log.head();
  RUNUT_TRY(writer->load_facts(head.sequence));
  if (head.sequence > Sequence{} && !writer->facts_->agency().founded)
    return fail(ErrorCode::corrupt, "the log does not begin with AgencyFounded");
  writer->durable_ = head;
  writer->speculative_ = head;
  return writer;
}

bool Writer::is_simulated() const {
  return facts_->agency().founded && facts_->agency().founded->simulated;
}

Status Writer::load_facts(Sequence at) {
  if (at > Sequence{}) RUNUT_TRY(options_.wait_indexed(at));
  RUNUT_ASSIGN(std::shared_ptr<AgencyFacts> agency, load_agency(history_, at));
  // A crash between the decision and the destruction, or a restored key backup, left the key
  // behind.
  for (const auto& [person, sequence] : agency->erased)
    if (!keys_.is_destroyed(person)) RUNUT_TRY(keys_.destroy(person));
  facts_ = std::make_unique<LoadedFacts>(history_, std::move(agency), at);
  versions_.clear();
  agency_tag_.reset();
  RUNUT_ASSIGN(const CommandId greatest, history_.greatest_command());
  recent_.reset(greatest);
  last_recorded_ = Instant{INT64_MIN};
  if (at > Sequence{}) {
    RUNUT_ASSIGN(const EventBatch batch, log_.read(at, {.events = 1}));
    if (batch.empty()) return fail(ErrorCode::corrupt, "the log has no event at its own head");
    RUNUT_ASSIGN(const Event last, decode_event(batch.events.front().bytes));
    last_recorded_ = last.recorded_at;
  }
  return {};
}

Status Writer::take_over() {
  const Head before = log_.head();
  RUNUT_TRY(load_facts(before.sequence));
  if (!facts_->agency().founded)
    return fail(ErrorCode::corrupt, "the log does not begin with AgencyFounded");
  const std::uint64_t agency = agency_tag(facts_->agency().founded->agency);
  const auto build = [&](const Head& head) -> Result<Commit> {
    // The time of a simulated ledger stands still between its commands.
    RUNUT_ASSIGN(const EventBatch batch, log_.read(head.sequence, {.events = 1}));
    if (batch.empty()) return fail(ErrorCode::corrupt, "the log has no event at its own head");
    RUNUT_ASSIGN(const Event last, decode_event(batch.events.front().bytes));
    Event event;
    event.agency = agency;
    event.sequence = next(head.sequence);
    event.previous = head.leaf;
    event.recorded_at =
        is_simulated() ? last.recorded_at : std::max(last.recorded_at, clock_.now());
    event.acted_at = event.recorded_at;
    event.occurred_on = local_date(event.recorded_at, facts_->agency().utc_offset_minutes());
    event.origin = is_simulated() ? Origin::simulation : Origin::live;
    event.subject = agency_subject;
    RUNUT_TRY(options_.wait_indexed(head.sequence));
    RUNUT_ASSIGN(const std::uint32_t version, history_.version(agency_subject));
    event.subject_version = version + 1;
    event.command = make_uuid_v7(event.recorded_at, randomness_);
    event.actor = {ActorKind::system, 1, Role::operator_, Assurance::claimed, "writer", {}, {}, {}};
    event.payload = WriterTookOver{randomness_.draw<Uuid>(), options_.node};
    RUNUT_ASSIGN(Bytes stored, encode_event(event));
    const Hash256 leaf = leaf_hash(stored);
    Commit commit{event.command, {}};
    commit.events.push_back({std::move(stored), leaf});
    return commit;
  };
  RUNUT_ASSIGN(const TakenOver taken, log_.take_over(build, options_.take_over_wait));
  RUNUT_TRY(load_facts(taken.head.sequence));
  durable_ = taken.head;
  speculative_ = taken.head;
  taken_over_ = true;
  return {};
}

Result<Instant> Writer::instant_for(const Command& command) const {
  const bool founding = std::holds_alternative<FoundAgency>(command.body);
  const bool simulated = founding ? std::get<FoundAgency>(command.body).simulated : is_simulated();
  if (!simulated) {
    if (command.recorded_at)
      return fail(Error{ErrorCode::rejected, "recorded_at.not_simulated", "recorded_at",
                        to_string(*command.recorded_at),
                        "only a simulated ledger takes its time from the input"});
    return std::max(clock_.now(), last_recorded_);
  }
  if (!command.recorded_at)
    return fail(Error{ErrorCode::rejected,
                      "recorded_at.missing",
                      "recorded_at",
                      {},
                      "a simulated ledger takes its time from the input"});
  if (*command.recorded_at < last_recorded_)
    return fail(Error{ErrorCode::rejected, "recorded_at.decreasing", "recorded_at",
                      to_string(*command.recorded_at),
                      "earlier than the ledger's last event at " + to_string(last_recorded_)});
  return *command.recorded_at;
}

Result<std::uint64_t> Writer::submit(Command command, std::optional<Mac128> digest) {
  if (failed_) return fail(*failed_);
  // Erasure changes the key store: nothing may be sealed between its decision and its end.
  if (awaits_erasure_ || std::holds_alternative<SubjectKeyDestroyed>(command.body))
    RUNUT_TRY(flush());
  if (!digest) digest = command_digest(keys_, command);
  Pending& pending = pending_.emplace_back(std::move(command), *digest, ++tickets_);
  Status status = decide_now(pending);
  // A run reads months of its whole unit, and every unit's may come before the next answers are
  // asked for.
  if (std::holds_alternative<ComputeTppRun>(pending.command.body) ||
      std::holds_alternative<LockTppRun>(pending.command.body))
    trim_months(*facts_, options_, indexed_by(options_));
  if (status && staged_.size() >= options_.staged_max) status = flush();
  if (status) return tickets_;
  pending_.pop_back();
  return fail(status.error());
}

Status Writer::decide_now(Pending& pending) {
  pending.answer = Answer{.command = pending.command.id, .ticket = pending.ticket};
  pending.depends_on = undecided;
  const auto reject = [&](Error error) -> Status {
    pending.answer.rejection = std::move(error);
    pending.answer.known_at = facts_->known_at();
    pending.depends_on = speculative_.sequence;
    return {};
  };

  const auto repeated = answer_repeated(pending);
  if (!repeated) return reject(repeated.error());
  if (*repeated) return {};

  auto now = instant_for(pending.command);
  std::optional<Error> too_early;
  if (!now) {
    // From the past of a simulated ledger: refused in any case, but asked once more, a command that
    // a rule refused gets the same answer.
    if (now.error().rule != "recorded_at.decreasing") return reject(now.error());
    too_early = now.error();
    now = *pending.command.recorded_at;
  }
  Context context{.facts = *facts_,
                  .now = *now,
                  .is_import = false,
                  .text_lookup = {},
                  .public_key = options_.public_key,
                  .log_origin = {}};
  if (std::holds_alternative<FoundAgency>(pending.command.body))
    context.log_origin = checkpoint_origin(pending.command.agency);
  if (std::holds_alternative<IdentifierAssigned>(pending.command.body))
    context.text_lookup =
        cut(hmac_sha256(key_view(keys_.ledger_key(LedgerKey::nip_lookup)), pending.command.text));
  if (std::holds_alternative<AnswerSurvey>(pending.command.body)) {
    const auto pseudonym = pseudonym_of(pending.command, *facts_, keys_);
    if (!pseudonym) return reject(pseudonym.error());
    context.pseudonym = *pseudonym;
  }
  if (const auto* closing = std::get_if<CloseSurvey>(&pending.command.body)) {
    auto answers = open_survey_answers(*closing, *facts_, log_, keys_, [&](Sequence sequence) {
      return answer_in_flight(sequence);
    });
    if (!answers)
      return answers.error().code == ErrorCode::unavailable ? stop(answers.error())
                                                            : reject(answers.error());
    context.answers = std::move(*answers);
  }
  if (const auto& named = pending.command.refers_to) {
    if (const RecentCommand* const recent = recent_.find(*named)) {
      context.referred = recent->first;
    } else {
      const auto found = history_.command(*named);
      if (!found) return reject(found.error());
      context.referred = *found;
    }
  }
  Result<Decision> decision = decide(context, pending.command);
  if (!facts_->status()) return stop(facts_->status().error());
  if (too_early) {
    const bool said = !decision && decision.error().code != ErrorCode::unauthorised;
    return reject(said ? decision.error() : *too_early);
  }
  std::optional<Error> refusal;
  if (!decision) {
    if (!leaves_trace(decision.error(), pending.command, facts_->agency()))
      return reject(std::move(decision).error());
    refusal = decision.error();
    NewEvent trace;
    trace.payload = trace_of(pending.command, *refusal, facts_->agency());
    trace.occurred_on = local_date(*now, facts_->agency().utc_offset_minutes());
    decision = Decision{};
    decision->push_back(std::move(trace));
  }
  if (!refusal)
    if (const Status fresh = check_expected_version(pending.command, *decision); !fresh)
      return reject(fresh.error());
  if (!taken_over_ && durable_.sequence > Sequence{}) {
    // Something is to be recorded: now the log is taken over (W1), and the command decided on what
    // is true then. Nothing was staged before.
    if (const Status taken = take_over(); !taken) return stop(taken.error());
    return decide_now(pending);
  }
  const Status accepted = accept(pending, std::move(*decision), *now);
  if (!accepted) return reject(accepted.error());
  if (refusal) {
    pending.answer.rejection = std::move(refusal);
    pending.answer.known_at = Sequence{pending.answer.first.value - 1};
  }
  RecentCommand recent{pending.command.id, pending.digest, pending.answer.first,
                       pending.answer.count, nullptr};
  if (pending.answer.rejection)
    recent.rejection = std::make_unique<Error>(*pending.answer.rejection);
  recent_.add(std::move(recent));
  return {};
}

Result<bool> Writer::answer_repeated(Pending& pending) {
  const auto conflict = [&] {
    return fail(Error{ErrorCode::conflict, "command.id_reused", "id", to_string(pending.command.id),
                      "this id was used for another input"});
  };
  if (const RecentCommand* recent = recent_.find(pending.command.id)) {
    if (recent->digest != pending.digest) return conflict();
    pending.answer.first = recent->first;
    pending.answer.count = recent->count;
    pending.answer.repeated = true;
    pending.depends_on = recent->last();
    if (recent->rejection) {
      pending.answer.rejection = *recent->rejection;
      pending.answer.known_at = Sequence{recent->first.value - 1};
    }
    return true;
  }
  if (!recent_.may_be_elsewhere(pending.command.id)) return false;
  RUNUT_ASSIGN(const auto first, history_.command(pending.command.id));
  if (!first) return false;
  RUNUT_ASSIGN(const EventBatch batch, log_.read(*first, {.events = 1}));
  if (batch.empty()) return fail(ErrorCode::corrupt, "an indexed command is not in the log");
  RUNUT_ASSIGN(const Event event, decode_event(batch.events.front().bytes));
  if (event.command_mac != pending.digest) return conflict();
  pending.answer.first = *first;
  pending.answer.count = event.commit_count;
  pending.answer.repeated = true;
  pending.depends_on = Sequence{first->value + event.commit_count - 1};
  if (const auto* refused = std::get_if<AttemptRefused>(&event.payload)) {
    pending.answer.rejection = refusal_of(*refused);
    pending.answer.known_at = Sequence{first->value - 1};
  }
  return true;
}

std::optional<std::string> Writer::answer_in_flight(Sequence sequence) const {
  for (const Pending& pending : pending_) {
    const auto* answer = std::get_if<AnswerSurvey>(&pending.command.body);
    if (answer != nullptr && pending.answer.first == sequence) return answer_text(answer->values);
  }
  return std::nullopt;
}

Result<std::uint32_t*> Writer::version_of(const Subject& subject) {
  const auto [at, fresh] = versions_.try_emplace(subject_key(subject), 0);
  if (fresh) {
    auto known = history_.version(subject);
    if (!known) {
      versions_.erase(at);
      return fail(std::move(known).error());
    }
    at->second = *known;
  }
  return &at->second;
}

// The version that the command was made for, of the subject of its first event.
Status Writer::check_expected_version(const Command& command, const Decision& decision) {
  if (!command.expected_version) return {};
  const Subject subject = subject_of(decision.front().payload);
  RUNUT_ASSIGN(const std::uint32_t* const version, version_of(subject));
  if (*command.expected_version == *version) return {};
  return fail(Error{ErrorCode::conflict, "subject.expected_version", "expected_version",
                    std::to_string(*command.expected_version),
                    to_string(subject) + " is at version " + std::to_string(*version)});
}

// Hashed once a ledger, not once an event.
std::uint64_t Writer::tag_for(const Command& command) {
  const AgencyFacts& agency = facts_->agency();
  if (!agency.founded) return agency_tag(command.agency);
  if (!agency_tag_) agency_tag_ = agency_tag(agency.founded->agency);
  return *agency_tag_;
}

// The text under its owner's key, into the event.
Status Writer::seal(Event& event, BytesView text) {
  const SealContext context{event.agency, event.command, static_cast<std::uint16_t>(event.type())};
  RUNUT_ASSIGN(const Sealed sealed,
               seal_text(keys_, PersonId{event.subject.id}, text, context, randomness_));
  event.sealed = serialise(sealed);
  return {};
}

// Stamps, seals, encodes and chains; the leaf hash of the last event. Leaves the events in events_,
// and in raised_ the versions that were counted up, for who has to take that back.
Result<Hash256> Writer::build(const Pending& pending, Decision decision, Instant now,
                              Commit& commit) {
  const Command& command = pending.command;
  const auto* founding = std::get_if<FoundAgency>(&command.body);
  const bool simulated = founding != nullptr ? founding->simulated : is_simulated();
  const Sequence first = next(speculative_.sequence);
  commit.events.reserve(decision.size());
  events_.reserve(decision.size());
  Hash256 previous = speculative_.leaf;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < decision.size(); ++i) {
    const bool carries_text = decision[i].carries_text;
    const std::string own_text = std::move(decision[i].text);
    Event& event = events_.emplace_back(
        stamp(command, std::move(decision[i]), i, decision.size(), first, now));
    event.agency = tag_for(command);
    event.previous = previous;
    if (carries_text) RUNUT_TRY(seal(event, own_text.empty() ? command.text : own_text));
    if (event.origin == Origin{}) event.origin = simulated ? Origin::simulation : Origin::live;
    event.command_mac = pending.digest;
    RUNUT_ASSIGN(std::uint32_t* const version, version_of(event.subject));
    event.subject_version = ++*version;
    raised_.push_back(version);
    RUNUT_ASSIGN(Bytes stored, encode_event(event));
    previous = leaf_hash(stored);
    bytes += stored.size();
    if (bytes > commit_bytes_max)
      return fail(Error{ErrorCode::exhausted, "commit.size", "command",
                        std::string(command_name(command.body)),
                        "its events are more than 64 MiB"});
    commit.events.push_back({std::move(stored), previous});
  }
  return previous;
}

Status Writer::accept(Pending& pending, Decision decision, Instant now) {
  Commit commit{pending.command.id, {}};
  events_.clear();
  raised_.clear();
  Result<Hash256> last = build(pending, std::move(decision), now, commit);
  if (!last) {
    for (std::uint32_t* const version : raised_) --*version;
    return fail(std::move(last).error());
  }
  // Nothing can fail from here on but our own folds.
  for (const Event& event : events_) RUNUT_TRY(facts_->apply(event));
  last_recorded_ = now;
  speculative_ = {events_.back().sequence, *last};
  pending.answer.first = events_.front().sequence;
  pending.answer.count = static_cast<std::uint32_t>(events_.size());
  pending.depends_on = speculative_.sequence;
  pending.had_commit = true;
  if (std::holds_alternative<SubjectKeyDestroyed>(pending.command.body)) awaits_erasure_ = true;
  staged_.push_back(std::move(commit));
  return {};
}

Status Writer::flush() {
  if (staged_.empty()) return {};
  // A key has to outlive the text that it sealed: keys first, then the log.
  RUNUT_TRY(keys_.sync());
  std::vector<Commit> staged = std::move(staged_);
  staged_.clear();
  std::size_t from = 0;
  if (!taken_over_) {
    Commit& founding = staged.front();
    const auto build = [&](const Head& head) -> Result<Commit> {
      if (head.sequence != Sequence{})
        return fail(Error{ErrorCode::conflict,
                          "agency.founded",
                          {},
                          {},
                          "another writer founded this ledger meanwhile"});
      return founding;
    };
    auto taken = log_.take_over(build, options_.take_over_wait);
    if (!taken) return stop(std::move(taken).error());
    durable_ = taken->head;
    taken_over_ = true;
    from = 1;
  }
  for (std::span<Commit> left = std::span(staged).subspan(from); !left.empty();) {
    const auto taken = log_.append_all(left);
    if (taken) {
      left = left.subspan(*taken);
      continue;
    }
    Trouble trouble = Trouble::in_doubt;
    if (taken.error().code == ErrorCode::conflict) trouble = Trouble::superseded;
    // Backpressure: the log is full, so something is about to settle.
    if (taken.error().code == ErrorCode::exhausted) trouble = take_in(log_.settle(Millis{1'000}));
    if (trouble != Trouble::none) return recover(trouble);
  }
  staged.clear();
  staged_ = std::move(staged);  // for its room
  return {};
}

Writer::Trouble Writer::take_in(const std::vector<Settled>& settled) {
  Trouble trouble = Trouble::none;
  for (const Settled& each : settled) {
    if (const auto* done = std::get_if<Appended>(&each.outcome)) {
      durable_ = done->head;
      recoveries_ = 0;
    } else {
      trouble =
          std::max(trouble, std::holds_alternative<Unknown>(each.outcome) ? Trouble::in_doubt
                                                                          : Trouble::superseded);
    }
  }
  return trouble;
}

Status Writer::stop(Error error) {
  failed_ = std::move(error);
  return fail(*failed_);
}

Status Writer::recover(Trouble trouble) {
  // The speculation is discarded. What was handed over is told first: an outcome that came after
  // the takeover would be taken for one of the new session's.
  staged_.clear();
  while (log_.in_flight() > 0) {
    const std::vector<Settled> settled = log_.settle(options_.take_over_wait);
    trouble = std::max(trouble, settled.empty() ? Trouble::in_doubt : take_in(settled));
    if (settled.empty()) break;
  }
  if (trouble == Trouble::superseded)
    return stop(
        Error{ErrorCode::unavailable,
              "log.taken_over",
              {},
              {},
              "another writer has taken this ledger over; what it had not acknowledged is not "
              "recorded"});
  if (++recoveries_ > recoveries_max)
    return stop(Error{
        ErrorCode::unavailable,
        "log.no_progress",
        {},
        {},
        "the log was taken over " + std::to_string(recoveries_max) + " times and took nothing"});
  // The new takeover has settled everything: a command is in the history, or never will be and is
  // decided again on what is true now.
  if (Status taken = take_over(); !taken) return stop(taken.error());
  awaits_erasure_ = false;
  for (Pending& pending : pending_) {
    RUNUT_TRY(decide_now(pending));
    if (pending.had_commit) pending.answer.repeated = false;
  }
  return flush();
}

void Writer::release(std::vector<Answer>& out) {
  if (!pending_.empty() && pending_.front().depends_on <= durable_.sequence)
    out.reserve(out.size() + pending_.size());
  while (!pending_.empty() && pending_.front().depends_on <= durable_.sequence) {
    Pending& done = pending_.front();
    if (const auto* erased = std::get_if<SubjectKeyDestroyed>(&done.command.body);
        erased != nullptr && !done.answer.rejection) {
      // The decision is durable; only now may the key go. Repeating it after a crash changes
      // nothing.
      if (const Status gone = keys_.destroy(erased->person); !gone)
        done.answer.rejection = gone.error();
      awaits_erasure_ = false;
    }
    out.push_back(std::move(done.answer));
    pending_.pop_front();
  }
  const Sequence indexed = indexed_by(options_);
  recent_.forget_until(indexed);
  trim_months(*facts_, options_, indexed);
}

Result<std::vector<Answer>> Writer::drain(Millis max_wait) {
  Status status = failed_ ? Status(fail(*failed_)) : flush();
  std::vector<Answer> out;
  release(out);
  if (status && out.empty() && !pending_.empty()) {
    if (const Trouble trouble = take_in(log_.settle(max_wait)); trouble != Trouble::none)
      status = recover(trouble);
    release(out);
  }
  if (!status && out.empty()) return fail(status.error());
  return out;
}

Result<std::vector<Answer>> Writer::drain_all() {
  std::vector<Answer> all;
  while (!pending_.empty()) {
    Result<std::vector<Answer>> some = drain(Millis{1'000});
    if (!some && all.empty()) return some;
    if (!some) break;
    std::move(some->begin(), some->end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace runut
