// The figure "kafka produce" of `runut bench`: durable commits through the Kafka engine beside bare
// librdkafka, with the same settings and the same bytes on the same brokers.
#pragma once

#include <string>

#include "log/event_log.h"

namespace runut::cli {

struct KafkaProduce {
  double engine = 0;  // events/s, each folded by our own reader and in the node's own copy
  double bare = 0;    // events/s, each reported as persisted
};

// Whether a topic can be made there: what would end the figure is found out before anything is
// measured. invalid_input: `url` is not kafka://host:port; unavailable.
[[nodiscard]] Status check_brokers(const std::string& url);

// Publishes `source` to topics of its own, which are removed again; the node's copies lie in
// `directory`. `url` is kafka://host:port. invalid_input: it is not.
[[nodiscard]] Result<KafkaProduce> bench_kafka_produce(const std::string& url,
                                                       const std::string& directory,
                                                       const EventLog& source);

}  // namespace runut::cli
