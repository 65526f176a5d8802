// The API's own description (schemas/openapi.json), and a page of it for people.
#pragma once

#include "http/route.h"

namespace runut::service {

// Embedded; joined they are the document.
[[nodiscard]] const std::vector<std::string_view>& contract_pieces();

// GET /v1/openapi.json, GET /v1/reference
[[nodiscard]] std::vector<http::Route> contract_routes();

}  // namespace runut::service
