#include "tools/bench/bare_kafka.h"

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>
#include <string>

namespace runut::bench {
namespace {

constexpr int admin_wait_ms = 15'000;

struct Destroy {
  void operator()(rd_kafka_t* client) const { rd_kafka_destroy(client); }
  void operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
  void operator()(rd_kafka_DeleteTopic_t* topic) const { rd_kafka_DeleteTopic_destroy(topic); }
};
template <class T>
using Owned = std::unique_ptr<T, Destroy>;

tl::unexpected<Error> failed(const KafkaAddress& address, std::string message) {
  return fail(Error{ErrorCode::unavailable,
                    {},
                    "kafka",
                    address.bootstrap + "/" + address.topic,
                    std::move(message)});
}

struct Delivered {
  std::size_t count = 0;
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
  static void report(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    auto& delivered = *static_cast<Delivered*>(opaque);
    ++delivered.count;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) delivered.error = message->err;
  }
};

Result<Owned<rd_kafka_t>> start(const KafkaAddress& address, const KafkaTuning& tuning,
                                Delivered& delivered) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  char message[256];
  for (const auto& [name, value] : producer_settings(address, tuning)) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), message, sizeof message) ==
        RD_KAFKA_CONF_OK)
      continue;
    rd_kafka_conf_destroy(conf);
    return failed(address, message);
  }
  rd_kafka_conf_set_log_cb(conf, nullptr);
  rd_kafka_conf_set_opaque(conf, &delivered);
  rd_kafka_conf_set_dr_msg_cb(conf, &Delivered::report);
  Owned<rd_kafka_t> client(rd_kafka_new(RD_KAFKA_PRODUCER, conf, message, sizeof message));
  if (client) return client;
  rd_kafka_conf_destroy(conf);
  return failed(address, message);
}

}  // namespace

Result<double> produce_bare(const KafkaAddress& address, const KafkaTuning& tuning,
                            std::span<const Bytes> records) {
  Delivered delivered;
  RUNUT_ASSIGN(const auto client, start(address, tuning, delivered));
  const Owned<rd_kafka_topic_t> topic(
      rd_kafka_topic_new(client.get(), address.topic.c_str(), nullptr));
  const auto send = [&](std::span<const Bytes> some) -> Status {
    for (const Bytes& record : some) {
      while (rd_kafka_produce(topic.get(), 0, RD_KAFKA_MSG_F_COPY, const_cast<char*>(record.data()),
                              record.size(), nullptr, 0, nullptr) != 0) {
        if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
          return failed(address, rd_kafka_err2str(rd_kafka_last_error()));
        rd_kafka_poll(client.get(), 10);
      }
      rd_kafka_poll(client.get(), 0);
    }
    return {};
  };
  RUNUT_TRY(send(records.first(1)));
  while (delivered.count < 1) rd_kafka_poll(client.get(), 100);
  const auto begin = std::chrono::steady_clock::now();
  RUNUT_TRY(send(records.subspan(1)));
  while (delivered.count < records.size()) rd_kafka_poll(client.get(), 100);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  if (delivered.error != RD_KAFKA_RESP_ERR_NO_ERROR)
    return failed(address, rd_kafka_err2str(delivered.error));
  return took.count();
}

Status delete_topic(const KafkaAddress& address, const KafkaTuning& tuning) {
  Delivered delivered;
  RUNUT_ASSIGN(const auto client, start(address, tuning, delivered));
  const Owned<rd_kafka_DeleteTopic_t> topic(rd_kafka_DeleteTopic_new(address.topic.c_str()));
  const Owned<rd_kafka_queue_t> queue(rd_kafka_queue_new(client.get()));
  rd_kafka_DeleteTopic_t* one = topic.get();
  rd_kafka_DeleteTopics(client.get(), &one, 1, nullptr, queue.get());
  const Owned<rd_kafka_event_t> event(rd_kafka_queue_poll(queue.get(), admin_wait_ms));
  if (!event) return failed(address, "the brokers did not remove the topic in time");
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
    return failed(address, rd_kafka_event_error_string(event.get()));
  return {};
}

}  // namespace runut::bench
