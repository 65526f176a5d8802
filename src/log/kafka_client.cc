#include "log/kafka_client.h"

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <cstring>
#include <deque>
#include <thread>

namespace runut {
namespace {

constexpr int metadata_wait_ms = 15'000;
constexpr int bounds_wait_ms = 1'000;
constexpr std::size_t messages_per_poll = 2'000;

Error kafka_error(const KafkaAddress& address, std::string message) {
  return Error{ErrorCode::unavailable,
               {},
               "kafka",
               address.bootstrap + "/" + address.topic,
               std::move(message)};
}

KafkaSettings common_settings(const KafkaAddress& address, const KafkaTuning& tuning) {
  KafkaSettings settings{{"bootstrap.servers", address.bootstrap},
                         {"client.id", "runut"},
                         {"socket.timeout.ms", std::to_string(tuning.socket_timeout_ms)},
                         {"allow.auto.create.topics", "false"},
                         {"log.connection.close", "false"},
                         {"reconnect.backoff.ms", "50"},
                         {"reconnect.backoff.max.ms", "1000"},
                         {"topic.metadata.refresh.fast.interval.ms", "100"}};
  settings.insert(settings.end(), tuning.more.begin(), tuning.more.end());
  return settings;
}

Result<rd_kafka_conf_t*> configure(const KafkaAddress& address, const KafkaSettings& settings) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  char message[256];
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), message, sizeof message) ==
        RD_KAFKA_CONF_OK)
      continue;
    rd_kafka_conf_destroy(conf);
    return fail(kafka_error(address, message));
  }
  // librdkafka writes to standard error by default; what matters reaches us as events.
  rd_kafka_conf_set_log_cb(conf, nullptr);
  return conf;
}

Result<rd_kafka_t*> start(rd_kafka_type_t type, rd_kafka_conf_t* conf,
                          const KafkaAddress& address) {
  char message[256];
  rd_kafka_t* client = rd_kafka_new(type, conf, message, sizeof message);
  if (client != nullptr) return client;
  rd_kafka_conf_destroy(conf);
  return fail(kafka_error(address, message));
}

// Closing can hang in this version of librdkafka, so nobody waits for it.
template <class Close>
void in_background(Close close) {
  std::thread(std::move(close)).detach();
}

// Outlives the client it is the opaque of: the background closer holds it until the client is gone.
void wake_from_queue(rd_kafka_t*, void* wakeup) {
  static_cast<Wakeup*>(wakeup)->wake();
}

}  // namespace

void Wakeup::wake() {
  if (woken_.exchange(true)) return;
  { const std::lock_guard lock(mutex_); }
  changed_.notify_one();
}

void Wakeup::wait(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, at_most, [&] { return woken_.load(); });
  woken_ = false;
}

KafkaSettings producer_settings(const KafkaAddress& address, const KafkaTuning& tuning) {
  KafkaSettings settings = common_settings(address, tuning);
  const KafkaSettings own{
      {"enable.idempotence", "true"},
      {"enable.gapless.guarantee", "false"},
      {"message.timeout.ms", std::to_string(tuning.message_timeout_ms)},
      {"linger.ms", std::to_string(tuning.linger_ms)},
      // The bounds of AppendLimits are the tighter ones.
      {"queue.buffering.max.messages", "4000000"},
      {"queue.buffering.max.kbytes", "524288"},
      // A topic is kept for ever, so its size counts; and as many batches of half the
      // size cost broker and network more than compressing saves time here.
      {"compression.type", "lz4"}};
  settings.insert(settings.end(), own.begin(), own.end());
  return settings;
}

// By callback, on the thread that polls: each message is freed while it is still in the caches.
struct KafkaProducer::Reports {
  const Take* take = nullptr;  // while poll() runs
  std::size_t count = 0;
  static void hand_over(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    auto& reports = *static_cast<Reports*>(opaque);
    if (reports.take == nullptr) return;
    ++reports.count;
    DeliveryReport report{SentId{reinterpret_cast<std::uint64_t>(message->_private)},
                          Offset{message->offset},
                          {static_cast<const char*>(message->payload), message->len},
                          {}};
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) report.failure = rd_kafka_err2str(message->err);
    (*reports.take)(report);
  }
};

