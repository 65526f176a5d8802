// Content coding (RFC 9110 section 8.4): gzip, for whoever asks for it.
#pragma once

#include "http/message.h"

namespace runut::http {

// Whether the client takes gzip (Accept-Encoding, weights included).
[[nodiscard]] bool takes_gzip(const Request& request);

// Compresses a body that is worth it, and says so. A coded answer is another representation: its
// entity tag gets the suffix "-gzip" (RFC 9110 section 8.8.3.3).
void code_gzip(Response& response);

// If-None-Match of the request names the answer's entity tag, coded or not (RFC 9110 section
// 13.1.2).
[[nodiscard]] bool has_it_already(const Request& request, std::string_view etag);

}  // namespace runut::http
