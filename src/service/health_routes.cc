#include "service/health_routes.h"

#include <fmt/format.h>

namespace runut::service {
namespace {

// Views further behind than this answer about a past that somebody has already changed.
constexpr std::uint64_t lag_max = 200'000;

struct Check {
  std::string name;
  std::string trouble;  // empty: fine
};

std::vector<Check> checks_of(const Health& health) {
  std::vector<Check> out;
  out.push_back({"service", health.stopping ? "stopping" : ""});
  for (const auto& [agency, ledger] : health.ledgers.all()) {
    const Status accepting = ledger->accepting();
    out.push_back({agency + "/writer", accepting ? "" : accepting.error().describe()});
    const auto known = ledger->instance().known_at();
    std::string lag;
    if (!known)
      lag = known.error().describe();
    else if (const std::uint64_t head = ledger->instance().log().head().sequence.value;
             known->value + lag_max < head)
      lag = fmt::format("{} events behind", head - known->value);
    out.push_back({agency + "/views", std::move(lag)});
  }
  return out;
}

http::Response text_response(unsigned status, std::string body) {
  http::Response out;
  out.status = status;
  out.type = "text/plain; charset=utf-8";
  out.body = std::move(body);
  return out;
}

http::Response ready(const Health& health, const http::Call& call) {
  bool fine = true;
  std::string listed;
  for (const Check& check : checks_of(health)) {
    fine = fine && check.trouble.empty();
    listed += check.trouble.empty() ? "[+] " + check.name + " ok\n"
                                    : "[-] " + check.name + " failed: " + check.trouble + "\n";
  }
  const bool verbose = call.request.parameter("verbose").has_value();
  return text_response(fine ? 200 : 503, (verbose ? listed : "") + (fine ? "ok\n" : "not ready\n"));
}

}  // namespace

std::vector<http::Route> health_routes(Health health) {
  const auto route = [](std::string pattern, http::Lane lane, http::Answering answer) {
    return http::Route{.method = http::Method::get,
                       .pattern = std::move(pattern),
                       .resource = identity::Resource::open,
                       .lane = lane,
                       .handler = http::answering(std::move(answer)),
                       .body_max = 0};
  };
  std::vector<http::Route> out;
  out.push_back(route("/livez", http::Lane::network,
                      [](const http::Call&) { return text_response(200, "ok\n"); }));
  out.push_back(route("/readyz", http::Lane::network,
                      [health](const http::Call& call) { return ready(health, call); }));
  out.push_back(route("/metrics", http::Lane::readers, [health](const http::Call&) {
    http::Response text = text_response(200, health.metrics.text(health.ledgers, health.server()));
    text.type = "text/plain; version=0.0.4; charset=utf-8";
    return text;
  }));
  return out;
}

}  // namespace runut::service
