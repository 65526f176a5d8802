// A city's tables into one ledger: read, tried against the ledger as a whole, then recorded.
#pragma once

#include "intake/rows.h"
#include "tools/runut/app.h"

namespace runut::cli {

struct CsvOptions {
  LedgerOptions ledger;
  OutputOptions output;
  std::vector<std::string> files;
  std::string kind;
  std::string mapping;              // a file
  std::string errors;               // a file; empty: stderr
  std::string encoding;             // utf-8, windows-1252; empty: detected
  std::string separator;            // comma, semicolon; empty: detected
  std::string recorded_at;          // simulated ledgers only
  std::uint32_t import_number = 0;  // of a declared import; 0: none
  bool dry_run = false;
  bool keep_going = false;
};

// Files in order, each for itself: with a row that cannot be recorded nothing of its file is, or
// (keep_going) nothing of that row; Exit::refused then. Nothing is recorded either after a file
// that was refused.
[[nodiscard]] Result<Exit> import_csv(const CsvOptions& options);

}  // namespace runut::cli
