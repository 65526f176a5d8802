// `runut bench`: what the ledger reaches, each figure beside its baseline of the same run on the
// same directory. Absolute numbers drift with the machine; the ratios are what is compared.
#include <fmt/format.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
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
  std::string pattern = ((options.dir.empty() ? fs::temp_directory_path() : fs::path(options.dir)) /
                         "runut-bench-XXXXXX")
                            .string();
  if (::mkdtemp(pattern.data()) == nullptr)
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "dir",
                      options.dir,
                      std::string("no directory can be made in it: ") + std::strerror(errno)});
  const fs::path dir = pattern;
  std::vector<Figure> figures;
  {
    BenchRun run(options, dir);
    const Status measured = measure(run);
    if (!measured) {
      fs::remove_all(dir);
      return fail(measured.error());
    }
    figures = std::move(run.figures);
  }
  fs::remove_all(dir);
  if (options.json) {
    std::string out = "[";
    for (const Figure& figure : figures)
      out += fmt::format(
          R"({}{{"name":"{}","value":{:.3f},"unit":"{}","baseline":{:.3f},"ratio":{:.3f}}})",
          out.size() > 1 ? "," : "", figure.name, figure.value, figure.unit, figure.baseline,
          figure.ratio);
    print(out + "]\n");
    return Exit::ok;
  }
  Table table(is_terminal(1) ? Format::terminal : Format::tsv, {{"name"},
                                                                {"value", true},
                                                                {"unit"},
                                                                {"baseline", true},
                                                                {"against"},
                                                                {"ratio", true},
                                                                {"wanted"}});
  for (const Figure& figure : figures)
    table.row({figure.name, fmt::format("{:.2f}", figure.value), figure.unit,
               fmt::format("{:.2f}", figure.baseline), figure.against,
               fmt::format("{:.2f}", figure.ratio), figure.wanted});
  table.finish();
  return Exit::ok;
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
}

}  // namespace runut::cli
