// What one run of `runut bench` has: the simulated commands, the ledgers that they become, and the
// figures so far. Each group of figures is a file (command_bench_*.cc) of functions over it.
#pragma once

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/command.h"
#include "log/rocksdb_event_log.h"
#include "projector/projector.h"
#include "seal/memory_key_store.h"
#include "store/subject_index.h"
#include "tools/runut/app.h"

namespace runut::cli {

struct BenchArguments {
  std::string dir;
  std::string log;
  std::string from = "2022-01";
  std::string to = "2022-08";
  std::uint32_t people = 300;
  bool json = false;
};

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  double baseline = 0;
  std::string against;
  double ratio = 0;
  std::string wanted;  // of the ratio, as issued: ">= 0.7"; empty: nothing is
};

// How a figure's ratio is made. A rate is better when it is larger: value / baseline. A time that
// must stay within a bound is told as baseline / value, a cost in units of its baseline as
// value / baseline; both are better when the value is smaller.
enum class RatioOf : std::uint8_t { rate, bound, cost };

[[nodiscard]] Figure make_figure(std::string name, double value, std::string unit, double baseline,
                                 std::string against, std::string wanted,
                                 RatioOf ratio_of = RatioOf::rate);

// Makes a directory of its own in `parent` (empty: where temporary files are), has the figures
// measured in it, removes it, and prints them.
[[nodiscard]] Result<Exit> in_bench_directory(
    const std::string& parent, bool json,
    const std::function<Result<std::vector<Figure>>(const std::filesystem::path&)>& measure);

struct BenchRun {
  BenchRun(const BenchArguments& arguments, std::filesystem::path directory)
      : options(arguments), dir(std::move(directory)), keys(randomness) {}

  void figure(std::string name, double value, std::string unit, double baseline,
              std::string against, std::string wanted, RatioOf ratio_of = RatioOf::rate);
  // Of the ledger in `dir`/ledger, in their order.
  using VisitView = std::function<Status(const EventView&)>;
  [[nodiscard]] Status for_each(const VisitView& visit) const;
  [[nodiscard]] std::string path(std::string_view name) const { return (dir / name).string(); }

  const BenchArguments& options;
  const std::filesystem::path dir;
  SeededRandomness randomness{42};
  SystemClock clock;
  MemoryKeyStore keys;
  Command founding;               // the first of them
  std::vector<Command> commands;  // with repeats that are refused; gone after bench_commands()
  // The ledger that bench_commands() makes, its keys in memory.
  std::unique_ptr<RocksdbEventLog> log;
  std::unique_ptr<Projector> projector;
  std::unique_ptr<SubjectIndex> index;
  std::vector<Bytes> stored;  // its events, as stored
  double commands_seconds = 0;
  std::uint64_t commands_count = 0;
  double raw_seconds = 0;     // of the same bytes put into a bare store
  double packed_seconds = 0;  // of the same, packed as the log packs them
  std::vector<Figure> figures;
};

template <class Work>
[[nodiscard]] Result<double> seconds_of(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  RUNUT_TRY(work());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// What was measured three times: the one in the middle, by what `of` says of each.
template <class Measure, class Of = std::identity>
[[nodiscard]] auto median_of_three(Measure&& measure, Of of = {}) -> decltype(measure()) {
  std::vector<typename decltype(measure())::value_type> all;
  for (int round = 0; round < 3; ++round) {
    auto one = measure();
    if (!one) return one;
    all.push_back(std::move(*one));
  }
  std::ranges::sort(all, {}, of);
  return std::move(all[1]);
}

[[nodiscard]] std::vector<std::string> all_projection_names();

// Simulates the commands, into `run.commands` and, without the repeats, into the file
// commands.ndjson of its directory.
[[nodiscard]] Status bench_simulate(BenchRun& run);
// `runut bench http` (command_bench_http.cc)
void add_bench_http(App& app, CLI::App& bench);
// commands, ingest (command_bench_write.cc)
[[nodiscard]] Status bench_commands(BenchRun& run);
[[nodiscard]] Status bench_ingest(BenchRun& run);
// verify, fold, explain (command_bench_read.cc)
[[nodiscard]] Status bench_verify(BenchRun& run);
[[nodiscard]] Status bench_fold(BenchRun& run);
[[nodiscard]] Status bench_explain(BenchRun& run);
// import, memory, disk, open, audit, fold two: of a ledger that this very binary imports in
// processes of its own (command_bench_office.cc)
[[nodiscard]] Status bench_office(BenchRun& run);

}  // namespace runut::cli
