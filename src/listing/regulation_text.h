// A regulation document as its ledger has it: the text, and its parameters as rows.
#pragma once

#include <string>
#include <vector>

#include "domain/history.h"
#include "listing/listing.h"

namespace runut::listing {

// The document exactly as it was enacted: its sections joined. Empty: there is none of this id.
[[nodiscard]] Result<std::string> enacted_text(const History& history, Sequence known_at,
                                               const std::string& regulation);

// Of the one in force on a day, or of this id. not_found names `field`: no such document.
struct EnactedDocument {
  std::string id;
  std::string text;
};
[[nodiscard]] Result<EnactedDocument> find_document(const Source& source, std::string_view field,
                                                    const std::string& reference);

[[nodiscard]] std::vector<Column> parameter_columns();
// A row for each parameter, in the order of the document.
[[nodiscard]] Result<std::vector<std::vector<std::string>>> parameter_rows(const std::string& text);

}  // namespace runut::listing
