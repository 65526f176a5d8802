// What a city asks before it enacts: is the draft valid, and what does it change?
#include <CLI/CLI.hpp>
#include <filesystem>

#include "regulation/document_diff.h"
#include "regulation/document_json.h"
#include "seal/file_io.h"
#include "tools/runut/commands.h"
#include "tools/runut/rule_book.h"

namespace runut::cli {
namespace {

struct DraftArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string draft;
  std::string before;
  std::string after;
  bool values = false;
};

// Whether a ledger would take the document today: as an amendment of the one in force on its first
// day, or enacted where none is.
Status lay_in_ledger(const AgencyFacts& facts, const NamedText& draft) {
  auto document = read_document(draft.text);
  if (!document) return {};  // said already
  Timeline timeline = facts.timeline;
  const auto held = timeline.in_force(document->header.effective_from);
  const std::string amends = held ? (*held)->header.id : std::string();
  auto laid = std::make_shared<const Document>(*std::move(document));
  return held ? timeline.amend(amends, std::move(laid), Timeline::latest)
              : timeline.enact(std::move(laid), Timeline::latest);
}

Result<Exit> lint(const DraftArguments& options) {
  std::vector<LintFinding> findings;
  std::error_code ignored;
  if (std::filesystem::is_directory(options.draft, ignored)) {
    if (!options.ledger.data.empty())
      return fail(Error{ErrorCode::invalid_input,
                        {},
                        "DRAFT",
                        options.draft,
                        "with --data one document is asked about, not a directory"});
    RUNUT_ASSIGN(const auto files, read_pack_files(options.draft + "/"));
    findings = lint_pack(files);
  } else {
    RUNUT_ASSIGN(Bytes text, seal_io::read_file(options.draft));
    const NamedText draft{std::filesystem::path(options.draft).filename().string(),
                          std::move(text)};
    findings = lint_document(draft);
    if (!options.ledger.data.empty()) {
      RUNUT_ASSIGN(const RuleBook rules, RuleBook::open(options.ledger));
      if (const Status laid = lay_in_ledger(*rules.facts(), draft); !laid)
        findings.push_back({draft.name, laid.error()});
    }
  }
  Table table(format_of(options.output), {{"file"}, {"rule"}, {"field"}, {"value"}, {"message"}});
  for (const LintFinding& each : findings)
    table.row({each.file, each.error.rule, each.error.field, each.error.value, each.error.message});
  table.finish();
  return findings.empty() ? Exit::ok : Exit::finding;
}

Result<Exit> diff(const DraftArguments& options) {
  RUNUT_ASSIGN(const RuleBook rules, RuleBook::open(options.ledger));
  RUNUT_ASSIGN(const NamedText before, rules.find("BEFORE", options.before));
  RUNUT_ASSIGN(const NamedText after, rules.find("AFTER", options.after));
  RUNUT_ASSIGN(const auto changes, compare_documents(before.text, after.text));
  const Format format = format_of(options.output);
  Table table(format, {{"parameter"}, {"place"}, {"before"}, {"after"}});
  for (const DocumentChange& each : changes) {
    const bool computes = each.parameter != "regulation" && each.place.starts_with("value");
    if (options.values && !computes && !each.place.empty()) continue;
    table.row({each.parameter, each.place, brief(format, each.before), brief(format, each.after)});
  }
  table.finish();
  return table.rows() == 0 ? Exit::ok : Exit::finding;
}

}  // namespace

void add_regulation_drafts(App& app, CLI::App& group) {
  const auto options = std::make_shared<DraftArguments>();
  CLI::App& check = app.add(
      group,
      {"lint",
       "Everything that is wrong with a draft, a document or the directory of a pack, each with "
       "rule,\n"
       "field and value; with --data also whether that ledger would take it. Exit 1 with a finding",
       "runut regulation lint draft.json\n"
       "runut regulation lint draft.json --data data\n"
       "runut regulation lint my-city/"},
      [options] { return lint(*options); });
  check.add_option("DRAFT", options->draft, "A document, or a directory with its pack.json")
      ->required();
  add_rule_book_options(check, options->ledger);
  add_output_options(check, options->output);

  CLI::App& compare = app.add(
      group,
      {"diff",
       "What one document says otherwise than another, place by place. Exit 1 when they differ",
       "runut regulation diff kota-kediri-2021 kota-kediri-2022-08\n"
       "runut regulation diff kota-kediri-2022-08 draft.json --values\n"
       "runut regulation diff 2022-07-01 2022-08-01 --data data      # in force on those days"},
      [options] { return diff(*options); });
  compare.add_option("BEFORE", options->before, std::string(document_reference))->required();
  compare.add_option("AFTER", options->after, "The same, of the other")->required();
  compare.add_flag("--values", options->values,
                   "Only what is computed with: no headers, sources, clauses");
  add_rule_book_options(compare, options->ledger);
  add_output_options(compare, options->output);
}

}  // namespace runut::cli
