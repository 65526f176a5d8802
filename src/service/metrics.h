// What the service counts, for Prometheus (text format 0.0.4). Names of routes, ledgers and
// outcomes are labels; nobody's id ever is.
#pragma once

#include <memory>

#include "http/dispatcher.h"
#include "http/server.h"
#include "service/ledgers.h"

namespace runut::service {

// Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  void count(const http::Answered& answered);
  // Everything counted, and the state of ledgers and server as it is now.
  [[nodiscard]] std::string text(const Ledgers& ledgers, const http::ServerCounts& server);

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace runut::service
