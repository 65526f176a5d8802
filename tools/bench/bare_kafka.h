// What the Kafka engine is measured against: the same bytes with the same settings through bare
// librdkafka, to a topic on the same brokers.
#pragma once

#include <span>

#include "log/kafka_client.h"

namespace runut::bench {

// Sends the records in order, as fast as librdkafka takes them, and waits until every one is
// reported as persisted; the seconds that took from the moment the first one was. `records` is not
// empty. unavailable: a record failed.
[[nodiscard]] Result<double> produce_bare(const KafkaAddress& address, const KafkaTuning& tuning,
                                          std::span<const Bytes> records);

// Removes a topic that a bench made.
[[nodiscard]] Status delete_topic(const KafkaAddress& address, const KafkaTuning& tuning);

}  // namespace runut::bench