KafkaProducer::KafkaProducer() : reports_(std::make_shared<Reports>()) {}

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::create(const KafkaAddress& address,
                                                             const KafkaTuning& tuning,
                                                             std::shared_ptr<Wakeup> wakeup) {
  RUNUT_ASSIGN(rd_kafka_conf_t* const conf, configure(address, producer_settings(address, tuning)));
  std::unique_ptr<KafkaProducer> producer(new KafkaProducer());
  rd_kafka_conf_set_opaque(conf, producer->reports_.get());
  rd_kafka_conf_set_dr_msg_cb(conf, Reports::hand_over);
  producer->wakeup_ = std::move(wakeup);
  RUNUT_ASSIGN(producer->client_, start(RD_KAFKA_PRODUCER, conf, address));
  producer->topic_ = rd_kafka_topic_new(producer->client_, address.topic.c_str(), nullptr);
  producer->queue_ = rd_kafka_queue_get_main(producer->client_);
  rd_kafka_queue_cb_event_enable(producer->queue_, wake_from_queue, producer->wakeup_.get());
  return producer;
}

KafkaProducer::~KafkaProducer() {
  if (client_ == nullptr) return;
  in_background(
      [client = client_, topic = topic_, queue = queue_, wakeup = wakeup_, reports = reports_] {
        rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_queue_cb_event_enable(queue, nullptr, nullptr);
        rd_kafka_queue_destroy(queue);
        rd_kafka_topic_destroy(topic);
        rd_kafka_destroy(client);
      });
}

void KafkaProducer::send(std::span<const Message> messages, const Refused& refused) {
  // All at once: librdkafka then looks the partition up once, not for each.
  std::vector<rd_kafka_message_t> batch(messages.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i].payload = const_cast<char*>(messages[i].bytes.data());
    batch[i].len = messages[i].bytes.size();
    // An id in the place that librdkafka gives back: never a pointer.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    batch[i]._private = reinterpret_cast<void*>(messages[i].id.value);
  }
  const int count = static_cast<int>(batch.size());
  if (rd_kafka_produce_batch(topic_, 0, RD_KAFKA_MSG_F_COPY, batch.data(), count) == count) return;
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (batch[i].err != RD_KAFKA_RESP_ERR_NO_ERROR)
      refused(messages[i].id, std::string("sending to Kafka: ") + rd_kafka_err2str(batch[i].err));
}

std::size_t KafkaProducer::poll(const Take& take) {
  reports_->take = &take;
  reports_->count = 0;
  rd_kafka_poll(client_, 0);
  reports_->take = nullptr;
  return reports_->count;
}

// Errors of the client as a whole come by callback, on the thread that polls.
struct KafkaConsumer::Errors {
  std::vector<std::string> messages;
  static void add(rd_kafka_t*, int, const char* reason, void* opaque) {
    static_cast<Errors*>(opaque)->messages.emplace_back(reason);
  }
};

KafkaConsumer::KafkaConsumer() : errors_(std::make_shared<Errors>()) {}

Result<std::unique_ptr<KafkaConsumer>> KafkaConsumer::create(const KafkaAddress& address,
                                                             const KafkaTuning& tuning,
                                                             std::shared_ptr<Wakeup> wakeup) {
  KafkaSettings settings = common_settings(address, tuning);
  const KafkaSettings own{
      {"group.id", "runut"},  // assign() wants a name; the group is never joined
      {"isolation.level", "read_uncommitted"},
      {"auto.offset.reset", "error"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"check.crcs", "true"},
      {"enable.partition.eof", "true"},
      {"fetch.error.backoff.ms", "50"},
      {"queued.max.messages.kbytes", "16384"},
      {"max.poll.interval.ms", "86400000"}};
  settings.insert(settings.end(), own.begin(), own.end());
  RUNUT_ASSIGN(rd_kafka_conf_t* const conf, configure(address, settings));
  std::unique_ptr<KafkaConsumer> consumer(new KafkaConsumer());
  rd_kafka_conf_set_opaque(conf, consumer->errors_.get());
  rd_kafka_conf_set_error_cb(conf, Errors::add);
  consumer->wakeup_ = std::move(wakeup);
  consumer->topic_ = address.topic;
  RUNUT_ASSIGN(consumer->client_, start(RD_KAFKA_CONSUMER, conf, address));
  rd_kafka_poll_set_consumer(consumer->client_);
  consumer->queue_ = rd_kafka_queue_get_consumer(consumer->client_);
  rd_kafka_queue_cb_event_enable(consumer->queue_, wake_from_queue, consumer->wakeup_.get());
  return consumer;
}

