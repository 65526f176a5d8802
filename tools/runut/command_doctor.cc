#include <unistd.h>

#include <CLI/CLI.hpp>

#include "instance/snapshot_log.h"
#include "projections/registry.h"
#include "tools/runut/commands.h"
#include "tools/runut/damage_report.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct DoctorArguments {
  LedgerOptions ledger;
  OutputOptions output;
  bool files = false;
};

enum class State : std::uint8_t { ok, notice, damaged };

class Report {
 public:
  explicit Report(Format format) : table_(format, {{"check"}, {"state"}, {"detail"}}) {}

  void add(std::string check, State state, std::string detail) {
    constexpr const char* names[] = {"ok", "notice", "damaged"};
    table_.row({std::move(check), names[static_cast<std::size_t>(state)], std::move(detail)});
    damaged_ = damaged_ || state == State::damaged;
  }
  // A check that ended in a value or an error.
  template <class T>
  void add(std::string check, const Result<T>& result, std::string good) {
    if (result)
      add(std::move(check), State::ok, std::move(good));
    else
      add(std::move(check), State::damaged, result.error().describe());
  }
  Exit end() {
    table_.finish();
    return damaged_ ? Exit::finding : Exit::ok;
  }

 private:
  Table table_;
  bool damaged_ = false;
};

void check_log(const Place& place, Report& report) {
  const auto damage = damage_in(place.directory());
  if (!damage) return report.add("frames", State::damaged, damage.error().describe());
  for (const Damage& each : *damage)
    report.add("frames", State::damaged, range_text(each) + ": " + each.why);
  if (damage->empty()) report.add("frames", State::ok, "every event is what was written");
}

void check_views(const std::shared_ptr<Store>& store, const std::optional<Head>& head,
                 Report& report) {
  const auto views = Views::attach(store);
  if (!views) return report.add("views", State::notice, views.error().describe());
  for (const Projection& projection : all_projections) {
    const std::string name = "view " + std::string(projection.name);
    const auto view = (*views)->current(projection.name);
    if (!view) {
      report.add(name, State::notice, "missing; the next opening makes it");
      continue;
    }
    const auto position = read_position(**view);
    if (!position) {
      report.add(name, State::damaged, position.error().describe());
    } else if (head && position->sequence > head->sequence) {
      report.add(name, State::damaged,
                 "at event " + std::to_string(position->sequence.value) + ", ahead of the log");
    } else {
      const bool behind = head && position->sequence < head->sequence;
      report.add(name, behind ? State::notice : State::ok,
                 "at event " + std::to_string(position->sequence.value) +
                     (behind ? "; the next opening catches up" : ""));
    }
  }
  for (const std::string& family : damaged_families(*store))
    report.add("family", State::damaged, family + "; runut rebuild makes a view anew");
}

std::optional<Head> check_store(const Place& place, Report& report) {
  auto opened = Store::open({.directory = place.directory(),
                             .families = log_families(),
                             .access = StoreAccess::read_only});
  report.add("database", opened, "opens");
  if (!opened) return std::nullopt;
  const std::shared_ptr<Store> store(std::move(*opened));
  report.add("families", State::ok, std::to_string(store->families().size()));
  const auto log = SnapshotLog::open(store);
  std::optional<Head> head;
  if (log) head = (*log)->head();
  report.add("log", log, head ? "ends at event " + std::to_string(head->sequence.value) : "");
  check_views(store, head, report);
  return head;
}

void check_keys(const Place& place, Report& report) {
  const auto keys =
      FileKeyStore::open({.directory = place.key_directory(),
                          .agency_tag = agency_tag(place.agency),
                          .master = master_key_source(default_master_key_file(place.keys)),
                          .randomness = nullptr},
                         FileKeyStore::Access::read_only);
  if (!keys && keys.error().code == ErrorCode::not_found)
    return report.add("keys", State::notice,
                      "none in " + place.key_directory() + ": text cannot be opened");
  report.add("keys", keys, "readable");
  if (keys && (*keys)->torn_bytes() > 0)
    report.add("keys", State::notice,
               std::to_string((*keys)->torn_bytes()) +
                   " bytes of an unfinished write; cut at the next opening");
}

void check_checkpoints(const Place& place, const std::optional<Head>& head, Report& report) {
  const CheckpointFiles files(place.checkpoint_directory());
  const auto sizes = files.sizes();
  if (!sizes) return report.add("checkpoints", State::damaged, sizes.error().describe());
  for (const std::uint64_t size : *sizes) {
    const auto note = files.read(size);
    const auto parsed = note ? parse_note(*note).and_then([](const auto& each) {
      return parse_checkpoint_text(each.text);
    })
                             : Result<Checkpoint>(fail(note.error()));
    if (!parsed)
      report.add("checkpoint " + std::to_string(size), State::damaged, parsed.error().describe());
    else if (parsed->tree.size != size)
      report.add("checkpoint " + std::to_string(size), State::damaged,
                 "it is of " + std::to_string(parsed->tree.size) + " events");
  }
  if (sizes->empty()) return report.add("checkpoints", State::notice, "none was signed yet");
  if (head && sizes->back() > head->sequence.value)
    return report.add("checkpoints", State::damaged,
                      "the newest vouches for " + std::to_string(sizes->back()) +
                          " events, the log has " + std::to_string(head->sequence.value));
  report.add("checkpoints", State::ok,
             std::to_string(sizes->size()) + ", the newest of " + std::to_string(sizes->back()) +
                 " events");
}

// Which file holds what: for whoever wants to back up, or to break, exactly one of them.
Result<Exit> list_files(const Place& place, Format format) {
  RUNUT_ASSIGN(const std::unique_ptr<Store> store, Store::open({.directory = place.directory(),
                                                                .families = log_families(),
                                                                .access = StoreAccess::read_only}));
  Table table(format, {{"family"}, {"bytes", true}, {"first", true}, {"last", true}, {"file"}});
  for (const std::string& name : store->families())
    for (const StoreFile& file : store->files(*store->family(name))) {
      const bool frames =
          name == "log" && file.smallest_key.size() == 8 && file.largest_key.size() == 8;
      table.row({name, std::to_string(file.bytes),
                 frames ? std::to_string(read_u64(file.smallest_key)) : "",
                 frames ? std::to_string(read_u64(file.largest_key)) : "", file.path});
    }
  table.finish();
  return Exit::ok;
}

Result<Exit> run_doctor(const DoctorArguments& options) {
  RUNUT_ASSIGN(const Place place,
               locate(options.ledger.data, options.ledger.keys, options.ledger.agency));
  const Format format = format_of(options.output);
  if (options.files) return list_files(place, format);
  Report report(format);
  const std::optional<Head> head = check_store(place, report);
  check_log(place, report);
  check_keys(place, report);
  check_checkpoints(place, head, report);
  return report.end();
}

}  // namespace

void add_doctor(App& app) {
  const auto options = std::make_shared<DoctorArguments>();
  CLI::App& command = app.add({"doctor",
                               "Looks at the storage: database, frames, views, keys, checkpoints; "
                               "exit 1 names what is wrong",
                               "runut doctor --data data\n"
                               "runut doctor --data data --json\n"
                               "runut doctor --data data --files"},
                              [options] { return outlive([&] { return run_doctor(*options); }); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  command.add_flag("--files", options->files, "List the files of each column family instead");
}

}  // namespace runut::cli
