#include "tools/runut/rule_book.h"

#include <CLI/CLI.hpp>

#include "ledger/loaded_facts.h"
#include "listing/regulation_text.h"
#include "regulation/document_json.h"
#include "seal/file_io.h"

namespace runut::cli {
namespace {

tl::unexpected<Error> no_document(const char* option, const std::string& reference,
                                  const std::string& message) {
  return fail(Error{ErrorCode::not_found, {}, option, reference, message});
}

}  // namespace

std::string brief(Format format, std::string value) {
  constexpr std::size_t shown_max = 60;
  if (format != Format::terminal || value.size() <= shown_max) return value;
  std::size_t end = shown_max - 3;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;  // UTF-8
  return value.substr(0, end) + "...";
}

Result<std::vector<ShippedDocument>> shipped_documents() {
  std::vector<ShippedDocument> out;
  const auto text_of = [](const std::string& pack, const std::string& name) -> const char* {
    for (const EmbeddedFile& file : embedded_files())
      if (file.pack == pack && file.name == name) return file.text;
    return "";
  };
  for (const EmbeddedFile& file : embedded_files()) {
    if (std::string_view(file.name) != "pack.json") continue;
    const auto pack = read_pack(file.text);
    if (!pack) return fail(pack.error().front());
    for (const PackDocument& listed : pack->documents) {
      const char* text = text_of(file.pack, listed.file);
      auto document = read_document(text);
      if (!document) return fail(document.error().front());
      out.push_back({*pack, *std::move(document), text});
    }
  }
  return out;
}

Result<std::shared_ptr<const AgencyFacts>> agency_facts(const Instance& instance) {
  RUNUT_ASSIGN(const Sequence known_at, instance.known_at());
  RUNUT_ASSIGN(std::shared_ptr<AgencyFacts> facts, load_agency(instance.history(), known_at));
  return std::shared_ptr<const AgencyFacts>(std::move(facts));
}

void add_rule_book_options(CLI::App& command, LedgerOptions& options) {
  add_ledger_options(command, options);
  CLI::Option* data = command.get_option("--data")->required(false);
  for (const char* of_ledger : {"--keys", "--agency", "--log"})
    command.get_option(of_ledger)->needs(data);
}

Result<RuleBook> RuleBook::open(const LedgerOptions& options) {
  RuleBook book;
  if (options.data.empty()) return book;
  RUNUT_ASSIGN(book.ledger_, open_to_read(options));
  RUNUT_ASSIGN(book.facts_, agency_facts(*book.ledger_));
  return book;
}

Result<NamedText> RuleBook::find(const char* option, const std::string& reference) const {
  if (reference.find('/') != std::string::npos || reference.ends_with(".json")) {
    RUNUT_ASSIGN(Bytes text, seal_io::read_file(reference));
    return NamedText{reference, std::move(text)};
  }
  if (ledger_) return in_ledger(option, reference);
  RUNUT_ASSIGN(const auto documents, shipped_documents());
  std::string known;
  for (const ShippedDocument& each : documents) {
    if (each.document.header.id == reference) return NamedText{reference, each.text};
    known += (known.empty() ? "" : ", ") + each.document.header.id;
  }
  return no_document(option, reference,
                     "no such document comes with this program; there is: " + known);
}

Result<NamedText> RuleBook::in_ledger(const char* option, const std::string& reference) const {
  std::string id = reference;
  if (const auto day = parse_date(reference)) {
    const auto held = facts_->timeline.in_force(*day);
    if (!held) return no_document(option, reference, "no document is in force on that day");
    id = (*held)->header.id;
  }
  RUNUT_ASSIGN(const Sequence known_at, ledger_->known_at());
  RUNUT_ASSIGN(std::string text, listing::enacted_text(ledger_->history(), known_at, id));
  if (text.empty())
    return no_document(option, reference,
                       "no such regulation; runut regulation list shows those there are");
  return NamedText{std::move(id), std::move(text)};
}

}  // namespace runut::cli
