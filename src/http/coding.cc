#include "http/coding.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace runut::http {
namespace {

constexpr std::size_t worth_it = 1'024;
constexpr std::string_view gzip_suffix = "-gzip\"";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Calls visit(item) for each item of a comma-separated list; true as soon as one says so.
template <class Visit>
bool any_item(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (visit(trimmed(list.substr(0, comma)))) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

// "q=0", "q=0.0": the item is not wanted at all.
bool is_refused(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return false;
  const std::string_view weight = trimmed(parameters.substr(at + 2));
  return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != type.npos ||
         type.find("yaml") != type.npos || type.find("xml") == 0;
}

Field* find(Response& response, std::string_view name) {
  const auto at = std::find_if(response.headers.begin(), response.headers.end(),
                               [&](const Field& field) { return field.name == name; });
  return at == response.headers.end() ? nullptr : &*at;
}

}  // namespace

bool takes_gzip(const Request& request) {
  const auto accepted = request.header("Accept-Encoding");
  if (!accepted) return false;
  return any_item(*accepted, [](std::string_view item) {
    const std::size_t end = std::min(item.find(';'), item.size());
    const std::string_view name = trimmed(item.substr(0, end));
    return (name == "gzip" || name == "*") && !is_refused(item.substr(end));
  });
}

void code_gzip(Response& response) {
  if (response.stream || response.body.size() < worth_it || !is_text(response.type) ||
      find(response, "Content-Encoding") != nullptr)
    return;
  z_stream zip{};
  if (deflateInit2(&zip, 5, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return;
  std::string out(deflateBound(&zip, response.body.size()), '\0');
  zip.next_in = reinterpret_cast<Bytef*>(response.body.data());
  zip.avail_in = static_cast<uInt>(response.body.size());
  zip.next_out = reinterpret_cast<Bytef*>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&zip, Z_FINISH);
  out.resize(zip.total_out);
  deflateEnd(&zip);
  if (done != Z_STREAM_END) return;
  response.body = std::move(out);
  response.with("Content-Encoding", "gzip");
  if (Field* const etag = find(response, "ETag"); etag != nullptr && etag->value.ends_with('"'))
    etag->value.replace(etag->value.size() - 1, 1, gzip_suffix);
}

bool has_it_already(const Request& request, std::string_view etag) {
  const auto asked = request.header("If-None-Match");
  if (!asked || etag.empty()) return false;
  std::string coded(etag.substr(0, etag.size() - 1));
  coded += gzip_suffix;
  return any_item(*asked, [&](std::string_view item) {
    if (item.starts_with("W/")) item.remove_prefix(2);
    return item == "*" || item == etag || item == coded;
  });
}

}  // namespace runut::http
