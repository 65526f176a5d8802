#include "listing/arguments.h"

#include <algorithm>
#include <optional>

#include "listing/listing.h"
#include "proof/lines.h"

namespace runut::listing {
namespace {

Error refused(std::string_view rule, std::string_view name, std::string value,
              std::string message) {
  return Error{ErrorCode::invalid_input, std::string(rule), std::string(name), std::move(value),
               std::move(message)};
}

template <class T>
Status named(Result<T> parsed, std::string_view name, const std::string& given) {
  if (parsed) return {};
  return fail(refused(parsed.error().rule, name, given, parsed.error().message));
}

std::optional<std::uint32_t> year_of(const std::string& text) {
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.empty() || text.size() > 4) return std::nullopt;
  return static_cast<std::uint32_t>(std::stoul(text));
}

// The names that a listing knows, its own first.
bool is_known(const Listing& listing, std::string_view name) {
  if (listing.parameter(name) != nullptr || name == as_known_at_name) return true;
  return listing.other_times && (name == facts_as_of_name || name == rules_as_of_name);
}

void check_names(const Listing& listing, std::span<const Given> given, std::vector<Error>& errors) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto same = [&](const Given& other) { return other.name == given[i].name; };
    if (!is_known(listing, given[i].name))
      errors.push_back(refused("parameter.unknown", given[i].name, given[i].value,
                               std::string(listing.name) + " has no such parameter"));
    else if (std::any_of(given.begin(), given.begin() + static_cast<std::ptrdiff_t>(i), same))
      errors.push_back(refused("parameter.repeated", given[i].name, given[i].value,
                               "this parameter is given once"));
  }
}

}  // namespace

std::string described(const OtherTimes& times) {
  std::string out;
  if (times.facts_as_of) out += "facts as of " + to_string(*times.facts_as_of);
  if (times.rules_as_of)
    out += (out.empty() ? "rules as of " : ", rules as of ") + to_string(*times.rules_as_of);
  return out;
}

Status check_value(const Parameter& parameter, const std::string& text) {
  switch (parameter.type) {
    case ParameterType::month: return named(parse_month(text), parameter.name, text);
    case ParameterType::period: return named(parse_period(text), parameter.name, text);
    case ParameterType::person: return named(parse_person_id(text), parameter.name, text);
    case ParameterType::unit: return named(parse_unit_id(text), parameter.name, text);
    case ParameterType::run: return named(parse_run_id(text), parameter.name, text);
    case ParameterType::date: return named(parse_date(text), parameter.name, text);
    case ParameterType::year:
      if (year_of(text)) return {};
      return fail(refused("", parameter.name, text, "a year, such as 2022"));
    case ParameterType::sequence:
      if (const auto number = parse_decimal(text); number && *number > 0) return {};
      return fail(refused("", parameter.name, text, "a whole number from 1 on"));
    case ParameterType::language:
      if (text == "id" || text == "en") return {};
      return fail(refused("", parameter.name, text, "id or en"));
    case ParameterType::moment:
    case ParameterType::text: return {};
    case ParameterType::flag:
      if (text == "true" || text == "false") return {};
      return fail(refused("", parameter.name, text, "true or false"));
  }
  return fail(ErrorCode::internal, "a parameter has a type");
}

tl::expected<Arguments, std::vector<Error>> Arguments::read(const Listing& listing,
                                                            std::span<const Given> given) {
  Arguments out;
  std::vector<Error> errors;
  const auto value_of = [&](std::string_view name) -> const std::string* {
    const auto found = std::find_if(given.begin(), given.end(),
                                    [&](const Given& one) { return one.name == name; });
    return found == given.end() ? nullptr : &found->value;
  };
  for (const Parameter& parameter : listing.parameters) {
    const std::string* const value = value_of(parameter.name);
    if (value == nullptr) {
      if (parameter.required)
        errors.push_back(
            refused("parameter.missing", parameter.name, "", "this parameter is required"));
    } else if (const Status checked = check_value(parameter, *value); !checked) {
      errors.push_back(checked.error());
    } else if (parameter.type != ParameterType::flag || *value == "true") {
      out.values_.emplace(parameter.name, *value);
    }
  }
  if (const std::string* const moment = value_of(as_known_at_name)) out.as_known_at_ = *moment;
  const std::string_view no_rules = listing.form_for(out).no_rules;
  const auto read_date = [&](std::string_view name, std::optional<Date>& date) {
    const std::string* const value = value_of(name);
    if (value == nullptr || !listing.other_times) return;
    if (name == rules_as_of_name && !no_rules.empty()) {
      errors.push_back(refused("times.rules_as_of", name, *value, std::string(no_rules)));
    } else if (const auto read = parse_date(*value)) {
      date = *read;
    } else {
      errors.push_back(refused(read.error().rule, name, *value, read.error().message));
    }
  };
  read_date(facts_as_of_name, out.times_.facts_as_of);
  read_date(rules_as_of_name, out.times_.rules_as_of);
  check_names(listing, given, errors);
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  return out;
}

const std::string& Arguments::text(std::string_view name) const {
  const auto found = values_.find(name);
  RUNUT_CHECK(found != values_.end(), "a parameter that was given is asked for");
  return found->second;
}
Month Arguments::month(std::string_view name) const {
  return *parse_month(text(name));
}
Period Arguments::period(std::string_view name) const {
  return *parse_period(text(name));
}
PersonId Arguments::person(std::string_view name) const {
  return *parse_person_id(text(name));
}
UnitId Arguments::unit(std::string_view name) const {
  return *parse_unit_id(text(name));
}
Sequence Arguments::sequence(std::string_view name) const {
  return Sequence{*parse_decimal(text(name))};
}
Language Arguments::language(std::string_view name) const {
  return has(name) && text(name) == "en" ? Language::english : Language::indonesian;
}
RunId Arguments::run(std::string_view name) const {
  return *parse_run_id(text(name));
}
Date Arguments::date(std::string_view name) const {
  return *parse_date(text(name));
}
std::uint32_t Arguments::year(std::string_view name) const {
  return *year_of(text(name));
}

}  // namespace runut::listing
