#include "tools/runut/command_bench_follow.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <charconv>
#include <fstream>
#include <thread>

#include "tools/runut/command_bench_child.h"
#include "tools/runut/http_load.h"

namespace runut::cli {
namespace {

constexpr double mebibyte = 1 << 20;
constexpr std::chrono::seconds idle_time{16};  // each has had a heartbeat meanwhile

// Each subscriber is a descriptor here and one in the server, which has this limit from us.
Status raise_descriptors(std::size_t wanted) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= wanted) return {};
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted);
  if (limit.rlim_cur >= wanted && ::setrlimit(RLIMIT_NOFILE, &limit) == 0) return {};
  return fail(Error{ErrorCode::exhausted, "bench.descriptors", "RLIMIT_NOFILE",
                    std::to_string(limit.rlim_max),
                    std::to_string(wanted) + " descriptors are wanted"});
}

// From the line that says where it listens.
Result<std::uint16_t> port_of(BenchChild& server, const std::string& error_file) {
  for (int i = 0; i < 600; ++i) {
    if (server.resident_bytes() == 0) RUNUT_TRY(server.wait());
    std::ifstream in(error_file);
    for (std::string line; std::getline(in, line);) {
      const std::size_t at = line.rfind(':');
      std::uint16_t port = 0;
      if (line.find("listening") != line.npos &&
          std::from_chars(line.data() + at + 1, line.data() + line.size(), port).ec == std::errc{})
        return port;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return fail(ErrorCode::unavailable, "the server did not say where it listens");
}

class Follow {
 public:
  Follow(const FollowBench& bench, BenchChild& server, std::uint16_t port,
         std::vector<Figure>& figures)
      : bench_(bench), server_(server), port_(port), figures_(figures) {}

  Status measure() {
    RUNUT_TRY(idle());
    RUNUT_TRY(catch_up());
    return fan_out();
  }

 private:
  [[nodiscard]] std::string events(std::string_view query) const {
    return fmt::format("/v1/{}/events?{}", bench_.agency, query);
  }

  Status idle() {
    const std::uint64_t before = server_.resident_bytes();
    RUNUT_ASSIGN(Subscribers all, Subscribers::connect(port_, bench_.idle, events("from=now")));
    const double cpu = server_.cpu_seconds();
    RUNUT_TRY(all.idle(idle_time));
    const double used = server_.cpu_seconds() - cpu;
    const auto count = static_cast<double>(bench_.idle);
    figures_.push_back(make_figure(
        "idle memory", static_cast<double>(server_.resident_bytes() - before) / count / 1024,
        "KiB each", 0, "", ""));
    figures_.push_back(
        make_figure("idle CPU", used * 1e6 / count / idle_time.count(), "us/s each", 0, "", ""));
    return {};
  }

  // What one person missed, from the first event on.
  Status catch_up() {
    LoadOptions load;
    load.port = port_;
    load.connections = 1;
    load.requests = std::min<std::size_t>(bench_.people, 500);
    load.request = [&](std::size_t number) {
      return get_text(events(fmt::format("after=0&limit=1000&person=P{}", number + 1)),
                      "application/x-ndjson");
    };
    LoadResult result;
    for (int round = 0; round < 2; ++round) {
      RUNUT_ASSIGN(result, run_load(load));
    }
    if (result.statuses[200] != load.requests)
      return fail(ErrorCode::internal, "somebody's events were not given");
    figures_.push_back(make_figure("catch-up p50", result.percentile(0.5), "ms", 0, "", ""));
    figures_.push_back(make_figure("catch-up p99", result.percentile(0.99), "ms", 0, "", ""));
    return {};
  }

  // Everybody follows, and reports arrive in bulk: deliveries of all subscribers together.
  Status fan_out() {
    RUNUT_ASSIGN(Subscribers all,
                 Subscribers::connect(port_, bench_.subscribers, events("from=now")));
    const std::uint64_t before = server_.resident_bytes();
    Status sent;
    std::thread sender([&] {
      LoadOptions load;
      load.port = port_;
      load.connections = 1;
      load.requests = bench_.batches;
      load.request = bench_.batch;
      const auto result = run_load(load);
      if (!result) sent = fail(result.error());
    });
    std::uint64_t most = before;
    std::atomic<bool> over{false};
    std::thread watcher([&] {
      while (!over) {
        most = std::max(most, server_.resident_bytes());
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    });
    const auto received = all.receive(bench_.reports);
    over = true;
    watcher.join();
    sender.join();
    RUNUT_TRY(sent);
    if (!received) return fail(received.error());
    figures_.push_back(make_figure("fan-out",
                                   static_cast<double>(received->deliveries) / received->seconds,
                                   "deliveries/s", 200'000, "deliveries/s", ">= 1"));
    figures_.push_back(make_figure("fan-out memory", static_cast<double>(most - before) / mebibyte,
                                   "MiB more", 0, "", ""));
    return {};
  }

  const FollowBench& bench_;
  BenchChild& server_;
  const std::uint16_t port_;
  std::vector<Figure>& figures_;
};

}  // namespace

Status bench_follow(const FollowBench& bench, std::vector<Figure>& figures) {
  RUNUT_TRY(raise_descriptors(std::max(bench.subscribers, bench.idle) + 256));
  RUNUT_ASSIGN(BenchChild server,
               BenchChild::start({"serve", "--data", bench.data, "--agencies", bench.agency,
                                  "--http-port", "0", "--log-form", "text"},
                                 bench.error_file));
  RUNUT_ASSIGN(const std::uint16_t port, port_of(server, bench.error_file));
  RUNUT_TRY(Follow(bench, server, port, figures).measure());
  return server.stop().map([](std::uint64_t) {});
}

}  // namespace runut::cli
