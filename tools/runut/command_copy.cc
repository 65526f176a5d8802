#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "codec/envelope_codec.h"
#include "instance/engine.h"
#include "instance/snapshot_log.h"
#include "log/copy_log.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"
#include "write/record_header.h"

namespace runut::cli {
namespace {

namespace fs = std::filesystem;

constexpr Millis copy_wait{60'000};

struct CopyArguments {
  std::string from;
  std::string to;
  std::string agency;
  OutputOptions output;
};

bool is_kafka(const std::string& end) {
  return end.starts_with("kafka://");
}

// A Kafka log is read through a copy of its own, which is thrown away at the end.
class Scratch {
 public:
  // Beside `near`, where there is room for a log.
  [[nodiscard]] static Result<std::unique_ptr<Scratch>> make(const std::string& near) {
    fs::path parent = fs::path(near).parent_path();
    if (is_kafka(near)) parent = fs::temp_directory_path();
    std::error_code ignored;
    if (!parent.empty()) fs::create_directories(parent, ignored);
    std::string path = (parent / ".runut-copy-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr)
      return fail(
          Error{ErrorCode::unavailable, {}, "directory", path, "no room for a scratch copy"});
    return std::unique_ptr<Scratch>(new Scratch(std::move(path)));
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// One end of the copy; the log goes before its scratch directory.
struct End {
  std::unique_ptr<Scratch> scratch;
  std::unique_ptr<EventLog> log;
  std::optional<Place> place;  // of a directory
};

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Result<End> open_kafka(const std::string& url, const std::string& agency, const std::string& other,
                       bool create) {
  End end;
  RUNUT_ASSIGN(const auto address, parse_log_address(url, agency));
  if (agency.empty() && address->topic == "runut.")
    return fail(Error{ErrorCode::invalid_input,
                      "agency.code",
                      "agency",
                      {},
                      "name the agency, or the topic: kafka://host:port/topic"});
  RUNUT_ASSIGN(end.scratch, Scratch::make(without_slash(other)));
  RUNUT_ASSIGN(std::shared_ptr<Store> store,
               Store::open({.directory = end.scratch->path(), .families = log_families()}));
  RUNUT_ASSIGN(end.log, open_engine(std::move(store), {.address = url,
                                                       .agency = agency,
                                                       .create_topic = create,
                                                       .kafka_wait = copy_wait}));
  return end;
}

Result<End> open_source(const CopyArguments& options) {
  if (is_kafka(options.from)) return open_kafka(options.from, options.agency, options.to, false);
  End end;
  RUNUT_ASSIGN(end.place, locate(options.from, {}, options.agency));
  RUNUT_ASSIGN(std::shared_ptr<Store> store, Store::open({.directory = end.place->directory(),
                                                          .families = log_families(),
                                                          .access = StoreAccess::read_only}));
  RUNUT_ASSIGN(end.log, SnapshotLog::open(std::move(store)));
  return end;
}

Result<End> open_target(const CopyArguments& options, const std::string& agency) {
  if (is_kafka(options.to)) return open_kafka(options.to, agency, options.from, true);
  End end;
  RUNUT_ASSIGN(end.place, place_of(options.to, {}, agency));
  RUNUT_ASSIGN(std::shared_ptr<Store> store,
               Store::open({.directory = end.place->directory(), .families = log_families()}));
  RUNUT_ASSIGN(end.log, open_engine(std::move(store), {.address = {}, .agency = agency}));
  return end;
}

Result<std::string> agency_of(const EventLog& log) {
  RUNUT_ASSIGN(const EventBatch first, log.read(Sequence{1}, {.events = 1}));
  if (first.empty()) return fail(ErrorCode::not_found, "the source is empty");
  RUNUT_ASSIGN(const Event event, decode_event(first.events.front().bytes));
  const auto* founded = std::get_if<AgencyFounded>(&event.payload);
  if (founded == nullptr)
    return fail(ErrorCode::corrupt, "the source does not begin with AgencyFounded");
  return founded->agency;
}

// From directory to directory the signed checkpoints go along: they vouch for the same bytes.
Status copy_checkpoints(const End& source, const End& target) {
  if (!source.place || !target.place) return {};
  return CheckpointFiles(target.place->checkpoint_directory())
      .copy_from(CheckpointFiles(source.place->checkpoint_directory()),
                 target.log->head().sequence.value)
      .map([](std::uint64_t) {});
}

Result<Exit> run_copy(const CopyArguments& options) {
  if (without_slash(options.from) == without_slash(options.to))
    return fail(Error{ErrorCode::invalid_input, {}, "to", options.to, "this is the source itself"});
  RUNUT_ASSIGN(const End source, open_source(options));
  RUNUT_ASSIGN(const std::string agency, agency_of(*source.log));
  if (!options.agency.empty() && options.agency != agency)
    return fail(Error{ErrorCode::conflict, "agency.other", "agency", options.agency,
                      "the source is the ledger of " + agency});
  RUNUT_ASSIGN(const End target, open_target(options, agency));
  Progress progress("copy", "events");
  RUNUT_ASSIGN(const CopyReport report, copy_log(*source.log, *target.log, &read_record_header,
                                                 copy_wait, [&](Sequence reached, Sequence last) {
                                                   progress.at(reached.value, last.value);
                                                 }));
  progress.clear();
  RUNUT_TRY(copy_checkpoints(source, target));
  Table table(format_of(options.output),
              {{"agency"}, {"from", true}, {"copied", true}, {"head", true}, {"leaf_hash"}});
  table.row({agency, std::to_string(report.from.value), std::to_string(report.copied),
             std::to_string(report.head.sequence.value), to_hex(report.head.leaf.view())});
  table.finish();
  std::fprintf(stderr, "keys are not copied: back up and move the key directory by itself\n");
  return Exit::ok;
}

}  // namespace

void add_copy(App& app) {
  const auto options = std::make_shared<CopyArguments>();
  CLI::App& command =
      app.add({"copy",
               "A ledger's events into another engine, byte for byte; run again, it goes on where "
               "it stopped.\n"
               "A target with another history is refused. Keys are not copied",
               "runut copy --from data --to kafka://localhost:9092/\n"
               "runut copy --from kafka://localhost:9092/ --to data2 --agency kota-kediri\n"
               "runut copy --from data --to backup"},
              [options] { return run_copy(*options); });
  command.add_option("--from", options->from, "Data directory, or kafka://host:port/[topic]")
      ->required();
  command.add_option("--to", options->to, "Data directory, or kafka://host:port/[topic]")
      ->required();
  command
      .add_option("--agency", options->agency,
                  "Code of the agency; the only one of the source by default")
      ->type_name("CODE");
  add_output_options(command, options->output);
}

}  // namespace runut::cli
