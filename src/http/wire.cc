#include "http/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/verb.hpp>
#include <charconv>
#include <chrono>
#include <ctime>
#include <iterator>

#include "http/target.h"

namespace runut::http {
namespace {

namespace beast = boost::beast;
using namespace std::string_view_literals;

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
  out.append(name).append(": "sv);
  if (std::none_of(value.begin(), value.end(), is_control))
    out += value;
  else
    std::remove_copy_if(value.begin(), value.end(), std::back_inserter(out), is_control);
  out += "\r\n"sv;
}

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits{};
  out.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

// The field Date as an IMF-fixdate (RFC 9110 section 5.6.7), made once a second.
const std::string& date_field() {
  thread_local std::time_t made_at = 0;
  thread_local std::string made;
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  if (now != made_at) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> text{};
    made.assign(text.data(), std::strftime(text.data(), text.size(),
                                           "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts));
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
  out.headers.reserve(static_cast<std::size_t>(std::distance(header.begin(), header.end())));
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

void append_header(std::string& out, const Response& response, const Framing& framing) {
  out += "HTTP/1.1 "sv;
  append_number(out, response.status);
  const auto reason =
      beast::http::obsolete_reason(static_cast<beast::http::status>(response.status));
  out.append(" "sv).append(reason.data(), reason.size()).append("\r\n"sv).append(date_field());
  if (has_body(response.status)) {
    if (!response.type.empty()) append_field(out, "Content-Type", response.type);
    if (!response.stream) {
      out += "Content-Length: "sv;
      append_number(out, response.body.size());
      out += "\r\n"sv;
    } else if (!framing.old_version) {
      out += "Transfer-Encoding: chunked\r\n"sv;
    }
  }
  for (const Field& field : response.headers) append_field(out, field.name, field.value);
  // What an answer says it is, it is taken for (WHATWG Fetch, `X-Content-Type-Options`).
  out += "X-Content-Type-Options: nosniff\r\n"sv;
  out += framing.keep_alive ? "Connection: keep-alive\r\n\r\n"sv : "Connection: close\r\n\r\n"sv;
}

std::string write_chunk(std::string_view piece) {
  if (piece.empty()) return "0\r\n\r\n";
  std::string out = fmt::format("{:x}\r\n", piece.size());
  out += piece;
  out += "\r\n";
  return out;
}

}  // namespace runut::http
