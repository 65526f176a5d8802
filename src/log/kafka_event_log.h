// The log as one partition of a Kafka topic, shared by any number of nodes. Each node keeps the
// whole log in its own store, so that it reads without brokers and can re-publish what they lost.
//
// Offsets stay inside this engine: to everybody else an event is known by its sequence.
#pragma once

#include <memory>

#include "log/event_log.h"
#include "log/kafka_client.h"
#include "store/store.h"

namespace runut {

struct KafkaLogOptions {
  KafkaAddress address;
  ReadHeader read_header = nullptr;
  bool create_topic = false;  // when the ledger is being founded
  // Enough for the brokers to be given full requests while reports are being judged; a tenth of a
  // second's work even so, which is what a rival may have to wait for (L1).
  AppendLimits limits{.commits = 16'000};
  KafkaTuning tuning{};
};

class KafkaPump;

// One thread drives the protocol (writer_session.h) between librdkafka, the store and callers.
//
// An outcome is Unknown when an own record failed, timed out or was void. Then take_over() again:
// it makes a new producer, reads to the end, and settles what is in doubt. A Conflict means another
// writer has the log: step back, or take over from it in turn.
//
// When the topic no longer holds what this node has read (rule R6), everything but read() and
// head() is refused for good, with an error of code corrupt that names the sequences.
class KafkaEventLog final : public EventLog {
 public:
  // `store` must have been opened with log_families(). unavailable: no broker answers. not_found:
  // no such topic. conflict: the topic does not have exactly one partition.
  [[nodiscard]] static Result<std::unique_ptr<KafkaEventLog>> open(std::shared_ptr<Store> store,
                                                                   KafkaLogOptions options);
  // Gives up what is in flight; bounded, whatever the brokers do.
  ~KafkaEventLog() override;

  [[nodiscard]] const std::shared_ptr<Store>& store() const;

  [[nodiscard]] Head head() const override;
  [[nodiscard]] Result<EventBatch> read(Sequence from, ReadLimits limits = {}) const override;
  [[nodiscard]] Result<Head> wait_for(Sequence at_least, Millis max_wait) override;
  [[nodiscard]] Result<TakenOver> take_over(const BuildTakeover& build, Millis max_wait) override;
  [[nodiscard]] Result<Head> begin_copy(Millis max_wait) override;
  [[nodiscard]] Status append(Commit&& commit) override;
  [[nodiscard]] std::vector<Settled> settle(Millis max_wait) override;
  [[nodiscard]] std::size_t in_flight() const override;
  [[nodiscard]] Status writable() const override;

  // L1: whoever decides who writes has chosen another (group membership was lost). Nothing more is
  // accepted; what is in flight still lands.
  void step_down();

 private:
  explicit KafkaEventLog(std::unique_ptr<KafkaPump> pump);
  std::unique_ptr<KafkaPump> pump_;
};

}  // namespace runut
