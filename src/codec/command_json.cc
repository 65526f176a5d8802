#include "codec/command_json.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "codec/json_writer.h"
#include "json/json.h"

namespace runut {
namespace {

namespace json = boost::json;

constexpr std::size_t text_bytes_max = 16 * 1024;  // of one personal text or short string

// --- out ----------------------------------------------------------------------------------------

template <class T>
void append_member(std::string& out, std::string_view name, const T& value) {
  if (out.size() > 1) out += ',';
  codec::append_json_string(out, name);
  out += ':';
  codec::append_json(out, value);
}

std::string actor_id(const Actor& actor) {
  return (actor.kind == ActorKind::person ? "P" : "S") + std::to_string(actor.id);
}

std::string actor_json(const Actor& actor) {
  std::string out = "{";
  append_member(out, "kind", actor.kind);
  append_member(out, "id", actor_id(actor));
  append_member(out, "role", actor.role);
  append_member(out, "assurance", actor.assurance);
  if (!actor.method.empty()) append_member(out, "method", actor.method);
  if (!actor.issuer.empty()) append_member(out, "issuer", actor.issuer);
  if (actor.credential) append_member(out, "credential", *actor.credential);
  if (actor.on_behalf_of) append_member(out, "on_behalf_of", *actor.on_behalf_of);
  return out + "}";
}

// Whether the member stands in the JSON form at all (see command_json.h).
template <Record R, class T>
bool is_submitted(std::string_view name, const T& field) {
  if constexpr (std::is_same_v<R, IdentifierAssigned>) return name != "lookup";
  if constexpr (std::is_same_v<R, PaymentOrdered> && std::is_same_v<T, Rupiah>)
    return field != locked_total;
  if constexpr (codec::is_optional<T>) return field.has_value();
  return true;
}

// --- in -----------------------------------------------------------------------------------------

std::string shown(const json::value& value) {
  std::string text = json::serialize(value);
  if (text.size() > 80) text = text.substr(0, 77) + "...";
  return text;
}

tl::unexpected<Error> bad(std::string rule, std::string field, std::string value, std::string message) {
  return fail(Error{ErrorCode::invalid_input, std::move(rule), std::move(field), std::move(value),
                    std::move(message)});
}

Result<std::int64_t> read_integer(const json::value& value, const std::string& path, std::int64_t min,
                                  std::int64_t max) {
  if (value.is_int64() && value.get_int64() >= min && value.get_int64() <= max)
    return value.get_int64();
  if (value.is_uint64() && max > 0 && value.get_uint64() <= static_cast<std::uint64_t>(max))
    return static_cast<std::int64_t>(value.get_uint64());
  return bad(value.is_int64() || value.is_uint64() ? "field.range" : "field.type", path, shown(value),
             fmt::format("an integer from {} to {} is wanted", min, max));
}

Result<std::string> read_text(const json::value& value, const std::string& path, std::size_t max) {
  if (!value.is_string()) return bad("field.type", path, shown(value), "a string is wanted");
  const auto& text = value.get_string();
  if (text.size() > max)
    return bad("field.length", path, std::to_string(text.size()) + " bytes",
               fmt::format("at most {} bytes", max));
  return std::string(text);
}

Status read_text_into(const json::value& value, const std::string& path, std::size_t max,
                      std::string& out) {
  RUNUT_ASSIGN(out, read_text(value, path, max));
  return {};
}

template <class T>
Status read(const json::value& value, const std::string& path, T& out);

template <Record R>
Status read_record(const json::value& value, const std::string& path, R& out) {
  const auto* object = value.if_object();
  if (object == nullptr) return bad("field.type", path, shown(value), "an object is wanted");
  Status status;
  std::size_t seen = 0;
  R::visit(out, [&]<class T>(std::string_view name, T& field) {
    if (!status) return;
    const std::string member = path + "." + std::string(name);
    const auto* found = object->if_contains(name);
    if (found != nullptr) ++seen;
    if constexpr (std::is_same_v<R, IdentifierAssigned> && std::is_same_v<T, Mac128>) {
      if (found != nullptr) status = bad("field.computed", member, shown(*found), "the ledger computes it");
      return;
    }
    if (found == nullptr) {
      if constexpr (codec::is_optional<T>) return;
      if constexpr (std::is_same_v<R, PaymentOrdered> && std::is_same_v<T, Rupiah>) {
        field = locked_total;
        return;
      }
      status = bad("field.missing", member, {}, "a required member is missing");
      return;
    }
    if constexpr (codec::is_optional<T>) {
      if (found->is_null()) {
        status = bad("field.type", member, "null", "leave the member out instead");
        return;
      }
      status = read(*found, member, field.emplace());
    } else {
      status = read(*found, member, field);
    }
    if constexpr (std::is_same_v<R, PaymentOrdered> && std::is_same_v<T, Rupiah>) {
      if (status && field.value < 0)
        status = bad("field.range", member, shown(*found), "an order is not negative");
    }
  });
  RUNUT_TRY(std::move(status));
  if (seen == object->size()) return {};
  for (const auto& [name, member] : *object) {
    bool known = false;
    R::visit(out, [&](std::string_view field, const auto&) { known = known || field == std::string_view(name); });
    if (!known)
      return bad("field.unknown", path + "." + std::string(name), shown(member), "no such member");
  }
  return {};
}

template <class T, class Parse>
Status read_parsed(const json::value& value, const std::string& path, T& out, Parse&& parse) {
  RUNUT_ASSIGN(const std::string text, read_text(value, path, 256));
  auto parsed = parse(text);
  if (!parsed) {
    Error error = std::move(parsed).error();
    error.field = path;
    error.value = text;
    if (error.rule.empty()) error.rule = "field.format";
    return fail(std::move(error));
  }
  out = std::move(*parsed);
  return {};
}

template <class T>
Status read(const json::value& value, const std::string& path, T& out) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!value.is_bool()) return bad("field.type", path, shown(value), "true or false is wanted");
    out = value.get_bool();
  } else if constexpr (std::is_same_v<T, std::string>) {
    RUNUT_ASSIGN(out, read_text(value, path, command_bytes_max));
  } else if constexpr (codec::is_vector<T>) {
    const auto* array = value.if_array();
    if (array == nullptr) return bad("field.type", path, shown(value), "an array is wanted");
    if (array->size() > 10'000)
      return bad("field.length", path, std::to_string(array->size()), "at most 10000 elements");
    out.resize(array->size());
    for (std::size_t i = 0; i < array->size(); ++i)
      RUNUT_TRY(read((*array)[i], fmt::format("{}[{}]", path, i), out[i]));
  } else if constexpr (std::is_same_v<T, RunId>) {
    return read_parsed(value, path, out, parse_run_id);
  } else if constexpr (Record<T>) {
    return read_record(value, path, out);
  } else if constexpr (std::is_same_v<T, Uuid>) {
    return read_parsed(value, path, out, parse_uuid);
  } else if constexpr (codec::IsFixed<T>) {
    return read_parsed(value, path, out, [](std::string_view text) -> Result<T> {
      RUNUT_ASSIGN(const Bytes raw, from_hex(text));
      if (raw.size() != T::size)
        return fail(ErrorCode::invalid_input, fmt::format("{} hexadecimal digits are wanted", T::size * 2));
      return T::from(raw);
    });
  } else if constexpr (std::is_same_v<T, PersonId>) {
    return read_parsed(value, path, out, parse_person_id);
  } else if constexpr (std::is_same_v<T, UnitId>) {
    return read_parsed(value, path, out, parse_unit_id);
  } else if constexpr (std::is_same_v<T, ReportId>) {
    return read_parsed(value, path, out, parse_report_id);
  } else if constexpr (std::is_same_v<T, Date>) {
    return read_parsed(value, path, out, parse_date);
  } else if constexpr (std::is_same_v<T, Month>) {
    return read_parsed(value, path, out, parse_month);
  } else if constexpr (std::is_same_v<T, Period>) {
    return read_parsed(value, path, out, parse_period);
  } else if constexpr (std::is_same_v<T, Instant>) {
    return read_parsed(value, path, out, parse_instant);
  } else if constexpr (std::is_same_v<T, Score>) {
    return read_parsed(value, path, out, parse_score);
  } else if constexpr (NamedEnum<T>) {
    return read_parsed(value, path, out, [](std::string_view text) -> Result<T> {
      if (const auto known = enum_from<T>(text)) return *known;
      std::string names;
      for (const auto& row : EnumNames<T>::table) names += (names.empty() ? "" : ", ") + std::string(row.name);
      return fail(Error{ErrorCode::invalid_input, "field.vocabulary", {}, {}, "one of: " + names});
    });
  } else {
    using Stored = typename codec::Scalar<T>::Stored;
    constexpr auto max = std::cmp_greater(std::numeric_limits<Stored>::max(), INT64_MAX)
                             ? INT64_MAX
                             : static_cast<std::int64_t>(std::numeric_limits<Stored>::max());
    constexpr auto min = static_cast<std::int64_t>(std::numeric_limits<Stored>::min());
    RUNUT_ASSIGN(const std::int64_t raw, read_integer(value, path, min, max));
    if constexpr (requires { out.value; }) out = T{static_cast<typename T::rep>(raw)};
    else out = static_cast<T>(raw);
  }
  return {};
}

