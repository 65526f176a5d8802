#include "service/contract_routes.h"

#include "base/sha256.h"
#include "service/reference_page.h"

namespace runut::service {
namespace {

struct ServedText {
  std::string type;
  std::string text;
  std::string etag;
};

http::Route document_route(std::string pattern, std::string type, std::string text) {
  const std::string etag = "\"" + to_hex(sha256(text).view().substr(0, 8)) + "\"";
  const auto document =
      std::make_shared<const ServedText>(ServedText{std::move(type), std::move(text), etag});
  return {.method = http::Method::get,
          .pattern = std::move(pattern),
          .resource = identity::Resource::open,
          .lane = http::Lane::readers,
          .handler = http::answering([document](const http::Call&) -> Result<http::Response> {
            http::Response out;
            out.type = document->type;
            out.body = document->text;
            return std::move(out)
                .with("ETag", document->etag)
                .with("Cache-Control", "no-cache")
                .with("Content-Security-Policy",
                      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
                      "connect-src 'self'");
          }),
          .body_max = 0};
}

}  // namespace

std::vector<http::Route> contract_routes() {
  std::string contract;
  for (const std::string_view piece : contract_pieces()) contract += piece;
  std::vector<http::Route> out;
  out.push_back(document_route("/v1/openapi.json", "application/json", std::move(contract)));
  out.push_back(
      document_route("/v1/reference", "text/html; charset=utf-8", std::string(reference_page)));
  return out;
}

}  // namespace runut::service
