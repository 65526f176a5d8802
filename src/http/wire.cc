#include "http/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/verb.hpp>
#include <chrono>
#include <ctime>
#include <iterator>

#include "http/target.h"

namespace runut::http {
namespace {

namespace beast = boost::beast;

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::get;
    case beast::http::verb::head: return Method::head;
    case beast::http::verb::post: return Method::post;
    case beast::http::verb::put: return Method::put;
    case beast::http::verb::patch: return Method::patch;
    case beast::http::verb::delete_: return Method::delete_;
    case beast::http::verb::options: return Method::options;
    default: return Method::other;
  }
}

std::string text_of(beast::string_view view) {
  return {view.data(), view.size()};
}

// A line break in a value would begin another field, or another answer.
void append_field(std::string& out, std::string_view name, std::string_view value) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  out += name;
  out += ": ";
  if (std::none_of(value.begin(), value.end(), is_control))
    out += value;
  else
    std::remove_copy_if(value.begin(), value.end(), std::back_inserter(out), is_control);
  out += "\r\n";
}

// IMF-fixdate (RFC 9110 section 5.6.7), made once a second.
const std::string& date_now() {
  thread_local std::time_t made_at = 0;
  thread_local std::string made;
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  if (now != made_at) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> text{};
    made.assign(text.data(),
                std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts));
    made_at = now;
  }
  return made;
}

bool has_body(unsigned status) {
  return status != 204 && status != 304 && status >= 200;
}

}  // namespace

Result<Request> read_header(const WireHeader& header) {
  Request out;
  out.method = method_of(header.method());
  out.target = text_of(header.target());
  RUNUT_TRY(parse_target(out.target, out));
  for (const auto& field : header)
    out.headers.push_back({text_of(field.name_string()), text_of(field.value())});
  if (header.version() >= 11 && !out.header("Host"))
    return fail(Error{ErrorCode::invalid_input,
                      "http.host",
                      "Host",
                      {},
                      "HTTP/1.1 requires the header Host (RFC 9112 section 3.2)"});
  return out;
}

std::string write_header(const Response& response, const Framing& framing) {
  std::string out;
  out.reserve(384);
  const auto reason =
      beast::http::obsolete_reason(static_cast<beast::http::status>(response.status));
  out += fmt::format("HTTP/1.1 {} {}\r\n", response.status,
                     std::string_view(reason.data(), reason.size()));
  append_field(out, "Date", date_now());
  if (has_body(response.status)) {
    if (!response.type.empty()) append_field(out, "Content-Type", response.type);
    if (!response.stream)
      append_field(out, "Content-Length", std::to_string(response.body.size()));
    else if (!framing.old_version)
      append_field(out, "Transfer-Encoding", "chunked");
  }
  for (const Field& field : response.headers) append_field(out, field.name, field.value);
  append_field(out, "Connection", framing.keep_alive ? "keep-alive" : "close");
  out += "\r\n";
  return out;
}

std::string write_chunk(std::string_view piece) {
  if (piece.empty()) return "0\r\n\r\n";
  std::string out = fmt::format("{:x}\r\n", piece.size());
  out += piece;
  out += "\r\n";
  return out;
}

}  // namespace runut::http