Status read_actor(const json::value& value, Actor& actor) {
  const auto* object = value.if_object();
  if (object == nullptr) return bad("field.type", "actor", shown(value), "an object is wanted");
  static constexpr std::array required{"kind", "id", "role", "assurance"};
  for (const char* name : required)
    if (!object->contains(name))
      return bad("field.missing", std::string("actor.") + name, {}, "a required member is missing");
  for (const auto& [key, member] : *object) {
    const std::string_view name = key;
    const std::string path = "actor." + std::string(name);
    if (name == "kind") RUNUT_TRY(read(member, path, actor.kind));
    else if (name == "role") RUNUT_TRY(read(member, path, actor.role));
    else if (name == "assurance") RUNUT_TRY(read(member, path, actor.assurance));
    else if (name == "method") RUNUT_TRY(read_text_into(member, path, 64, actor.method));
    else if (name == "issuer") RUNUT_TRY(read_text_into(member, path, 256, actor.issuer));
    else if (name == "credential") RUNUT_TRY(read(member, path, actor.credential.emplace()));
    else if (name == "on_behalf_of") RUNUT_TRY(read(member, path, actor.on_behalf_of.emplace()));
    else if (name != "id") return bad("field.unknown", path, shown(member), "no such member");
  }
  RUNUT_ASSIGN(const std::string id, read_text(object->at("id"), "actor.id", 32));
  const char prefix = actor.kind == ActorKind::person ? 'P' : 'S';
  const auto parsed = id.empty() || id[0] != prefix ? Result<PersonId>(bad("", "", "", ""))
                                                    : parse_person_id("P" + id.substr(1));
  if (!parsed)
    return bad("format.actor_id", "actor.id", id, "P1, P2, ... for a person; S1, S2, ... for a system");
  actor.id = parsed->value;
  return {};
}

