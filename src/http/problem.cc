#include "http/problem.h"

#include <boost/json.hpp>

#include "base/bytes.h"

namespace runut::http {
namespace {

using boost::json::object;

std::string_view title_of(unsigned status) {
  switch (status) {
    case 400: return "The request is malformed";
    case 401: return "Who asks is not known";
    case 403: return "Not allowed";
    case 404: return "Not found";
    case 405: return "The resource has no such method";
    case 406: return "No such form of the answer";
    case 409: return "In conflict with what is there";
    case 412: return "The condition does not hold";
    case 413: return "The body is too large";
    case 414: return "The address is too long";
    case 415: return "The body has a form that is not read here";
    case 422: return "A rule says no";
    case 428: return "A condition is required";
    case 429: return "Too much at once";
    case 431: return "The headers are too large";
    case 501: return "Not supported";
    case 503: return "Not available now";
    default: return "Internal error";
  }
}

// What was sent, as JSON can hold it: of what is not UTF-8 each byte is U+FFFD (RFC 8259
// section 8.1).
std::string as_text(std::string_view sent) {
  if (is_utf8(sent)) return std::string(sent);
  std::string out;
  while (!sent.empty()) {
    std::size_t length = 1;
    while (length < 4 && !is_utf8(sent.substr(0, length))) ++length;
    const bool is_letter = is_utf8(sent.substr(0, length));
    out += is_letter ? sent.substr(0, length) : "\xEF\xBF\xBD";
    sent.remove_prefix(is_letter ? std::min(length, sent.size()) : 1);
  }
  return out;
}

object members(unsigned status, const Error& error) {
  object out;
  out["type"] = "urn:runut:" + (error.rule.empty() ? "error:" + std::string(to_string(error.code))
                                                   : "rule:" + error.rule);
  out["title"] = title_of(status);
  out["status"] = status;
  out["detail"] = as_text(error.message);
  if (!error.rule.empty()) out["rule"] = error.rule;
  if (!error.field.empty()) out["field"] = as_text(error.field);
  if (!error.value.empty()) out["value"] = as_text(error.value);
  return out;
}

Response answer(unsigned status, const object& body) {
  Response out;
  out.status = status;
  out.type = "application/problem+json";
  out.body = boost::json::serialize(body) + "\n";
  if (status == 429 || status == 503) out.with("Retry-After", "1");
  return out;
}

}  // namespace

unsigned status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input: return 400;
    case ErrorCode::rejected: return 422;
    case ErrorCode::unauthorised: return 403;
    case ErrorCode::not_found: return 404;
    case ErrorCode::conflict: return 409;
    case ErrorCode::unavailable: return 503;
    case ErrorCode::unsupported: return 501;
    case ErrorCode::exhausted: return 429;
    case ErrorCode::corrupt:
    case ErrorCode::internal: break;
  }
  return 500;
}

Response problem(const Error& error) {
  return problem(status_of(error.code), error);
}

Response problem(unsigned status, const Error& error) {
  return answer(status, members(status, error));
}

Response problem(std::span<const Error> errors) {
  const unsigned status = status_of(errors.front().code);
  object body = members(status, errors.front());
  if (errors.size() > 1) {
    boost::json::array all;
    for (const Error& error : errors) all.push_back(members(status_of(error.code), error));
    body["errors"] = std::move(all);
  }
  return answer(status, body);
}

std::string problem_json(unsigned status, const Error& error) {
  return boost::json::serialize(members(status, error));
}

}  // namespace runut::http
