#include "tools/runut/command_bench_run.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "codec/command_json.h"
#include "projections/registry.h"
#include "simulation/simulate.h"
#include "tools/runut/app.h"
#include "tools/runut/packs.h"
#include "tools/runut/terminal.h"

namespace runut::cli {

Result<Exit> in_bench_directory(
    const std::string& parent, bool json,
    const std::function<Result<std::vector<Figure>>(const std::filesystem::path&)>& measure) {
  namespace fs = std::filesystem;
  std::string pattern =
      ((parent.empty() ? fs::temp_directory_path() : fs::path(parent)) / "runut-bench-XXXXXX")
          .string();
  if (::mkdtemp(pattern.data()) == nullptr)
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "dir",
                      parent,
                      std::string("no directory can be made in it: ") + std::strerror(errno)});
  const auto figures = measure(pattern);
  std::error_code ignored;
  fs::remove_all(pattern, ignored);
  if (!figures) return fail(figures.error());
  if (json) {
    std::string out = "[";
    for (const Figure& figure : *figures)
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
  for (const Figure& figure : *figures)
    table.row({figure.name, fmt::format("{:.2f}", figure.value), figure.unit,
               fmt::format("{:.2f}", figure.baseline), figure.against,
               fmt::format("{:.2f}", figure.ratio), figure.wanted});
  table.finish();
  return Exit::ok;
}

Figure make_figure(std::string name, double value, std::string unit, double baseline,
                   std::string against, std::string wanted, RatioOf ratio_of) {
  double ratio = 0;
  if (value > 0 && baseline > 0)
    ratio = ratio_of == RatioOf::bound ? baseline / value : value / baseline;
  return {std::move(name),    value, std::move(unit),  baseline,
          std::move(against), ratio, std::move(wanted)};
}

void BenchRun::figure(std::string name, double value, std::string unit, double baseline,
                      std::string against, std::string wanted, RatioOf ratio_of) {
  figures.push_back(make_figure(std::move(name), value, std::move(unit), baseline,
                                std::move(against), std::move(wanted), ratio_of));
}

Status BenchRun::for_each(const VisitView& visit) const {
  const std::uint64_t head = log->head().sequence.value;
  for (std::uint64_t next = 1; next <= head;) {
    RUNUT_ASSIGN(const EventBatch batch, log->read(Sequence{next}));
    for (const EventView& view : batch.events) RUNUT_TRY(visit(view));
    next += batch.size();
  }
  return {};
}

std::vector<std::string> all_projection_names() {
  std::vector<std::string> names;
  for (const Projection& projection : all_projections) names.emplace_back(projection.name);
  return names;
}

Status bench_simulate(BenchRun& run) {
  simulation::SimulateOptions wanted{.people = run.options.people, .from = {}, .to = {}, .seed = 1};
  RUNUT_ASSIGN(wanted.from, read_option("from", run.options.from, parse_month));
  RUNUT_ASSIGN(wanted.to, read_option("to", run.options.to, parse_month));
  RUNUT_ASSIGN(std::vector<NamedText> files, read_pack_files("kota-kediri"));
  std::vector<simulation::PackFile> pack;
  for (NamedText& file : files) pack.push_back({std::move(file.name), std::move(file.text)});
  RUNUT_ASSIGN(const simulation::Setting setting, simulation::read_setting(pack));
  const std::string path = run.path("commands.ndjson");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "we"),
                                                             &std::fclose);
  const auto unwritten = [&] {
    return fail(Error{ErrorCode::unavailable, {}, "dir", path, "the commands cannot be written"});
  };
  if (!file) return unwritten();
  // 5 % are refused: the same report once more, under another command id.
  std::uint64_t count = 0;
  RUNUT_TRY(simulation::simulate(wanted, setting, [&](const Command& command) -> Status {
              const std::string line = to_json(command) + "\n";
              if (std::fwrite(line.data(), 1, line.size(), file.get()) != line.size())
                return unwritten();
              run.commands.push_back(command);
              if (std::holds_alternative<DailyReportSubmitted>(command.body) && ++count % 5 == 0) {
                Command again = command;
                again.id = run.randomness.draw<Uuid>();
                run.commands.push_back(std::move(again));
              }
              return {};
            }).map([](const auto&) {}));
  run.founding = run.commands.front();
  return std::fflush(file.get()) == 0 ? Status{} : unwritten();
}

}  // namespace runut::cli
