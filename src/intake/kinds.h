// The six tables that a city brings, and what each of their columns means (schemas/imports.md).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace runut::intake {

enum class Kind : std::uint8_t { roster, units, appraisers, attendance, reports, ratings };

struct Column {
  std::string_view name;
  bool required = false;  // a cell of it may not be empty
  std::string_view meaning;
};

[[nodiscard]] std::optional<Kind> kind_from(std::string_view name);
[[nodiscard]] std::string_view to_string(Kind kind);
[[nodiscard]] std::span<const Column> columns_of(Kind kind);
// All of them, for --help: a line a column.
[[nodiscard]] std::string columns_text();

}  // namespace runut::intake
