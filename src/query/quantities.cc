#include "query/quantities.h"

#include <fmt/format.h>

#include <algorithm>

namespace runut {
namespace {

std::string signed_text(std::int64_t value, std::uint8_t decimals) {
  if (decimals == 0) return std::to_string(value);
  const std::int64_t size = value < 0 ? -value : value;
  return fmt::format("{}{}.{:02}", value < 0 ? "-" : "", size / 100, size % 100);
}

const QuantityValue* value_in(const Quantities& side, const QuantityName& name) {
  for (const auto& [each, value] : side)
    if (each == name) return &value;
  return nullptr;
}

}  // namespace

QuantityValue number_value(std::int64_t value) {
  return {std::to_string(value), value, 0};
}
QuantityValue score_value(Score value) {
  return {to_string(value), value.value, 2};
}
QuantityValue percent_value(BasisPoints value) {
  return {signed_text(value.value, 2), value.value, 2};
}
QuantityValue text_value(std::string_view value) {
  return {std::string(value), {}, 0};
}

void add_amount(Quantities& out, QuantityName name, std::int64_t amount) {
  const auto known =
      std::find_if(out.begin(), out.end(), [&](const auto& each) { return each.first == name; });
  if (known == out.end())
    out.emplace_back(std::move(name), number_value(amount));
  else
    known->second = number_value(*known->second.number + amount);
}

std::vector<ChangedQuantity> compare_sides(const Quantities& before, const Quantities& after) {
  std::vector<QuantityName> names;
  for (const Quantities* side : {&before, &after})
    for (const auto& [name, value] : *side)
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  std::vector<ChangedQuantity> out;
  for (const QuantityName& name : names) {
    const QuantityValue* a = value_in(before, name);
    const QuantityValue* b = value_in(after, name);
    if (a != nullptr && b != nullptr && a->text == b->text) continue;
    ChangedQuantity changed{name.first, name.second, a ? a->text : "", b ? b->text : "", ""};
    const QuantityValue& either = a != nullptr ? *a : *b;
    const bool amount = either.number && either.decimals == 0 && name.first != "rank";
    if ((a && b && a->number && b->number) || amount)
      changed.difference =
          signed_text((b ? *b->number : 0) - (a ? *a->number : 0), either.decimals);
    out.push_back(std::move(changed));
  }
  return out;
}

}  // namespace runut
