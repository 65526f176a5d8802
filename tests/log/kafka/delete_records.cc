#include "delete_records.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

namespace runut::testing_log {

void delete_records_before(const KafkaAddress& address, std::int64_t offset) {
  constexpr int wait_ms = 30'000;
  char message[256] = "";
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  ASSERT_EQ(rd_kafka_conf_set(conf, "bootstrap.servers", address.bootstrap.c_str(), message,
                              sizeof message),
            RD_KAFKA_CONF_OK)
      << message;
  rd_kafka_t* client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, message, sizeof message);
  ASSERT_NE(client, nullptr) << message;

  rd_kafka_topic_partition_list_t* before = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(before, address.topic.c_str(), 0)->offset = offset;
  rd_kafka_DeleteRecords_t* records = rd_kafka_DeleteRecords_new(before);
  rd_kafka_queue_t* queue = rd_kafka_queue_new(client);
  rd_kafka_DeleteRecords(client, &records, 1, nullptr, queue);
  rd_kafka_event_t* event = rd_kafka_queue_poll(queue, wait_ms);
  if (event == nullptr) {
    ADD_FAILURE() << "the brokers did not answer";
  } else {
    EXPECT_EQ(rd_kafka_event_error(event), RD_KAFKA_RESP_ERR_NO_ERROR)
        << rd_kafka_event_error_string(event);
    if (const auto* result = rd_kafka_event_DeleteRecords_result(event)) {
      const rd_kafka_topic_partition_list_t* offsets =
          rd_kafka_DeleteRecords_result_offsets(result);
      EXPECT_EQ(offsets->cnt, 1);
      EXPECT_EQ(offsets->elems[0].err, RD_KAFKA_RESP_ERR_NO_ERROR)
          << rd_kafka_err2str(offsets->elems[0].err);
      EXPECT_EQ(offsets->elems[0].offset, offset) << "where the log begins now";
    }
    rd_kafka_event_destroy(event);
  }
  rd_kafka_queue_destroy(queue);
  rd_kafka_DeleteRecords_destroy(records);
  rd_kafka_topic_partition_list_destroy(before);
  rd_kafka_destroy(client);
}

}  // namespace runut::testing_log
