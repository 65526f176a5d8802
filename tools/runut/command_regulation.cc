#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "json/json.h"
#include "ledger/loaded_facts.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct RegulationArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string regulation;
  bool text = false;
};

Result<std::shared_ptr<const AgencyFacts>> agency_facts(const Instance& instance) {
  RUNUT_ASSIGN(const Sequence known_at, instance.known_at());
  RUNUT_ASSIGN(std::shared_ptr<AgencyFacts> facts, load_agency(instance.history(), known_at));
  return std::shared_ptr<const AgencyFacts>(std::move(facts));
}

Result<Exit> list_regulation(const RegulationArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const auto facts, agency_facts(*instance));
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  Table table(format,
              {{"regulation"}, {"from"}, {"until"}, {"event", true}, {"number"}, {"title"}});
  for (const InForce& held : facts->timeline.documents()) {
    const bool never = held.days.until < held.days.from;
    table.row({held->header.id, to_string(held.days.from),
               never                         ? "never"
               : held.days.until == open_end ? ""
                                             : to_string(held.days.until),
               std::to_string(held.sequence.value), held->header.number, held->header.title});
  }
  table.finish();
  return Exit::ok;
}

// The document exactly as it was enacted: its sections joined.
Result<std::string> text_of(const Instance& instance, const std::string& regulation,
                            Sequence until) {
  std::string text;
  RUNUT_TRY(instance.history().each(
      agency_subject, std::nullopt, until, [&](const Event& event, const Hash256&) -> Status {
        if (const auto* section = std::get_if<RegulationSection>(&event.payload);
            section != nullptr && section->regulation == regulation)
          text += section->text;
        return {};
      }));
  if (text.empty())
    return fail(Error{ErrorCode::not_found,
                      {},
                      "regulation",
                      regulation,
                      "no such regulation; runut regulation list shows those there are"});
  return text;
}

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return {};
  return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

Result<Exit> show_regulation(const RegulationArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const Sequence known_at, instance->known_at());
  RUNUT_ASSIGN(const std::string text, text_of(*instance, options.regulation, known_at));
  if (options.text) {
    print(text);
    return Exit::ok;
  }
  RUNUT_ASSIGN(const boost::json::value document, parse_json(text, {.bytes_max = text.size() + 1}));
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  Table table(
      format,
      {{"parameter"}, {"value"}, {"unit"}, {"status"}, {"clause"}, {"applies_by"}, {"source"}});
  const auto* parameters = document.as_object().if_contains("parameters");
  if (parameters != nullptr && parameters->is_object())
    for (const auto& [name, value] : parameters->get_object()) {
      if (!value.is_object()) continue;
      const boost::json::object& of = value.get_object();
      std::string shown = member(of, "value");
      if (format == Format::terminal && shown.size() > 60) shown = shown.substr(0, 57) + "...";
      table.row({std::string(name), std::move(shown), member(of, "unit"), member(of, "status"),
                 member(of, "clause"), member(of, "applies_by"), member(of, "source")});
    }
  table.finish();
  return Exit::ok;
}

}  // namespace

void add_regulation(App& app) {
  CLI::App& group =
      app.add_group({"regulation", "The rules in the ledger, and since when each holds",
                     "runut regulation list --data data"});
  const auto options = std::make_shared<RegulationArguments>();
  CLI::App& all = app.add(group,
                          {"list", "Every document and the days on which it holds",
                           "runut regulation list --data data"},
                          [options] { return list_regulation(*options); });
  add_ledger_options(all, options->ledger);
  add_output_options(all, options->output);
  CLI::App& one = app.add(
      group,
      {"show", "Each parameter of a document: value, clause, status and source",
       "runut regulation show --data data --regulation kota-kediri-2022-08\n"
       "runut regulation show --data data --regulation kota-kediri-2022-08 --text > document.json"},
      [options] { return show_regulation(*options); });
  add_ledger_options(one, options->ledger);
  add_output_options(one, options->output);
  one.add_option("--regulation", options->regulation, "Id of the document")->required();
  one.add_flag("--text", options->text, "The document itself, byte for byte as enacted");
}

}  // namespace runut::cli
