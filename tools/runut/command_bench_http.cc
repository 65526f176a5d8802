// `runut bench http`: a city's closing hour. People hand in the day's reports over 64 connections,
// systems bring theirs in bulk, and each figure stands beside its baseline of the same run. Server
// and clients share the machine.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "base/clock.h"
#include "http/dispatcher.h"
#include "service/service.h"
#include "service/service_log.h"
#include "tools/runut/command_bench_follow.h"
#include "tools/runut/command_bench_run.h"
#include "tools/runut/commands.h"
#include "tools/runut/http_load.h"
#include "tools/runut/importer.h"

namespace runut::cli {
namespace {

namespace fs = std::filesystem;

struct BenchHttpArguments {
  std::string dir;
  std::uint32_t people = 2'000;
  std::uint32_t reports = 40'000;  // of each figure
  std::uint32_t connections = 64;
  std::uint32_t subscribers = 1'000;
  std::uint32_t idle = 2'000;
  std::string only;  // one of `parts`; empty: all
  bool json = false;
};

const std::vector<std::string> parts = {"bulk", "single", "explain", "follow"};

constexpr std::size_t bulk_batch = 1'000;
constexpr std::size_t bulk_connections = 4;

std::string command_json(const std::string& agency, const std::string& command,
                         std::uint64_t number, const std::string& actor, const std::string& data,
                         const std::string& text = "") {
  return fmt::format(
      R"({{"command":"{}","id":"018f3a00-0000-7000-8000-{:012x}","agency":"{}","actor":{},)"
      R"("data":{}{}}})",
      command, number, agency, actor, data, text.empty() ? "" : ",\"text\":\"" + text + "\"");
}

constexpr const char* hr = R"({"kind":"system","id":"S1","role":"hr","assurance":"claimed"})";

// An agency with people in one unit, at work since 2020.
std::vector<std::string> founding_of(const std::string& agency, std::uint32_t people) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& command, const std::string& data,
                       const std::string& text = "") {
    out.push_back(command_json(agency, command, out.size() + 1, hr, data, text));
  };
  out.push_back(command_json(
      agency, "FoundAgency", 1,
      R"({"kind":"system","id":"S1","role":"operator","assurance":"claimed"})",
      fmt::format(
          R"({{"agency":"{}","name":"Pemerintah Kota Beban","utc_offset_minutes":420,"simulated":false}})",
          agency)));
  add("CreateUnit",
      R"({"unit":"U1","code":"u1","name":"Dinas","paying":true,"from":"2020-01-01"})");
  for (std::uint32_t person = 1; person <= people; ++person) {
    const std::string who = fmt::format(R"("person":"P{}")", person);
    add("RegisterPerson", "{" + who + "}", fmt::format("Pegawai Nomor {}", person));
    add("ChangeStatus", "{" + who + R"(,"status":"PNS","from":"2020-01-01"})");
    add("StartAssignment",
        "{" + who +
            R"(,"assignment":1,"unit":"U1","post":"Pengadministrasi","job_class":7,"echelon":"staff",)"
            R"("kind":"executor","role":"definitive","tpp_eligible":true,"rankable":true,)"
            R"("from":"2020-01-01"})");
  }
  return out;
}

// As a client names its command when it sends it: the id begins with the time (RFC 9562 version 7).
std::string named_now(std::string request) {
  constexpr std::string_view name = "\"id\":\"018f3a00-0000-7";
  const std::size_t at = request.find(name);
  const std::int64_t millis = SystemClock().now().micros / 1'000;
  const std::string digits = fmt::format("{:012x}", millis);
  request.replace(at + 6, 13, digits.substr(0, 8) + "-" + digits.substr(8));
  return request;
}

// The report `number` of a series: people in turn, four a day, then the day before.
std::string report_of(const std::string& agency, std::uint32_t people, std::uint64_t number) {
  const std::uint64_t person = number % people + 1;
  const std::uint64_t round = number / people;
  const Date day = parse_date("2022-12-30").value_or(Date{});
  const Date date = Date{day.days - static_cast<std::int32_t>(round / 4)};
  return command_json(
      agency, "SubmitDailyReport", 10'000'000 + number,
      fmt::format(R"({{"kind":"person","id":"P{}","role":"employee","assurance":"claimed"}})",
                  person),
      fmt::format(R"({{"person":"P{}","report":"R{}","date":"{}","minutes":120}})", person,
                  round + 1, to_string(date)),
      "Menyusun laporan realisasi kegiatan dan menata daftar arsip program prioritas kota; 38 "
      "berkas, telah dicatat dalam buku agenda. Bukti dukung terlampir.");
}

