// What a listing is asked for: its parameters, read and checked.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"
#include "query/other_times.h"
#include "query/page.h"

namespace runut::listing {

struct Listing;

enum class ParameterType : std::uint8_t {
  month,
  period,
  person,
  unit,
  run,
  date,
  moment,  // a sequence, a day (its end) or an instant: read where the log is at hand
  year,
  sequence,
  flag,
  language,  // id or en
  text,
};

struct Parameter {
  std::string_view name;  // snake_case
  ParameterType type{};
  bool required = false;
  std::string_view description;
};

// A name and its value as somebody gave them. Of a flag: "true" or "false".
struct Given {
  std::string name;
  std::string value;
};

// The times that a question may name (rulebook section 3.6); what each is, for help and contract.
inline constexpr std::string_view as_known_at_name = "as_known_at";
inline constexpr std::string_view facts_as_of_name = "facts_as_of";
inline constexpr std::string_view rules_as_of_name = "rules_as_of";

// "facts as of 2022-08-15, rules as of 2022-07-01": what makes an answer hypothetical; empty:
// nothing.
[[nodiscard]] std::string described(const OtherTimes& times);

class Arguments {
 public:
  // Every violation at once, those of the listing's own parameters first, in their order:
  // parameter.unknown, parameter.repeated, parameter.missing, and what reading a value says.
  [[nodiscard]] static tl::expected<Arguments, std::vector<Error>> read(
      const Listing& listing, std::span<const Given> given);

  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
  // Of a parameter that was given, in its type.
  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] Month month(std::string_view name) const;
  [[nodiscard]] Period period(std::string_view name) const;
  [[nodiscard]] PersonId person(std::string_view name) const;
  [[nodiscard]] UnitId unit(std::string_view name) const;
  [[nodiscard]] RunId run(std::string_view name) const;
  [[nodiscard]] Date date(std::string_view name) const;
  [[nodiscard]] std::uint32_t year(std::string_view name) const;
  [[nodiscard]] Sequence sequence(std::string_view name) const;
  // Indonesian when it was not given.
  [[nodiscard]] Language language(std::string_view name) const;
  // False when it was not given.
  [[nodiscard]] bool flag(std::string_view name) const { return has(name); }

  // As given; empty: as of now.
  [[nodiscard]] const std::string& as_known_at() const { return as_known_at_; }
  [[nodiscard]] const OtherTimes& times() const { return times_; }

 private:
  std::map<std::string, std::string, std::less<>> values_;  // flags: those that are true
  std::string as_known_at_;
  OtherTimes times_;
};

// Whether the text is a value of this type; an error names the parameter and what was given.
[[nodiscard]] Status check_value(const Parameter& parameter, const std::string& text);

}  // namespace runut::listing
