// What is wrong with a draft before anybody enacts it: one document, or a whole pack as a city
// keeps it in a directory (schemas/regulations/README.md).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace runut {

struct NamedText {
  std::string name;  // of the file, without its directory
  std::string text;
};

struct LintFinding {
  std::string file;
  Error error;  // rule, field (a JSON pointer), value
};

// Every violation of one document at once: those of read_document().
[[nodiscard]] std::vector<LintFinding> lint_document(const NamedText& document);

// Those of pack.json (read_pack()), of every document that it names, and of the whole:
//   pack.missing        no pack.json among the files
//   pack.file_missing   pack.json names a document that is not there
//   pack.file_unlisted  a document that pack.json does not name: nobody would enact it
//   pack.document_id    the document calls itself otherwise than pack.json does
//   regulation.*        laid one after the other as pack.json says, the timeline refuses one
//                       (timeline.h); only where all documents could be read
// Files in the order of pack.json, unlisted ones behind them in the order given.
[[nodiscard]] std::vector<LintFinding> lint_pack(std::span<const NamedText> files);

}  // namespace runut
