// The Kafka engine as the tests see it: a topic of its own on the broker of the fixture.
#pragma once

#include <atomic>
#include <fstream>
#include <string>

#include "../engine_under_test.h"
#include "../test_encoding.h"
#include "log/frame_store.h"
#include "log/kafka_event_log.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing_log {

using testing::TemporaryDirectory;

// The address that the fixture wrote, or RUNUT_KAFKA.
inline std::string bootstrap(const std::string& file = "bootstrap") {
  if (const char* address = std::getenv("RUNUT_KAFKA")) return address;
  std::ifstream in(std::string(RUNUT_BINARY_DIR) + "/kafka/" + file);
  std::string address;
  in >> address;
  return address;
}

inline std::string random_topic() {
  SystemRandomness randomness;
  return "runut-test-" + to_hex(randomness.draw<CommandId>().view());
}

// One node: a directory of its own and a log on the shared topic.
class KafkaNode {
 public:
  KafkaNode(std::string address, std::string topic, KafkaTuning tuning = {})
      : address_{std::move(address), std::move(topic)}, tuning_(std::move(tuning)) {}

  Result<std::unique_ptr<KafkaEventLog>> open(bool create = true) const {
    RUNUT_ASSIGN(std::shared_ptr<Store> store,
                 Store::open({.directory = directory_.path(), .families = log_families()}));
    KafkaLogOptions options;
    options.address = address_;
    options.read_header = read_header;
    options.create_topic = create;
    options.tuning = tuning_;
    return KafkaEventLog::open(std::move(store), std::move(options));
  }
  [[nodiscard]] const KafkaAddress& address() const { return address_; }
  [[nodiscard]] const std::string& directory() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
  KafkaAddress address_;
  KafkaTuning tuning_;
};

}  // namespace runut::testing_log
