// Figures of reading: verification, rebuilding every view, explaining payments.
#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <thread>

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

// A virtual machine gives free memory back to its host, and the first touch of a page that it takes
// again lasts a tenth of a millisecond or more: as long as a third of an explanation. What is
// touched and let go here is at hand for a second or two.
void fetch_memory() {
  constexpr std::size_t bytes = std::size_t{256} << 20;
  constexpr std::size_t page = 4'096;
  void* const memory =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  for (std::size_t at = 0; at < bytes; at += page) static_cast<volatile char*>(memory)[at] = 1;
  ::munmap(memory, bytes);
}

// What explain is measured with.
struct Payments {
  using Paid = std::pair<PersonId, Month>;
  using Group = std::pair<Period, std::string>;

  Status add(const EventView& view) {
    RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(view.bytes));
    if (key.type == EventType::TppPaymentComputed) {
      RUNUT_ASSIGN(const Event event, decode_event(view.bytes));
      const auto& payment = std::get<TppPaymentComputed>(event.payload);
      if (payment.left_out || payment.run.kind != RunKind::regular) return {};
      all.emplace_back(payment.person, payment.run.month);
      Month& newest = newest_of.try_emplace(payment.person, payment.run.month).first->second;
      newest = std::max(newest, payment.run.month);
    } else if (key.type == EventType::RankingMemberPlaced) {
      RUNUT_ASSIGN(const Event event, decode_event(view.bytes));
      const auto& rank = std::get<RankingMemberPlaced>(event.payload);
      published[{rank.period, rank.group}].insert(rank.person);
    }
    return {};
  }

  // Every member of the largest ranking that was published, each in the newest month that paid
  // them: the months before the ranking have no branch of it.
  [[nodiscard]] std::vector<Paid> of_largest_group() const {
    const auto largest = std::max_element(
        published.begin(), published.end(),
        [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    std::vector<Paid> out;
    if (largest == published.end()) return out;
    for (const PersonId person : largest->second)
      if (const auto paid = newest_of.find(person); paid != newest_of.end()) out.push_back(*paid);
    return out;
  }

  std::vector<Paid> all;
  std::map<PersonId, Month> newest_of;
  std::map<Group, std::set<PersonId>> published;
};

// What is measured is a ledger at rest: whatever was done before leaves files that are still to be
// merged. A minute at most.
void wait_until_merged(const Store& store) {
  for (int waits = 0; waits < 1'200 && store.is_compacting(); ++waits)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
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
  // Until every new view has reached the head; comparing it with the old one comes after. The best
  // of several, too.
  double seconds = 1e9;
  for (int round = 0; round < 3; ++round) {
    wait_until_merged(*run.log->store());
    RUNUT_ASSIGN(const std::vector<Rebuilt> rebuilt,
                 run.projector->rebuild(all_projection_names()));
    seconds = std::min(seconds, rebuilt.front().seconds);
  }
  const auto count = static_cast<double>(run.stored.size());
  run.figure("fold", count / seconds, "events/s", count / iterating, "raw RocksDB iterator/s",
             ">= 0.25");
  run.figure("fold, packed", count / seconds, "events/s", count / scanning, "own log reader/s", "");
  return {};
}

Status bench_explain(BenchRun& run) {
  RUNUT_ASSIGN(const Explainer explainer,
               Explainer::open(*run.index, {run.log->head().sequence, run.log->head().leaf}));
  Payments payments;
  RUNUT_TRY(run.for_each([&](const EventView& view) { return payments.add(view); }));
  if (payments.all.empty())
    return fail(ErrorCode::internal, "these months give no payment that could be explained");
  wait_until_merged(*run.log->store());
  std::vector<double> millis;
  const auto explain = [&](const Payments::Paid& paid) -> Status {
    RUNUT_ASSIGN(const double seconds, seconds_of([&]() -> Status {
                   return explainer.explain(paid.first, paid.second).map([](const Explanation&) {});
                 }));
    millis.push_back(seconds * 1e3);
    return {};
  };
  const auto explain_random = [&](int count) -> Status {
    for (int i = 0; i < count; ++i)
      RUNUT_TRY(explain(
          payments.all[static_cast<std::size_t>(run.randomness.below(payments.all.size()))]));
    return {};
  };
  // The first ones open files and learn the way; they are not what a payment costs.
  RUNUT_TRY(explain_random(100));
  fetch_memory();
  millis.clear();
  RUNUT_TRY(explain_random(1'000));
  for (const Payments::Paid& paid : payments.of_largest_group()) RUNUT_TRY(explain(paid));
  std::sort(millis.begin(), millis.end());
  run.figure("explain", millis[millis.size() * 99 / 100], "ms", 1, "1 ms (p99)", ">= 1",
             RatioOf::bound);
  run.figure("explain, p50", millis[millis.size() / 2], "ms", 1, "1 ms", "", RatioOf::bound);
  return {};
}

}  // namespace runut::cli
