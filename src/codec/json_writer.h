// Records as JSON text, one line, in field order: the same bytes for the same value (the command
// digest rests on that).
#pragma once

#include <string>

#include "codec/scalar.h"

namespace runut::codec {

void append_json_string(std::string& out, std::string_view text);

// A field's name has nothing to escape.
inline void append_json_name(std::string& out, std::string_view name) {
  out += '"';
  out += name;
  out += "\":";
}

// Dates, months, periods, ids and scores are strings ("2022-08", "P17", "87.50"); counts, minutes,
// rupiah, basis points and sequences are integers; digests are hexadecimal.
template <class T>
void append_json(std::string& out, const T& value);

template <class T>
void append_json_number(std::string& out, T number) {
  const fmt::format_int text(number);
  out.append(text.data(), text.size());
}

// Where an expectation stands, the scores in whose place it stands are not said: they were never
// given (domain/events_evaluation.h).
template <Record R, class T>
[[nodiscard]] bool is_said([[maybe_unused]] const R& record, const T&) {
  if constexpr (std::is_same_v<T, Score> || std::is_same_v<T, std::vector<Score>>) {
    if constexpr (requires { record.expectation.has_value(); })
      return !record.expectation.has_value();
    else if constexpr (requires { record.expectations.has_value(); })
      return !record.expectations.has_value();
  }
  return true;
}

template <Record R>
void append_json_members(std::string& out, const R& record, bool& first) {
  R::visit(record, [&]<class T>(std::string_view name, const T& field) {
    if constexpr (is_optional<T>) {
      if (!field) return;
    }
    if (!is_said(record, field)) return;
    if (!first) out += ',';
    first = false;
    append_json_name(out, name);
    append_json(out, field);
  });
}

template <class T>
void append_json(std::string& out, const T& value) {
  if constexpr (is_optional<T>) {
    if (value)
      append_json(out, *value);
    else
      out += "null";
  } else if constexpr (is_vector<T>) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ',';
      append_json(out, value[i]);
    }
    out += ']';
  } else if constexpr (std::is_same_v<T, std::string>) {
    append_json_string(out, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_same_v<T, Uuid>) {
    out += '"';
    out += to_string(value);
    out += '"';
  } else if constexpr (IsFixed<T>) {
    out += '"';
    out += to_hex(value.view());
    out += '"';
  } else if constexpr (std::is_same_v<T, RunId>) {
    append_json_string(out, to_string(value));
  } else if constexpr (Record<T>) {
    out += '{';
    bool first = true;
    append_json_members(out, value, first);
    out += '}';
  } else if constexpr (std::is_same_v<T, PersonId> || std::is_same_v<T, UnitId> ||
                       std::is_same_v<T, ReportId> || std::is_same_v<T, Date> ||
                       std::is_same_v<T, Month> || std::is_same_v<T, Period> ||
                       std::is_same_v<T, Instant> || std::is_same_v<T, Score> || NamedEnum<T>) {
    out += '"';
    out += to_string(value);
    out += '"';
  } else if constexpr (requires { value.value; }) {
    append_json_number(out, value.value);
  } else {
    append_json_number(out, value);
  }
}

}  // namespace runut::codec
