#include "codec/command_schema.h"

#include <boost/json.hpp>

#include "codec/command_json.h"
#include "codec/json_reader.h"

namespace runut {
namespace {

namespace json = boost::json;

json::object text_of(std::string pattern, std::string description) {
  return {
      {"type", "string"}, {"pattern", std::move(pattern)}, {"description", std::move(description)}};
}
json::object reference(std::string_view name) {
  return {{"$ref", "#/$defs/" + std::string(name)}};
}

// Of an event: its sequence, or the id of the command that it came from.
json::object event_named() {
  return {{"oneOf", json::array{reference("sequence"), reference("uuid")}}};
}

template <NamedEnum E>
json::object vocabulary() {
  json::array names;
  for (const auto& row : EnumNames<E>::table) names.emplace_back(row.name);
  return {{"enum", std::move(names)}};
}

template <class T>
json::object schema_of();

// Properties and required members of a record; what the submitter leaves to the ledger is absent.
template <Record R>
json::object record_schema() {
  json::object properties;
  json::array required;
  R record{};
  R::visit(record, [&]<class T>(std::string_view name, T&) {
    if constexpr (codec::is_computed<R, T>) {
      return;
    } else if constexpr (codec::is_optional<T>) {
      properties[name] = schema_of<typename T::value_type>();
    } else {
      properties[name] = codec::is_standing<R, T> ? event_named() : schema_of<T>();
      if constexpr (!codec::is_locked_amount<R, T> && !codec::is_first_month<R, T> &&
                    !codec::is_standing<R, T> && !codec::is_result<R, T> && !codec::is_values<R, T>)
        required.emplace_back(name);
    }
  });
  json::object out{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) out["required"] = std::move(required);
  out["additionalProperties"] = false;
  return out;
}

template <class T>
json::object integer() {
  using Stored = typename codec::Scalar<T>::Stored;
  json::object out{{"type", "integer"}};
  if constexpr (std::is_unsigned_v<Stored>) out["minimum"] = 0;
  return out;
}

template <class T>
json::object schema_of() {
  if constexpr (std::is_same_v<T, bool>)
    return {{"type", "boolean"}};
  else if constexpr (std::is_same_v<T, std::string>)
    return {{"type", "string"}};
  else if constexpr (codec::is_vector<T>)
    return {{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
  else if constexpr (std::is_same_v<T, RunId>)
    return reference("run_id");
  else if constexpr (std::is_same_v<T, Decree>)
    return reference("decree");
  else if constexpr (Record<T>)
    return record_schema<T>();
  else if constexpr (std::is_same_v<T, Uuid>)
    return reference("uuid");
  else if constexpr (std::is_same_v<T, Hash256>)
    return reference("sha256");
  else if constexpr (std::is_same_v<T, PersonId>)
    return reference("person_id");
  else if constexpr (std::is_same_v<T, UnitId>)
    return reference("unit_id");
  else if constexpr (std::is_same_v<T, ReportId>)
    return reference("report_id");
  else if constexpr (std::is_same_v<T, Date>)
    return reference("date");
  else if constexpr (std::is_same_v<T, Month>)
    return reference("month");
  else if constexpr (std::is_same_v<T, Period>)
    return reference("period");
  else if constexpr (std::is_same_v<T, Instant>)
    return reference("instant");
  else if constexpr (std::is_same_v<T, Score>)
    return reference("score");
  else if constexpr (std::is_same_v<T, Rupiah>)
    return reference("rupiah");
  else if constexpr (std::is_same_v<T, BasisPoints>)
    return reference("basis_points");
  else if constexpr (std::is_same_v<T, Minutes>)
    return reference("minutes");
  else if constexpr (std::is_same_v<T, Sequence>)
    return reference("sequence");
  else if constexpr (NamedEnum<T>)
    return vocabulary<T>();
  else
    return integer<T>();
}

json::object definitions() {
  json::object out;
  out["person_id"] = text_of("^P[1-9][0-9]*$", "A person's opaque id; never the NIP.");
  out["unit_id"] = text_of("^U[1-9][0-9]*$", "A unit.");
  out["report_id"] = text_of("^R[1-9][0-9]*$", "A daily report, unique within its person.");
  out["run_id"] = text_of("^U[1-9][0-9]*/[0-9]{4}-[0-9]{2}/(regular|correction)/[1-9][0-9]*$",
                          "A run: paying unit, month, kind, number.");
  out["date"] = text_of("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A civil day at the agency's offset.");
  out["month"] = text_of("^[0-9]{4}-[0-9]{2}$", "A calendar month.");
  out["period"] = text_of("^[0-9]{4}(-(S[12]|Q[1-4]|[0-9]{2}))?$",
                          "An evaluated period: 2022-S1, 2022-Q3, 2022-08 or 2022.");
  json::object instant = text_of(
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{"
      "2})$",
      "RFC 3339, up to microseconds.");
  instant["format"] = "date-time";
  out["instant"] = std::move(instant);
  out["score"] = text_of("^[0-9]{1,3}(\\.[0-9]{1,2})?$",
                         "Points, 0.00 to 120.00, as text: no number of JSON is exact enough.");
  out["sha256"] = text_of("^[0-9a-fA-F]{64}$", "SHA-256 of a document, hexadecimal.");
  out["uuid"] = text_of("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
                        "RFC 9562; version 7 is wanted of command ids.");
  const auto number = [](std::string description) {
    return json::object{{"type", "integer"}, {"description", std::move(description)}};
  };
  out["rupiah"] = number("Whole rupiah.");
  out["basis_points"] = number("1/100 of a percent; 10000 is the whole.");
  out["minutes"] = number("Minutes.");
  out["sequence"] = {
      {"type", "integer"}, {"minimum", 1}, {"description", "The place of an event in the ledger."}};
  json::object decree = record_schema<Decree>();
  decree["description"] =
      "What makes a decision official: number, date, who signed in which office, and the SHA-256 "
      "of "
      "the signed document.";
  out["decree"] = std::move(decree);
  out["actor"] = {
      {"type", "object"},
      {"description",
       "Who acts, and how the submitter knows: by its word (claimed) or by a credential that was "
       "checked (authenticated)."},
      {"properties",
       {{"kind",
         {{"enum", json::array{to_string(ActorKind::person), to_string(ActorKind::system)}}}},
        {"id", text_of("^[PS][1-9][0-9]*$", "P17 for a person, S3 for a system.")},
        {"role", vocabulary<Role>()},
        {"assurance", vocabulary<Assurance>()},
        {"method", {{"type", "string"}, {"maxLength", 64}}},
        {"issuer", {{"type", "string"}, {"maxLength", 256}}},
        {"credential", reference("sha256")},
        {"on_behalf_of",
         {{"$ref", "#/$defs/person_id"},
          {"description",
           "Who delegated to the actor: an appraiser whose delegation holds on that day."}}}}},
      {"required", json::array{"kind", "id", "role", "assurance"}},
      {"additionalProperties", false}};
  return out;
}

template <class Body>
json::object command_definition(std::string_view name) {
  RUNUT_CHECK(!describe_command(name).empty(), name);
  json::object properties;
  properties["command"] = {{"const", name}};
  properties["data"] = record_schema<Body>();
  json::object out;
  out["description"] = describe_command(name);
  out["properties"] = std::move(properties);
  constexpr TextPolicy policy = event_type_of<Body> == EventType::unspecified
                                    ? TextPolicy::none
                                    : text_policy(event_type_of<Body>);
  if constexpr (policy == TextPolicy::required) out["required"] = json::array{"text"};
  if constexpr (policy == TextPolicy::none)
    out["not"] = json::object{{"required", json::array{"text"}}};
  return out;
}

void indent(std::string& out, std::size_t depth) {
  out.append(depth * 2, ' ');
}

// Objects over several lines, arrays of plain values on one: what a reader of a diff wants.
void write(std::string& out, const json::value& value, std::size_t depth) {
  if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
    out += "{\n";
    for (std::size_t i = 0; const auto& [key, member] : *object) {
      indent(out, depth + 1);
      out += json::serialize(json::value(key)) + ": ";
      write(out, member, depth + 1);
      out += ++i < object->size() ? ",\n" : "\n";
    }
    indent(out, depth);
    out += '}';
    return;
  }
  out += json::serialize(value);
}

}  // namespace

std::string command_schema() {
  json::object properties;
  json::array names;
  json::array alternatives;
  json::object definitions_of = definitions();
#define RUNUT_COMMAND_SCHEMA(name, body)       \
  names.emplace_back(#name);                   \
  alternatives.emplace_back(reference(#name)); \
  definitions_of[#name] = command_definition<body>(#name);
  RUNUT_COMMANDS(RUNUT_COMMAND_SCHEMA)
#undef RUNUT_COMMAND_SCHEMA
  properties["command"] = {{"enum", std::move(names)}};
  properties["id"] = reference("uuid");
  properties["agency"] = {{"type", "string"},
                          {"maxLength", 64},
                          {"description", "Code of the ledger that the command is meant for."}};
  properties["actor"] = reference("actor");
  const auto described = [](std::string_view name, std::string_view description) {
    json::object out = reference(name);
    out["description"] = description;
    return out;
  };
  properties["import"] = {{"type", "integer"},
                          {"minimum", 1},
                          {"description", "Number of the declared import that it belongs to."}};
  properties["acted_at"] = described("instant", "When the actor acted; default: when recorded.");
  properties["recorded_at"] =
      described("instant", "Of simulated ledgers only; never decreasing along a file.");
  properties["occurred_on"] = described(
      "date", "The fact's date; it follows from the command, and another one is refused.");
  properties["supersedes"] = event_named();
  properties["supersedes"].as_object()["description"] =
      "The event that this corrects: its sequence, or the id of the command that it came from.";
  properties["expected_version"] = {{"type", "integer"},
                                    {"minimum", 0},
                                    {"description", "Of the subject: a stale write is refused."}};
  properties["correlation"] = reference("uuid");
  properties["reason"] = {{"type", "string"},
                          {"maxLength", 1024},
                          {"description", "Of a correction; no personal data."}};
  properties["evidence"] = {{"type", "array"}, {"items", reference("sha256")}};
  properties["data"] = {{"type", "object"}};
  properties["text"] = {{"type", "string"},
                        {"maxLength", 16'384},
                        {"description", "Personal text; sealed before it is stored."}};
  json::object schema;
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["$id"] = "urn:runut:commands";
  schema["title"] = "Runut commands";
  schema["description"] =
      "One JSON object a line, UTF-8, at most 1 MiB. Unknown, missing and duplicate members are "
      "refused. Generated by command_schema() from the field lists of the commands.";
  schema["type"] = "object";
  schema["properties"] = std::move(properties);
  schema["required"] = json::array{"command", "id", "agency", "actor", "data"};
  schema["additionalProperties"] = false;
  schema["oneOf"] = std::move(alternatives);
  schema["$defs"] = std::move(definitions_of);
  std::string out;
  write(out, schema, 0);
  return out + '\n';
}

}  // namespace runut
