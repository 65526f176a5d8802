#include <CLI/CLI.hpp>
#include <fstream>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "projections/roster.h"
#include "seal/sealed.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct ShowOptions {
  LedgerOptions ledger;
  OutputOptions output;
  std::string person;
};

struct EraseOptions {
  LedgerOptions ledger;
  std::string person;
  std::string number;
  std::string date;
  std::string signatory;
  std::string office;
  std::string document;
  std::string actor = "S1";
  std::string role = "operator";
  std::string id;
};

// "P17", or a NIP by its keyed HMAC.
Result<PersonId> find_person(Instance& instance, const RowReader& rows, const std::string& text) {
  if (const auto id = parse_person_id(text)) return *id;
  RUNUT_ASSIGN(const Mac128 lookup, nip_lookup(instance, text));
  RUNUT_ASSIGN(const auto found, roster::person_of_identifier(rows, lookup));
  if (found) return *found;
  return fail(Error{ErrorCode::not_found, {}, "person", text, "no such person or number"});
}

// The sealed text of an event, as far as it can be opened.
std::string text_of(Instance& instance, Sequence sequence) {
  const auto batch = instance.log().read(sequence, {.events = 1});
  if (!batch || batch->empty()) return "(unreadable)";
  const auto event = decode_event(batch->events.front().bytes);
  if (!event || event->sealed.empty()) return {};
  const auto keys = instance.keys();
  const auto sealed = parse_sealed(event->sealed);
  if (!keys || !sealed) return "(sealed)";
  const auto text = open_text(
      **keys, *sealed, {event->agency, event->command, static_cast<std::uint16_t>(event->type())});
  if (text) return *text;
  return is_erased(text.error()) ? "(erased)" : "(sealed)";
}

std::string days(Interval interval) {
  return to_string(interval.from) + " to " +
         (interval.until == open_end ? "now" : to_string(interval.until));
}

Result<Exit> show_person(const ShowOptions& options) {
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  const CurrentRows rows(instance->views(), std::string(roster::projection.name));
  RUNUT_ASSIGN(const PersonId id, find_person(*instance, rows, options.person));
  RUNUT_ASSIGN(const auto person, roster::find(rows, id));
  if (!person)
    return fail(Error{ErrorCode::not_found, {}, "person", options.person, "no such person"});
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  Table table(format, {{"what"}, {"value"}, {"from"}, {"event", true}});
  const auto row = [&](const char* what, std::string value, std::string from, Sequence event) {
    table.row({what, std::move(value), std::move(from), std::to_string(event.value)});
  };
  if (person->registered) {
    row("person", to_string(id), "", *person->registered);
    row("name", text_of(*instance, *person->registered), "", *person->registered);
  }
  for (const auto& status : person->statuses)
    row("status", std::string(to_string(status.value)), to_string(status.from), status.sequence);
  for (const auto& grade : person->grades)
    row("grade", grade.value, to_string(grade.from), grade.sequence);
  for (const auto& post : person->assignments)
    row("assignment",
        post.post + " in " + to_string(post.unit) + ", class " + std::to_string(post.job_class),
        days(post.days), post.started);
  for (const auto& role : person->acting)
    row("acting",
        std::string(to_string(role.role)) + " " + role.post + " in " + to_string(role.unit) +
            ", class " + std::to_string(role.job_class),
        days(role.days), role.started);
  for (const auto& appraiser : person->appraisers)
    row("appraiser", to_string(appraiser.value.appraiser), to_string(appraiser.from),
        appraiser.sequence);
  for (const auto& leave : person->leaves)
    row("leave", std::string(to_string(leave.kind)), days(leave.days), leave.sequence);
  if (person->separation)
    row("separated", std::string(to_string(person->separation->cause)),
        to_string(person->separation->last_day), person->separation->sequence);
  if (person->erased) row("erased", "the key is destroyed", "", *person->erased);
  table.finish();
  return Exit::ok;
}

// 64 hexadecimal digits, or a file whose SHA-256 is taken.
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

