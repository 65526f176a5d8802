// What one regulation document says otherwise than another, place by place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace runut {

struct DocumentChange {
  std::string parameter;  // "tiers"; "regulation" for the header
  std::string place;      // within it: "value/above", "status", "effective_from"
  std::string before;     // JSON, a text without its quotes; empty: not there
  std::string after;
  friend bool operator==(const DocumentChange&, const DocumentChange&) = default;
};

// The header first, then the parameters in the order in which `before` states them, those that only
// `after` has behind them. Lists of one length are compared entry by entry, others as a whole. The
// texts are those of documents that read_document() takes, and are only read as JSON here: a
// document of an older version is compared as well. Errors: parse_json()'s.
[[nodiscard]] Result<std::vector<DocumentChange>> compare_documents(std::string_view before,
                                                                    std::string_view after);

}  // namespace runut
