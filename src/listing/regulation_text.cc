#include "listing/regulation_text.h"

#include <boost/json.hpp>

#include "json/json.h"
#include "ledger/loaded_facts.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return {};
  return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

// The members of a parameter's value that an exception is of. Drafts are shown as they are.
std::string part_of(const boost::json::object& parameter, const boost::json::object& exception) {
  boost::json::object out;
  const auto* value = parameter.if_contains("value");
  const auto* names = exception.if_contains("of");
  if (value == nullptr || !value->is_object() || names == nullptr || !names->is_array()) return {};
  for (const boost::json::value& name : names->get_array())
    if (name.is_string())
      if (const auto* of_name = value->get_object().if_contains(name.get_string()))
        out[name.get_string()] = *of_name;
  return boost::json::serialize(out);
}

Status list_parameters(const Source& source, const Arguments& arguments, const Emit& emit) {
  RUNUT_ASSIGN(const EnactedDocument found,
               find_document(source, "regulation", arguments.text("regulation")));
  RUNUT_ASSIGN(auto rows, parameter_rows(found.text));
  for (auto& cells : rows) RUNUT_TRY(emit.row(std::move(cells)));
  return {};
}

}  // namespace

Result<std::string> enacted_text(const History& history, Sequence known_at,
                                 const std::string& regulation) {
  std::string text;
  RUNUT_TRY(history.each(agency_subject, std::nullopt, known_at,
                         [&](const Event& event, const Hash256&) -> Status {
                           if (const auto* section = std::get_if<RegulationSection>(&event.payload);
                               section != nullptr && section->regulation == regulation)
                             text += section->text;
                           return {};
                         }));
  return text;
}

Result<EnactedDocument> find_document(const Source& source, std::string_view field,
                                      const std::string& reference) {
  const auto none = [&](const char* message) {
    return fail(Error{ErrorCode::not_found, {}, std::string(field), reference, message});
  };
  EnactedDocument out{reference, {}};
  if (const auto day = parse_date(reference)) {
    RUNUT_ASSIGN(const auto facts, source.agency_facts());
    const auto held = facts->timeline.in_force(*day, source.head().sequence);
    if (!held) return none("no document is in force on that day");
    out.id = (*held)->header.id;
  }
  RUNUT_ASSIGN(out.text, enacted_text(source.history(), source.head().sequence, out.id));
  if (out.text.empty()) return none("no such regulation in this ledger");
  return out;
}

std::vector<Column> parameter_columns() {
  return {{"parameter", ColumnType::text, "Its name"},
          {"value", ColumnType::text, "A text as it stands, else JSON"},
          {"unit", ColumnType::text, "Of the value"},
          {"status", ColumnType::text,
           "cited, practice or assumed; exceptions of the value follow in rows of their own"},
          {"clause", ColumnType::text, "Of the regulation"},
          {"applies_by", ColumnType::text, "What decides which document holds"},
          {"source", ColumnType::text, "Where the value comes from"}};
}

Result<std::vector<std::vector<std::string>>> parameter_rows(const std::string& text) {
  RUNUT_ASSIGN(const boost::json::value document, parse_json(text, {.bytes_max = text.size() + 1}));
  std::vector<std::vector<std::string>> out;
  const auto* parameters = document.as_object().if_contains("parameters");
  if (parameters == nullptr || !parameters->is_object()) return out;
  for (const auto& [name, value] : parameters->get_object()) {
    if (!value.is_object()) continue;
    const boost::json::object& of = value.get_object();
    out.push_back({std::string(name), member(of, "value"), member(of, "unit"), member(of, "status"),
                   member(of, "clause"), member(of, "applies_by"), member(of, "source")});
    const auto* exceptions = of.if_contains("exceptions");
    if (exceptions == nullptr || !exceptions->is_array()) continue;
    for (const boost::json::value& exception : exceptions->get_array()) {
      if (!exception.is_object()) continue;
      const boost::json::object& own = exception.get_object();
      out.push_back({std::string(name), part_of(of, own), member(of, "unit"), member(own, "status"),
                     member(own, "clause"), member(of, "applies_by"), member(own, "source")});
    }
  }
  return out;
}

Listing regulation_listing() {
  return {.name = "regulation",
          .summary = "Each parameter of a document: value, clause, status and source",
          .parameters = {{"regulation", ParameterType::text, true,
                          "Its id, or the day that it is in force on"}},
          .path = "regulations/{regulation}",
          .forms = {{.columns = parameter_columns(), .of_nobody = true, .rows = &list_parameters}}};
}

}  // namespace runut::listing
