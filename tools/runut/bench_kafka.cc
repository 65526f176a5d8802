#include "tools/runut/bench_kafka.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "instance/engine.h"
#include "log/frame_store.h"
#include "log/kafka_event_log.h"
#include "tools/bench/bare_kafka.h"
#include "write/record_header.h"

namespace runut::cli {
namespace {

constexpr Millis patience{60'000};
// The first one warms broker and page cache and does not count; the others alternate, so that both
// sides meet the same machine; the median is what counts, for a disk that is busy hits one or two.
constexpr int rounds = 10;

struct Published {
  std::vector<Commit> commits;
  std::vector<Bytes> records;
};

Result<Published> read_commits(const EventLog& source) {
  Published all;
  Commit commit;
  const Sequence head = source.head().sequence;
  for (Sequence from{1}; from <= head; from = Sequence{all.records.size() + 1}) {
    RUNUT_ASSIGN(const EventBatch batch, source.read(from));
    for (const EventView& event : batch.events) {
      RUNUT_ASSIGN(const RecordHeader header, read_record_header(event.bytes));
      all.records.emplace_back(event.bytes);
      commit.command = header.command;
      commit.events.push_back({Bytes(event.bytes), event.leaf});
      if (header.commit_index + 1 == header.commit_count)
        all.commits.push_back(std::exchange(commit, {}));
    }
  }
  return all;
}

Status settle_some(EventLog& log) {
  for (const Settled& settled : log.settle(patience))
    if (!std::holds_alternative<Appended>(settled.outcome))
      return fail(ErrorCode::unavailable, "the brokers did not take every commit");
  return {};
}

Result<double> produce_through_engine(const KafkaAddress& address, const std::string& directory,
                                      std::vector<Commit> commits, const Head& end) {
  RUNUT_ASSIGN(std::shared_ptr<Store> store,
               Store::open({.directory = directory, .families = log_families()}));
  KafkaLogOptions options;
  options.address = address;
  options.read_header = &read_record_header;
  options.create_topic = true;
  RUNUT_ASSIGN(const auto log, KafkaEventLog::open(std::move(store), std::move(options)));
  RUNUT_TRY(log->begin_copy(patience));
  // The clock starts when the first commit is durable: connections are made, as in a service.
  RUNUT_TRY(log->append(std::move(commits.front())));
  while (log->in_flight() > 0) RUNUT_TRY(settle_some(*log));
  const auto begin = std::chrono::steady_clock::now();
  for (Commit& commit : std::span(commits).subspan(1)) {
    for (;;) {
      const Status taken = log->append(std::move(commit));  // NOLINT: exhausted has not taken it
      if (taken) break;
      if (taken.error().code != ErrorCode::exhausted) return fail(taken.error());
      RUNUT_TRY(settle_some(*log));
    }
  }
  while (log->in_flight() > 0) RUNUT_TRY(settle_some(*log));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  if (log->head() != end)
    return fail(ErrorCode::internal, "the published log does not end like its source");
  return took.count();
}

Result<double> produce_bare(const KafkaAddress& address, std::span<const Bytes> records) {
  RUNUT_TRY(prepare_topic(address, {}, true));
  return bench::produce_bare(address, {}, records);
}

double median(std::vector<double> seconds) {
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

// A topic that nobody else has.
Result<KafkaAddress> bench_address(const std::string& url) {
  SystemRandomness randomness;
  const std::string name = "bench-" + to_hex(randomness.draw<CommandId>().view());
  RUNUT_ASSIGN(const auto address, parse_log_address(url, name));
  if (!address)
    return fail(Error{ErrorCode::invalid_input, "log.address", "log", url,
                      "a log is kafka://host:port[,host:port]/"});
  return KafkaAddress{address->bootstrap, address->topic};
}

}  // namespace

Status check_brokers(const std::string& url) {
  RUNUT_ASSIGN(const KafkaAddress address, bench_address(url));
  RUNUT_TRY(prepare_topic(address, {}, true));
  return bench::delete_topic(address, {});
}

Result<KafkaProduce> bench_kafka_produce(const std::string& url, const std::string& directory,
                                         const EventLog& source) {
  RUNUT_ASSIGN(const KafkaAddress given, bench_address(url));
  RUNUT_ASSIGN(const Published published, read_commits(source));
  std::vector<double> engine;
  std::vector<double> bare;
  for (int round = 0; round < rounds; ++round) {
    const std::string suffix = "-" + std::to_string(round);
    const KafkaAddress through{given.bootstrap, given.topic + "-engine" + suffix};
    const KafkaAddress straight{given.bootstrap, given.topic + "-bare" + suffix};
    const auto engine_seconds =
        produce_through_engine(through, directory + suffix, published.commits, source.head());
    (void)bench::delete_topic(through, {});
    if (!engine_seconds) return fail(engine_seconds.error());
    const auto bare_seconds = produce_bare(straight, published.records);
    (void)bench::delete_topic(straight, {});
    if (!bare_seconds) return fail(bare_seconds.error());
    if (round == 0) continue;
    engine.push_back(*engine_seconds);
    bare.push_back(*bare_seconds);
  }
  const auto events = static_cast<double>(published.records.size());
  return KafkaProduce{events / median(std::move(engine)), events / median(std::move(bare))};
}

}  // namespace runut::cli
