// What folding a log into its views costs, beside an iterator that only reads the same store.
//
// The log is a city's daily work: reports with sealed text, their approvals, clock-ins and
// clock-outs.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>

#include "base/clock.h"
#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "log/rocksdb_event_log.h"
#include "projections/registry.h"
#include "projector/projector.h"

namespace runut {
namespace {

constexpr std::uint64_t events_in_log = 400'000;
constexpr std::uint64_t people = 1'000;

Result<RecordHeader> read_header(BytesView stored) {
  RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(stored));
  return RecordHeader{key.sequence,     key.previous,     key.command,
                      key.commit_index, key.commit_count, key.type == EventType::WriterTookOver};
}

Payload payload_at(std::uint64_t number) {
  const PersonId person{1 + number / 4 % people};
  const std::uint64_t days = number / 4 / people;
  const Date day = date(2022, 1, 1) + static_cast<int>(days);
  const auto at = [&](std::int64_t minute) {
    return Instant{start_of(day, 420).micros + minute * 60'000'000};
  };
  switch (number % 4) {
    case 0: return AttendanceRecorded{person, at(450), ClockDirection::in, 1, number};
    case 1: return AttendanceRecorded{person, at(960), ClockDirection::out, 1, number};
    case 2: return DailyReportSubmitted{person, ReportId{1 + days}, day, Minutes{300}};
    default: return DailyReportApproved{person, ReportId{1 + days}, day};
  }
}

class City {
 public:
  City() {
    std::string pattern = (std::filesystem::temp_directory_path() / "runut-bench-XXXXXX").string();
    RUNUT_CHECK(mkdtemp(pattern.data()) != nullptr, "no temporary directory");
    directory_ = pattern;
    auto opened = RocksdbEventLog::open(directory_, &read_header);
    RUNUT_CHECK(opened.has_value(), "the log cannot be opened");
    log_ = std::move(*opened);
    fill();
    RUNUT_CHECK(store().flush().has_value(), "the log cannot be flushed");
  }
  ~City() {
    log_ = nullptr;
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  City(const City&) = delete;
  City& operator=(const City&) = delete;

  [[nodiscard]] EventLog& log() { return *log_; }
  [[nodiscard]] Store& store() { return *log_->store(); }
  [[nodiscard]] const std::shared_ptr<Store>& shared_store() { return log_->store(); }

 private:
  Commit next_commit(Payload payload) {
    Event event;
    event.agency = 1;
    event.sequence = next(head_.sequence);
    event.previous = head_.leaf;
    event.occurred_on = date(2022, 1, 1);
    event.acted_at = event.recorded_at = start_of(date(2022, 1, 1), 420);
    event.origin = Origin::simulation;
    event.payload = std::move(payload);
    event.subject = subject_of(event.payload);
    event.subject_version = 1;
    event.command = random_.draw<CommandId>();
    event.actor = {
        ActorKind::person, 1, Role::employee, Assurance::authenticated, "oidc", {}, {}, {}};
    if (text_policy(event.type()) == TextPolicy::required) {
      event.sealed.resize(180);
      random_.fill(event.sealed.data(), event.sealed.size());
    }
    Bytes bytes = *encode_event(event);
    head_ = Head{event.sequence, leaf_hash(bytes)};
    return Commit{event.command, {{std::move(bytes), head_.leaf}}};
  }
  void fill() {
    AgencyFounded founded;
    founded.agency = founded.name = founded.log_origin = "bench";
    founded.hash_algorithm = "SHA-256";
    founded.tree_algorithm = "RFC6962";
    founded.utc_offset_minutes = 420;
    const auto taken =
        log_->take_over([&](const Head&) { return next_commit(founded); }, Millis{10'000});
    RUNUT_CHECK(taken.has_value(), "the log cannot be taken over");
    while (head_.sequence < Sequence{events_in_log}) {
      Commit commit = next_commit(payload_at(head_.sequence.value));
      while (!log_->append(std::move(commit))) (void)log_->settle(Millis{1'000});
    }
    while (log_->in_flight() > 0) (void)log_->settle(Millis{10'000});
  }

  std::string directory_;
  std::unique_ptr<RocksdbEventLog> log_;
  SeededRandomness random_{1};
  Head head_;
};

City& city() {
  static City one;
  return one;
}

void count_events(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(events_in_log) * state.iterations());
}

void BM_RawIterator(benchmark::State& state) {
  Store& store = city().store();
  const Family family = *store.family("log");
  std::size_t bytes = 0;
  for (auto _ : state) {
    StoreIterator at = store.iterate(family, {.fill_cache = false});
    for (at.seek_to_first(); at.valid(); at.next()) bytes += at.value().size();
  }
  benchmark::DoNotOptimize(bytes);
  count_events(state);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(BM_RawIterator)->Unit(benchmark::kMillisecond)->MinTime(0.5);

void BM_ReadTheLog(benchmark::State& state) {
  for (auto _ : state)
    for (Sequence from{1}; from.value <= events_in_log;) {
      const auto batch = city().log().read(from);
      from = next(batch->events.back().sequence);
    }
  count_events(state);
}
BENCHMARK(BM_ReadTheLog)->Unit(benchmark::kMillisecond)->MinTime(0.5);

void BM_DecodeEachEvent(benchmark::State& state) {
  for (auto _ : state)
    for (Sequence from{1}; from.value <= events_in_log;) {
      const auto batch = city().log().read(from);
      for (const EventView& view : batch->events) {
        auto event = decode_event(view.bytes);
        benchmark::DoNotOptimize(event);
      }
      from = next(batch->events.back().sequence);
    }
  count_events(state);
}
BENCHMARK(BM_DecodeEachEvent)->Unit(benchmark::kMillisecond)->MinTime(0.5);

// The clock stops when every view has reached the head.
void fold(benchmark::State& state, const std::vector<Projection>& projections) {
  const auto views = Views::open(city().shared_store(), projections);
  RUNUT_CHECK(views.has_value(), "views cannot be opened");
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Track> tracks;
    for (const Projection& projection : projections)
      tracks.push_back(
          {projection, (*views)->create_candidates({std::string(projection.name)})->front(), {}});
    std::vector<Track*> pointers;
    for (Track& track : tracks) pointers.push_back(&track);
    FoldPass pass(city().store(), city().log());
    state.ResumeTiming();
    RUNUT_CHECK(pass.run(pointers, Sequence{events_in_log}).has_value(), "folding failed");
    state.PauseTiming();
    tracks.clear();
    for (const Projection& projection : projections)
      RUNUT_CHECK((*views)->discard_candidate(projection.name).has_value(), "discarding failed");
    state.ResumeTiming();
  }
  count_events(state);
}

void BM_FoldEveryProjection(benchmark::State& state) {
  fold(state, {all_projections.begin(), all_projections.end()});
}
BENCHMARK(BM_FoldEveryProjection)->Unit(benchmark::kMillisecond)->Iterations(3);

void BM_FoldOne(benchmark::State& state) {
  const Projection& one = all_projections[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(std::string(one.name));
  fold(state, {one});
}
BENCHMARK(BM_FoldOne)
    ->DenseRange(0, static_cast<int>(all_projections.size()) - 1)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace
}  // namespace runut

BENCHMARK_MAIN();
