// What is said of single people, and what the ledger is.
#pragma once

#include "service/documents.h"

namespace runut::service {

// GET /v1/{agency}                                     what the ledger is: founded, head, whose key
// GET /v1/{agency}/people/{person}                     career as the facts say, without the name
// GET /v1/{agency}/people/{person}/explanations/{month}  why this much (JSON, HTML; lang)
// GET /v1/{agency}/regulations/{regulation}/document   byte for byte as it was enacted
[[nodiscard]] std::vector<AskedResource> people_documents();
[[nodiscard]] std::vector<http::Route> people_routes(const Reading& reading);

}  // namespace runut::service
