#include "tools/bench/sqlite_database.h"

namespace runut::bench {
namespace {

tl::unexpected<Error> sqlite_error(sqlite3* database, const std::string& what) {
  return fail(ErrorCode::internal,
              "SQLite: " + std::string(sqlite3_errmsg(database)) + ": " + what);
}

}  // namespace

Status SqliteStatement::bind(const std::vector<FactCell>& cells) const {
  sqlite3_stmt* const to = statement_.get();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const int at = static_cast<int>(i) + 1;
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&cells[i]))
      code = sqlite3_bind_int64(to, at, *number);
    else if (const auto* text = std::get_if<std::string>(&cells[i]))
      code = sqlite3_bind_text(to, at, text->data(), static_cast<int>(text->size()), nullptr);
    else if (const auto* bytes = std::get_if<FactBytes>(&cells[i]))
      code = sqlite3_bind_blob(to, at, bytes->bytes.data(), static_cast<int>(bytes->bytes.size()),
                               nullptr);
    else
      code = sqlite3_bind_null(to, at);
    if (code != SQLITE_OK) return sqlite_error(sqlite3_db_handle(to), "bind");
  }
  return {};
}

Result<bool> SqliteStatement::step() const {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3* const database = sqlite3_db_handle(statement_.get());
  if (code != SQLITE_DONE) return sqlite_error(database, sqlite3_sql(statement_.get()));
  sqlite3_reset(statement_.get());
  return false;
}

Result<SqliteDatabase> SqliteDatabase::create(const std::string& path) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open(path.c_str(), &opened);
  SqliteDatabase database;
  database.database_.reset(opened);
  if (code != SQLITE_OK) return sqlite_error(opened, path);
  RUNUT_TRY(
      database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                   "PRAGMA cache_size = -262144"));
  return database;
}

Status SqliteDatabase::run(const std::string& sql) const {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return sqlite_error(database_.get(), sql);
}

Result<SqliteStatement> SqliteDatabase::prepare(const std::string& sql) const {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK)
    return sqlite_error(database_.get(), sql);
  SqliteStatement statement;
  statement.statement_.reset(prepared);
  return statement;
}

}  // namespace runut::bench