Status write_lines(const std::string& path, const std::vector<std::string>& lines) {
  std::ofstream out(path, std::ios::binary);
  for (const std::string& line : lines) out << line << '\n';
  out.close();
  if (out) return {};
  return fail(ErrorCode::unavailable, "the commands cannot be written to " + path);
}

// Seconds that the import of the lines took, views at the head.
Result<double> import_lines(const std::string& data, const std::string& agency,
                            const std::string& file, bool may_refuse = false) {
  RUNUT_ASSIGN(const auto report, RefusalReport::open(may_refuse ? file + ".refused" : ""));
  ImportOptions options;
  options.ledger.data = data;
  options.ledger.agency = agency;
  Importer importer(options, *report);
  RUNUT_TRY(importer.read(file));
  RUNUT_TRY(importer.finish());
  if (importer.counts().refused > 0 && !may_refuse)
    return fail(ErrorCode::internal, "the bench's own commands were refused");
  return importer.seconds();
}

class HttpBench {
 public:
  HttpBench(const BenchHttpArguments& options, fs::path directory)
      : options_(options), directory_(std::move(directory)) {}

  Result<std::vector<Figure>> measure() {
    RUNUT_TRY(service::begin_log("off", "json"));
    RUNUT_TRY(found());
    if (wants("explain")) RUNUT_TRY(simulate_city());
    if (wants("bulk")) RUNUT_TRY(import_baseline());
    service::Settings settings;
    RUNUT_TRY(settings.set("data", data()));
    RUNUT_TRY(settings.set("http.port", "0"));
    RUNUT_ASSIGN(auto running, service::Service::start(settings));
    port_ = running->port();
    ledgers_ = &running->ledgers();
    if (wants("bulk")) RUNUT_TRY(bulk());
    if (wants("single")) RUNUT_TRY(single());
    if (wants("explain")) RUNUT_TRY(explain());
    RUNUT_TRY(running->stop());
    running.reset();  // another process serves the ledgers now
    if (wants("follow")) RUNUT_TRY(follow());
    return std::move(figures_);
  }

