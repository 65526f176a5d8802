// The facts of a ledger as rows of SQL tables: one table a type of event, one column a field. What
// tools/bench/compare puts into other databases.
//
// A table has what a database needs for the same answers and no more: who did it, when, by which
// command and under which rules, the payload, the sealed text as it is. It lacks the chain, the
// commands' digests and what another column already says, all of which the ledger keeps beside it.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "domain/event.h"

namespace runut::bench {

enum class ColumnKind : std::uint8_t { small, integer, big, uuid, bytes, text, json };

struct FactColumn {
  std::string name;
  ColumnKind kind{};
};

struct FactIndex {
  std::vector<std::string> columns;
  std::string where;  // only rows for which this holds; empty: all
};

struct FactTable {
  std::string name;                 // in snake_case
  std::vector<FactColumn> columns;  // the first is `sequence`, the primary key
  // By command, for the answer to one that is repeated; by person or unit and day; by run.
  std::vector<FactIndex> indexes;
};

// By EventType's order of release.
[[nodiscard]] const std::vector<FactTable>& fact_tables();

struct FactBytes {
  Bytes bytes;
};
// Whole numbers, text (json too), or bytes (uuid too); nothing: NULL.
using FactCell = std::variant<std::monostate, std::int64_t, std::string, FactBytes>;

struct FactRow {
  std::size_t table = 0;  // in fact_tables()
  std::vector<FactCell> cells;
};
[[nodiscard]] FactRow fact_row(const Event& event);

}  // namespace runut::bench
