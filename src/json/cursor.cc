#include "json/cursor.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "json/document.h"

namespace runut {
namespace {

std::string child(const std::string& path, std::string_view member) {
  std::string out = path;
  append_pointer(out, member);
  return out;
}

bool listed(std::initializer_list<std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void JsonCursor::report(std::string_view rule, std::string value, std::string message) const {
  violations_->push_back(Error{ErrorCode::invalid_input, std::string(rule), path_, std::move(value),
                               std::move(message)});
}

std::string JsonCursor::shown() const {
  if (value_ == nullptr) return {};
  if (value_->is_string()) return std::string(value_->as_string()).substr(0, 80);
  return boost::json::serialize(*value_).substr(0, 80);
}

bool JsonCursor::fields(std::initializer_list<std::string_view> required,
                        std::initializer_list<std::string_view> optional) const {
  if (value_ == nullptr) return false;
  if (!value_->is_object()) {
    report("field.type", shown(), "an object belongs here");
    return false;
  }
  bool complete = true;
  const boost::json::object& object = value_->get_object();
  for (const std::string_view name : required)
    if (object.find(name) == object.end()) {
      complete = false;
      JsonCursor(nullptr, child(path_, name), violations_)
          .report("field.missing", {}, fmt::format("\"{}\" must be written", name));
    }
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    if (listed(required, name) || listed(optional, name)) continue;
    complete = false;
    JsonCursor(&member.value(), child(path_, name), violations_)
        .report("field.unknown", std::string(name), "nothing of this name belongs here");
  }
  return complete;
}

JsonCursor JsonCursor::at(std::string_view member) const {
  const boost::json::value* found = nullptr;
  if (is_object()) {
    const auto it = value_->get_object().find(member);
    if (it != value_->get_object().end()) found = &it->value();
  }
  return {found, child(path_, member), violations_};
}

std::vector<std::pair<std::string, JsonCursor>> JsonCursor::members() const {
  std::vector<std::pair<std::string, JsonCursor>> out;
  if (value_ == nullptr) return out;
  if (!value_->is_object()) {
    report("field.type", shown(), "an object belongs here");
    return out;
  }
  for (const auto& member : value_->get_object()) {
    const std::string name(member.key());
    out.emplace_back(name, JsonCursor(&member.value(), child(path_, name), violations_));
  }
  return out;
}

std::vector<JsonCursor> JsonCursor::elements(std::size_t count_min, std::size_t count_max) const {
  std::vector<JsonCursor> out;
  if (value_ == nullptr) return out;
  if (!value_->is_array()) {
    report("field.type", shown(), "a list belongs here");
    return out;
  }
  const boost::json::array& array = value_->get_array();
  if (array.size() < count_min || array.size() > count_max) {
    report("field.length", fmt::format("{} entries", array.size()),
           fmt::format("a list of {} to {} entries belongs here", count_min, count_max));
    return out;
  }
  for (std::size_t i = 0; i < array.size(); ++i)
    out.emplace_back(&array[i], child(path_, fmt::format("{}", i)), violations_);
  return out;
}

std::optional<std::int64_t> JsonCursor::integer(std::int64_t min, std::int64_t max) const {
  if (value_ == nullptr) return std::nullopt;
  if (!value_->is_int64() && !value_->is_uint64()) {
    report("field.type", shown(), "a whole number belongs here");
    return std::nullopt;
  }
  if (value_->is_uint64() || value_->get_int64() < min || value_->get_int64() > max) {
    report("field.range", shown(), fmt::format("from {} to {} is allowed", min, max));
    return std::nullopt;
  }
  return value_->get_int64();
}

std::optional<bool> JsonCursor::flag() const {
  if (value_ == nullptr) return std::nullopt;
  if (value_->is_bool()) return value_->get_bool();
  report("field.type", shown(), "true or false belongs here");
  return std::nullopt;
}

std::optional<std::string> JsonCursor::text(std::size_t min, std::size_t max) const {
  if (value_ == nullptr) return std::nullopt;
  if (!value_->is_string()) {
    report("field.type", shown(), "a text belongs here");
    return std::nullopt;
  }
  std::string out(value_->get_string());
  if (out.size() < min || out.size() > max) {
    report("field.length", shown(), fmt::format("{} to {} bytes of text belong here", min, max));
    return std::nullopt;
  }
  return out;
}

std::optional<Date> JsonCursor::day() const {
  const auto written = text(1, 40);
  if (!written) return std::nullopt;
  const auto parsed = parse_date(*written);
  if (parsed) return *parsed;
  report("field.date", *written, "a date YYYY-MM-DD from 1900 to 2200 belongs here");
  return std::nullopt;
}

}  // namespace runut
