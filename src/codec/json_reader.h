// Records out of strict JSON; every refusal has a rule, the field's path and the offending value.
// Includes Boost.JSON: for command_json.cc only.
//
//   field.missing   a required member is absent       field.unknown   no such member
//   field.type      another JSON type is wanted       field.range     a number or date out of range
//   field.length    too many bytes or elements        field.format    not 8a2c...; also
//   format.date, ... field.vocabulary  none of the closed list         field.control   a control
//   character in a string field.computed  the ledger computes it
#pragma once

#include <boost/json.hpp>
#include <cstring>

#include "codec/command_json.h"
#include "codec/scalar.h"

namespace runut::codec {

namespace json = boost::json;

inline constexpr std::size_t string_bytes_max = 4096;  // titles, names, grounds, numbers of decrees
inline constexpr std::size_t elements_max = 1000;

// Short enough for one line of an error report, cut between characters.
inline std::string shown(const json::value& value) {
  std::string text = json::serialize(value);
  if (text.size() <= 80) return text;
  std::size_t end = 77;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

inline tl::unexpected<Error> bad(std::string rule, std::string field, std::string value,
                                 std::string message) {
  return fail(Error{ErrorCode::invalid_input, std::move(rule), std::move(field), std::move(value),
                    std::move(message)});
}

// Only the size is shown: a misplaced member may hold personal text.
inline tl::unexpected<Error> unknown_member(const std::string& path, const json::value& value) {
  return bad("field.unknown", path, fmt::format("{} bytes of JSON", json::serialize(value).size()),
             "no such member");
}

// Line breaks and tabs belong to prose, nothing else below U+0020 (nor U+007F) to any string: it
// would be obeyed by a terminal or break a table.
enum class Lines : std::uint8_t { one, many };
struct TextRule {
  std::size_t bytes_max = string_bytes_max;
  Lines lines = Lines::one;
};

// Whether none of the eight bytes from here on is a control character or not ASCII.
inline bool are_plain(const char* text) {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101;
  std::uint64_t eight = 0;
  std::memcpy(&eight, text, 8);
  const std::uint64_t no_delete = eight ^ (0x7F * ones);
  // The borrow of a subtraction reaches a byte's high bit when the byte was smaller.
  return (((eight - 0x20 * ones) | (no_delete - ones) | eight) & (0x80 * ones)) == 0;
}

// A view into `value`.
inline Result<std::string_view> text_of(const json::value& value, const std::string& path,
                                        TextRule rule) {
  if (!value.is_string()) return bad("field.type", path, shown(value), "a string is wanted");
  const std::string_view text = value.get_string();
  if (text.size() > rule.bytes_max)
    return bad("field.length", path, fmt::format("{} bytes", text.size()),
               fmt::format("at most {} bytes", rule.bytes_max));
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (text.size() - i > 8 && are_plain(text.data() + i)) i += 8;
    const auto c = static_cast<unsigned char>(text[i]);
    const bool breaks = rule.lines == Lines::many && (c == '\n' || c == '\r' || c == '\t');
    if ((c < 0x20 && !breaks) || c == 0x7F)
      return bad("field.control", path, fmt::format("U+{:04X} at byte {}", c, i),
                 "a control character");
  }
  return text;
}

inline Status read_text(const json::value& value, const std::string& path, TextRule rule,
                        std::string& out) {
  RUNUT_ASSIGN(out, text_of(value, path, rule));
  return {};
}

template <class T>
Status read(const json::value& value, const std::string& path, T& out);

template <class T, class Parse>
Status read_parsed(const json::value& value, const std::string& path, T& out, Parse&& parse) {
  RUNUT_ASSIGN(const std::string_view text, text_of(value, path, {.bytes_max = 256}));
  auto parsed = parse(text);
  if (!parsed) {
    Error error = std::move(parsed).error();
    error.field = path;
    error.value = text;
    if (error.rule.empty()) error.rule = "field.format";
    return fail(std::move(error));
  }
  out = std::move(*parsed);
  return {};
}

template <NamedEnum E>
Result<E> parse_enum(std::string_view text) {
  if (const auto known = enum_from<E>(text)) return *known;
  std::string names;
  for (const auto& row : EnumNames<E>::table)
    names += (names.empty() ? "" : ", ") + std::string(row.name);
  return fail(Error{ErrorCode::invalid_input, "field.vocabulary", {}, {}, "one of: " + names});
}

template <IsFixed T>
Result<T> parse_fixed(std::string_view text) {
  RUNUT_ASSIGN(const Bytes raw, from_hex(text));
  if (raw.size() != T::size)
    return fail(ErrorCode::invalid_input,
                fmt::format("{} hexadecimal digits are wanted", T::size * 2));
  return T::from(raw);
}

template <class T>
Status read_integer(const json::value& value, const std::string& path, T& out) {
  using S = Scalar<T>;
  const auto wanted = [&](std::string rule) {
    return bad(std::move(rule), path, shown(value),
               fmt::format("an integer from {} to {} is wanted", S::min,
                           std::min<std::uint64_t>(S::max, INT64_MAX)));
  };
  if (!value.is_int64() && !value.is_uint64()) return wanted("field.type");
  if (!value.is_int64() || std::cmp_less(value.get_int64(), S::min) ||
      std::cmp_greater(value.get_int64(), S::max))
    return wanted("field.range");
  out = T{static_cast<typename S::Raw>(value.get_int64())};
  return {};
}

template <class T>
Status read_list(const json::value& value, const std::string& path, std::vector<T>& out) {
  const auto* array = value.if_array();
  if (array == nullptr) return bad("field.type", path, shown(value), "an array is wanted");
  if (array->size() > elements_max)
    return bad("field.length", path, fmt::format("{} elements", array->size()),
               fmt::format("at most {} elements", elements_max));
  out.resize(array->size());
  for (std::size_t i = 0; i < array->size(); ++i)
    RUNUT_TRY(read((*array)[i], fmt::format("{}[{}]", path, i), out[i]));
  return {};
}

// Members that the ledger fills in (command_json.h).
template <Record R, class T>
inline constexpr bool is_computed =
    (std::is_same_v<R, IdentifierAssigned> && std::is_same_v<T, Mac128>) ||
    ((std::is_same_v<R, EvaluationDelivered> ||
      std::is_same_v<R, EvaluationCorrected>)&&(std::is_same_v<T, std::optional<Predicate>> ||
                                                std::is_same_v<T, std::optional<std::uint32_t>>));
// Left out by who rates by expectation.
template <Record R, class T>
inline constexpr bool is_result =
    (std::is_same_v<R, WorkResultRated> ||
     std::is_same_v<R, EvaluationCorrected>)&&std::is_same_v<T, Score>;
template <Record R, class T>
inline constexpr bool is_values =
    (std::is_same_v<R, BehaviourRated> ||
     std::is_same_v<R, EvaluationCorrected>)&&std::is_same_v<T, std::vector<Score>>;
template <Record R, class T>
inline constexpr bool is_locked_amount =
    (std::is_same_v<R, PaymentOrdered> ||
     std::is_same_v<R, PaymentReturned>)&&std::is_same_v<T, Rupiah>;
template <Record R, class T>
inline constexpr bool is_standing =
    (std::is_same_v<R, DisciplinarySanctionCancelled> ||
     std::is_same_v<R, DelegationRevoked>)&&std::is_same_v<T, Sequence>;
template <Record R, class T>
inline constexpr bool is_first_month =
    std::is_same_v<R, DisciplinarySanctionImposed>&& std::is_same_v<T, Month>;
template <Record R>
inline constexpr bool has_document =
    std::is_same_v<R, EnactRegulation> || std::is_same_v<R, AmendRegulation>;

template <Record R, class T>
Status read_member(const json::value& value, const std::string& path, std::string_view name,
                   T& field) {
  if constexpr (is_computed<R, T>) {
    return bad("field.computed", path, shown(value), "the ledger computes it");
  } else if constexpr (is_optional<T>) {
    if (value.is_null()) return bad("field.type", path, "null", "leave the member out instead");
    return read(value, path, field.emplace());
  } else if constexpr (has_document<R> && std::is_same_v<T, std::string>) {
    if (name == "document")
      return read_text(value, path, {.bytes_max = command_bytes_max, .lines = Lines::many}, field);
    return read(value, path, field);
  } else if constexpr (is_locked_amount<R, T>) {
    RUNUT_TRY(read(value, path, field));
    if (field.value < 0) return bad("field.range", path, shown(value), "no payment is negative");
    return {};
  } else {
    return read(value, path, field);
  }
}

template <Record R>
Status read_record(const json::value& value, const std::string& path, R& out) {
  const auto* object = value.if_object();
  if (object == nullptr) return bad("field.type", path, shown(value), "an object is wanted");
  Status status;
  std::size_t seen = 0;
  R::visit(out, [&]<class T>(std::string_view name, T& field) {
    if (!status) return;
    const std::string member = path + "." + std::string(name);
    if (const auto* found = object->if_contains(name)) {
      ++seen;
      status = read_member<R>(*found, member, name, field);
    } else if constexpr (is_locked_amount<R, T>) {
      field = locked_amount;
    } else if constexpr (is_standing<R, T>) {
      field = the_one_that_stands;
    } else if constexpr (is_first_month<R, T>) {
      field = month_after_effect;
    } else if constexpr (is_result<R, T>) {
      field = unscored;
    } else if constexpr (!is_optional<T> && !is_computed<R, T> && !is_values<R, T>) {
      status = bad("field.missing", member, {}, "a required member is missing");
    }
  });
  RUNUT_TRY(std::move(status));
  if (seen == object->size()) return {};
  for (const auto& [key, member] : *object) {
    bool known = false;
    R::visit(out, [&](std::string_view name, const auto&) {
      known = known || name == std::string_view(key);
    });
    if (!known) return unknown_member(path + "." + std::string(key), member);
  }
  return {};
}

template <class T>
Status read(const json::value& value, const std::string& path, T& out) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!value.is_bool()) return bad("field.type", path, shown(value), "true or false is wanted");
    out = value.get_bool();
    return {};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return read_text(value, path, {}, out);
  } else if constexpr (is_vector<T>) {
    return read_list(value, path, out);
  } else if constexpr (std::is_same_v<T, RunId>) {
    return read_parsed(value, path, out, parse_run_id);
  } else if constexpr (Record<T>) {
    return read_record(value, path, out);
  } else if constexpr (std::is_same_v<T, Uuid>) {
    RUNUT_TRY(read_parsed(value, path, out, parse_uuid));
    if (out.is_zero())
      return bad("field.range", path, to_string(out), "the nil UUID names nothing");
    return {};
  } else if constexpr (IsFixed<T>) {
    return read_parsed(value, path, out, parse_fixed<T>);
  } else if constexpr (NamedEnum<T>) {
    return read_parsed(value, path, out, parse_enum<T>);
  } else if constexpr (std::is_same_v<T, PersonId>) {
    return read_parsed(value, path, out, parse_person_id);
  } else if constexpr (std::is_same_v<T, UnitId>) {
    return read_parsed(value, path, out, parse_unit_id);
  } else if constexpr (std::is_same_v<T, ReportId>) {
    return read_parsed(value, path, out, parse_report_id);
  } else if constexpr (std::is_same_v<T, Date>) {
    return read_parsed(value, path, out, parse_date);
  } else if constexpr (std::is_same_v<T, Month>) {
    return read_parsed(value, path, out, parse_month);
  } else if constexpr (std::is_same_v<T, Period>) {
    return read_parsed(value, path, out, parse_period);
  } else if constexpr (std::is_same_v<T, Score>) {
    return read_parsed(value, path, out, parse_score);
  } else if constexpr (std::is_same_v<T, Instant>) {
    RUNUT_TRY(read_parsed(value, path, out, parse_instant));
    // An offset may lead out of the calendar.
    if (!Scalar<Instant>::valid(out))
      return bad("field.range", path, shown(value), "from 1900 to 2200 in UTC");
    return {};
  } else {
    return read_integer(value, path, out);
  }
}

}  // namespace runut::codec
