// Between Beast's messages and ours.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/result.h"
#include "http/message.h"

namespace runut::http {

using WireHeader = boost::beast::http::request_header<>;

// Everything but the body. invalid_input: the target, or no Host where HTTP/1.1 demands one.
[[nodiscard]] Result<Request> read_header(const WireHeader& header);

struct Framing {
  bool keep_alive = true;
  bool old_version = false;  // HTTP/1.0: knows no chunks
  bool head_only = false;    // the answer to HEAD
};

// Status line and fields, the blank line included. A stream is chunked, or ends with the
// connection.
void append_header(std::string& out, const Response& response, const Framing& framing);
// One chunk (RFC 9112 section 7.1); of nothing: the last one.
[[nodiscard]] std::string write_chunk(std::string_view piece);

}  // namespace runut::http
