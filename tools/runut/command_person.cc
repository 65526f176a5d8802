#include <CLI/CLI.hpp>

#include "codec/envelope_codec.h"
#include "projections/roster.h"
#include "seal/sealed.h"
#include "tools/runut/commands.h"
#include "tools/runut/decreed.h"
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
  DecreeOptions decree;
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

Result<Exit> erase(const EraseOptions& options) {
  RUNUT_ASSIGN(const auto instance, open_to_write(options.ledger));
  const CurrentRows rows(instance->views(), std::string(roster::projection.name));
  RUNUT_ASSIGN(const PersonId person, find_person(*instance, rows, options.person));
  RUNUT_ASSIGN(Decree decree, read_decree(options.decree));
  RUNUT_ASSIGN(const Answer answer, record_decided(*instance, options.decree,
                                                   SubjectKeyDestroyed{person, std::move(decree)}));
  print((instance->is_simulated() ? "SIMULASI · " : "") + to_string(person) +
        ": key destroyed by event " + std::to_string(answer.first.value) +
        ". Every sealed text of this person is unreadable, here and in " +
        "every copy. Older copies of the key directory still hold the key: discard them.\n");
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
  add_decree_options(erase_command, erased->decree, "The signed document", true);
}

}  // namespace runut::cli
