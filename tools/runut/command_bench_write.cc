// Figures of writing: commands from deciding to views at the head, and bare ingest, each beside a
// bare store that takes the same bytes.
#include <filesystem>
#include <memory>
#include <thread>

#include "base/bounded_queue.h"
#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "log/frame.h"
#include "projections/registry.h"
#include "seal/sealed.h"
#include "tools/runut/command_bench_run.h"
#include "tools/runut/terminal.h"
#include "write/command_digest.h"
#include "write/record_header.h"
#include "write/writer.h"

namespace runut::cli {
namespace {

namespace fs = std::filesystem;

// Commands with their digests, worked out in a thread of their own ahead of the writer's, as an
// import does it.
class DigestedCommands {
 public:
  using Batch = std::vector<std::pair<Command, Mac128>>;

  static constexpr std::size_t batch_commands = 1'000;

  DigestedCommands(const KeyStore& keys, const std::vector<Command>& commands)
      : thread_([this, &keys, &commands] {
          Batch batch;
          for (const Command& command : commands) {
            if (batch.empty()) batch.reserve(batch_commands);
            batch.emplace_back(command, command_digest(keys, command));
            if (batch.size() < batch_commands) continue;
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

Result<std::unique_ptr<Store>> bare_store(const BenchRun& run, std::string_view name) {
  fs::remove_all(run.dir / name);
  return Store::open({.directory = run.path(name), .families = {{"log", FamilyKind::rows}}});
}

// One row an event, key = sequence.
Result<double> put_raw(const BenchRun& run) {
  RUNUT_ASSIGN(const auto store, bare_store(run, "raw"));
  const Family family = *store->family("log");
  return seconds_of([&]() -> Status {
    StoreBatch batch;
    std::size_t in_batch = 0;
    for (std::size_t i = 0; i < run.stored.size(); ++i) {
      Bytes key;
      append_u64(key, i + 1);
      batch.put(family, key, run.stored[i]);
      if (++in_batch < 1'000 && i + 1 < run.stored.size()) continue;
      RUNUT_TRY(store->write(batch, Durability::synced));
      batch.clear();
      in_batch = 0;
    }
    return {};
  });
}

// The rows that the log itself stores: events packed into frames, with their leaf hashes. Packing
// is a part of what is measured, hashing is not.
Result<double> put_packed(const BenchRun& run, const std::vector<Hash256>& leaves) {
  RUNUT_ASSIGN(const auto store, bare_store(run, "packed"));
  const Family family = *store->family("log");
  return seconds_of([&]() -> Status {
    StoreBatch batch;
    FrameBuilder frame;
    Bytes room;
    Sequence first{1};
    std::size_t in_batch = 0;
    for (std::size_t i = 0; i < run.stored.size(); ++i) {
      frame.add(run.stored[i], leaves[i]);
      const bool is_last = ++in_batch == 1'000 || i + 1 == run.stored.size();
      if (frame.full() || is_last) {
        batch.put(family, frame_key(first), frame.finish(room, FramePacking::dense));
        frame.clear();
        first = Sequence{i + 2};
      }
      if (!is_last) continue;
      RUNUT_TRY(store->write(batch, Durability::synced));
      batch.clear();
      in_batch = 0;
    }
    return {};
  });
}

// The same bytes in batches of 1000, synced.
Status put_stored(BenchRun& run) {
  std::vector<Hash256> leaves;
  RUNUT_TRY(run.for_each([&](const EventView& view) {
    run.stored.emplace_back(view.bytes);
    leaves.push_back(view.leaf);
    return Status{};
  }));
  RUNUT_ASSIGN(run.raw_seconds, median_of_three([&] { return put_raw(run); }));
  RUNUT_ASSIGN(run.packed_seconds, median_of_three([&] { return put_packed(run, leaves); }));
  fs::remove_all(run.dir / "packed");
  const auto events = static_cast<double>(run.stored.size());
  run.figure("commands", static_cast<double>(run.commands_count) / run.commands_seconds,
             "commands/s", events / run.raw_seconds, "raw RocksDB Put/s", ">= 0.35");
  return {};
}

// needs -> decide -> seal -> encode -> append -> evolve -> projections, into a ledger of its own;
// the clock stops when every view has reached the head.
Result<double> decide_commands(BenchRun& run) {
  run.index.reset();
  run.projector.reset();
  run.log.reset();
  fs::remove_all(run.dir / "ledger");
  RUNUT_ASSIGN(run.log, RocksdbEventLog::open(run.path("ledger"), &read_record_header));
  RUNUT_ASSIGN(run.projector, Projector::open(run.log->store(), *run.log,
                                              {all_projections.begin(), all_projections.end()}));
  run.index = std::make_unique<SubjectIndex>(std::make_shared<CurrentRows>(
      run.projector->views(), std::string(subject_index::projection.name)));
  run.projector->start();
  WriterOptions writing;
  writing.wait_indexed = [&run](Sequence sequence) {
    return run.projector->wait_for(sequence, Millis{60'000});
  };
  writing.indexed = [&run] { return run.projector->position(); };
  RUNUT_ASSIGN(const auto writer, Writer::open(*run.log, *run.index, run.keys, run.clock,
                                               run.randomness, std::move(writing)));
  Progress progress("commands", "commands");
  return seconds_of([&]() -> Status {
    DigestedCommands digested(run.keys, run.commands);
    std::uint64_t done = 0;
    while (auto batch = digested.next()) {
      for (auto& [command, digest] : *batch) RUNUT_TRY(writer->submit(std::move(command), digest));
      done += batch->size();
      RUNUT_TRY(writer->drain(Millis{0}));
      progress.at(done, run.commands.size());
    }
    RUNUT_TRY(writer->drain_all());
    return run.projector->wait_for(run.log->head().sequence, Millis{600'000});
  });
}

}  // namespace

Status bench_commands(BenchRun& run) {
  RUNUT_ASSIGN(run.commands_seconds, median_of_three([&] { return decide_commands(run); }));
  run.projector->stop();
  run.commands_count = run.commands.size();
  run.commands = {};
  return put_stored(run);
}

// seal + encode + chain + commit of the same facts, batches of 1000.
Status bench_ingest(BenchRun& run) {
  std::vector<Event> events;
  events.reserve(run.stored.size());
  for (const Bytes& bytes : run.stored) {
    RUNUT_ASSIGN(Event event, decode_event(bytes));
    events.push_back(std::move(event));
  }
  RUNUT_ASSIGN(auto log, RocksdbEventLog::open((run.dir / "ingest").string(), &read_record_header));
  const std::string text(100, 'x');
  const auto encode = [&](Event& event, const Hash256& previous) -> Result<StoredEvent> {
    event.previous = previous;
    if (!event.sealed.empty()) {
      RUNUT_ASSIGN(const Sealed sealed, seal_text(run.keys, PersonId{event.subject.id}, text,
                                                  {event.agency, event.command,
                                                   static_cast<std::uint16_t>(event.type())},
                                                  run.randomness));
      event.sealed = serialise(sealed);
    }
    RUNUT_ASSIGN(Bytes bytes, encode_event(event));
    const Hash256 leaf = leaf_hash(bytes);
    return StoredEvent{std::move(bytes), leaf};
  };
  Head head;
  RUNUT_ASSIGN(const double seconds, seconds_of([&]() -> Status {
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
                   // Exhausted has not taken it. NOLINTNEXTLINE(bugprone-use-after-move)
                   while (!log->append(std::move(commit))) (void)log->settle(Millis{100});
                   if (log->in_flight() > 2'000) (void)log->settle(Millis{0});
                 }
                 while (log->in_flight() > 0) (void)log->settle(Millis{1'000});
                 return log->wait_for(head.sequence, Millis{60'000}).map([](const Head&) {});
               }));
  const auto count = static_cast<double>(events.size());
  run.figure("ingest", count / seconds, "events/s", count / run.raw_seconds, "raw RocksDB Put/s",
             ">= 0.7");
  run.figure("ingest, packed", count / seconds, "events/s", count / run.packed_seconds,
             "packed into frames and put/s", "");
  return {};
}

}  // namespace runut::cli
