// Reads a parsed JSON value field by field and collects every violation with its JSON pointer
// (RFC 6901), so that an author gets the whole list at once. Include in .cc files only: it brings
// Boost.JSON.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace runut {

// One place of the document. Every reading returns nothing after it has reported a violation with
// the rule field.missing, field.unknown, field.type, field.range, field.length or field.name.
// An absent place (its absence was reported by `fields`) reads as nothing, silently.
// The value and the list of violations outlive the cursor.
class JsonCursor {
 public:
  JsonCursor(const boost::json::value* value, std::string path, std::vector<Error>* violations)
      : value_(value), path_(std::move(path)), violations_(violations) {}

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool present() const { return value_ != nullptr; }
  [[nodiscard]] bool is_null() const { return value_ != nullptr && value_->is_null(); }
  [[nodiscard]] bool is_object() const { return value_ != nullptr && value_->is_object(); }
  [[nodiscard]] bool is_string() const { return value_ != nullptr && value_->is_string(); }

  // True for an object that has every required member and no member outside both lists.
  bool fields(std::initializer_list<std::string_view> required,
              std::initializer_list<std::string_view> optional = {}) const;
  [[nodiscard]] JsonCursor at(std::string_view member) const;
  // In the order of the text; empty (and reported) when this is not an object or array.
  [[nodiscard]] std::vector<std::pair<std::string, JsonCursor>> members() const;
  [[nodiscard]] std::vector<JsonCursor> elements(std::size_t count_min = 0,
                                                 std::size_t count_max = 1000) const;

  [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t min, std::int64_t max) const;
  [[nodiscard]] std::optional<bool> flag() const;
  // Length in bytes.
  [[nodiscard]] std::optional<std::string> text(std::size_t min, std::size_t max) const;
  [[nodiscard]] std::optional<Date> day() const;  // 2022-08-15

  void report(std::string_view rule, std::string value, std::string message) const;
  // The value as written, cut to 80 bytes.
  [[nodiscard]] std::string shown() const;

 private:
  const boost::json::value* value_;
  std::string path_;
  std::vector<Error>* violations_;
};

}  // namespace runut
