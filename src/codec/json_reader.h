// Records out of strict JSON; every refusal has a rule, the field's place and the offending value.
// For command_json.cc only.
//
//   field.missing   a required member is absent       field.unknown   no such member
//   field.type      another JSON type is wanted       field.range     a number or date out of range
//   field.length    too many bytes or elements        field.format    not 8a2c...; also
//   format.date, ... field.vocabulary  none of the closed list         field.control   a control
//   character in a string field.computed  the ledger computes it
#pragma once

#include <cstring>

#include "codec/command_json.h"
#include "codec/scalar.h"
#include "json/document.h"

namespace runut::codec {

using Kind = JsonNode::Kind;

inline constexpr std::size_t string_bytes_max = 4096;  // titles, names, grounds, numbers of decrees
inline constexpr std::size_t elements_max = 1000;

// Where a value stands; put into words only for a refusal. What it names outlives it.
struct Place {
  std::string_view name;
  const Place* around = nullptr;
  std::optional<std::size_t> index = {};  // of an element, which has no name
};

// data.items[3].title
inline std::string to_string(const Place& place) {
  std::string out = place.around != nullptr ? to_string(*place.around) : std::string();
  if (place.index) return out + fmt::format("[{}]", *place.index);
  if (!out.empty()) out += '.';
  return out += place.name;
}

// Short enough for one line of an error report, cut between characters.
inline std::string shown(const JsonNode& value) {
  std::string text = to_string(value);
  if (text.size() <= 80) return text;
  std::size_t end = 77;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

inline tl::unexpected<Error> bad(std::string rule, const Place& place, std::string value,
                                 std::string message) {
  return fail(Error{ErrorCode::invalid_input, std::move(rule), to_string(place), std::move(value),
                    std::move(message)});
}

// Only the size is shown: a misplaced member may hold personal text.
inline tl::unexpected<Error> unknown_member(const Place& place, const JsonNode& value) {
  return bad("field.unknown", place, fmt::format("{} bytes of JSON", to_string(value).size()),
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
inline Result<std::string_view> text_of(const JsonNode& value, const Place& place, TextRule rule) {
  if (!value.is(Kind::string)) return bad("field.type", place, shown(value), "a string is wanted");
  const std::string_view text = value.string();
  if (text.size() > rule.bytes_max)
    return bad("field.length", place, fmt::format("{} bytes", text.size()),
               fmt::format("at most {} bytes", rule.bytes_max));
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (text.size() - i > 8 && are_plain(text.data() + i)) i += 8;
    const auto c = static_cast<unsigned char>(text[i]);
    const bool breaks = rule.lines == Lines::many && (c == '\n' || c == '\r' || c == '\t');
    if ((c < 0x20 && !breaks) || c == 0x7F)
      return bad("field.control", place, fmt::format("U+{:04X} at byte {}", c, i),
                 "a control character");
  }
  return text;
}

inline Status read_text(const JsonNode& value, const Place& place, TextRule rule,
                        std::string& out) {
  RUNUT_ASSIGN(out, text_of(value, place, rule));
  return {};
}

template <class T>
Status read(const JsonNode& value, const Place& place, T& out);

template <class T, class Parse>
Status read_parsed(const JsonNode& value, const Place& place, T& out, Parse&& parse) {
  RUNUT_ASSIGN(const std::string_view text, text_of(value, place, {.bytes_max = 256}));
  auto parsed = parse(text);
  if (!parsed) {
    Error error = std::move(parsed).error();
    error.field = to_string(place);
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
Status read_integer(const JsonNode& value, const Place& place, T& out) {
  using S = Scalar<T>;
  const auto wanted = [&](std::string rule) {
    return bad(std::move(rule), place, shown(value),
               fmt::format("an integer from {} to {} is wanted", S::min,
                           std::min<std::uint64_t>(S::max, INT64_MAX)));
  };
  if (!value.is(Kind::integer) && !value.is(Kind::natural)) return wanted("field.type");
  if (!value.is(Kind::integer) || std::cmp_less(value.integer(), S::min) ||
      std::cmp_greater(value.integer(), S::max))
    return wanted("field.range");
  out = T{static_cast<typename S::Raw>(value.integer())};
  return {};
}

template <class T>
Status read_list(const JsonNode& value, const Place& place, std::vector<T>& out) {
  if (!value.is(Kind::array)) return bad("field.type", place, shown(value), "an array is wanted");
  if (value.size() > elements_max)
    return bad("field.length", place, fmt::format("{} elements", value.size()),
               fmt::format("at most {} elements", elements_max));
  out.resize(value.size());
  std::size_t i = 0;
  for (const JsonNode& element : value) {
    RUNUT_TRY(read(element, Place{{}, &place, i}, out[i]));
    ++i;
  }
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
Status read_member(const JsonNode& value, const Place& place, T& field) {
  if constexpr (is_computed<R, T>) {
    return bad("field.computed", place, shown(value), "the ledger computes it");
  } else if constexpr (is_optional<T>) {
    if (value.is(Kind::null))
      return bad("field.type", place, "null", "leave the member out instead");
    return read(value, place, field.emplace());
  } else if constexpr (has_document<R> && std::is_same_v<T, std::string>) {
    if (place.name == "document")
      return read_text(value, place, {.bytes_max = command_bytes_max, .lines = Lines::many}, field);
    return read(value, place, field);
  } else if constexpr (is_locked_amount<R, T>) {
    RUNUT_TRY(read(value, place, field));
    if (field.value < 0) return bad("field.range", place, shown(value), "no payment is negative");
    return {};
  } else {
    return read(value, place, field);
  }
}

// A member named `apart` is somebody else's to read.
template <Record R>
Status read_record(const JsonNode& value, const Place& place, R& out, std::string_view apart = {}) {
  if (!value.is(Kind::object)) return bad("field.type", place, shown(value), "an object is wanted");
  Status status;
  std::size_t seen = 0;
  R::visit(out, [&]<class T>(std::string_view name, T& field) {
    if (!status) return;
    const Place member{name, &place};
    const JsonNode* const found = name == apart ? nullptr : value.find(name);
    if (found != nullptr) {
      ++seen;
      status = read_member<R>(*found, member, field);
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
  if (seen == value.size()) return {};
  for (const JsonNode& member : value) {
    bool known = !apart.empty() && member.name() == apart;
    R::visit(out,
             [&](std::string_view name, const auto&) { known = known || name == member.name(); });
    if (!known) return unknown_member({member.name(), &place}, member);
  }
  return {};
}

template <class T>
Status read(const JsonNode& value, const Place& place, T& out) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!value.is(Kind::flag))
      return bad("field.type", place, shown(value), "true or false is wanted");
    out = value.flag();
    return {};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return read_text(value, place, {}, out);
  } else if constexpr (is_vector<T>) {
    return read_list(value, place, out);
  } else if constexpr (std::is_same_v<T, RunId>) {
    return read_parsed(value, place, out, parse_run_id);
  } else if constexpr (Record<T>) {
    return read_record(value, place, out);
  } else if constexpr (std::is_same_v<T, Uuid>) {
    RUNUT_TRY(read_parsed(value, place, out, parse_uuid));
    if (out.is_zero())
      return bad("field.range", place, to_string(out), "the nil UUID names nothing");
    return {};
  } else if constexpr (IsFixed<T>) {
    return read_parsed(value, place, out, parse_fixed<T>);
  } else if constexpr (NamedEnum<T>) {
    return read_parsed(value, place, out, parse_enum<T>);
  } else if constexpr (std::is_same_v<T, PersonId>) {
    return read_parsed(value, place, out, parse_person_id);
  } else if constexpr (std::is_same_v<T, UnitId>) {
    return read_parsed(value, place, out, parse_unit_id);
  } else if constexpr (std::is_same_v<T, ReportId>) {
    return read_parsed(value, place, out, parse_report_id);
  } else if constexpr (std::is_same_v<T, Date>) {
    return read_parsed(value, place, out, parse_date);
  } else if constexpr (std::is_same_v<T, Month>) {
    return read_parsed(value, place, out, parse_month);
  } else if constexpr (std::is_same_v<T, Period>) {
    return read_parsed(value, place, out, parse_period);
  } else if constexpr (std::is_same_v<T, Score>) {
    return read_parsed(value, place, out, parse_score);
  } else if constexpr (std::is_same_v<T, Instant>) {
    RUNUT_TRY(read_parsed(value, place, out, parse_instant));
    // An offset may lead out of the calendar.
    if (!Scalar<Instant>::valid(out))
      return bad("field.range", place, shown(value), "from 1900 to 2200 in UTC");
    return {};
  } else {
    return read_integer(value, place, out);
  }
}

}  // namespace runut::codec