 private:
  [[nodiscard]] bool wants(std::string_view part) const {
    return options_.only.empty() || options_.only == part;
  }
  [[nodiscard]] std::string data() const { return (directory_ / "data").string(); }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (directory_ / name).string();
  }

  // Three ledgers of the same people: for the import, for bulk, for single reports.
  Status found() {
    for (const std::string agency : {"kota-impor", "kota-massal", "kota-beban"}) {
      RUNUT_TRY(write_lines(path("founding.ndjson"), founding_of(agency, options_.people)));
      RUNUT_TRY(import_lines(data(), agency, path("founding.ndjson")));
    }
    return {};
  }

  // A city with payments to explain; a few of its commands are meant to be refused.
  Status simulate_city() {
    BenchArguments arguments;
    BenchRun city(arguments, directory_);
    RUNUT_TRY(bench_simulate(city));
    return import_lines(data(), "kota-kediri", path("commands.ndjson"), true).map([](double) {});
  }

  Status import_baseline() {
    std::vector<std::string> lines;
    for (std::uint32_t number = 0; number < options_.reports; ++number)
      lines.push_back(report_of("kota-impor", options_.people, number));
    RUNUT_TRY(write_lines(path("reports.ndjson"), lines));
    RUNUT_ASSIGN(import_seconds_, import_lines(data(), "kota-impor", path("reports.ndjson")));
    return {};
  }

  Status check(const LoadResult& result, int status) {
    const auto found = result.statuses.find(status);
    if (found != result.statuses.end() && found->second == result.microseconds.size()) return {};
    std::string seen;
    for (const auto& [code, count] : result.statuses) seen += fmt::format(" {}x{}", code, count);
    return fail(ErrorCode::internal, "the bench's own requests were answered otherwise:" + seen);
  }

  Status bulk() {
    LoadOptions load;
    load.port = port_;
    load.connections = bulk_connections;
    load.requests = options_.reports / bulk_batch;
    load.request = [&](std::size_t number) {
      std::string body;
      for (std::size_t i = 0; i < bulk_batch; ++i)
        body += report_of("kota-massal", options_.people, number * bulk_batch + i) + "\n";
      return post_text("/v1/kota-massal/commands", "application/x-ndjson", body);
    };
    std::uint64_t recorded = 0;
    load.answer = [&](std::string_view body) {
      constexpr std::string_view word = "\"recorded\"";
      for (std::size_t at = body.find(word); at != body.npos; at = body.find(word, at + 1))
        ++recorded;
    };
    // Made before the clock runs, as the import's file is.
    std::vector<std::string> made;
    for (std::size_t i = 0; i < load.requests; ++i) made.push_back(load.request(i));
    load.request = [&](std::size_t number) { return std::move(made[number]); };
    RUNUT_ASSIGN(LoadResult result, run_load(load));
    RUNUT_TRY(check(result, 200));
    // The import ends when its views are at the head: so does this.
    RUNUT_ASSIGN(const service::Ledger* const ledger, ledgers_->find("kota-massal"));
    RUNUT_ASSIGN(const double views, seconds_of([&] {
                   return ledger->wait_for(ledger->instance().log().head().sequence,
                                           Millis{60'000});
                 }));
    result.seconds += views;
    const double reports = static_cast<double>(load.requests * bulk_batch);
    if (recorded != load.requests * bulk_batch)
      return fail(ErrorCode::internal,
                  fmt::format("{} of {} reports were recorded", recorded, reports));
    figures_.push_back(make_figure("bulk", reports / result.seconds, "reports/s",
                                   static_cast<double>(options_.reports) / import_seconds_,
                                   "in-process import/s", ">= 0.6"));
    return {};
  }

  // The same requests to the same server, whose handler stores nothing: on a reader's thread, or
  // where small commands are handled.
  Result<double> nothing_stored(http::Lane lane) {
    std::vector<http::Route> routes;
    routes.push_back({.method = http::Method::post,
                      .pattern = "/v1/{agency}/commands",
                      .resource = identity::Resource::open,
                      .lane = lane,
                      .handler = http::answering([](const http::Call&) -> Result<http::Response> {
                        http::Response out;
                        out.status = 201;
                        out.body = R"({"command":"018f3a00-0000-7000-8000-000000000001",)"
                                   R"("status":"recorded","sequence":"1","events":1})"
                                   "\n";
                        return out;
                      }),
                      .body_max = 0});
    http::Dispatcher dispatcher({}, std::move(routes));
    // As many network threads as the service has.
    RUNUT_ASSIGN(const std::uint64_t threads, service::Settings().number("http.threads", 1, 64));
    RUNUT_ASSIGN(
        const auto server,
        http::Server::listen({.threads = static_cast<unsigned>(threads)}, dispatcher.admit()));
    RUNUT_ASSIGN(const LoadResult result, reports_to(server->port(), 0));
    server->stop(std::chrono::seconds(1));
    RUNUT_TRY(check(result, 201));
    return static_cast<double>(options_.reports) / result.seconds;
  }

  Result<LoadResult> reports_to(std::uint16_t port, std::uint64_t first) {
    std::vector<std::string> made;
    for (std::uint64_t number = 0; number < options_.reports; ++number)
      made.push_back(post_text("/v1/kota-beban/commands", "application/json",
                               report_of("kota-beban", options_.people, first + number)));
    LoadOptions load;
    load.port = port;
    load.connections = options_.connections;
    load.requests = options_.reports;
    load.request = [&](std::size_t number) { return named_now(std::move(made[number])); };
    return run_load(load);
  }

  Status single() {
    RUNUT_ASSIGN(const double nothing,
                 median_of_three([&] { return nothing_stored(http::Lane::readers); }));
    RUNUT_ASSIGN(const double at_once,
                 median_of_three([&] { return nothing_stored(http::Lane::network); }));
    RUNUT_ASSIGN(const LoadResult result, median_of_three(
                                              [&]() -> Result<LoadResult> {
                                                RUNUT_ASSIGN(LoadResult one,
                                                             reports_to(port_, reported_));
                                                RUNUT_TRY(check(one, 201));
                                                reported_ += options_.reports;
                                                return one;
                                              },
                                              &LoadResult::seconds));
    const double reached = static_cast<double>(options_.reports) / result.seconds;
    figures_.push_back(
        make_figure("single", reached, "reports/s", nothing, "stores nothing/s", ">= 0.5"));
    figures_.push_back(make_figure("single, no readers", reached, "reports/s", at_once,
                                   "stores nothing/s, in the network's threads", ""));
    figures_.push_back(make_figure("single p50", result.percentile(0.5), "ms", 0, "", ""));
    figures_.push_back(
        make_figure("single p99", result.percentile(0.99), "ms", 5, "ms", ">= 1", RatioOf::bound));
    return {};
  }

  // One after the other, as people click; what was asked once is warm.
  Status explain() {
    LoadOptions load;
    load.port = port_;
    load.connections = 1;
    load.requests = 1'000;
    load.request = [](std::size_t number) {
      // Neighbours in the series are far from each other in the city: 257 is prime to 300.
      const std::size_t person = number * 257 % 300 + 1;
      return get_text(
          fmt::format("/v1/kota-kediri/people/P{}/explanations/2022-{:02}", person, number % 6 + 2),
          "application/json");
    };
    LoadResult result;
    for (int round = 0; round < 2; ++round) {
      RUNUT_ASSIGN(result, run_load(load));
    }
    const auto found = result.statuses.find(200);
    if (found == result.statuses.end() || found->second * 10 < load.requests * 9)
      return fail(ErrorCode::internal, "less than nine of ten explanations were given");
    figures_.push_back(
        make_figure("explain p99", result.percentile(0.99), "ms", 2, "ms", ">= 1", RatioOf::bound));
    return {};
  }

  // What follows the reports of all figures before.
  Status follow() {
    FollowBench bench;
    bench.data = data();
    bench.agency = "kota-beban";
    bench.subscribers = options_.subscribers;
    bench.idle = options_.idle;
    bench.people = options_.people;
    bench.error_file = path("serve.err");
    bench.batches = 2;
    bench.reports = bench.batches * bulk_batch;
    bench.batch = [this](std::size_t number) {
      std::string body;
      for (std::size_t i = 0; i < bulk_batch; ++i)
        body +=
            report_of("kota-beban", options_.people, reported_ + number * bulk_batch + i) + "\n";
      return post_text("/v1/kota-beban/commands", "application/x-ndjson", body);
    };
    return bench_follow(bench, figures_);
  }

  const BenchHttpArguments& options_;
  const fs::path directory_;
  std::uint16_t port_ = 0;
  const service::Ledgers* ledgers_ = nullptr;
  double import_seconds_ = 0;
  std::uint64_t reported_ = 0;  // one by one, to kota-beban
  std::vector<Figure> figures_;
};

}  // namespace

