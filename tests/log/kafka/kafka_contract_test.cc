// The Kafka engine on a real broker, under the contract.
#include <optional>

#include "kafka_engine.h"
#include "network_fault.h"

namespace runut::testing_log {
namespace {

class KafkaEngine final : public EngineUnderTest {
 public:
  std::unique_ptr<EventLog> open() override { return opened(node_); }
  // No connection lives until the fault is over, and the record is given up before that.
  void make_next_append_unknown(EventLog&) override { fault_.emplace(bootstrap()); }
  std::unique_ptr<EventLog> recover(std::unique_ptr<EventLog> log) override {
    fault_.reset();
    return log;
  }
  std::unique_ptr<EventLog> rival() override { return opened(rival_); }

 private:
  static std::unique_ptr<EventLog> opened(const KafkaNode& node) {
    auto log = node.open();
    EXPECT_TRUE(log.has_value()) << log.error().describe();
    return log ? std::move(*log) : nullptr;
  }
  std::string topic_ = random_topic();
  KafkaTuning impatient_{.message_timeout_ms = 3'000};
  KafkaNode node_{bootstrap(), topic_, impatient_};
  KafkaNode rival_{bootstrap(), topic_, impatient_};
  std::optional<NetworkFault> fault_;
};

std::string name_of(const ::testing::TestParamInfo<EngineCase>& engine) {
  return engine.param.name;
}

INSTANTIATE_TEST_SUITE_P(Broker, EventLogContract,
                         ::testing::Values(EngineCase{
                             "Kafka", [] { return std::make_unique<KafkaEngine>(); }}),
                         name_of);

}  // namespace
}  // namespace runut::testing_log
