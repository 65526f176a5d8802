#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "codec/envelope_codec.h"
#include "instance/instance.h"
#include "tools/bench/compare_tool.h"
#include "tools/bench/fact_tables.h"

namespace runut::bench {
namespace {

namespace fs = std::filesystem;

// What proves that nothing is missing, and tells a repeated command from another one.
constexpr auto chain_column = "chain";
constexpr auto digest_column = "command_digest";

const char* postgres_type(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::small: return "smallint";
    case ColumnKind::integer: return "integer";
    case ColumnKind::big: return "bigint";
    case ColumnKind::uuid: return "uuid";
    case ColumnKind::bytes: return "bytea";
    case ColumnKind::text: return "text";
    case ColumnKind::json: return "jsonb";
  }
  return "text";
}

// As COPY reads it.
void append_cell(std::string& out, const FactCell& cell, ColumnKind kind) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    fmt::format_to(std::back_inserter(out), "{}", *number);
  } else if (const auto* bytes = std::get_if<FactBytes>(&cell)) {
    if (kind == ColumnKind::bytes) out += "\\\\x";
    out += to_hex(bytes->bytes);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    for (const char c : *text) {
      switch (c) {
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: out += c;
      }
    }
  } else {
    out += "\\N";
  }
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "\"" : ", \"") + name + "\"";
  return out;
}

Status write_schema(const std::string& dir, const std::map<std::size_t, std::uint64_t>& used) {
  CompareFile tables(dir + "/tables.sql");
  CompareFile copy(dir + "/copy.sql");
  CompareFile indexes(dir + "/indexes.sql");
  CompareFile facts_alone(dir + "/facts_alone.sql");
  for (const auto& [number, rows] : used) {
    const FactTable& table = fact_tables()[number];
    std::string columns;
    for (const FactColumn& column : table.columns)
      columns += fmt::format("{}\"{}\" {}", columns.empty() ? "" : ", ", column.name,
                             postgres_type(column.kind));
    tables.write(fmt::format("CREATE TABLE {} ({}, {} bytea, {} uuid);\n", table.name, columns,
                             chain_column, digest_column));
    facts_alone.write(fmt::format("ALTER TABLE {} DROP COLUMN {}, DROP COLUMN {};\n", table.name,
                                  chain_column, digest_column));
    copy.write(fmt::format("\\copy {0} FROM '{1}/{0}.tsv'\n", table.name, dir));
    indexes.write(fmt::format("ALTER TABLE {} ADD PRIMARY KEY (sequence);\n", table.name));
    for (const FactIndex& index : table.indexes)
      indexes.write(fmt::format("CREATE INDEX ON {} ({}){};\n", table.name, joined(index.columns),
                                index.where.empty() ? "" : " WHERE " + index.where));
  }
  RUNUT_TRY(tables.close());
  RUNUT_TRY(copy.close());
  RUNUT_TRY(facts_alone.close());
  return indexes.close();
}

}  // namespace

Status compare_export(const std::string& data, const std::string& dir) {
  InstanceOptions options;
  RUNUT_ASSIGN(options.place, locate(data, "", ""));
  const std::string ledger = options.place.directory();
  RUNUT_ASSIGN(const auto instance,
               Instance::open(std::move(options), Instance::Access::read_only));
  std::map<std::size_t, std::unique_ptr<CompareFile>> files;
  std::map<std::size_t, std::uint64_t> used;
  const Sequence head = instance->log().head().sequence;
  for (Sequence at{1}; at <= head;) {
    RUNUT_ASSIGN(const EventBatch batch, instance->log().read(at));
    for (const EventView& view : batch.events) {
      RUNUT_ASSIGN(const Event event, decode_event(view.bytes));
      const FactRow row = fact_row(event);
      const FactTable& table = fact_tables()[row.table];
      auto& file = files[row.table];
      if (!file) file = std::make_unique<CompareFile>(dir + "/" + table.name + ".tsv");
      std::string line;
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (i > 0) line += '\t';
        append_cell(line, row.cells[i], table.columns[i].kind);
      }
      file->write(line + "\t\\\\x" + to_hex(event.previous.view()) + "\t" +
                  to_hex(event.command_mac.view()) + "\n");
      ++used[row.table];
    }
    at = next(batch.events.back().sequence);
  }
  for (auto& [table, file] : files) RUNUT_TRY(file->close());
  RUNUT_TRY(write_schema(dir, used));
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(ledger))
    if (entry.is_regular_file()) bytes += entry.file_size();
  fmt::print("{{\"events\":{},\"bytes\":{},\"tables\":{}}}\n", head.value, bytes, used.size());
  return {};
}

}  // namespace runut::bench
