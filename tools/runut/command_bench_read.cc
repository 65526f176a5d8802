// Figures of reading: verification, rebuilding every view, explaining payments.
#include <algorithm>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "instance/verification.h"
#include "query/explain.h"
#include "tools/runut/command_bench_run.h"

namespace runut::cli {
namespace {

// Over the store that bench_commands() left: the same bytes, one row an event.
Status iterate(const Store& raw) {
  StoreIterator at = raw.iterate(*raw.family("log"), {.fill_cache = false});
  std::uint64_t bytes = 0;
  for (at.seek_to_first(); at.valid(); at.next()) bytes += at.value().size();
  RUNUT_TRY(at.status());
  return bytes > 0 ? Status{} : fail(ErrorCode::internal, "the raw store is empty");
}

}  // namespace

Status bench_verify(BenchRun& run) {
  // Both are short: the best of several, in turn, so that other work on the machine hits neither
  // alone.
  double hashing = 1e9;
  double seconds = 1e9;
  for (int round = 0; round < 7; ++round) {
    RUNUT_ASSIGN(const double alone, seconds_of([&]() -> Status {
                   Hash256 leaf;
                   for (const Bytes& bytes : run.stored) leaf = leaf_hash(bytes);
                   return leaf == Hash256{} ? fail(ErrorCode::internal, "a hash of zeros")
                                            : Status{};
                 }));
    RUNUT_ASSIGN(const double whole, seconds_of([&] { return Verification({}).read(*run.log); }));
    hashing = std::min(hashing, alone);
    seconds = std::min(seconds, whole);
  }
  const auto count = static_cast<double>(run.stored.size());
  run.figure("verify", count / seconds, "events/s", count / hashing, "SHA-256 in memory/s",
             ">= 0.6");
  return {};
}

Status bench_fold(BenchRun& run) {
  // Both baselines are short: the best of several passes, with the stores open before.
  RUNUT_ASSIGN(const auto raw, Store::open({.directory = (run.dir / "raw").string(),
                                            .families = {{"log", FamilyKind::rows}},
                                            .access = StoreAccess::read_only}));
  double iterating = 1e9;
  double scanning = 1e9;
  for (int round = 0; round < 5; ++round) {
    RUNUT_ASSIGN(const double raw_pass, seconds_of([&] { return iterate(*raw); }));
    RUNUT_ASSIGN(const double own_pass, seconds_of([&]() -> Status {
                   return run.for_each([](const EventView&) { return Status{}; });
                 }));
    iterating = std::min(iterating, raw_pass);
    scanning = std::min(scanning, own_pass);
  }
  // Until every new view has reached the head; comparing it with the old one comes after.
  RUNUT_ASSIGN(const std::vector<Rebuilt> rebuilt, run.projector->rebuild(all_projection_names()));
  const double seconds = rebuilt.front().seconds;
  const auto count = static_cast<double>(run.stored.size());
  run.figure("fold", count / seconds, "events/s", count / iterating, "raw RocksDB iterator/s",
             ">= 0.25");
  run.figure("fold, packed", count / seconds, "events/s", count / scanning, "own log reader/s", "");
  return {};
}

Status bench_explain(BenchRun& run) {
  RUNUT_ASSIGN(const Explainer explainer,
               Explainer::open(*run.index, {run.log->head().sequence, run.log->head().leaf}));
  std::vector<std::pair<PersonId, Month>> paid;
  RUNUT_TRY(run.for_each([&](const EventView& view) -> Status {
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
        paid[static_cast<std::size_t>(run.randomness.below(paid.size()))];
    RUNUT_ASSIGN(const double seconds, seconds_of([&]() -> Status {
                   return explainer.explain(person, month_paid).map([](const Explanation&) {});
                 }));
    millis.push_back(seconds * 1e3);
  }
  std::sort(millis.begin(), millis.end());
  if (millis.empty())
    return fail(ErrorCode::internal, "these months give no payment that could be explained");
  run.figure("explain p50", millis[millis.size() / 2], "ms", 1, "1 ms", "", RatioOf::bound);
  run.figure("explain p99", millis[millis.size() * 99 / 100], "ms", 1, "1 ms", ">= 1",
             RatioOf::bound);
  return {};
}

}  // namespace runut::cli
