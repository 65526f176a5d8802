// What the contract suite needs of an engine beside the EventLog seam: faults and rivals.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "log/event_log.h"

namespace runut::testing_log {

class EngineUnderTest {
 public:
  virtual ~EngineUnderTest() = default;
  // One log at a time; the same history at each call.
  virtual std::unique_ptr<EventLog> open() = 0;
  // The next append ends as Unknown; whether it reaches the history is the engine's matter.
  virtual void make_next_append_unknown(EventLog& log) = 0;
  // Ends the fault, and returns a log that can be taken over again (the same one where the engine
  // recovers by itself).
  virtual std::unique_ptr<EventLog> recover(std::unique_ptr<EventLog> log) = 0;
  // A second writer on the same history; null where the engine admits none.
  virtual std::unique_ptr<EventLog> rival() = 0;
};

struct EngineCase {
  std::string name;
  std::function<std::unique_ptr<EngineUnderTest>()> make;
};

inline void PrintTo(const EngineCase& engine, std::ostream* out) {
  *out << engine.name;
}

class EventLogContract : public ::testing::TestWithParam<EngineCase> {
 protected:
  void SetUp() override {
    engine = GetParam().make();
    log = engine->open();
    ASSERT_NE(log, nullptr);
  }
  std::unique_ptr<EngineUnderTest> engine;
  std::unique_ptr<EventLog> log;
};

}  // namespace runut::testing_log
