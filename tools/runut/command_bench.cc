// `runut bench`: what the ledger reaches, each figure beside its baseline of the same run on the
// same directory. Absolute numbers drift with the machine; the ratios are what is compared.
#include <fmt/format.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>
#include <thread>

#include "base/bounded_queue.h"
#include "base/sha256.h"
#include "codec/command_json.h"
#include "codec/envelope_codec.h"
#include "instance/engine.h"
#include "instance/verification.h"
#include "log/rocksdb_event_log.h"
#include "projections/registry.h"
#include "projector/projector.h"
#include "query/explain.h"
#include "seal/memory_key_store.h"
#include "seal/sealed.h"
#include "simulation/simulate.h"
#include "tools/runut/bench_kafka.h"
#include "tools/runut/commands.h"
#include "tools/runut/packs.h"
#include "tools/runut/terminal.h"
#include "write/command_digest.h"
#include "write/record_header.h"

namespace runut::cli {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

struct BenchArguments {
  std::string dir;
  std::string log;
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
};

template <class Work>
Result<double> seconds_of(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  RUNUT_TRY(work());
  return Seconds(std::chrono::steady_clock::now() - begin).count();
}

// Commands with their digests, worked out in a thread of their own ahead of the writer's, as an
// import does it.
class DigestedCommands {
 public:
  using Batch = std::vector<std::pair<Command, Mac128>>;

  DigestedCommands(const KeyStore& keys, std::vector<Command>& commands)
      : thread_([this, &keys, &commands] {
          Batch batch;
          for (Command& command : commands) {
            const Mac128 digest = command_digest(keys, command);
            batch.emplace_back(std::move(command), digest);
            if (batch.size() < 1'000) continue;
            if (!ahead_.push(std::exchange(batch, {}))) return;
          }
          ahead_.push(std::move(batch));
          ahead_.close();
        }) {}
  ~DigestedCommands() {
    ahead_.close();
    thread_.join();
  }
  DigestedCommands(const DigestedCommands&) = delete;
  DigestedCommands& operator=(const DigestedCommands&) = delete;

  std::optional<Batch> next() { return ahead_.pop(); }

 private:
  BoundedQueue<Batch> ahead_{4};
  std::thread thread_;
};

class Bench {
 public:
  Bench(const BenchArguments& options, fs::path dir)
      : options_(options), dir_(std::move(dir)), keys_(randomness_) {}

  Result<std::vector<Figure>> run() {
    RUNUT_TRY(make_commands());
    RUNUT_TRY(commands());
    RUNUT_TRY(baseline_puts());
    RUNUT_TRY(ingest());
    RUNUT_TRY(verify());
    RUNUT_TRY(fold());
    RUNUT_TRY(explain());
    RUNUT_TRY(kafka_produce());
    return figures_;
  }

 private:
  void figure(std::string name, double value, std::string unit, double baseline,
              std::string against, bool smaller_is_better = false) {
    const double ratio = baseline == 0       ? 0
                         : smaller_is_better ? baseline / value
                                             : value / baseline;
    figures_.push_back(
        {std::move(name), value, std::move(unit), baseline, std::move(against), ratio});
  }

  Status make_commands() {
    simulation::SimulateOptions simulate_options{
        .people = options_.people, .from = month(2022, 1), .to = month(2022, 8), .seed = 1};
    RUNUT_ASSIGN(std::vector<NamedText> files, read_pack_files("kota-kediri"));
    std::vector<simulation::PackFile> pack;
    for (NamedText& file : files) pack.push_back({std::move(file.name), std::move(file.text)});
    RUNUT_ASSIGN(const simulation::Setting setting, simulation::read_setting(pack));
    // 5 % are refused: the same report once more, under another command id.
    std::uint64_t count = 0;
    return simulation::simulate(simulate_options, setting,
                                [&](const Command& command) -> Status {
                                  commands_.push_back(command);
                                  if (std::holds_alternative<DailyReportSubmitted>(command.body) &&
                                      ++count % 5 == 0) {
                                    Command again = command;
                                    again.id = randomness_.draw<Uuid>();
                                    commands_.push_back(std::move(again));
                                  }
                                  return {};
                                })
        .map([](const auto&) {});
  }