KafkaConsumer::~KafkaConsumer() {
  if (client_ == nullptr) return;
  in_background([client = client_, queue = queue_, wakeup = wakeup_, errors = errors_] {
    rd_kafka_queue_cb_event_enable(queue, nullptr, nullptr);
    rd_kafka_assign(client, nullptr);
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  });
}

Status KafkaConsumer::read_from(Offset from) {
  rd_kafka_topic_partition_list_t* partitions = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(partitions, topic_.c_str(), 0)->offset = from.value;
  const rd_kafka_resp_err_t error = rd_kafka_assign(client_, partitions);
  rd_kafka_topic_partition_list_destroy(partitions);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return fail(ErrorCode::unavailable, std::string("reading Kafka: ") + rd_kafka_err2str(error));
}

Status KafkaConsumer::stop() {
  const rd_kafka_resp_err_t error = rd_kafka_assign(client_, nullptr);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return fail(ErrorCode::unavailable, std::string("reading Kafka: ") + rd_kafka_err2str(error));
}

Result<KafkaConsumer::Bounds> KafkaConsumer::bounds() const {
  std::int64_t first = 0;
  std::int64_t end = 0;
  const rd_kafka_resp_err_t error =
      rd_kafka_query_watermark_offsets(client_, topic_.c_str(), 0, &first, &end, bounds_wait_ms);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return Bounds{Offset{first}, Offset{end}};
  return fail(ErrorCode::unavailable, std::string("reading Kafka: ") + rd_kafka_err2str(error));
}

void KafkaConsumer::poll(std::vector<Consumed>& consumed) {
  std::array<rd_kafka_message_t*, messages_per_poll> messages{};
  const ssize_t count = rd_kafka_consume_batch_queue(queue_, 0, messages.data(), messages.size());
  for (std::string& error : errors_->messages)
    consumed.push_back({Consumed::Kind::error, Offset{}, {}, std::move(error)});
  errors_->messages.clear();
  for (ssize_t i = 0; i < count; ++i) {
    rd_kafka_message_t* message = messages[static_cast<std::size_t>(i)];
    Consumed next;
    next.offset = Offset{message->offset};
    switch (message->err) {
      case RD_KAFKA_RESP_ERR_NO_ERROR:
        if (message->payload != nullptr)
          next.bytes.assign(static_cast<const char*>(message->payload), message->len);
        break;
      case RD_KAFKA_RESP_ERR__PARTITION_EOF: next.kind = Consumed::Kind::end_of_log; break;
      case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE: next.kind = Consumed::Kind::out_of_range; break;
      default: next.kind = Consumed::Kind::error; break;
    }
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) next.message = rd_kafka_message_errstr(message);
    consumed.push_back(std::move(next));
    rd_kafka_message_destroy(message);
  }
}

