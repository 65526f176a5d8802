// Which engine keeps the log of a ledger, as an operator writes it: nothing for the ledger's own
// directory, or kafka://host:port[,host:port…]/[topic].
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "log/event_log.h"
#include "store/store.h"

namespace runut {

// Brokers and topic; the topic is by default "runut." and the agency's code.
struct LogAddress {
  std::string bootstrap;
  std::string topic;
  friend bool operator==(const LogAddress&, const LogAddress&) = default;
};
// Nothing for an empty text. invalid_input: another scheme, no host, a port out of range, or a
// topic that Kafka does not take.
[[nodiscard]] Result<std::optional<LogAddress>> parse_log_address(std::string_view text,
                                                                  std::string_view agency);

struct EngineOptions {
  std::string address;  // as above
  std::string agency;
  bool create_topic = false;
  Millis kafka_wait{30'000};
};
// On Kafka everything that is in the topic has been read into `store` when this returns, so that
// nothing is decided or answered from an old copy; unavailable when that takes too long.
[[nodiscard]] Result<std::unique_ptr<EventLog>> open_engine(std::shared_ptr<Store> store,
                                                            const EngineOptions& options);

}  // namespace runut
