// Figures of a ledger as an office has it: imported by this binary in a process of its own, opened
// for writing, audited, folded anew. Memory is that of those processes.
#include <algorithm>
#include <filesystem>
#include <thread>

#include "codec/command_json.h"
#include "codec/envelope_codec.h"
#include "instance/instance.h"
#include "projections/registry.h"
#include "query/audit.h"
#include "tools/runut/command_bench_child.h"
#include "tools/runut/command_bench_run.h"
#include "write/record_header.h"

namespace runut::cli {
namespace {

namespace fs = std::filesystem;

constexpr double memory_wanted_mb = 600;
// Of what is short; the best counts.
constexpr int opening_rounds = 2;
constexpr int folding_rounds = 5;

// A ledger folded by one thread, as it is when there are more ledgers than processors. With more
// threads one ledger alone has the whole machine.
struct LoneLedger {
  std::unique_ptr<RocksdbEventLog> log;
  std::unique_ptr<Projector> projector;

  [[nodiscard]] static Result<LoneLedger> open(const std::string& directory) {
    LoneLedger ledger;
    RUNUT_ASSIGN(ledger.log, RocksdbEventLog::open(directory, &read_record_header));
    ProjectorOptions options;
    options.bulk.threads = 1;
    RUNUT_ASSIGN(ledger.projector,
                 Projector::open(ledger.log->store(), *ledger.log,
                                 {all_projections.begin(), all_projections.end()}, options));
    return ledger;
  }
  [[nodiscard]] Result<double> fold() {
    RUNUT_ASSIGN(const std::vector<Rebuilt> rebuilt, projector->rebuild(all_projection_names()));
    for (const Rebuilt& view : rebuilt)
      if (!view.promoted)
        return fail(ErrorCode::internal, "a rebuilt view differs: " + view.projection);
    return rebuilt.front().seconds;
  }
};

class Office {
 public:
  explicit Office(BenchRun& run)
      : run_(run), data_(run.path("office")), place_{data_, data_ + ".keys", run.founding.agency} {}

  Status measure() {
    RUNUT_TRY(import());
    RUNUT_TRY(disk());
    RUNUT_TRY(memory());
    RUNUT_TRY(open());
    RUNUT_TRY(audit());
    return fold_two();
  }

 private:
  void memory_figure(std::string name, std::uint64_t bytes) {
    run_.figure(std::move(name), static_cast<double>(bytes) / 1e6, "MB", memory_wanted_mb,
                "MB, for 5 000 people", "<= 1", RatioOf::cost);
  }
  Result<BenchChild> start(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--data", data_});
    return BenchChild::start(arguments, run_.path("child.err"));
  }
  Result<std::unique_ptr<Instance>> instance(Instance::Access access) {
    InstanceOptions options;
    options.place = place_;
    return Instance::open(std::move(options), access);
  }

  // From the start of the process to its end: parsed, decided, durable, views at the head, a
  // checkpoint signed. The bare store beside it took the events of the other ledger of these
  // commands.
  Status import() {
    RUNUT_ASSIGN(const double seconds, seconds_of([&]() -> Status {
                   RUNUT_ASSIGN(BenchChild child,
                                start({"import", "--errors", run_.path("refused.tsv"),
                                       run_.path("commands.ndjson")}));
                   RUNUT_ASSIGN(import_peak_, child.wait(Exit::refused));
                   return {};
                 }));
    RUNUT_ASSIGN(const auto ledger, instance(Instance::Access::read_only));
    events_ = static_cast<double>(ledger->log().head().sequence.value);
    for (Sequence at{1}; at <= ledger->log().head().sequence;) {
      RUNUT_ASSIGN(const EventBatch batch, ledger->log().read(at));
      for (const EventView& view : batch.events)
        event_bytes_ += static_cast<double>(view.bytes.size());
      at = next(batch.events.back().sequence);
    }
    run_.figure("import", events_ / seconds, "events/s",
                static_cast<double>(run_.stored.size()) / run_.raw_seconds, "raw RocksDB Put/s",
                "");
    return {};
  }

  // Everything in the ledger's directory: events, views, tree, checkpoints, RocksDB's own files.
  Status disk() {
    double bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(place_.directory()))
      if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
    run_.figure("disk", bytes / events_, "bytes/event", event_bytes_ / events_,
                "bytes of its envelope", "", RatioOf::cost);
    return {};
  }

