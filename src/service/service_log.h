// Structured lines about what the service does: one JSON object a line, or text for people. No
// opened personal text and no target of a request: routes, statuses and ids of requests.
#pragma once

#include "base/result.h"
#include "http/dispatcher.h"

namespace runut::service {

// invalid_input: no such level or form. To stderr.
[[nodiscard]] Status begin_log(const std::string& level, const std::string& form);
[[nodiscard]] Status set_log_level(const std::string& level);

enum class LogLevel : std::uint8_t { debug, info, warning, error };
struct LogField {
  std::string_view name;
  std::string value;  // empty: left out
  bool is_number = false;
};
void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields);

void log_access(const http::Answered& answered);

}  // namespace runut::service
