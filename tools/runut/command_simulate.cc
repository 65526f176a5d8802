#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "codec/command_json.h"
#include "simulation/simulate.h"
#include "tools/runut/commands.h"
#include "tools/runut/packs.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct SimulateArguments {
  std::string regulation = "kota-kediri";
  std::string packs;
  std::uint32_t people = 300;
  std::string from = "2022-01";
  std::string to = "2022-08";
  std::uint64_t seed = 1;
  std::string out;
  std::string planted;
};

// stdout, or a file that is closed at the end.
class Output {
 public:
  explicit Output(std::string path) : path_(std::move(path)) {
    file_ = path_ == "-" ? stdout : std::fopen(path_.c_str(), "we");
  }
  ~Output() {
    if (file_ != nullptr && file_ != stdout) (void)std::fclose(file_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  [[nodiscard]] Status opened() const { return file_ != nullptr ? Status{} : failed("opened"); }
  [[nodiscard]] Status write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) == text.size()) return {};
    return failed("written");
  }
  [[nodiscard]] Status close() {
    std::FILE* file = std::exchange(file_, nullptr);
    const int ended = file == stdout ? std::fflush(file) : std::fclose(file);
    return ended == 0 ? Status{} : failed("written");
  }

 private:
  [[nodiscard]] Status failed(const char* what) const {
    return fail(Error{errno == ENOENT ? ErrorCode::invalid_input : ErrorCode::unavailable,
                      {},
                      "out",
                      path_,
                      std::string("the file cannot be ") + what + ": " + std::strerror(errno)});
  }
  std::string path_;
  std::FILE* file_;
};

std::string planted_path(const SimulateArguments& options) {
  if (!options.planted.empty() || options.out == "-") return options.planted;
  return (std::filesystem::path(options.out).parent_path() / "planted.json").string();
}

Result<Exit> run_simulate(const SimulateArguments& options) {
  simulation::SimulateOptions wanted;
  wanted.people = options.people;
  wanted.seed = options.seed;
  RUNUT_ASSIGN(wanted.from, read_option("from", options.from, parse_month));
  RUNUT_ASSIGN(wanted.to, read_option("to", options.to, parse_month));
  RUNUT_ASSIGN(std::vector<NamedText> files,
               read_pack_files(options.packs.empty() ? options.regulation
                                                     : options.packs + "/" + options.regulation));
  std::vector<simulation::PackFile> pack;
  for (NamedText& file : files) pack.push_back({std::move(file.name), std::move(file.text)});
  RUNUT_ASSIGN(const simulation::Setting setting, simulation::read_setting(pack));

  Output out(options.out);
  RUNUT_TRY(out.opened());
  Progress progress("simulate", "commands");
  std::uint64_t commands = 0;
  RUNUT_ASSIGN(const simulation::Planted planted,
               simulation::simulate(wanted, setting, [&](const Command& command) -> Status {
                 progress.at(++commands);
                 return out.write(to_json(command) + "\n");
               }));
  RUNUT_TRY(out.close());
  progress.clear();
  if (const std::string path = planted_path(options); !path.empty()) {
    Output list(path);
    RUNUT_TRY(list.opened());
    RUNUT_TRY(list.write(simulation::to_json(planted)));
    RUNUT_TRY(list.close());
  }
  std::fprintf(stderr, "SIMULASI: %s commands of %s people, %s to %s, seed %llu\n",
               grouped(commands).c_str(), grouped(options.people).c_str(), options.from.c_str(),
               options.to.c_str(), static_cast<unsigned long long>(options.seed));
  return Exit::ok;
}

}  // namespace

void add_simulate(App& app) {
  const auto options = std::make_shared<SimulateArguments>();
  CLI::App& command = app.add(
      {"simulate",
       "Commands of a small city at work, the same for the same seed, and what was planted in them",
       "runut simulate --regulation kota-kediri --people 300 --from 2022-01 --to 2022-08 --seed 1 "
       "--out "
       "commands.ndjson\n"
       "runut simulate --people 5000 --out - | runut import --data data -"},
      [options] { return run_simulate(*options); });
  command.add_option("--regulation", options->regulation, "A pack, or a directory of one")
      ->capture_default_str();
  command.add_option("--packs", options->packs, "Directory of packs instead of those built in")
      ->type_name("DIR");
  command.add_option("--people", options->people, "Civil servants, 100 to 300 000")
      ->check(whole_number(0, std::numeric_limits<std::uint32_t>::max()))
      ->capture_default_str();
  command.add_option("--from", options->from, "First month of work")->capture_default_str();
  command.add_option("--to", options->to, "Last month of work")->capture_default_str();
  command.add_option("--seed", options->seed, "Same seed, same bytes")
      ->check(whole_number(0))
      ->capture_default_str();
  command.add_option("--out", options->out, "File for the commands; - is stdout")->required();
  command.add_option("--planted", options->planted,
                     "File for what was planted; planted.json beside the commands by default");
}

}  // namespace runut::cli
