// The JSON form of a regulation document: {"regulation": {…}, "parameters": {"name": {"value",
// "unit", "source", "clause", "status", "applies_by"}, …}}, exactly the parameters of parameter.h,
// each with exactly these six members.
#pragma once

#include <string_view>
#include <vector>

#include "regulation/document.h"

namespace runut {

using DocumentResult = tl::expected<Document, std::vector<Error>>;

// Rejects with every violation at once: first what the text is (rules json.*, alone), then what
// each place holds (field.*, regulation.*), together with what validate() finds in the parameters
// that could be read. `field` is a JSON pointer. At most 1 MiB of text.
[[nodiscard]] DocumentResult read_document(std::string_view text);

}  // namespace runut