  Status memory() {
    memory_figure("memory, import", import_peak_);
    RUNUT_ASSIGN(BenchChild rebuilding, start({"rebuild"}));
    RUNUT_ASSIGN(const std::uint64_t rebuild_peak, rebuilding.wait());
    memory_figure("memory, rebuild", rebuild_peak);
    // Opened for writing by a command that it has answered before, then left alone.
    RUNUT_ASSIGN(BenchChild idle, start({"import", "--ack-fd", "1", "-"}));
    RUNUT_TRY(idle.write(to_json(run_.founding) + "\n"));
    RUNUT_TRY(idle.read_line());
    memory_figure("memory, idle", idle.resident_bytes());
    return idle.wait().map([](std::uint64_t) {});
  }

  // Until the first command is answered, so that what the writer reads is in it.
  Status open() {
    double opening = 1e9;
    for (int round = 0; round < opening_rounds; ++round) {
      std::unique_ptr<Instance> ledger;
      RUNUT_ASSIGN(const double seconds, seconds_of([&]() -> Status {
                     RUNUT_ASSIGN(ledger, instance(Instance::Access::read_write));
                     RUNUT_TRY(ledger->submit(run_.founding));
                     return ledger->drain_all().map([](const auto&) {});
                   }));
      opening = std::min(opening, seconds);
      if (round == 0) {
        RUNUT_ASSIGN(const auto rebuilt, ledger->projector()->rebuild(all_projection_names()));
        fold_seconds_ = rebuilt.front().seconds;
      }
      RUNUT_TRY(ledger->close());
    }
    run_.figure("open", opening, "s", fold_seconds_, "s, every view rebuilt", "<= 0.05",
                RatioOf::cost);
    return {};
  }

  Status audit() {
    RUNUT_ASSIGN(const auto ledger, instance(Instance::Access::read_only));
    Auditor auditor;
    RUNUT_ASSIGN(const double seconds, seconds_of([&]() -> Status {
                   for (Sequence at{1}; at <= ledger->log().head().sequence;) {
                     RUNUT_ASSIGN(const EventBatch batch, ledger->log().read(at));
                     for (const EventView& view : batch.events) {
                       RUNUT_ASSIGN(Event event, decode_event(view.bytes));
                       RUNUT_TRY(auditor.add(std::move(event)));
                     }
                     at = next(batch.events.back().sequence);
                   }
                   auditor.finish();
                   return {};
                 }));
    const AuditReport& report = auditor.report();
    if (!report.agrees() || report.events != ledger->log().head().sequence.value ||
        report.payments == 0)
      return fail(ErrorCode::internal, "the audit of a simulated ledger does not agree");
    run_.figure("audit", seconds, "s", fold_seconds_, "s, every view rebuilt", "<= 2",
                RatioOf::cost);
    return {};
  }

  Status fold_two() {
    const std::string other = run_.path("office-two");
    fs::copy(place_.directory(), other, fs::copy_options::recursive);
    RUNUT_ASSIGN(LoneLedger first, LoneLedger::open(place_.directory()));
    RUNUT_ASSIGN(LoneLedger second, LoneLedger::open(other));
    double alone = 1e9;
    double together = 1e9;
    for (int round = 0; round < folding_rounds; ++round) {
      RUNUT_ASSIGN(const double one, first.fold());
      Result<double> beside = 0.0;
      std::thread thread([&] { beside = second.fold(); });
      const Result<double> mine = first.fold();
      thread.join();
      RUNUT_TRY(mine);
      RUNUT_TRY(beside);
      alone = std::min(alone, one);
      together = std::min(together, std::max(*mine, *beside));
    }
    run_.figure("fold two", 2 * events_ / together, "events/s", events_ / alone,
                "one ledger, one thread/s", ">= 1.7");
    return {};
  }

  BenchRun& run_;
  const std::string data_;
  const Place place_;
  double events_ = 0;
  double event_bytes_ = 0;
  double fold_seconds_ = 0;
  std::uint64_t import_peak_ = 0;
};

}  // namespace

Status bench_office(BenchRun& run) {
  return Office(run).measure();
}

}  // namespace runut::cli
