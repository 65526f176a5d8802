#include "listing/contract.h"

#include <algorithm>
#include <cctype>

#include "codec/json_writer.h"
#include "listing/registry.h"

namespace runut::listing {
namespace {

// A double-quoted scalar of YAML is a string of JSON.
std::string quoted_text(std::string_view text) {
  std::string flat(text);
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  std::string out;
  codec::append_json_string(out, flat);
  return out;
}

// Lines of YAML; each level of `in` is two blanks.
class Lines {
 public:
  void add(int in, const std::string& line) {
    text_.append(static_cast<std::size_t>(in) * 2, ' ');
    text_ += line + "\n";
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string schema_of(ParameterType type) {
  switch (type) {
    case ParameterType::month: return R"({type: string, pattern: "^[0-9]{4}-[0-9]{2}$"})";
    case ParameterType::period:
      return R"({type: string, pattern: "^[0-9]{4}(-(S[12]|Q[1-4]|[0-9]{2}))?$"})";
    case ParameterType::person: return R"({type: string, pattern: "^P[0-9]+$"})";
    case ParameterType::unit: return R"({type: string, pattern: "^U[0-9]+$"})";
    case ParameterType::run:
      return R"({type: string, pattern: "^U[0-9]+/[0-9]{4}-[0-9]{2}/[a-z_]+/[0-9]+$"})";
    case ParameterType::date: return "{type: string, format: date}";
    case ParameterType::year: return R"({type: string, pattern: "^[0-9]{1,4}$"})";
    case ParameterType::sequence: return R"({type: string, pattern: "^[1-9][0-9]*$"})";
    case ParameterType::flag: return "{type: boolean}";
    case ParameterType::language: return "{type: string, enum: [id, en]}";
    case ParameterType::moment:
    case ParameterType::text: break;
  }
  return "{type: string}";
}

std::string example_of(ParameterType type) {
  switch (type) {
    case ParameterType::month: return "\"2022-08\"";
    case ParameterType::period: return "\"2022-S1\"";
    case ParameterType::person: return "\"P17\"";
    case ParameterType::unit: return "\"U2\"";
    case ParameterType::run: return "\"U2/2022-08/regular/1\"";
    case ParameterType::date: return "\"2022-08-15\"";
    case ParameterType::moment: return "\"2022-09-05\"";
    case ParameterType::year: return "\"2022\"";
    case ParameterType::sequence: return "\"4711\"";
    case ParameterType::flag: return "true";
    case ParameterType::language: return "\"en\"";
    case ParameterType::text: break;
  }
  return "\"2022-08-15\"";  // the one text there is names a document
}

std::string schema_of(ColumnType type) {
  switch (type) {
    case ColumnType::number:
    case ColumnType::amount: return R"({type: [integer, "null"]})";
    case ColumnType::sequence: return R"({type: string, pattern: "^([1-9][0-9]*)?$"})";
    case ColumnType::points:
    case ColumnType::text: break;
  }
  return "{type: string}";
}

std::string example_of(const Column& column) {
  switch (column.type) {
    case ColumnType::number: return "3";
    case ColumnType::amount: return "201324";
    case ColumnType::sequence: return "\"4711\"";
    case ColumnType::points: return "\"81.25\"";
    case ColumnType::text: break;
  }
  constexpr std::pair<std::string_view, std::string_view> known[] = {{"agency", "kota-kediri"},
                                                                     {"person", "P17"},
                                                                     {"unit", "U9"},
                                                                     {"period", "2022-S1"},
                                                                     {"month", "2022-08"}};
  for (const auto& [name, value] : known)
    if (name == column.name) return quoted_text(value);
  return "\"\"";
}

bool is_in_path(const Listing& listing, const Parameter& parameter) {
  return listing.path.find("{" + std::string(parameter.name) + "}") != std::string_view::npos;
}

void add_parameters(Lines& out, const Listing& listing) {
  out.add(3, "parameters:");
  out.add(4, "- {$ref: \"#/components/parameters/Agency\"}");
  for (const Parameter& parameter : listing.parameters) {
    const bool in_path = is_in_path(listing, parameter);
    out.add(4, "- name: " + std::string(parameter.name));
    out.add(5, in_path ? "in: path" : "in: query");
    if (parameter.required || in_path) out.add(5, "required: true");
    out.add(5, "description: " + quoted_text(parameter.description));
    out.add(5, "schema: " + schema_of(parameter.type));
    if (parameter.required || in_path) out.add(5, "example: " + example_of(parameter.type));
  }
  for (const char* name : {"AsKnownAt", "AtLeast", "Limit", "Cursor"})
    out.add(4, std::string("- {$ref: \"#/components/parameters/") + name + "\"}");
  if (!listing.other_times) return;
  for (const char* name : {"FactsAsOf", "RulesAsOf"})
    out.add(4, std::string("- {$ref: \"#/components/parameters/") + name + "\"}");
}

// "list", "rankings": "listRankings".
std::string joined_name(std::string first, std::string_view name) {
  bool raised = true;
  for (const char c : name) {
    const bool letter = c != '_';
    if (letter) first += raised ? static_cast<char>(std::toupper(c)) : c;
    raised = !letter;
  }
  return first;
}

// "RankingsRow"; of another form than the first one "EvaluationsUnitsRow".
std::string row_name(const Listing& listing, const Form& form) {
  return joined_name(joined_name("", listing.name), form.chosen_by) + "Row";
}
std::string list_name(const Listing& listing) {
  return joined_name("", listing.name) + "List";
}

void add_path(Lines& out, const Listing& listing) {
  out.add(1,
          "/v1/{agency}/" + std::string(listing.path.empty() ? listing.name : listing.path) + ":");
  out.add(2, "get:");
  out.add(3, "operationId: " + joined_name("list", listing.name));
  out.add(3, "tags: [resources]");
  out.add(3, "summary: " + quoted_text(listing.summary));
  add_parameters(out, listing);
  out.add(3, "responses:");
  out.add(4, "\"200\":");
  out.add(5, "description: Rows as of one moment");
  out.add(5, "headers:");
  for (const char* name :
       {"ETag", "Link", "Runut-Known-At", "Runut-Simulated", "Runut-Hypothetical"})
    out.add(6, std::string(name) + ": {$ref: \"#/components/headers/" + name + "\"}");
  out.add(5, "content:");
  out.add(6, "application/json:");
  out.add(7, "schema: {$ref: \"#/components/schemas/" + list_name(listing) + "\"}");
  out.add(7, "example:");
  out.add(8, "agency: kota-kediri");
  out.add(8, "known_at: \"65246\"");
  out.add(8, "simulated: true");
  out.add(8, "notes: []");
  out.add(8, "items:");
  bool first = true;
  for (const Column& column : listing.forms.front().columns) {
    out.add(
        9, std::string(first ? "- " : "  ") + std::string(column.name) + ": " + example_of(column));
    first = false;
  }
  for (const char* type : {"text/csv", "application/x-ndjson"}) {
    out.add(6, std::string(type) + ":");
    out.add(7, "schema: {type: string}");
  }
  out.add(4, "\"304\": {description: What If-None-Match names is still the answer}");
  for (const char* status : {"400", "401", "403", "404", "406", "409", "422", "429", "503"})
    out.add(4, std::string("\"") + status + "\": {$ref: \"#/components/responses/Problem\"}");
}

void add_row_schema(Lines& out, const Listing& listing, const Form& form) {
  out.add(2, row_name(listing, form) + ":");
  out.add(3, "type: object");
  out.add(3, "additionalProperties: false");
  std::string required;
  for (const Column& column : form.columns)
    required += (required.empty() ? "" : ", ") + std::string(column.name);
  out.add(3, "required: [" + required + "]");
  out.add(3, "properties:");
  for (const Column& column : form.columns) {
    std::string schema = schema_of(column.type);
    schema.insert(schema.size() - 1, ", description: " + quoted_text(column.description));
    out.add(4, std::string(column.name) + ": " + schema);
  }
}

void add_schemas(Lines& out, const Listing& listing) {
  for (const Form& form : listing.forms) add_row_schema(out, listing, form);
  out.add(2, list_name(listing) + ":");
  out.add(3, "allOf:");
  out.add(4, "- {$ref: \"#/components/schemas/ListHead\"}");
  out.add(4, "- type: object");
  out.add(5, "required: [items]");
  out.add(5, "properties:");
  out.add(6, "items:");
  out.add(7, "type: array");
  std::string rows;
  for (const Form& form : listing.forms)
    rows += (rows.empty() ? "" : ", ") +
            ("{$ref: \"#/components/schemas/" + row_name(listing, form) + "\"}");
  out.add(7, listing.forms.size() == 1 ? "items: " + rows : "items: {anyOf: [" + rows + "]}");
}

}  // namespace

std::string listings_contract() {
  Lines out;
  out.add(0,
          "# Made from src/listing (contract.h); a test compares. What it refers to besides is in");
  out.add(0, "# resources.yaml.");
  out.add(0, "paths:");
  for (const Listing& listing : all_listings()) add_path(out, listing);
  out.add(0, "components:");
  out.add(1, "schemas:");
  for (const Listing& listing : all_listings()) add_schemas(out, listing);
  return out.take();
}

}  // namespace runut::listing
