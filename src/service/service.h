// The service, put together: ledgers, routes, identity, server; and how it ends.
#pragma once

#include "service/feeds.h"
#include "service/guard.h"
#include "service/health_routes.h"
#include "service/idempotency.h"
#include "service/proof_routes.h"
#include "service/settings.h"

namespace runut::service {

class Service {
 public:
  // Opens the ledgers and listens. invalid_input: a setting; otherwise errors as Instance::open and
  // Server::listen. `progress` of views that have far to go.
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(const Settings& settings,
                                                              FoldProgress progress = {});
  // stop() with no patience.
  ~Service();

  [[nodiscard]] const Ledgers& ledgers() const { return ledgers_; }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] std::string address() const;  // "http://127.0.0.1:8480"

  // False: whoever reaches the loopback address may do everything.
  [[nodiscard]] bool has_identity() const { return guard_->is_configured(); }
  // What may change while it runs. Each leaves what was there where it fails.
  // The files of tls.*, for the connections to come; errors as Server::renew.
  [[nodiscard]] Status reload_certificate(const Settings& settings);
  // The issuers' keys: files at once, those of a URL as soon as it answers.
  [[nodiscard]] Status reload_keys() { return guard_->reload(); }
  // Every route that is served, as "GET /v1/{agency}/payments people".
  [[nodiscard]] std::string routes_text() const;

  // Says that it is not ready any more, lets what has arrived be answered, records what was taken,
  // and brings views and trees up to the head: all within the grace of the settings. unavailable:
  // it took longer; what was acknowledged is durable all the same.
  [[nodiscard]] Status stop();

 private:
  Service() = default;
  [[nodiscard]] Status open_ledgers(const Settings& settings, const FoldProgress& progress);
  [[nodiscard]] Status open_feeds(const Settings& settings);
  [[nodiscard]] Status open_guard(const Settings& settings);
  [[nodiscard]] Status listen(const Settings& settings);
  [[nodiscard]] std::vector<http::Route> routes(const Settings& settings);

  std::chrono::milliseconds grace_{20'000};
  std::string scheme_ = "http";
  std::string host_;
  std::atomic<bool> stopping_{false};
  bool has_stopped_ = false;
  // What an answer still needs on its way, when its writer ends late: all of this outlives the
  // ledgers.
  Metrics metrics_;
  IdempotencyKeys idempotency_;
  std::unique_ptr<Guard> guard_;
  std::unique_ptr<Feeds> feeds_;
  std::unique_ptr<http::Dispatcher> dispatcher_;
  Ledgers ledgers_;
  ProofsByAgency proofs_;
  std::unique_ptr<http::Server> server_;
  std::atomic<const http::Server*> listening_{nullptr};
};

}  // namespace runut::service
