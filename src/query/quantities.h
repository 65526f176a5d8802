// Named quantities of one thing in two worlds, and which of them are not the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/money.h"
#include "domain/vocabulary.h"

namespace runut {

// A quantity that is not the same on both sides; empty where that side has none.
struct ChangedQuantity {
  std::string line;       // "earned", "tax", "net"; "rank", "tier", "score", …
  std::string component;  // of a line: its component, or the code of a deduction
  std::string before;
  std::string after;
  std::string difference;  // of numbers: after - before, in the unit of both
};

struct QuantityValue {
  std::string text;
  std::optional<std::int64_t> number;  // in the quantity's unit
  std::uint8_t decimals = 0;           // of `number`, as it is shown
};
[[nodiscard]] QuantityValue number_value(std::int64_t value);
[[nodiscard]] QuantityValue score_value(Score value);            // 87.50
[[nodiscard]] QuantityValue percent_value(BasisPoints value);    // 99.67
[[nodiscard]] QuantityValue text_value(std::string_view value);  // compared, never subtracted

using QuantityName = std::pair<std::string, std::string>;  // line and component
// In the order of display, each name once.
using Quantities = std::vector<std::pair<QuantityName, QuantityValue>>;

// Amounts of one name are summed: two sanctions of one kind are one line here.
void add_amount(Quantities& out, QuantityName name, std::int64_t amount);

// Rupiah that one side does not have are none; a rank or a score that it lacks is no number.
[[nodiscard]] std::vector<ChangedQuantity> compare_sides(const Quantities& before,
                                                         const Quantities& after);

}  // namespace runut
