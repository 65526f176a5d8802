#include "service/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <mutex>
#include <tuple>

namespace runut::service {
namespace {

const prometheus::Histogram::BucketBoundaries seconds_buckets = {
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

double resident_bytes() {
  std::ifstream in("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  in >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace

struct Metrics::Families {
  // Of one route, method and status; they live as long as the registry.
  struct Series {
    prometheus::Counter* requests = nullptr;
    prometheus::Histogram* durations = nullptr;
  };
  [[nodiscard]] Series series(const http::Answered& answered);

  std::mutex mutex;
  std::map<std::tuple<std::string, http::Method, unsigned>, Series, std::less<>> known;
  prometheus::Registry registry;

  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter()
          .Name("runut_http_requests_total")
          .Help("Requests answered, by route, method and status.")
          .Register(registry);
  prometheus::Family<prometheus::Histogram>& durations =
      prometheus::BuildHistogram()
          .Name("runut_http_request_duration_seconds")
          .Help("From the request's header to its answer, by route.")
          .Register(registry);
  prometheus::Counter& bytes = prometheus::BuildCounter()
                                   .Name("runut_http_response_bytes_total")
                                   .Help("Bytes of bodies answered; streams are not counted.")
                                   .Register(registry)
                                   .Add({});

  prometheus::Family<prometheus::Gauge>& head = prometheus::BuildGauge()
                                                    .Name("runut_ledger_head_sequence")
                                                    .Help("The last durable event of the ledger.")
                                                    .Register(registry);
  prometheus::Family<prometheus::Gauge>& folded =
      prometheus::BuildGauge()
          .Name("runut_ledger_views_sequence")
          .Help("Up to where every view has folded the log.")
          .Register(registry);
  prometheus::Family<prometheus::Gauge>& queued = prometheus::BuildGauge()
                                                      .Name("runut_ledger_commands_queued")
                                                      .Help("Commands that wait for the writer.")
                                                      .Register(registry);
  prometheus::Family<prometheus::Gauge>& accepting =
      prometheus::BuildGauge()
          .Name("runut_ledger_accepting")
          .Help("1 while the ledger takes commands, else 0.")
          .Register(registry);

  prometheus::Gauge& connections = prometheus::BuildGauge()
                                       .Name("runut_http_connections")
                                       .Help("Connections that are open.")
                                       .Register(registry)
                                       .Add({});
  prometheus::Gauge& resident = prometheus::BuildGauge()
                                    .Name("process_resident_memory_bytes")
                                    .Help("Resident memory size in bytes.")
                                    .Register(registry)
                                    .Add({});
  prometheus::Counter& accepted = prometheus::BuildCounter()
                                      .Name("runut_http_connections_accepted_total")
                                      .Help("Connections taken since the start.")
                                      .Register(registry)
                                      .Add({});
  prometheus::Counter& turned_away = prometheus::BuildCounter()
                                         .Name("runut_http_connections_turned_away_total")
                                         .Help("Connections refused because too many were open.")
                                         .Register(registry)
                                         .Add({});
  prometheus::Counter& answers_dropped =
      prometheus::BuildCounter()
          .Name("runut_http_answers_dropped_total")
          .Help("Long answers that became a 503: clients read too slowly.")
          .Register(registry)
          .Add({});
  prometheus::Counter& malformed = prometheus::BuildCounter()
                                       .Name("runut_http_malformed_total")
                                       .Help("What arrived and was no HTTP request.")
                                       .Register(registry)
                                       .Add({});
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

// Looked up by its labels a series costs more than what it counts.
Metrics::Families::Series Metrics::Families::series(const http::Answered& answered) {
  // Paths that nobody serves would make a series each.
  const std::string_view route = answered.pattern.empty() ? "none" : answered.pattern;
  const std::lock_guard lock(mutex);
  const auto found = known.find(std::tuple(route, answered.method, answered.status));
  if (found != known.end()) return found->second;
  std::string method(http::to_string(answered.method));
  if (method.empty()) method = "other";
  const std::string name(route);
  const Series made{
      &requests.Add(
          {{"method", method}, {"route", name}, {"status", std::to_string(answered.status)}}),
      &durations.Add({{"route", name}}, seconds_buckets)};
  known.emplace(std::tuple(name, answered.method, answered.status), made);
  return made;
}

void Metrics::count(const http::Answered& answered) {
  const Families::Series series = families_->series(answered);
  series.requests->Increment();
  series.durations->Observe(std::chrono::duration<double>(answered.took).count());
  families_->bytes.Increment(static_cast<double>(answered.bytes));
}

std::string Metrics::text(const Ledgers& ledgers, const http::ServerCounts& server) {
  Families& all = *families_;
  const auto raise = [](prometheus::Counter& counter, std::uint64_t to) {
    counter.Increment(static_cast<double>(to) - counter.Value());
  };
  raise(all.accepted, server.accepted);
  raise(all.turned_away, server.turned_away);
  raise(all.answers_dropped, server.answers_dropped);
  raise(all.malformed, server.malformed);
  all.connections.Set(static_cast<double>(server.open));
  all.resident.Set(resident_bytes());
  for (const auto& [agency, ledger] : ledgers.all()) {
    const prometheus::Labels labels = {{"agency", agency}};
    all.head.Add(labels).Set(static_cast<double>(ledger->instance().log().head().sequence.value));
    const auto known = ledger->instance().known_at();
    all.folded.Add(labels).Set(known ? static_cast<double>(known->value) : 0);
    all.queued.Add(labels).Set(static_cast<double>(ledger->queued()));
    all.accepting.Add(labels).Set(ledger->accepting() ? 1 : 0);
  }
  return prometheus::TextSerializer().Serialize(all.registry.Collect());
}

}  // namespace runut::service
