#include <CLI/CLI.hpp>

#include "listing/regulation_text.h"
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
  return list_of_ledger("regulations", options.ledger, options.output);
}

Result<Exit> show_regulation(const RegulationArguments& options) {
  RUNUT_ASSIGN(const RuleBook rules, RuleBook::open(options.ledger));
  RUNUT_ASSIGN(const NamedText found, rules.find("--regulation", options.regulation));
  if (options.text) {
    print(found.text);
    return Exit::ok;
  }
  const Format format = format_of(options.output);
  if (rules.ledger() != nullptr) print_banner(*rules.ledger(), format);
  std::vector<Column> columns;
  for (const listing::Column& column : listing::parameter_columns())
    columns.push_back({std::string(column.name)});
  Table table(format, std::move(columns));
  RUNUT_ASSIGN(auto rows, listing::parameter_rows(found.text));
  for (auto& cells : rows) {
    cells[1] = brief(format, std::move(cells[1]));
    table.row(std::move(cells));
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