  // needs -> decide -> seal -> encode -> append -> evolve -> projections; the clock stops when
  // every view has reached the head.
  Status commands() {
    RUNUT_ASSIGN(log_, RocksdbEventLog::open((dir_ / "ledger").string(), &read_record_header));
    RUNUT_ASSIGN(projector_, Projector::open(log_->store(), *log_,
                                             {all_projections.begin(), all_projections.end()}));
    index_ = std::make_unique<SubjectIndex>(std::make_shared<CurrentRows>(
        projector_->views(), std::string(subject_index::projection.name)));
    projector_->start();
    WriterOptions writing;
    writing.wait_indexed = [this](Sequence sequence) {
      return projector_->wait_for(sequence, Millis{60'000});
    };
    writing.indexed = [this] { return projector_->position(); };
    RUNUT_ASSIGN(const auto writer,
                 Writer::open(*log_, *index_, keys_, clock_, randomness_, std::move(writing)));
    Progress progress("commands", "commands");
    std::uint64_t done = 0;
    RUNUT_ASSIGN(commands_seconds_, seconds_of([&]() -> Status {
                   DigestedCommands digested(keys_, commands_);
                   while (auto batch = digested.next()) {
                     for (auto& [command, digest] : *batch)
                       RUNUT_TRY(writer->submit(std::move(command), digest));
                     done += batch->size();
                     RUNUT_TRY(writer->drain(Millis{0}));
                     progress.at(done, commands_.size());
                   }
                   RUNUT_TRY(writer->drain_all());
                   return projector_->wait_for(log_->head().sequence, Millis{600'000});
                 }));
    projector_->stop();
    commands_count_ = done;
    return {};
  }

  // The same bytes: one Put an event, key = sequence, batches of 1000, synced.
  Status baseline_puts() {
    RUNUT_TRY(for_each([&](const EventView& view) {
      stored_.emplace_back(view.bytes);
      return Status{};
    }));
    std::array<double, 3> seconds{};
    for (double& one : seconds) {
      RUNUT_ASSIGN(one, put_raw());
    }
    std::sort(seconds.begin(), seconds.end());
    raw_seconds_ = seconds[1];
    const auto events = static_cast<double>(stored_.size());
    figure("commands", static_cast<double>(commands_count_) / commands_seconds_, "commands/s",
           events / raw_seconds_, "raw RocksDB Put/s");
    return {};
  }

  Result<double> put_raw() {
    const std::string directory = (dir_ / "raw").string();
    fs::remove_all(directory);
    runut::StoreOptions store_options;
    store_options.directory = directory;
    store_options.families = {{"log", FamilyKind::rows}};
    RUNUT_ASSIGN(const auto store, Store::open(store_options));
    const Family family = *store->family("log");
    return seconds_of([&]() -> Status {
      StoreBatch batch;
      std::size_t in_batch = 0;
      for (std::size_t i = 0; i < stored_.size(); ++i) {
        Bytes key;
        append_u64(key, i + 1);
        batch.put(family, key, stored_[i]);
        if (++in_batch < 1'000 && i + 1 < stored_.size()) continue;
        RUNUT_TRY(store->write(batch, Durability::synced));
        batch.clear();
        in_batch = 0;
      }
      return {};
    });
  }

  // seal + encode + chain + commit of the same facts, batches of 1000.
  Status ingest() {
    std::vector<Event> events;
    events.reserve(stored_.size());
    for (const Bytes& bytes : stored_) {
      RUNUT_ASSIGN(Event event, decode_event(bytes));
      events.push_back(std::move(event));
    }
    RUNUT_ASSIGN(auto log, RocksdbEventLog::open((dir_ / "ingest").string(), &read_record_header));
    const std::string text(100, 'x');
    const auto encode = [&](Event& event, const Hash256& previous) -> Result<StoredEvent> {
      event.previous = previous;
      if (!event.sealed.empty()) {
        RUNUT_ASSIGN(const Sealed sealed, seal_text(keys_, PersonId{event.subject.id}, text,
                                                    {event.agency, event.command,
                                                     static_cast<std::uint16_t>(event.type())},
                                                    randomness_));
        event.sealed = serialise(sealed);
      }
      RUNUT_ASSIGN(Bytes bytes, encode_event(event));
      const Hash256 leaf = leaf_hash(bytes);
      return StoredEvent{std::move(bytes), leaf};
    };
    Head head;
    RUNUT_ASSIGN(
        const double seconds, seconds_of([&]() -> Status {
          std::size_t at = 0;
          while (at < events.size()) {
            Commit commit{events[at].command, {}};
            const std::size_t count = events[at].commit_count;
            for (std::size_t i = 0; i < count; ++i, ++at) {
              RUNUT_ASSIGN(StoredEvent stored, encode(events[at], head.leaf));
              head = {events[at].sequence, stored.leaf};
              commit.events.push_back(std::move(stored));
            }
            if (head.sequence == Sequence{1}) {
              RUNUT_TRY(log->take_over([&](const Head&) -> Result<Commit> { return commit; },
                                       Millis{5'000})
                            .map([](const TakenOver&) {}));
              continue;
            }
            while (!log->append(std::move(commit))) (void)log->settle(Millis{100});
            if (log->in_flight() > 2'000) (void)log->settle(Millis{0});
          }
          while (log->in_flight() > 0) (void)log->settle(Millis{1'000});
          return log->wait_for(head.sequence, Millis{60'000}).map([](const Head&) {});
        }));
    const auto count = static_cast<double>(events.size());
    figure("ingest", count / seconds, "events/s", count / raw_seconds_, "raw RocksDB Put/s");
    return {};
  }

  Status verify() {
    // Both are short: the best of several, in turn, so that other work on the machine hits neither
    // alone.
    double hashing = 1e9;
    double seconds = 1e9;
    for (int round = 0; round < 7; ++round) {
      RUNUT_ASSIGN(const double alone, seconds_of([&]() -> Status {
                     Hash256 leaf;
                     for (const Bytes& bytes : stored_) leaf = leaf_hash(bytes);
                     return leaf == Hash256{} ? fail(ErrorCode::internal, "a hash of zeros")
                                              : Status{};
                   }));
      RUNUT_ASSIGN(const double whole, seconds_of([&] { return Verification({}).read(*log_); }));
      hashing = std::min(hashing, alone);
      seconds = std::min(seconds, whole);
    }
    const auto count = static_cast<double>(stored_.size());
    figure("verify", count / seconds, "events/s", count / hashing, "SHA-256 in memory/s");
    return {};
  }

  Status fold() {
    // Both baselines are short: the best of several passes, with the stores open before.
    RUNUT_ASSIGN(const auto raw, Store::open({.directory = (dir_ / "raw").string(),
                                              .families = {{"log", FamilyKind::rows}},
                                              .access = StoreAccess::read_only}));
    double iterating = 1e9;
    double scanning = 1e9;
    for (int round = 0; round < 5; ++round) {
      RUNUT_ASSIGN(const double raw_pass, seconds_of([&] { return iterate(*raw); }));
      RUNUT_ASSIGN(const double own_pass, seconds_of([&]() -> Status {
                     return for_each([](const EventView&) { return Status{}; });
                   }));
      iterating = std::min(iterating, raw_pass);
      scanning = std::min(scanning, own_pass);
    }
    std::vector<std::string> names;
    for (const Projection& projection : all_projections) names.emplace_back(projection.name);
    // Until every new view has reached the head; comparing it with the old one comes after.
    RUNUT_ASSIGN(const std::vector<Rebuilt> rebuilt, projector_->rebuild(names));
    const double seconds = rebuilt.front().seconds;
    const auto count = static_cast<double>(stored_.size());
    figure("fold", count / seconds, "events/s", count / iterating, "raw RocksDB iterator/s");
    figure("fold, packed", count / seconds, "events/s", count / scanning, "own log reader/s");
    return {};
  }

  // Over the store that baseline_puts() left: the same bytes, one row an event.
  static Status iterate(const Store& raw) {
    StoreIterator at = raw.iterate(*raw.family("log"), {.fill_cache = false});
    std::uint64_t bytes = 0;
    for (at.seek_to_first(); at.valid(); at.next()) bytes += at.value().size();
    RUNUT_TRY(at.status());
    return bytes > 0 ? Status{} : fail(ErrorCode::internal, "the raw store is empty");
  }

  Status explain() {
    RUNUT_ASSIGN(const Explainer explainer,
                 Explainer::open(*index_, {log_->head().sequence, log_->head().leaf}));
    std::vector<std::pair<PersonId, Month>> paid;
    RUNUT_TRY(for_each([&](const EventView& view) -> Status {
      RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(view.bytes));
      if (key.type != EventType::TppPaymentComputed) return {};
      RUNUT_ASSIGN(const Event event, decode_event(view.bytes));
      const auto& payment = std::get<TppPaymentComputed>(event.payload);
      if (!payment.left_out && payment.run.kind == RunKind::regular)
        paid.emplace_back(payment.person, payment.run.month);
      return {};
    }));
    std::vector<double> millis;
    for (int i = 0; i < 1'000 && !paid.empty(); ++i) {
      const auto& [person, month_paid] =
          paid[static_cast<std::size_t>(randomness_.below(paid.size()))];
      RUNUT_ASSIGN(const double seconds, seconds_of([&]() -> Status {
                     return explainer.explain(person, month_paid).map([](const Explanation&) {});
                   }));
      millis.push_back(seconds * 1e3);
    }
    std::sort(millis.begin(), millis.end());
    if (millis.empty()) return {};
    figure("explain p50", millis[millis.size() / 2], "ms", 1, "1 ms", true);
    figure("explain p99", millis[millis.size() * 99 / 100], "ms", 1, "1 ms", true);
    return {};
  }

  Status kafka_produce() {
    if (options_.log.empty()) {
      std::fprintf(stderr, "kafka produce: not measured; --log kafka://HOST:PORT gives it\n");
      return {};
    }
    RUNUT_ASSIGN(const KafkaProduce reached,
                 bench_kafka_produce(options_.log, (dir_ / "kafka").string(), *log_));
    figure("kafka produce", reached.engine, "events/s", reached.bare, "bare librdkafka/s");
    return {};
  }

  template <class Visit>
  Status for_each(Visit&& visit) {
    const std::uint64_t head = log_->head().sequence.value;
    for (std::uint64_t next = 1; next <= head;) {
      RUNUT_ASSIGN(const EventBatch batch, log_->read(Sequence{next}));
      for (const EventView& view : batch.events) RUNUT_TRY(visit(view));
      next += batch.size();
    }
    return {};
  }

  const BenchArguments& options_;
  const fs::path dir_;
  SeededRandomness randomness_{42};
  SystemClock clock_;
  MemoryKeyStore keys_;
  std::unique_ptr<RocksdbEventLog> log_;
  std::unique_ptr<Projector> projector_;
  std::unique_ptr<SubjectIndex> index_;
  std::vector<Command> commands_;
  std::vector<Bytes> stored_;
  std::uint64_t commands_count_ = 0;
  double commands_seconds_ = 0;
  double raw_seconds_ = 0;
  std::vector<Figure> figures_;
};

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
    Bench bench(options, dir);
    auto ran = bench.run();
    if (!ran) {
      fs::remove_all(dir);
      return fail(std::move(ran).error());
    }
    figures = std::move(*ran);
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
  Table table(
      is_terminal(1) ? Format::terminal : Format::tsv,
      {{"name"}, {"value", true}, {"unit"}, {"baseline", true}, {"against"}, {"ratio", true}});
  for (const Figure& figure : figures)
    table.row({figure.name, fmt::format("{:.2f}", figure.value), figure.unit,
               fmt::format("{:.2f}", figure.baseline), figure.against,
               fmt::format("{:.2f}", figure.ratio)});
  table.finish();
  return Exit::ok;
}

}  // namespace

void add_bench(App& app) {
  const auto options = std::make_shared<BenchArguments>();
  CLI::App& command = app.add(
      {"bench", "What this machine reaches, each figure beside its baseline of the same run",
       "runut bench\nrunut bench --json --people 300 --dir /var/tmp\n"
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
  command.add_flag("--json", options->json, "An array of {name, value, unit, baseline, ratio}");
}

}  // namespace runut::cli
