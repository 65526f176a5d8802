#include "codec/command_json.h"

#include "codec/json_reader.h"
#include "codec/json_writer.h"

namespace runut {
namespace {

using codec::bad;
using codec::Kind;
using codec::Lines;
using codec::Place;
using codec::read;
using codec::read_text;

constexpr std::size_t text_bytes_max = 16 * 1024;  // of the personal text
constexpr int depth_max = 16;

// --- out ----------------------------------------------------------------------------------------

// Fields of a command are named with dots; a JSON pointer (RFC 6901) names some before they are
// read.
Error with_dotted_field(Error error) {
  if (!error.field.starts_with('/')) return error;
  error.field.erase(0, 1);
  std::replace(error.field.begin(), error.field.end(), '/', '.');
  return error;
}

template <class T>
void append_member(std::string& out, std::string_view name, const T& value) {
  if (out.back() != '{') out += ',';
  codec::append_json_name(out, name);
  codec::append_json(out, value);
}

void append_actor(std::string& out, const Actor& actor, std::optional<PersonId> on_behalf_of) {
  out += ",\"actor\":{";
  append_member(out, "kind", actor.kind);
  append_member(out, "id", actor_id(actor));
  append_member(out, "role", actor.role);
  append_member(out, "assurance", actor.assurance);
  if (!actor.method.empty()) append_member(out, "method", actor.method);
  if (!actor.issuer.empty()) append_member(out, "issuer", actor.issuer);
  if (actor.credential) append_member(out, "credential", *actor.credential);
  if (on_behalf_of) append_member(out, "on_behalf_of", *on_behalf_of);
  out += '}';
}

// Whether the member stands in the JSON form at all (see command_json.h).
template <Record R, class T>
bool is_submitted(const T& field) {
  if constexpr (codec::is_computed<R, T>)
    return false;
  else if constexpr (codec::is_locked_amount<R, T>)
    return field != locked_amount;
  else if constexpr (codec::is_standing<R, T>)
    return field != the_one_that_stands;
  else if constexpr (codec::is_first_month<R, T>)
    return field != month_after_effect;
  else if constexpr (codec::is_result<R, T>)
    return field != unscored;
  else if constexpr (codec::is_values<R, T>)
    return !field.empty();
  else if constexpr (codec::is_optional<T>)
    return field.has_value();
  else
    return true;
}

// The member of the body that may be a command's id instead of a sequence; empty: none.
std::string_view referring_member(const CommandBody& body) {
  if (std::holds_alternative<DisciplinarySanctionCancelled>(body)) return "sanction";
  return std::holds_alternative<DelegationRevoked>(body) ? "delegation" : "";
}

void append_body(std::string& out, const Command& command) {
  out += ",\"data\":{";
  const auto write = [&]<class B>(const B& record) {
    if constexpr (Record<B>)
      B::visit(record, [&](std::string_view name, const auto& field) {
        if (is_submitted<B>(field)) append_member(out, name, field);
      });
  };
  std::visit(write, command.body);
  if (command.refers_to && !command.supersedes)
    append_member(out, referring_member(command.body), *command.refers_to);
  out += '}';
}

// --- in -----------------------------------------------------------------------------------------

Status read_actor_id(const JsonNode& value, const Place& place, Actor& actor) {
  std::string_view id;
  RUNUT_ASSIGN(id, codec::text_of(value, place, {.bytes_max = 32}));
  const bool person = actor.kind == ActorKind::person;
  if (id.starts_with(person ? 'P' : 'S')) {
    if (const auto number = parse_person_id("P" + std::string(id.substr(1)))) {
      actor.id = number->value;
      return {};
    }
  }
  return bad("format.actor_id", place, std::string(id),
             person ? "a person is written P1, P2, ..." : "a system is written S1, S2, ...");
}

Status read_actor_member(const JsonNode& value, const Place& place, Command& command) {
  Actor& actor = command.actor;
  const std::string_view name = place.name;
  if (name == "kind") {
    RUNUT_TRY(read(value, place, actor.kind));
    if (actor.kind == ActorKind::pseudonym)
      return bad("field.vocabulary", place, std::string(to_string(actor.kind)),
                 "one of: person, system");
    return {};
  }
  if (name == "role") return read(value, place, actor.role);
  if (name == "assurance") return read(value, place, actor.assurance);
  if (name == "method") return read_text(value, place, {.bytes_max = 64}, actor.method);
  if (name == "issuer") return read_text(value, place, {.bytes_max = 256}, actor.issuer);
  if (name == "credential") return read(value, place, actor.credential.emplace());
  if (name == "on_behalf_of") return read(value, place, command.on_behalf_of.emplace());
  if (name == "id") return {};  // after `kind`, which says how it is written
  return codec::unknown_member(place, value);
}

Status read_actor(const JsonNode& value, const Place& place, Command& command) {
  if (!value.is(Kind::object))
    return bad("field.type", place, codec::shown(value), "an object is wanted");
  for (const std::string_view name : {"kind", "id", "role", "assurance"})
    if (value.find(name) == nullptr)
      return bad("field.missing", {name, &place}, {}, "a required member is missing");
  for (const JsonNode& member : value)
    RUNUT_TRY(read_actor_member(member, {member.name(), &place}, command));
  return read_actor_id(*value.find("id"), {"id", &place}, command.actor);
}

// An event is named by its sequence, or by its command's id.
Status read_reference(const JsonNode& value, const Place& place, Sequence& sequence,
                      std::optional<CommandId>& refers_to) {
  if (!value.is(Kind::string)) return read(value, place, sequence);
  if (refers_to)
    return bad("reference.twice", place, codec::shown(value),
               "a command names one event at most by its command");
  return read(value, place, refers_to.emplace());
}

Status read_body(const JsonNode& value, const Place& place, Command& command) {
  const std::string_view referring = referring_member(command.body);
  const JsonNode* const named =
      value.is(Kind::object) && !referring.empty() ? value.find(referring) : nullptr;
  const bool by_command = named != nullptr && named->is(Kind::string);
  if (by_command) {
    Sequence none;
    RUNUT_TRY(read_reference(*named, {referring, &place}, none, command.refers_to));
  }
  return std::visit(
      [&]<class B>(B& record) -> Status {
        if constexpr (Record<B>)
          return codec::read_record(value, place, record, by_command ? referring : "");
        else
          return {};
      },
      command.body);
}

Status read_personal_text(const JsonNode& value, const Place& place, std::string& text) {
  if (!value.is(Kind::string))
    return bad("field.type", place, std::string(kind_name(value.kind())), "a string is wanted");
  return read_text(value, place, {.bytes_max = text_bytes_max, .lines = Lines::many}, text);
}

Status read_command_member(const JsonNode& member, Command& command) {
  const std::string_view name = member.name();
  const Place place{name};
  if (name == "id") return read(member, place, command.id);
  if (name == "actor") return read_actor(member, place, command);
  if (name == "import") {
    RUNUT_TRY(read(member, place, command.import_number.emplace()));
    if (*command.import_number == 0)
      return bad("field.range", place, "0", "declared imports are numbered from 1");
    return {};
  }
  if (name == "acted_at") return read(member, place, command.acted_at.emplace());
  if (name == "recorded_at") return read(member, place, command.recorded_at.emplace());
  if (name == "occurred_on") return read(member, place, command.occurred_on.emplace());
  if (name == "supersedes")
    return read_reference(member, place, command.supersedes.emplace(), command.refers_to);
  if (name == "expected_version") return read(member, place, command.expected_version.emplace());
  if (name == "correlation") return read(member, place, command.correlation.emplace());
  if (name == "evidence") return read(member, place, command.evidence);
  if (name == "data") return read_body(member, place, command);
  if (name == "text") return read_personal_text(member, place, command.text);
  if (name == "agency") return read_text(member, place, {.bytes_max = 64}, command.agency);
  if (name == "reason") return read_text(member, place, {.bytes_max = 1024}, command.reason);
  if (name == "command") return {};
  return codec::unknown_member(place, member);
}

}  // namespace

std::string to_json(const Command& command) {
  std::string out;
  out.reserve(1'024 + command.text.size());
  out += '{';
  append_member(out, "command", std::string(command_name(command.body)));
  append_member(out, "id", command.id);
  append_member(out, "agency", command.agency);
  append_actor(out, command.actor, command.on_behalf_of);
  if (command.import_number) append_member(out, "import", *command.import_number);
  if (command.acted_at) append_member(out, "acted_at", *command.acted_at);
  if (command.recorded_at) append_member(out, "recorded_at", *command.recorded_at);
  if (command.occurred_on) append_member(out, "occurred_on", *command.occurred_on);
  if (command.supersedes && command.refers_to)
    append_member(out, "supersedes", *command.refers_to);
  else if (command.supersedes)
    append_member(out, "supersedes", *command.supersedes);
  if (command.expected_version) append_member(out, "expected_version", *command.expected_version);
  if (command.correlation) append_member(out, "correlation", *command.correlation);
  if (!command.reason.empty()) append_member(out, "reason", command.reason);
  if (!command.evidence.empty()) append_member(out, "evidence", command.evidence);
  append_body(out, command);
  if (!command.text.empty()) append_member(out, "text", command.text);
  out += '}';
  return out;
}

Result<Command> parse_command(std::string_view line) {
  // What the command keeps is copied out of the document.
  const Result<JsonDocument> document =
      JsonDocument::parse(line, {.bytes_max = command_bytes_max, .depth_max = depth_max});
  if (!document) return fail(with_dotted_field(document.error()));
  const JsonNode& object = document->root();
  if (!object.is(Kind::object))
    return bad("field.type", {}, std::string(kind_name(object.kind())),
               "a command is a JSON object");
  for (const std::string_view name : {"command", "id", "agency", "actor", "data"})
    if (object.find(name) == nullptr)
      return bad("field.missing", {name}, {}, "a required member is missing");
  Result<Command> command(tl::in_place);
  RUNUT_ASSIGN(const std::string_view name,
               codec::text_of(*object.find("command"), {"command"}, {.bytes_max = 64}));
  command->body = make_command_body(name);
  if (std::holds_alternative<std::monostate>(command->body))
    return fail(Error{ErrorCode::unsupported, "command.unknown", "command", std::string(name),
                      "no command of this name is released"});
  for (const JsonNode& member : object) RUNUT_TRY(read_command_member(member, *command));
  return command;
}

}  // namespace runut