Result<Actor> actor_of(const EraseOptions& options) {
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

Result<Command> erasure(const EraseOptions& options, Instance& instance, PersonId person) {
  Command command;
  SubjectKeyDestroyed body;
  body.person = person;
  body.decree.number = options.number;
  RUNUT_ASSIGN(body.decree.date, read_option("decree-date", options.date, parse_date));
  RUNUT_ASSIGN(body.decree.signatory,
               read_option("decree-signatory", options.signatory, parse_person_id));
  body.decree.office = options.office;
  RUNUT_ASSIGN(body.decree.document, document_hash(options.document));
  command.body = body;
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
  return command;
}

Result<Exit> erase(const EraseOptions& options) {
  RUNUT_ASSIGN(const auto instance, open_to_write(options.ledger));
  const CurrentRows rows(instance->views(), std::string(roster::projection.name));
  RUNUT_ASSIGN(const PersonId person, find_person(*instance, rows, options.person));
  RUNUT_ASSIGN(Command command, erasure(options, *instance, person));
  RUNUT_TRY(instance->submit(std::move(command)));
  RUNUT_ASSIGN(const std::vector<Answer> answers, instance->drain_all());
  for (const Answer& answer : answers) {
    if (answer.rejection) return fail(*answer.rejection);
    print((instance->is_simulated() ? "SIMULASI · " : "") + to_string(person) +
          ": key destroyed by event " + std::to_string(answer.first.value) +
          ". Every sealed text of this person is unreadable, here and in " +
          "every copy. Older copies of the key directory still hold the key: discard them.\n");
  }
  RUNUT_TRY(instance->sign_checkpoint());
  RUNUT_TRY(instance->close());
  return Exit::ok;
}

}  // namespace

void add_person(App& app) {
  CLI::App& group =
      app.add_group({"person", "One person: what the roster says, and the end of their texts",
                     "runut person show --data data --person P17"});
  const auto shown = std::make_shared<ShowOptions>();
  CLI::App& show_command =
      app.add(group,
              {"show", "Status, grade, posts, appraisers and leave of one person",
               "runut person show --data data --person P17\n"
               "runut person show --data data --person 198503152009021003"},
              [shown] { return show_person(*shown); });
  add_ledger_options(show_command, shown->ledger);
  add_output_options(show_command, shown->output);
  show_command.add_option("--person", shown->person, "Person id (P17) or NIP")->required();

  const auto erased = std::make_shared<EraseOptions>();
  CLI::App& erase_command = app.add(
      group,
      {"erase",
       "Destroys a person's key: their texts are gone from the ledger and every copy of it; "
       "hashes, "
       "pay and audit stay. Keys from before still open a ledger from before: discard old copies, "
       "or "
       "read this ledger with each once (--keys), which purges it",
       "runut person erase --data data --person P17 --decree-number 800/12/2023 "
       "--decree-date 2023-01-05 \\\n"
       "    --decree-signatory P1 --decree-office 'Wali Kota Kediri' --decree-document decree.pdf"},
      [erased] { return erase(*erased); });
  add_ledger_options(erase_command, erased->ledger);
  erase_command.add_option("--person", erased->person, "Person id (P17) or NIP")->required();
  erase_command.add_option("--decree-number", erased->number, "Number of the decree")->required();
  erase_command.add_option("--decree-date", erased->date, "Its date")->required();
  erase_command.add_option("--decree-signatory", erased->signatory, "Who signed it (P1)")
      ->required();
  erase_command
      .add_option("--decree-office", erased->office, "In which office, as it is in the roster")
      ->required();
  erase_command
      .add_option("--decree-document", erased->document,
                  "The signed document: a file, or its SHA-256 as 64 hexadecimal digits")
      ->required();
  erase_command.add_option("--actor", erased->actor, "Who does this: P17 or S1")
      ->capture_default_str();
  erase_command.add_option("--role", erased->role, "As what")
      ->check(CLI::IsMember({"operator", "hr"}))
      ->capture_default_str();
  erase_command.add_option("--id", erased->id, "Command id (UUID): repeating it changes nothing");
}

}  // namespace runut::cli
