// librdkafka behind three small classes: a producer, a consumer of one partition, and the set-up of
// a topic. The C interface, not the C++ one: it alone has event queues that wake us and batches of
// messages and reports, and it throws nothing.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "log/writer_session.h"

using rd_kafka_t = struct rd_kafka_s;
using rd_kafka_topic_t = struct rd_kafka_topic_s;
using rd_kafka_queue_t = struct rd_kafka_queue_s;

namespace runut {

using KafkaSettings = std::vector<std::pair<std::string, std::string>>;

struct KafkaAddress {
  std::string bootstrap;  // host:port[,host:port…]
  std::string topic;
};

// Time-outs and sizes that tests shorten; everything else is fixed by the protocol.
struct KafkaTuning {
  int message_timeout_ms = 30'000;
  int socket_timeout_ms = 10'000;
  int linger_ms = 1;
  // More librdkafka settings as name and value, e.g. test.mock.num.brokers.
  KafkaSettings more{};
};

// What the engine's producer is made with.
[[nodiscard]] KafkaSettings producer_settings(const KafkaAddress& address,
                                              const KafkaTuning& tuning);

// Something happened: librdkafka's threads and callers wake the one thread that waits.
class Wakeup {
 public:
  void wake();
  void wait(std::chrono::milliseconds at_most);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> woken_{false};  // so that waking the busy costs next to nothing
};

struct DeliveryReport {
  SentId id;
  Offset offset;             // meaningful when `failure` is empty
  BytesView bytes;           // what was sent; valid during the call
  std::string_view failure;  // likewise
};

// Idempotent, all replicas acknowledge, no gapless guarantee, no transactions. One session, one
// instance: at the first error it is thrown away.
class KafkaProducer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<KafkaProducer>> create(
      const KafkaAddress& address, const KafkaTuning& tuning, std::shared_ptr<Wakeup> wakeup);
  // Purges what is queued and in flight and closes in the background, for closing may hang.
  ~KafkaProducer();

  struct Message {
    BytesView bytes;
    SentId id;
  };
  // Copies the bytes of each; its report hands the copy back. `refused` is told what was not taken,
  // and why.
  using Refused = std::function<void(SentId, std::string_view)>;
  void send(std::span<const Message> messages, const Refused& refused);
  // Hands over the reports that have come, in order; how many.
  using Take = std::function<void(const DeliveryReport&)>;
  std::size_t poll(const Take& take);

 private:
  struct Reports;
  KafkaProducer();
  std::shared_ptr<Wakeup> wakeup_;
  std::shared_ptr<Reports> reports_;
  rd_kafka_t* client_ = nullptr;
  rd_kafka_topic_t* topic_ = nullptr;
  rd_kafka_queue_t* queue_ = nullptr;
};

// What the consumer has to say, in order.
struct Consumed {
  enum class Kind : std::uint8_t {
    record,        // `bytes` at `offset`
    end_of_log,    // nothing behind `offset` - 1 for now, as far as the broker knows
    out_of_range,  // the log does not have the place to read from
    error,         // the connection or the leader changed: recheck before trusting anything
  };
  Kind kind = Kind::record;
  Offset offset;
  Bytes bytes;
  std::string message;
};

// Reads one partition from a place it is told: assigned by hand, no group, no commits.
class KafkaConsumer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<KafkaConsumer>> create(
      const KafkaAddress& address, const KafkaTuning& tuning, std::shared_ptr<Wakeup> wakeup);
  ~KafkaConsumer();  // closes in the background

  // Starts over at `from`. What was fetched before may still arrive: the caller discards it.
  [[nodiscard]] Status read_from(Offset from);
  [[nodiscard]] Status stop();
  void poll(std::vector<Consumed>& consumed);
  // What the brokers say that the log holds now: its first offset and the one behind its last. Asks
  // them and waits, a second at most.
  struct Bounds {
    Offset first;
    Offset end;
  };
  [[nodiscard]] Result<Bounds> bounds() const;

 private:
  struct Errors;
  KafkaConsumer();
  std::shared_ptr<Wakeup> wakeup_;
  std::shared_ptr<Errors> errors_;
  std::string topic_;
  rd_kafka_t* client_ = nullptr;
  rd_kafka_queue_t* queue_ = nullptr;
};

// Makes sure the topic is there with one partition. not_found: it is not, and `create` is false.
// A topic that is made gets three replicas (fewer where there are fewer brokers), two of them in
// sync, no unclean election, endless retention, no compaction, and the broker's timestamps.
[[nodiscard]] Status prepare_topic(const KafkaAddress& address, const KafkaTuning& tuning,
                                   bool create);

// The broker that leads the topic's partition now; unavailable when there is none.
[[nodiscard]] Result<int> partition_leader(const KafkaAddress& address, const KafkaTuning& tuning);

}  // namespace runut
