// `runut bench`: what the ledger reaches, each figure beside its baseline of the same run on the
// same directory. Absolute numbers drift with the machine; the ratios are what is compared.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "tools/runut/bench_kafka.h"
#include "tools/runut/command_bench_run.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

namespace fs = std::filesystem;

Status kafka_produce(BenchRun& run) {
  if (run.options.log.empty()) {
    std::fprintf(stderr, "kafka produce: not measured; --log kafka://HOST:PORT gives it\n");
    return {};
  }
  RUNUT_ASSIGN(const KafkaProduce reached,
               bench_kafka_produce(run.options.log, run.path("kafka"), *run.log));
  run.figure("kafka produce", reached.engine, "events/s", reached.bare, "bare librdkafka/s",
             ">= 0.7");
  return {};
}

Status measure(BenchRun& run) {
  RUNUT_TRY(bench_simulate(run));
  RUNUT_TRY(bench_commands(run));
  RUNUT_TRY(bench_ingest(run));
  RUNUT_TRY(bench_verify(run));
  RUNUT_TRY(bench_fold(run));
  RUNUT_TRY(bench_explain(run));
  RUNUT_TRY(bench_office(run));
  return kafka_produce(run);
}

Result<Exit> run_bench(const BenchArguments& options) {
  if (!options.log.empty()) RUNUT_TRY(check_brokers(options.log));
  return in_bench_directory(options.dir, options.json,
                            [&](const fs::path& dir) -> Result<std::vector<Figure>> {
                              BenchRun run(options, dir);
                              RUNUT_TRY(measure(run));
                              return std::move(run.figures);
                            });
}

}  // namespace

void add_bench(App& app) {
  const auto options = std::make_shared<BenchArguments>();
  CLI::App& command = app.add(
      {"bench", "What this machine reaches, each figure beside its baseline of the same run",
       "runut bench\nrunut bench --json --people 300 --dir /var/tmp\n"
       "runut bench --people 5000 --from 2022-01 --to 2022-12\n"
       "runut bench --log kafka://localhost:9092"},
      [options] { return run_bench(*options); });
  command
      .add_option("--dir", options->dir,
                  "Where to work (a directory of its own is made and removed)")
      ->type_name("DIR");
  command
      .add_option("--log", options->log,
                  "kafka://host:port[,host:port]: the figure kafka produce, too")
      ->type_name("URL");
  command.add_option("--people", options->people, "Civil servants simulated")
      ->check(whole_number(0, std::numeric_limits<std::uint32_t>::max()))
      ->capture_default_str();
  command.add_option("--from", options->from, "First month of work")->capture_default_str();
  command.add_option("--to", options->to, "Last month of work")->capture_default_str();
  command.add_flag("--json", options->json, "An array of {name, value, unit, baseline, ratio}");
  add_bench_http(app, command);
}

}  // namespace runut::cli