namespace {

enum class TopicState : std::uint8_t { ready, missing, starting };

struct Found {
  TopicState state = TopicState::starting;
  int partitions = 0;
  int brokers = 0;
  int leader = -1;
};

Result<Found> find_topic(rd_kafka_t* client, const KafkaAddress& address) {
  rd_kafka_topic_t* topic = rd_kafka_topic_new(client, address.topic.c_str(), nullptr);
  const rd_kafka_metadata_t* metadata = nullptr;
  const rd_kafka_resp_err_t error =
      rd_kafka_metadata(client, 0, topic, &metadata, metadata_wait_ms);
  rd_kafka_topic_destroy(topic);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
    return fail(
        kafka_error(address, std::string("the brokers do not answer: ") + rd_kafka_err2str(error)));
  Found found;
  found.brokers = metadata->broker_cnt;
  if (metadata->topic_cnt == 1) {
    const rd_kafka_metadata_topic_t& about = metadata->topics[0];
    found.partitions = about.partition_cnt;
    if (about.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) found.state = TopicState::missing;
    if (about.err == RD_KAFKA_RESP_ERR_NO_ERROR && about.partition_cnt > 0 &&
        about.partitions[0].leader >= 0) {
      found.state = TopicState::ready;
      found.leader = about.partitions[0].leader;
    }
  }
  rd_kafka_metadata_destroy(metadata);
  return found;
}

Status create_topic(rd_kafka_t* client, const KafkaAddress& address, int brokers) {
  const int replicas = brokers < 3 ? 1 : 3;
  char message[256];
  rd_kafka_NewTopic_t* topic =
      rd_kafka_NewTopic_new(address.topic.c_str(), 1, replicas, message, sizeof message);
  if (topic == nullptr) return fail(kafka_error(address, message));
  const char* in_sync = replicas == 3 ? "2" : "1";
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"min.insync.replicas", in_sync},
           {"unclean.leader.election.enable", "false"},
           {"cleanup.policy", "delete"},
           {"retention.ms", "-1"},
           {"retention.bytes", "-1"},
           {"message.timestamp.type", "LogAppendTime"}})
    rd_kafka_NewTopic_set_config(topic, name, value);

  rd_kafka_queue_t* queue = rd_kafka_queue_new(client);
  rd_kafka_AdminOptions_t* options =
      rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS);
  rd_kafka_AdminOptions_set_request_timeout(options, metadata_wait_ms, message, sizeof message);
  rd_kafka_CreateTopics(client, &topic, 1, options, queue);
  rd_kafka_event_t* event = rd_kafka_queue_poll(queue, metadata_wait_ms + 1'000);
  Status status;
  if (event == nullptr) {
    status = fail(kafka_error(address, "the brokers did not make the topic in time"));
  } else if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    status = fail(kafka_error(address, rd_kafka_event_error_string(event)));
  } else {
    std::size_t count = 0;
    const rd_kafka_topic_result_t** results =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
    for (std::size_t i = 0; i < count; ++i) {
      const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(results[i]);
      if (error != RD_KAFKA_RESP_ERR_NO_ERROR && error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
        status = fail(kafka_error(
            address, std::string("the topic cannot be made: ") + rd_kafka_err2str(error)));
    }
  }
  if (event != nullptr) rd_kafka_event_destroy(event);
  rd_kafka_AdminOptions_destroy(options);
  rd_kafka_queue_destroy(queue);
  rd_kafka_NewTopic_destroy(topic);
  return status;
}

Status prepare(rd_kafka_t* client, const KafkaAddress& address, bool create) {
  bool created = false;
  for (int tries = 0; tries < 100; ++tries) {
    RUNUT_ASSIGN(const Found found, find_topic(client, address));
    if (found.state == TopicState::ready) {
      if (found.partitions == 1) return {};
      return fail(Error{
          ErrorCode::conflict,
          {},
          "topic",
          address.topic,
          "a ledger's topic has one partition; this one has " + std::to_string(found.partitions)});
    }
    if (found.state == TopicState::missing && !create)
      return fail(Error{ErrorCode::not_found,
                        {},
                        "topic",
                        address.topic,
                        "there is no such topic on these brokers"});
    if (found.state == TopicState::missing && !created) {
      RUNUT_TRY(create_topic(client, address, found.brokers));
      created = true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  return fail(kafka_error(address, "the topic has no leader"));
}

}  // namespace

Status prepare_topic(const KafkaAddress& address, const KafkaTuning& tuning, bool create) {
  RUNUT_ASSIGN(rd_kafka_conf_t* const conf, configure(address, common_settings(address, tuning)));
  RUNUT_ASSIGN(rd_kafka_t* const client, start(RD_KAFKA_PRODUCER, conf, address));
  const Status status = prepare(client, address, create);
  in_background([client] { rd_kafka_destroy(client); });
  return status;
}

Result<int> partition_leader(const KafkaAddress& address, const KafkaTuning& tuning) {
  RUNUT_ASSIGN(rd_kafka_conf_t* const conf, configure(address, common_settings(address, tuning)));
  RUNUT_ASSIGN(rd_kafka_t* const client, start(RD_KAFKA_PRODUCER, conf, address));
  const Result<Found> found = find_topic(client, address);
  in_background([client] { rd_kafka_destroy(client); });
  if (!found) return fail(found.error());
  if (found->leader < 0) return fail(kafka_error(address, "the topic has no leader"));
  return found->leader;
}

}  // namespace runut
