// SQLite as tools/bench/compare uses it: errors as values, statements that end with their object.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "tools/bench/fact_tables.h"

namespace runut::bench {

class SqliteStatement {
 public:
  // Values of the parameters from the first on, for the next step. Borrowed until then.
  [[nodiscard]] Status bind(const std::vector<FactCell>& cells) const;
  // Whether there is a row; false: it is done, and may be bound and stepped again.
  [[nodiscard]] Result<bool> step() const;
  [[nodiscard]] std::int64_t number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
  }

 private:
  friend class SqliteDatabase;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Write-ahead log, synchronous FULL: a commit is on the disk when it returns.
class SqliteDatabase {
 public:
  [[nodiscard]] static Result<SqliteDatabase> create(const std::string& path);
  [[nodiscard]] Status run(const std::string& sql) const;
  [[nodiscard]] Result<SqliteStatement> prepare(const std::string& sql) const;

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace runut::bench
