#include "cli/kafka/topic.h"

#include <cstdlib>
#include <fstream>

#include "base/clock.h"
#include "log/frame_store.h"
#include "log/kafka_event_log.h"
#include "write/record_header.h"

namespace runut::testing {

std::string brokers(const std::string& file) {
  if (const char* address = std::getenv("RUNUT_KAFKA")) return address;
  std::ifstream in(std::string(RUNUT_BINARY_DIR) + "/kafka/" + file);
  std::string address;
  in >> address;
  return address;
}

Topic::Topic(std::string bootstrap) : bootstrap_(std::move(bootstrap)) {
  SystemRandomness randomness;
  name_ = "runut-test-" + to_hex(randomness.draw<CommandId>().view());
}

std::unique_ptr<EventLog> Topic::follow(const std::string& directory) const {
  auto store = Store::open({.directory = directory, .families = log_families()});
  EXPECT_TRUE(store) << store.error().describe();
  if (!store) return nullptr;
  KafkaLogOptions options;
  options.address = {bootstrap_, name_};
  options.read_header = &read_record_header;
  options.create_topic = true;
  auto log = KafkaEventLog::open(std::move(*store), std::move(options));
  EXPECT_TRUE(log) << log.error().describe();
  return log ? std::move(*log) : nullptr;
}

int Topic::leader() const {
  const auto leader = partition_leader({bootstrap_, name_}, {});
  EXPECT_TRUE(leader) << leader.error().describe();
  return leader.value_or(0);
}

std::string log_of(const std::string& data) {
  return run({"log", "--data", data, "--json"}).out;
}

}  // namespace runut::testing
