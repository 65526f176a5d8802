#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "codec/command_json.h"
#include "simulation/simulate.h"
#include "tools/runut/commands.h"
#include "tools/runut/packs.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct Options {
  std::string regulation = "kota-kediri";
  std::string packs;
  std::uint32_t people = 300;
  std::string from;
  std::string to;
  std::uint64_t seed = 1;
  std::string out;
};

Result<Exit> run(const Options& options) {
  simulation::SimulateOptions simulate_options;
  simulate_options.people = options.people;
  RUNUT_ASSIGN(simulate_options.from, parse_month(options.from));
  RUNUT_ASSIGN(simulate_options.to, parse_month(options.to));
  simulate_options.seed = options.seed;
  RUNUT_ASSIGN(const auto files, read_pack_files(options.regulation, options.packs));
  RUNUT_ASSIGN(const simulation::Setting setting, simulation::read_setting(files));

  const bool to_stdout = options.out == "-";
  std::ofstream file;
  if (!to_stdout) file.open(options.out, std::ios::binary | std::ios::trunc);
  std::ostream& out = to_stdout ? std::cout : file;
  Progress progress("simulate", "commands");
  std::uint64_t written = 0;
  const auto sink = [&](const Command& command) -> Status {
    out << to_json(command) << '\n';
    if (!out) return fail(ErrorCode::unavailable, "cannot write " + options.out);
    progress.at(++written);
    return {};
  };
  RUNUT_ASSIGN(const simulation::Planted planted, simulation::simulate(simulate_options, setting, sink));
  out.flush();
  if (!out) return fail(ErrorCode::unavailable, "cannot write " + options.out);
  progress.clear();
  if (!to_stdout) {
    const auto beside = std::filesystem::path(options.out).parent_path() / "planted.json";
    std::ofstream truth(beside, std::ios::binary | std::ios::trunc);
    truth << to_json(planted);
    truth.close();
    if (!truth) return fail(ErrorCode::unavailable, "cannot write " + beside.string());
    std::fprintf(stderr, "%s commands to %s; what was planted: %s\n", grouped(written).c_str(),
                 options.out.c_str(), beside.c_str());
  }
  return Exit::ok;
}

}  // namespace

void add_simulate(App& app) {
  const auto options = std::make_shared<Options>();
  CLI::App& command = app.add(
      {"simulate", "A small city at work, as commands; what is unusual is planted and listed in planted.json",
       "runut simulate --people 300 --from 2022-01 --to 2022-08 --seed 1 --out commands.ndjson\n"
       "runut simulate --people 100 --from 2022-07 --to 2022-07 --out - | runut import --data data -"},
      [options] { return run(*options); });
  command.add_option("--regulation", options->regulation, "Regulation pack")->capture_default_str();
  command.add_option("--packs", options->packs, "Directory of packs")->type_name("DIR");
  command.add_option("--people", options->people, "Civil servants")->capture_default_str();
  command.add_option("--from", options->from, "First month of work, e.g. 2022-01")->required();
  command.add_option("--to", options->to, "Last month of work")->required();
  command.add_option("--seed", options->seed, "The same seed gives the same bytes")->capture_default_str();
  command.add_option("--out", options->out, "File of commands; - is stdout")->required()->type_name("FILE");
}

}  // namespace runut::cli
