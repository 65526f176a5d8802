// What inspectors, treasurers, reviewers and units take along, and what would have been.
#pragma once

#include "service/documents.h"

namespace runut::service {

// GET  /v1/{agency}/audits                      every commit decided again: findings
// GET  /v1/{agency}/reports/{treasurer,merit,unit}
//        JSON, CSV of one section, HTML, XLSX, PDF; lang
// POST /v1/{agency}/what-ifs                    commands (NDJSON) or a draft (JSON) that are
// supposed
//        JSON, CSV, NDJSON: whom it would pay or place otherwise, or what follows from it
// All of them need a right to everybody's data. One at a time where the whole log is read: 429.
[[nodiscard]] std::vector<AskedResource> audit_documents();
[[nodiscard]] std::vector<http::Route> audit_routes(const Reading& reading);

}  // namespace runut::service
