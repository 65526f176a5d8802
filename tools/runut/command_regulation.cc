#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "json/json.h"
#include "tools/runut/commands.h"
#include "tools/runut/rule_book.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct RegulationArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string regulation;
  bool text = false;
};

// The documents that come with this binary.
Result<Exit> list_packs(const RegulationArguments& options) {
  Table table(format_of(options.output),
              {{"pack"}, {"agency"}, {"regulation"}, {"effective_from"}, {"number"}, {"title"}});
  RUNUT_ASSIGN(const auto documents, shipped_documents());
  for (const ShippedDocument& each : documents)
    table.row({each.pack.id, each.pack.agency, each.document.header.id,
               to_string(each.document.header.effective_from), each.document.header.number,
               each.document.header.title});
  table.finish();
  return Exit::ok;
}

Result<Exit> list_regulation(const RegulationArguments& options) {
  if (options.ledger.data.empty()) return list_packs(options);
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

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return {};
  return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

Result<Exit> show_regulation(const RegulationArguments& options) {
  RUNUT_ASSIGN(const RuleBook rules, RuleBook::open(options.ledger));
  RUNUT_ASSIGN(const NamedText found, rules.find("--regulation", options.regulation));
  if (options.text) {
    print(found.text);
    return Exit::ok;
  }
  RUNUT_ASSIGN(const boost::json::value document,
               parse_json(found.text, {.bytes_max = found.text.size() + 1}));
  const Format format = format_of(options.output);
  if (rules.ledger() != nullptr) print_banner(*rules.ledger(), format);
  Table table(
      format,
      {{"parameter"}, {"value"}, {"unit"}, {"status"}, {"clause"}, {"applies_by"}, {"source"}});
  const auto* parameters = document.as_object().if_contains("parameters");
  if (parameters != nullptr && parameters->is_object())
    for (const auto& [name, value] : parameters->get_object()) {
      if (!value.is_object()) continue;
      const boost::json::object& of = value.get_object();
      table.row({std::string(name), brief(format, member(of, "value")), member(of, "unit"),
                 member(of, "status"), member(of, "clause"), member(of, "applies_by"),
                 member(of, "source")});
    }
  table.finish();
  return Exit::ok;
}

}  // namespace

void add_regulation(App& app) {
  CLI::App& group = app.add_group(
      {"regulation",
       "The rules: those in a ledger and since when each holds, those that come with the program,\n"
       "and a city's own drafts",
       "runut regulation list --data data"});
  const auto options = std::make_shared<RegulationArguments>();
  CLI::App& all = app.add(
      group,
      {"list",
       "Every document of a ledger and the days on which it holds; without --data, the packs that\n"
       "come with the program",
       "runut regulation list --data data\n"
       "runut regulation list"},
      [options] { return list_regulation(*options); });
  add_rule_book_options(all, options->ledger);
  add_output_options(all, options->output);
  CLI::App& one = app.add(
      group,
      {"show", "Each parameter of a document: value, clause, status and source",
       "runut regulation show --data data --regulation kota-kediri-2022-08\n"
       "runut regulation show --data data --regulation 2022-08-15    # in force on that day\n"
       "runut regulation show --data data --regulation kota-kediri-2022-08 --text > document.json\n"
       "runut regulation show --regulation kota-kediri-2022-08       # as it comes with the "
       "program"},
      [options] { return show_regulation(*options); });
  add_rule_book_options(one, options->ledger);
  add_output_options(one, options->output);
  one.add_option("--regulation", options->regulation, std::string(document_reference))->required();
  one.add_flag("--text", options->text, "The document itself, byte for byte as enacted");
  add_regulation_drafts(app, group);
}

}  // namespace runut::cli
