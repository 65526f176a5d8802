// Where a command finds a regulation document: in a ledger, among the packs that come with the
// program, or in a file of the user's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "computation/facts.h"
#include "regulation/pack.h"
#include "tools/runut/app.h"
#include "tools/runut/packs.h"

namespace runut::cli {

struct ShippedDocument {
  Pack pack;
  Document document;
  std::string text;
};
// In the order of the packs' names, then of effect.
[[nodiscard]] Result<std::vector<ShippedDocument>> shipped_documents();

[[nodiscard]] Result<std::shared_ptr<const AgencyFacts>> agency_facts(const Instance& instance);

// On a terminal at most 60 characters of a value; scripts get all of it.
[[nodiscard]] std::string brief(Format format, std::string value);

// What RuleBook::find() takes, for help texts.
inline constexpr std::string_view document_reference =
    "A document: a file (with a '/' or .json), its id, or with --data the day it is in force on";

// As add_ledger_options(), but --data may be left out.
void add_rule_book_options(CLI::App& command, LedgerOptions& options);

class RuleBook {
 public:
  // Without --data: only what comes with the program, and files.
  [[nodiscard]] static Result<RuleBook> open(const LedgerOptions& options);

  // The exact text. `option` is named in errors: not_found for an unknown document, also for a day
  // without one; whatever reading the file says.
  [[nodiscard]] Result<NamedText> find(const char* option, const std::string& reference) const;
  // Null without --data.
  [[nodiscard]] const Instance* ledger() const { return ledger_.get(); }
  [[nodiscard]] const AgencyFacts* facts() const { return facts_.get(); }

 private:
  [[nodiscard]] Result<NamedText> in_ledger(const char* option, const std::string& reference) const;

  std::unique_ptr<Instance> ledger_;
  std::shared_ptr<const AgencyFacts> facts_;
};

}  // namespace runut::cli
