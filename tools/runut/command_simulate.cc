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
  std::string year;
  std::uint64_t seed = 1;
  std::string out;
  std::string planted;
};

// stdout, or a file. One on disk is written beside its place and takes it when all is written, so
// that a simulation that fails leaves nothing behind and what was there as it was.
class Output {
 public:
  explicit Output(const std::string& path) : path_(path) {
    if (path_ == "-") {
      file_ = stdout;
      return;
    }
    std::error_code error;
    const auto there = std::filesystem::status(path_, error);
    staged_ = !exists(there) || is_regular_file(there);
    if (exists(there) && staged_) path_ = std::filesystem::canonical(path_, error).string();
    file_ = std::fopen(written_path().c_str(), "we");
  }
  ~Output() {
    if (file_ != nullptr && file_ != stdout) (void)std::fclose(file_);
    if (staged_) (void)std::remove(written_path().c_str());
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  [[nodiscard]] Status opened() const { return file_ != nullptr ? Status{} : failed("opened"); }
  [[nodiscard]] Status write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) == text.size()) return {};
    return failed("written");
  }
  // Nothing more is written.
  [[nodiscard]] Status close() {
    std::FILE* file = std::exchange(file_, nullptr);
    const int ended = file == stdout ? std::fflush(file) : std::fclose(file);
    return ended == 0 ? Status{} : failed("written");
  }
  // Takes its place, closed.
  [[nodiscard]] Status keep() {
    if (!staged_) return {};
    if (std::rename(written_path().c_str(), path_.c_str()) != 0) return failed("put in its place");
    staged_ = false;
    return {};
  }

 private:
  [[nodiscard]] std::string written_path() const { return staged_ ? path_ + ".partial" : path_; }
  [[nodiscard]] Status failed(const char* what) const {
    return fail(Error{errno == ENOENT ? ErrorCode::invalid_input : ErrorCode::unavailable,
                      {},
                      "out",
                      path_,
                      std::string("the file cannot be ") + what + ": " + std::strerror(errno)});
  }
  std::string path_;
  bool staged_ = false;
  std::FILE* file_ = nullptr;
};

// What was planted, item by item into the file named; nowhere when there is none.
class PlantedFile {
 public:
  explicit PlantedFile(const std::string& path) {
    if (!path.empty()) output_.emplace(path);
  }
  [[nodiscard]] Status open() {
    if (!output_) return {};
    RUNUT_TRY(output_->opened());
    return output_->write(simulation::planted_opening());
  }
  [[nodiscard]] Status add(const simulation::PlantedItem& item) {
    return output_ ? output_->write(simulation::planted_line(item, std::exchange(first_, false)))
                   : Status{};
  }
  [[nodiscard]] Status close(const simulation::Planted& totals) {
    if (!output_) return {};
    RUNUT_TRY(output_->write(simulation::planted_closing(totals)));
    return output_->close();
  }
  [[nodiscard]] Status keep() { return output_ ? output_->keep() : Status{}; }

 private:
  std::optional<Output> output_;
  bool first_ = true;
};

std::string planted_path(const SimulateArguments& options) {
  if (!options.planted.empty() || options.out == "-") return options.planted;
  return (std::filesystem::path(options.out).parent_path() / "planted.json").string();
}

Result<Exit> run_simulate(const SimulateArguments& options) {
  simulation::SimulateOptions wanted;
  wanted.people = options.people;
  wanted.seed = options.seed;
  if (options.year.empty()) {
    RUNUT_ASSIGN(wanted.from, read_option("from", options.from, parse_month));
    RUNUT_ASSIGN(wanted.to, read_option("to", options.to, parse_month));
  } else {
    RUNUT_ASSIGN(wanted.from, read_option("year", options.year + "-01", parse_month));
    wanted.to = wanted.from + 11;
  }
  RUNUT_ASSIGN(std::vector<NamedText> files,
               read_pack_files(options.packs.empty() ? options.regulation
                                                     : options.packs + "/" + options.regulation));
  std::vector<simulation::PackFile> pack;
  for (NamedText& file : files) pack.push_back({std::move(file.name), std::move(file.text)});
  RUNUT_ASSIGN(const simulation::Setting setting, simulation::read_setting(pack));

  Output out(options.out);
  RUNUT_TRY(out.opened());
  PlantedFile list(planted_path(options));
  RUNUT_TRY(list.open());
  Progress progress("simulate", "commands");
  std::uint64_t commands = 0;
  RUNUT_ASSIGN(const simulation::Planted planted,
               simulation::simulate(
                   wanted, setting,
                   [&](const Command& command) -> Status {
                     progress.at(++commands);
                     return out.write(to_json(command) + "\n");
                   },
                   [&](const simulation::PlantedItem& item) { return list.add(item); }));
  progress.clear();
  RUNUT_TRY(list.close(planted));
  RUNUT_TRY(out.close());
  RUNUT_TRY(list.keep());
  RUNUT_TRY(out.keep());
  std::fprintf(stderr, "SIMULASI: %s commands of %s people, %s to %s, seed %llu\n",
               spaced(commands).c_str(), spaced(options.people).c_str(),
               to_string(wanted.from).c_str(), to_string(wanted.to).c_str(),
               static_cast<unsigned long long>(options.seed));
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
       "runut simulate --people 5000 --year 2022 --out - | runut import --data data -"},
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
  command
      .add_option("--year", options->year,
                  "January to December of a year whose holidays the pack has")
      ->excludes("--from")
      ->excludes("--to");
  command.add_option("--seed", options->seed, "Same seed, same bytes")
      ->check(whole_number(0))
      ->capture_default_str();
  command.add_option("--out", options->out, "File for the commands; - is stdout")->required();
  command.add_option("--planted", options->planted,
                     "File for what was planted; planted.json beside the commands by default");
}

}  // namespace runut::cli
