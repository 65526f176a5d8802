#include "service/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "identity/access.h"
#include "service/audit_routes.h"
#include "service/command_routes.h"
#include "service/contract_routes.h"
#include "service/feed_routes.h"
#include "service/ledger_person_events.h"
#include "service/listing_routes.h"
#include "service/people_routes.h"
#include "service/proof_routes.h"
#include "service/service_log.h"
#include "service/webhook_routes.h"

namespace runut::service {
namespace {

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

http::TlsOptions tls_of(const Settings& settings) {
  return {settings.text("tls.certificate"), settings.text("tls.key"),
          settings.text("tls.client_authorities")};
}

std::vector<std::string> listed(const std::string& text) {
  std::vector<std::string> out;
  std::stringstream in(text);
  for (std::string item; std::getline(in, item, ',');)
    if (!item.empty()) out.push_back(item);
  return out;
}

}  // namespace

Result<std::unique_ptr<Service>> Service::start(const Settings& settings, FoldProgress progress) {
  std::unique_ptr<Service> service(new Service());
  RUNUT_ASSIGN(const std::uint64_t grace, settings.number("stop.grace_seconds", 1, 3'600));
  service->grace_ = std::chrono::seconds(grace);
  RUNUT_TRY(service->open_ledgers(settings, progress));
  RUNUT_TRY(service->open_feeds(settings));
  RUNUT_TRY(service->open_guard(settings));
  RUNUT_TRY(service->listen(settings));
  return service;
}

Status Service::open_ledgers(const Settings& settings, const FoldProgress& progress) {
  std::vector<std::string> agencies = listed(settings.text("agencies"));
  if (agencies.empty()) {
    RUNUT_ASSIGN(agencies, agencies_in(settings.text("data")));
  }
  RUNUT_ASSIGN(const std::uint64_t queued,
               settings.number("limits.queued_commands", 1, 10'000'000));
  for (const std::string& agency : agencies) {
    InstanceOptions options;
    RUNUT_ASSIGN(options.place, place_of(settings.text("data"), settings.text("keys"), agency));
    options.log = settings.text("log");
    options.progress = progress;
    RUNUT_ASSIGN(auto ledger, Ledger::open(std::move(options), {.queued_max = queued}));
    ledgers_.add(std::move(ledger));
  }
  return {};
}

Status Service::open_feeds(const Settings& settings) {
  FeedsOptions options;
  RUNUT_ASSIGN(const std::uint64_t threads, settings.number("events.webhook_threads", 1, 64));
  options.webhooks.threads = static_cast<unsigned>(threads);
  options.may_follow = [this](const http::Call& call, identity::Access access,
                              const feed::Filter& filter) {
    return guard_->may_follow(call, access, filter);
  };
  options.followed = [this](const http::Call& call, const feed::Filter& filter) {
    guard_->note_followed(call, filter);
  };
  feeds_ = std::make_unique<Feeds>(std::move(options));
  for (const auto& [agency, ledger] : ledgers_.all())
    RUNUT_TRY(feeds_->add(
        agency, ledger->log(), ledger->instance().founded()->log_origin,
        fmt::format("{}/{}", ledger->instance().place().directory(), feed::webhook_directory),
        person_events_of(ledger->instance())));
  return {};
}

Status Service::open_guard(const Settings& settings) {
  GuardOptions options;
  options.identity_toml = settings.identity_toml();
  RUNUT_ASSIGN(const std::uint64_t rate,
               settings.number("limits.requests_per_second", 0, 1'000'000));
  options.requests_per_second = static_cast<double>(rate);
  RUNUT_ASSIGN(guard_, Guard::make(options, ledgers_));
  return {};
}

std::vector<http::Route> Service::routes(const Settings& settings) {
  std::vector<http::Route> out;
  const auto add = [&](std::vector<http::Route> more) {
    std::move(more.begin(), more.end(), std::back_inserter(out));
  };
  CommandLimits limits;
  if (const auto bytes = settings.number("http.body_bytes", 1'024, 1U << 30))
    limits.body_max = *bytes;
  add(command_routes(ledgers_, idempotency_, *guard_, limits));
  Reading reading{
      .ledgers = ledgers_,
      .visible = [this](const http::Call& call) { return guard_->visible(call); },
      .shown = [this](const http::Call& call,
                      const std::set<PersonId>& people) { guard_->note_shown(call, people); }};
  add(listing_routes(reading));
  add(people_routes(reading));
  add(audit_routes(reading));
  add(contract_routes());
  FeedRouteOptions events;
  if (const auto seconds = settings.number("events.heartbeat_seconds", 1, 3'600))
    events.stream.heartbeat = std::chrono::seconds(*seconds);
  add(feed_routes(*feeds_, events));
  add(webhook_routes(*feeds_));
  for (const auto& [agency, ledger] : ledgers_.all())
    proofs_.emplace(agency, std::make_shared<Proofs>(ports_of(*ledger)));
  add(proof_routes(proofs_, [this](const http::Call& call, const feed::Filter& filter) {
    feeds_->tell_polled(call, filter);
  }));
  const auto counts = [this] {
    // Requests may come before listen() has returned.
    const http::Server* const server = listening_.load();
    return server != nullptr ? server->counts() : http::ServerCounts{};
  };
  add(health_routes({ledgers_, metrics_, counts, stopping_}));
  return out;
}

Status Service::listen(const Settings& settings) {
  http::ServerOptions options;
  options.address = settings.text("http.address");
  RUNUT_ASSIGN(const std::uint64_t port, settings.number("http.port", 0, 65'535));
  options.port = static_cast<std::uint16_t>(port);
  RUNUT_ASSIGN(options.connections_max, settings.number("http.connections", 1, 1'000'000));
  RUNUT_ASSIGN(const std::uint64_t threads, settings.number("http.threads", 1, 64));
  options.threads = static_cast<unsigned>(threads);
  options.tls = tls_of(settings);
  if (!options.tls.certificate.empty()) scheme_ = "https";
  RUNUT_TRY(settings.number("http.body_bytes", 1'024, 1U << 30));
  RUNUT_TRY(settings.number("events.heartbeat_seconds", 1, 3'600));
  if (!guard_->is_configured() && !is_loopback(options.address))
    return fail(Error{ErrorCode::invalid_input, "service.identity", "http.address", options.address,
                      "without configured identity the service listens on loopback only"});
  http::DispatcherOptions dispatching;
  RUNUT_ASSIGN(const std::uint64_t readers, settings.number("http.readers", 1, 256));
  dispatching.reader_threads = static_cast<unsigned>(readers);
  dispatcher_ = std::make_unique<http::Dispatcher>(dispatching, routes(settings));
  dispatcher_->authenticate_by(
      [this](const http::Request& request) { return guard_->authenticate(request); },
      [](const Error& error) { return identity::challenge(&error); });
  dispatcher_->authorise_by([this](const identity::Principal& principal, const http::Route& route) {
    return guard_->authorise(principal, route);
  });
  dispatcher_->tell([this](const http::Answered& answered) {
    metrics_.count(answered);
    log_access(answered);
  });
  host_ = options.address;
  RUNUT_ASSIGN(server_, http::Server::listen(std::move(options), dispatcher_->admit()));
  listening_ = server_.get();
  return {};
}

Status Service::reload_certificate(const Settings& settings) {
  return server_->renew(tls_of(settings));
}

std::string Service::routes_text() const {
  std::string out;
  for (const http::Route& route : dispatcher_->routes())
    out += fmt::format("{}\t{}\t{}\n", http::to_string(route.method), route.pattern,
                       identity::to_string(route.resource));
  return out;
}

std::string Service::address() const {
  const bool is_v6 = host_.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", scheme_, is_v6 ? "[" : "", host_, is_v6 ? "]" : "", port());
}

Status Service::stop() {
  if (has_stopped_) return {};
  has_stopped_ = true;
  stopping_ = true;
  const auto until = std::chrono::steady_clock::now() + grace_;
  const auto left = [&] {
    return std::max(std::chrono::milliseconds(0),
                    std::chrono::duration_cast<std::chrono::milliseconds>(
                        until - std::chrono::steady_clock::now()));
  };
  if (feeds_) feeds_->end_subscriptions();
  if (server_) server_->stop(left());
  // Whoever still owes an answer gives it to nobody. Each ends before what it works on; what they
  // answer by, the dispatcher, goes last of all.
  if (dispatcher_) dispatcher_->end_readers();
  for (const auto& [agency, proofs] : proofs_) proofs->stop();
  if (feeds_) feeds_->stop();
  Status out;
  for (const auto& [agency, ledger] : ledgers_.all())
    if (Status stopped = ledger->stop(left()); !stopped && out) out = std::move(stopped);
  return out;
}

Service::~Service() {
  if (const Status stopped = stop(); !stopped)
    log_event(LogLevel::error, "stop", {{"trouble", stopped.error().describe()}});
}

}  // namespace runut::service