void add_bench_http(App& app, CLI::App& bench) {
  const auto options = std::make_shared<BenchHttpArguments>();
  CLI::App& command = app.add(
      bench,
      {"http", "What the service reaches in a city's closing hour",
       "runut bench http\nrunut bench http --json --people 5000 --reports 100000"},
      [options] {
        return in_bench_directory(options->dir, options->json, [&](const fs::path& directory) {
          return HttpBench(*options, directory).measure();
        });
      });
  command
      .add_option("--dir", options->dir,
                  "Where to work (a directory of its own is made and removed)")
      ->type_name("DIR");
  command.add_option("--people", options->people, "Who hands in reports")
      ->check(whole_number(1, 1'000'000))
      ->capture_default_str();
  command.add_option("--reports", options->reports, "Reports of each figure")
      ->check(whole_number(1'000, 10'000'000))
      ->capture_default_str();
  command.add_option("--connections", options->connections, "Clients at once")
      ->check(whole_number(1, 10'000))
      ->capture_default_str();
  command.add_option("--subscribers", options->subscribers, "Who follows the events at once")
      ->check(whole_number(1, 4'000))
      ->capture_default_str();
  command.add_option("--idle", options->idle, "Who follows while nothing happens")
      ->check(whole_number(1, 4'000))
      ->capture_default_str();
  command.add_option("--only", options->only, "One part: bulk, single, explain or follow")
      ->check(CLI::IsMember(parts));
  command.add_flag("--json", options->json, "An array of {name, value, unit, baseline, ratio}");
}

}  // namespace runut::cli
