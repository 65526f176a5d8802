// Is it alive, may it be asked, what has it counted.
#pragma once

#include "service/ledgers.h"
#include "service/metrics.h"

namespace runut::service {

struct Health {
  const Ledgers& ledgers;
  Metrics& metrics;
  std::function<http::ServerCounts()> server;
  const std::atomic<bool>& stopping;
};

// GET /livez          200 while requests are answered at all
// GET /readyz         200 when every ledger takes commands and its views are near its head, else
//                     503; ?verbose lists each check
// GET /metrics        Prometheus
[[nodiscard]] std::vector<http::Route> health_routes(Health health);

}  // namespace runut::service
