#include "service/service_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/json.hpp>

namespace runut::service {
namespace {

std::atomic<bool> lines_are_json{false};

// The message is put into the pattern as it is: it must be JSON already.
std::string escaped(std::string_view text) {
  return boost::json::serialize(
      boost::json::value(boost::json::string_view(text.data(), text.size())));
}

spdlog::level::level_enum level_of(LogLevel level) {
  return level == LogLevel::error     ? spdlog::level::err
         : level == LogLevel::warning ? spdlog::level::warn
         : level == LogLevel::info    ? spdlog::level::info
                                      : spdlog::level::debug;
}

}  // namespace

Status set_log_level(const std::string& level) {
  const spdlog::level::level_enum found = spdlog::level::from_str(level);
  if (found == spdlog::level::off && level != "off")
    return fail(Error{ErrorCode::invalid_input, "service.setting", "log_level", level,
                      "expected trace, debug, info, warning or error"});
  spdlog::set_level(found);
  return {};
}

Status begin_log(const std::string& level, const std::string& form) {
  if (form != "json" && form != "text")
    return fail(Error{ErrorCode::invalid_input, "service.setting", "log_form", form,
                      "expected json or text"});
  auto logger =
      std::make_shared<spdlog::logger>("runut", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  spdlog::set_default_logger(std::move(logger));
  lines_are_json = form == "json";
  spdlog::set_pattern(lines_are_json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})"
                                     : "%Y-%m-%d %H:%M:%S.%e %l %v",
                      spdlog::pattern_time_type::utc);
  spdlog::flush_on(spdlog::level::info);
  return set_log_level(level);
}

void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  const auto at = level_of(level);
  if (!spdlog::should_log(at)) return;
  std::string line;
  if (lines_are_json) {
    line = "\"event\":" + escaped(event);
    for (const LogField& field : fields)
      if (!field.value.empty())
        line += "," + escaped(field.name) + ":" +
                (field.is_number ? field.value : escaped(field.value));
  } else {
    line = std::string(event);
    for (const LogField& field : fields)
      if (!field.value.empty()) line += " " + std::string(field.name) + "=" + field.value;
  }
  spdlog::log(at, "{}", line);
}

void log_access(const http::Answered& answered) {
  const LogLevel level = answered.status >= 500 ? LogLevel::warning : LogLevel::info;
  const bool is_health = answered.pattern == "/livez" || answered.pattern == "/readyz" ||
                         answered.pattern == "/metrics";
  const LogLevel line = is_health && answered.status < 500 ? LogLevel::debug : level;
  // Its fields are not even made when nobody reads them.
  if (!spdlog::should_log(level_of(line))) return;
  log_event(line, "request",
            {{"method", std::string(http::to_string(answered.method))},
             {"route", std::string(answered.pattern)},
             {"status", std::to_string(answered.status), true},
             {"bytes", std::to_string(answered.bytes), true},
             {"microseconds", std::to_string(answered.took.count()), true},
             {"request", std::string(answered.request_id)},
             {"trace", std::string(answered.trace)},
             {"principal", std::string(answered.principal)},
             {"peer", std::string(answered.peer)}});
}

}  // namespace runut::service
