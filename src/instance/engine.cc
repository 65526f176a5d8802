#include "instance/engine.h"

#include <algorithm>

#include "log/kafka_event_log.h"
#include "log/rocksdb_event_log.h"
#include "proof/lines.h"
#include "write/record_header.h"

namespace runut {
namespace {

constexpr std::string_view scheme = "kafka://";

bool is_one_of(char c, std::string_view others) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         others.find(c) != std::string_view::npos;
}

bool is_broker(std::string_view broker) {
  const std::size_t colon = broker.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 253) return false;
  const std::string_view host = broker.substr(0, colon);
  const auto port = parse_decimal(broker.substr(colon + 1));
  return port && *port >= 1 && *port <= 65'535 &&
         std::all_of(host.begin(), host.end(), [](char c) { return is_one_of(c, "-.:[]"); });
}

bool is_topic(std::string_view topic) {
  return !topic.empty() && topic.size() <= 249 && topic != "." && topic != ".." &&
         std::all_of(topic.begin(), topic.end(), [](char c) { return is_one_of(c, "-._"); });
}

}  // namespace

Result<std::optional<LogAddress>> parse_log_address(std::string_view text,
                                                    std::string_view agency) {
  if (text.empty()) return std::nullopt;
  const auto bad = [&](std::string message) {
    return fail(Error{ErrorCode::invalid_input, "log.address", "log", std::string(text),
                      std::move(message)});
  };
  if (!text.starts_with(scheme)) return bad("a log is kafka://host:port[,host:port]/[topic]");
  const std::string_view rest = text.substr(scheme.size());
  const std::size_t slash = rest.find('/');
  std::string_view brokers = rest.substr(0, slash);
  const std::string_view topic = slash == std::string_view::npos ? "" : rest.substr(slash + 1);
  LogAddress address{std::string(brokers), std::string(topic)};
  if (address.topic.empty()) address.topic = "runut." + std::string(agency);
  if (!is_topic(address.topic)) return bad("a topic has letters, digits, '.', '_' and '-'");
  while (true) {
    const std::size_t comma = brokers.find(',');
    if (!is_broker(brokers.substr(0, comma)))
      return bad("each broker is host:port, the port from 1 to 65535");
    if (comma == std::string_view::npos) return address;
    brokers.remove_prefix(comma + 1);
  }
}

Result<std::unique_ptr<EventLog>> open_engine(std::shared_ptr<Store> store,
                                              const EngineOptions& options) {
  RUNUT_ASSIGN(const auto address, parse_log_address(options.address, options.agency));
  if (!address) {
    RUNUT_ASSIGN(auto log, RocksdbEventLog::open(std::move(store), &read_record_header));
    return std::unique_ptr<EventLog>(std::move(log));
  }
  KafkaLogOptions kafka;
  kafka.address = {address->bootstrap, address->topic};
  kafka.read_header = &read_record_header;
  kafka.create_topic = options.create_topic;
  RUNUT_ASSIGN(auto log, KafkaEventLog::open(std::move(store), std::move(kafka)));
  RUNUT_TRY(log->begin_copy(options.kafka_wait));
  return std::unique_ptr<EventLog>(std::move(log));
}

}  // namespace runut
