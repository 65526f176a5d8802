// A topic of a test's own on the brokers of the fixture, for the real binary.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "log/event_log.h"
#include "run_binary/commands.h"
#include "run_binary/run_binary.h"

namespace runut::testing {

// The brokers that the fixture started, or those of RUNUT_KAFKA.
[[nodiscard]] std::string brokers(const std::string& file = "bootstrap");

class Topic {
 public:
  explicit Topic(std::string bootstrap = brokers());
  [[nodiscard]] std::string url() const { return "kafka://" + bootstrap_ + "/" + name_; }
  // A reader of this test's own, which follows what is written; makes the topic.
  [[nodiscard]] std::unique_ptr<EventLog> follow(const std::string& directory) const;
  // The number of the broker that leads it.
  [[nodiscard]] int leader() const;

 private:
  std::string bootstrap_;
  std::string name_;
};

// Everything that a directory holds, as `runut log` shows it: payload and leaf hash of each event.
[[nodiscard]] std::string log_of(const std::string& data);

}  // namespace runut::testing