Status read_body(const json::value& value, CommandBody& body) {
  return std::visit(
      [&]<class B>(B& record) -> Status {
        if constexpr (Record<B>) return read_record(value, "data", record);
        else return {};
      },
      body);
}

Status read_member(std::string_view name, const json::value& member, Command& command) {
  const std::string path(name);
  if (name == "id") return read(member, path, command.id);
  if (name == "actor") return read_actor(member, command.actor);
  if (name == "acted_at") return read(member, path, command.acted_at.emplace());
  if (name == "recorded_at") return read(member, path, command.recorded_at.emplace());
  if (name == "occurred_on") return read(member, path, command.occurred_on.emplace());
  if (name == "supersedes") return read(member, path, command.supersedes.emplace());
  if (name == "expected_version") return read(member, path, command.expected_version.emplace());
  if (name == "correlation") return read(member, path, command.correlation.emplace());
  if (name == "evidence") return read(member, path, command.evidence);
  if (name == "data") return read_body(member, command.body);
  if (name == "command") return {};
  if (name == "agency") return read_text_into(member, path, 64, command.agency);
  if (name == "reason") return read_text_into(member, path, 1024, command.reason);
  if (name == "text") return read_text_into(member, path, text_bytes_max, command.text);
  return bad("field.unknown", path, shown(member), "no such member");
}

}  // namespace

std::string to_json(const Command& command) {
  std::string out = "{";
  append_member(out, "command", std::string(command_name(command.body)));
  append_member(out, "id", command.id);
  append_member(out, "agency", command.agency);
  out += ",\"actor\":" + actor_json(command.actor);
  if (command.acted_at) append_member(out, "acted_at", *command.acted_at);
  if (command.recorded_at) append_member(out, "recorded_at", *command.recorded_at);
  if (command.occurred_on) append_member(out, "occurred_on", *command.occurred_on);
  if (command.supersedes) append_member(out, "supersedes", *command.supersedes);
  if (command.expected_version) append_member(out, "expected_version", *command.expected_version);
  if (command.correlation) append_member(out, "correlation", *command.correlation);
  if (!command.reason.empty()) append_member(out, "reason", command.reason);
  if (!command.evidence.empty()) append_member(out, "evidence", command.evidence);
  out += ",\"data\":{";
  std::visit(
      [&]<class B>(const B& body) {
        if constexpr (Record<B>) {
          bool first = true;
          B::visit(body, [&]<class T>(std::string_view name, const T& field) {
            if (!is_submitted<B>(name, field)) return;
            if (!first) out += ',';
            first = false;
            codec::append_json_string(out, name);
            out += ':';
            codec::append_json(out, field);
          });
        }
      },
      command.body);
  out += '}';
  if (!command.text.empty()) append_member(out, "text", command.text);
  out += '}';
  return out;
}

Result<Command> parse_command(std::string_view line) {
  RUNUT_ASSIGN(const json::value value,
               parse_json(line, JsonLimits{.bytes_max = command_bytes_max, .depth_max = 16}));
  const auto* object = value.if_object();
  if (object == nullptr) return bad("field.type", "", shown(value), "a command is a JSON object");
  Command command;
  for (const char* name : {"command", "id", "agency", "actor", "data"})
    if (!object->contains(name)) return bad("field.missing", name, {}, "a required member is missing");
  RUNUT_ASSIGN(const std::string name, read_text(object->at("command"), "command", 64));
  command.body = make_command_body(name);
  if (std::holds_alternative<std::monostate>(command.body))
    return fail(Error{ErrorCode::unsupported, "command.unknown", "command", name,
                      "no command of this name is released"});
  for (const auto& [key, member] : *object) RUNUT_TRY(read_member(key, member, command));
  return command;
}

}  // namespace runut
