// A topic whose beginning is gone, as retention or an operator leaves it.
#pragma once

#include "log/kafka_client.h"

namespace runut::testing_log {

// Returns when the brokers have done it.
void delete_records_before(const KafkaAddress& address, std::int64_t offset);

}  // namespace runut::testing_log
