#include "tools/runut/decreed.h"

#include <CLI/CLI.hpp>
#include <fstream>

#include "base/sha256.h"
#include "codec/envelope_codec.h"

namespace runut::cli {
namespace {

Result<Actor> actor_of(const DecreeOptions& options) {
  Actor actor;
  if (const auto person = parse_person_id(options.actor)) {
    actor.kind = ActorKind::person;
    actor.id = person->value;
  } else {
    const auto number =
        parse_person_id("P" + options.actor.substr(options.actor.starts_with('S') ? 1 : 0));
    if (!options.actor.starts_with('S') || !number)
      return fail(Error{
          ErrorCode::invalid_input, {}, "actor", options.actor, "a person P17 or a system S1"});
    actor.kind = ActorKind::system;
    actor.id = number->value;
  }
  actor.role = options.role == "hr" ? Role::hr : Role::operator_;
  actor.assurance = Assurance::claimed;
  actor.method = "cli";
  return actor;
}

}  // namespace

void add_decree_options(CLI::App& command, DecreeOptions& options, const std::string& document,
                        bool required) {
  const std::vector<CLI::Option*> decree = {
      command.add_option("--decree-number", options.number, "Number of the decree"),
      command.add_option("--decree-date", options.date, "Its date"),
      command.add_option("--decree-signatory", options.signatory, "Who signed it (P1)"),
      command.add_option("--decree-office", options.office,
                         "In which office, as it is in the roster"),
      command.add_option("--decree-document", options.document,
                         document + ": a file, or its SHA-256 as 64 hexadecimal digits")};
  for (CLI::Option* one : decree) {
    if (required) one->required();
    for (CLI::Option* other : decree)
      if (one != other) one->needs(other);
  }
  command.add_option("--actor", options.actor, "Who does this: P17 or S1")->capture_default_str();
  command.add_option("--role", options.role, "As what")
      ->check(CLI::IsMember({"operator", "hr"}))
      ->capture_default_str();
  command.add_option("--id", options.id, "Command id (UUID): repeating it changes nothing");
}

Result<Hash256> document_hash(const std::string& text) {
  if (text.size() == 64)
    if (const auto raw = from_hex(text)) return Hash256::from(*raw);
  std::ifstream file(text, std::ios::binary);
  if (!file)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "decree-document",
                      text,
                      "neither 64 hexadecimal digits nor a file that can be read"});
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return sha256(bytes);
}

Result<Decree> read_decree(const DecreeOptions& options) {
  Decree decree;
  decree.number = options.number;
  RUNUT_ASSIGN(decree.date, read_option("decree-date", options.date, parse_date));
  RUNUT_ASSIGN(decree.signatory,
               read_option("decree-signatory", options.signatory, parse_person_id));
  decree.office = options.office;
  RUNUT_ASSIGN(decree.document, document_hash(options.document));
  return decree;
}

Result<Answer> record_decided(Instance& instance, const DecreeOptions& options, CommandBody body) {
  Command command;
  command.body = std::move(body);
  command.agency = instance.place().agency;
  RUNUT_ASSIGN(command.actor, actor_of(options));
  if (instance.is_simulated()) {
    // The time of a simulated ledger stands still between its commands.
    RUNUT_ASSIGN(const EventBatch last,
                 instance.log().read(instance.log().head().sequence, {.events = 1}));
    RUNUT_ASSIGN(const Event event, decode_event(last.events.front().bytes));
    command.recorded_at = event.recorded_at;
  }
  SystemClock clock;
  SystemRandomness randomness;
  command.id = make_uuid_v7(clock.now(), randomness);
  if (!options.id.empty()) {
    RUNUT_ASSIGN(command.id, read_option("id", options.id, parse_uuid));
  }
  RUNUT_TRY(instance.submit(std::move(command)));
  RUNUT_ASSIGN(const std::vector<Answer> answers, instance.drain_all());
  RUNUT_CHECK(answers.size() == 1, "one command has one answer");
  if (answers.front().rejection) return fail(*answers.front().rejection);
  return answers.front();
}

}  // namespace runut::cli
