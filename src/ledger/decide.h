// The core: what a command needs to be decided, and the decision. Pure.
//
//   needs(command, agency)  -> the facts to fetch
//   decide(context, command) -> events to append, or a rejection that changes nothing
//
// A rejection is an Error: code `rejected` (a rule of the domain), `unauthorised` (a known actor
// lacks the authority: the shell records AttemptRefused), `not_found`, `invalid_input`, `conflict`.
// Its `rule` is stable, its `field` the path in the command. When several rules say no, the first
// of this order is reported: form, role, decree, known subjects, authority over them, rules of the
// subject.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "computation/facts.h"
#include "domain/command.h"

namespace runut {

// Which facts a decision reads beside the agency's: these, and the standing facts of who appraises
// them.
struct Needs {
  struct PersonMonth {
    PersonId person;
    Month month;
    friend auto operator<=>(const PersonMonth&, const PersonMonth&) = default;
  };
  std::vector<PersonId> people;  // standing facts
  std::vector<PersonMonth> months;
  // Runs and rankings read what their people's facts lead to; the shell then fetches on demand.
  bool computes = false;
};
[[nodiscard]] Needs needs(const Command& command, const AgencyFacts& agency);

// A survey's answer that the shell has opened for its closing.
struct OpenedAnswer {
  Sequence sequence;
  std::string text;  // as the answering rule made it (ledger/survey.h)
};

struct Context {
  const Facts& facts;      // known_at() = the folded head that the decision rests on
  Instant now;             // will be the events' recorded_at
  bool is_import = false;  // events of a declared import: action time is acted_at
  // Keyed HMAC of the command's text as an identifier (AssignIdentifier).
  Mac128 text_lookup;
  // Checkpoint key and origin to pin at founding.
  Hash256 public_key;
  std::string log_origin;
  // Recorded as found: what the rules of authority forbid is held. A command that names its import
  // needs neither this nor is_import.
  bool as_found = false;
  // Of CloseSurvey: its answers. A question about a recorded closing opens none and takes the sums
  // as they were recorded.
  std::vector<OpenedAnswer> answers = {};
  std::optional<std::vector<SurveyRelationSum>> recorded_sums = {};
  // Of AnswerSurvey: what the actor is called in this survey (survey_pseudonym). Nothing: a
  // question about what was never recorded, in which they go by their own name.
  std::optional<std::uint64_t> pseudonym = {};
  // First event of the command that this one refers to; nothing: there is none.
  std::optional<Sequence> referred = {};
};

// Who did an imported fact, and when: not whoever accepts it now.
struct LegacyAct {
  Actor actor;
  Instant acted_at;
};

// An event to be: the shell adds sequence, chain, time, the command's actor, subject version and
// sealed text.
struct NewEvent {
  Payload payload;
  Date occurred_on;
  std::optional<Sequence> supersedes;
  std::optional<Sequence> causation;
  // Caused by another event of this commit: its index.
  std::optional<std::size_t> caused_by_index;
  std::optional<Sequence> regulation;
  std::optional<Sequence>
      on_behalf_of;           // the DelegationGranted by which the actor had the authority
  bool carries_text = false;  // personal text is sealed into this one: the command's, unless
  std::string text = {};      // the rule made one of what was asked
  bool is_held = false;       // Origin::import_as_found
  std::optional<LegacyAct> legacy;
  // The actor is recorded by this alone: no credential, no correlation leads back to them.
  std::optional<std::uint64_t> pseudonym = {};
};

using Decision = std::vector<NewEvent>;  // never empty

[[nodiscard]] Result<Decision> decide(const Context& context, const Command& command);

// A regulation that nobody signed yet, as if it were enacted now, or amended another: for
// questions, never to be recorded. It may reach locked months. Rejected: what the document and the
// timeline reject.
[[nodiscard]] Result<Decision> decide_draft(const Context& context, const std::string& document,
                                            const std::optional<std::string>& amends);

}  // namespace runut
