// The engines that need no broker, under the contract.
#include <sys/resource.h>

#include <csignal>

#include "engine_under_test.h"
#include "log/memory_event_log.h"
#include "log/rocksdb_event_log.h"
#include "test_encoding.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing_log {

using testing::TemporaryDirectory;

// Defined in event_log_contract.cc for every binary that links it.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(EventLogContract);

namespace {

class MemoryEngine final : public EngineUnderTest {
 public:
  explicit MemoryEngine(MemoryFault fault) : fault_(fault) {}
  std::unique_ptr<EventLog> open() override { return std::make_unique<MemoryEventLog>(history_); }
  void make_next_append_unknown(EventLog& log) override {
    static_cast<MemoryEventLog&>(log).inject(fault_);
  }
  std::unique_ptr<EventLog> recover(std::unique_ptr<EventLog> log) override { return log; }
  std::unique_ptr<EventLog> rival() override { return open(); }

 private:
  MemoryFault fault_;
  std::shared_ptr<MemoryHistory> history_ = std::make_shared<MemoryHistory>(read_header);
};

class RocksdbEngine final : public EngineUnderTest {
 public:
  ~RocksdbEngine() override { limit_file_size(RLIM_INFINITY); }
  std::unique_ptr<EventLog> open() override {
    auto log = RocksdbEventLog::open(directory_.path(), read_header);
    EXPECT_TRUE(log.has_value()) << log.error().describe();
    return log ? std::move(*log) : nullptr;
  }
  // A real failing system call: no file may grow beyond one byte, so the write ahead fails.
  void make_next_append_unknown(EventLog&) override { limit_file_size(1); }
  std::unique_ptr<EventLog> recover(std::unique_ptr<EventLog> log) override {
    log.reset();
    limit_file_size(RLIM_INFINITY);
    return open();
  }
  std::unique_ptr<EventLog> rival() override { return nullptr; }

 private:
  static void limit_file_size(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, RLIM_INFINITY};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  TemporaryDirectory directory_;
};

std::string name_of(const ::testing::TestParamInfo<EngineCase>& engine) {
  return engine.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Local, EventLogContract,
    ::testing::Values(
        EngineCase{"MemoryLosing",
                   [] { return std::make_unique<MemoryEngine>(MemoryFault::lost); }},
        EngineCase{"MemoryUnreported",
                   [] { return std::make_unique<MemoryEngine>(MemoryFault::unreported); }},
        EngineCase{"MemoryLandingLate",
                   [] { return std::make_unique<MemoryEngine>(MemoryFault::landing_late); }},
        EngineCase{"Rocksdb", [] { return std::make_unique<RocksdbEngine>(); }}),
    name_of);

}  // namespace
}  // namespace runut::testing_log
