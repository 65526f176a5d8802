#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "instance/instance.h"
#include "log/rocksdb_event_log.h"
#include "projections/registry.h"
#include "tools/bench/compare_tool.h"
#include "tools/bench/monthly_fold.h"
#include "write/record_header.h"

namespace runut::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t events_a_commit = 1'000;
constexpr int fold_rounds = 3;

struct Source {
  std::vector<Event> events;
  std::vector<FactRow> rows;
  std::vector<Month> months;  // with reports
  int utc_offset_minutes = 0;
};

Result<Source> read_source(const std::string& data) {
  InstanceOptions options;
  RUNUT_ASSIGN(options.place, locate(data, "", ""));
  RUNUT_ASSIGN(const auto instance,
               Instance::open(std::move(options), Instance::Access::read_only));
  Source source;
  source.utc_offset_minutes = instance->founded()->utc_offset_minutes;
  const Sequence head = instance->log().head().sequence;
  for (Sequence at{1}; at <= head;) {
    RUNUT_ASSIGN(const EventBatch batch, instance->log().read(at));
    for (const EventView& view : batch.events) {
      RUNUT_ASSIGN(Event event, decode_event(view.bytes));
      if (const auto* report = std::get_if<DailyReportSubmitted>(&event.payload))
        source.months.push_back(month_of(report->date));
      source.rows.push_back(fact_row(event));
      source.events.push_back(std::move(event));
    }
    at = next(batch.events.back().sequence);
  }
  std::sort(source.months.begin(), source.months.end());
  source.months.erase(std::unique(source.months.begin(), source.months.end()), source.months.end());
  return source;
}

const char* sqlite_type(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::uuid:
    case ColumnKind::bytes: return "BLOB";
    case ColumnKind::text:
    case ColumnKind::json: return "TEXT";
    default: return "INTEGER";
  }
}

Result<std::vector<SqliteStatement>> make_tables(const SqliteDatabase& database) {
  std::vector<SqliteStatement> inserts;
  for (const FactTable& table : fact_tables()) {
    std::string columns;
    std::string places;
    for (const FactColumn& column : table.columns) {
      columns += fmt::format("{}\"{}\" {}", columns.empty() ? "" : ", ", column.name,
                             columns.empty() ? "INTEGER PRIMARY KEY" : sqlite_type(column.kind));
      places += places.empty() ? "?" : ",?";
    }
    RUNUT_TRY(database.run(fmt::format("CREATE TABLE {} ({})", table.name, columns)));
    for (std::size_t i = 0; i < table.indexes.size(); ++i) {
      const FactIndex& index = table.indexes[i];
      RUNUT_TRY(database.run(fmt::format("CREATE INDEX {0}_{1} ON {0} ({2}){3}", table.name, i,
                                         fmt::join(index.columns, ", "),
                                         index.where.empty() ? "" : " WHERE " + index.where)));
    }
    RUNUT_ASSIGN(inserts.emplace_back(),
                 database.prepare(fmt::format("INSERT INTO {} VALUES ({})", table.name, places)));
  }
  return inserts;
}

// Rows are ready before the clock starts; statements are prepared.
Result<double> fill_sqlite(const SqliteDatabase& database, const std::vector<FactRow>& rows) {
  RUNUT_ASSIGN(const std::vector<SqliteStatement> inserts, make_tables(database));
  const Stopwatch watch;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % events_a_commit == 0) RUNUT_TRY(database.run("BEGIN"));
    const SqliteStatement& insert = inserts[rows[i].table];
    RUNUT_TRY(insert.bind(rows[i].cells));
    RUNUT_TRY(insert.step());
    if ((i + 1) % events_a_commit == 0 || i + 1 == rows.size()) RUNUT_TRY(database.run("COMMIT"));
  }
  return watch.seconds();
}

struct OwnLedger {
  std::unique_ptr<RocksdbEventLog> log;
  std::unique_ptr<Projector> projector;
};

// Encoded, chained, durable, and every view at the head: the same events, sealed text as it is.
Result<double> fill_ledger(OwnLedger& ledger, const std::string& dir,
                           const std::vector<Event>& events) {
  RUNUT_ASSIGN(ledger.log, RocksdbEventLog::open(dir, &read_record_header));
  RUNUT_ASSIGN(ledger.projector, Projector::open(ledger.log->store(), *ledger.log,
                                                 {all_projections.begin(), all_projections.end()}));
  ledger.projector->start();
  RUNUT_TRY(ledger.log->begin_copy(Millis{5'000}));
  const Stopwatch watch;
  Hash256 previous;
  Commit commit;
  for (Event event : events) {
    event.previous = previous;
    RUNUT_ASSIGN(Bytes bytes, encode_event(event));
    previous = leaf_hash(bytes);
    commit.command = event.command;
    commit.events.push_back({std::move(bytes), previous});
    if (event.commit_index + 1 < event.commit_count) continue;
    for (;;) {
      const Status taken = ledger.log->append(std::move(commit));
      if (taken) break;
      if (taken.error().code != ErrorCode::exhausted) return fail(taken.error());
      (void)ledger.log->settle(Millis{100});
    }
    commit = {};
    if (ledger.log->in_flight() > events_a_commit) (void)ledger.log->settle(Millis{0});
  }
  while (ledger.log->in_flight() > 0) (void)ledger.log->settle(Millis{1'000});
  const Sequence head = events.back().sequence;
  RUNUT_TRY(ledger.log->wait_for(head, Millis{60'000}).map([](const Head&) {}));
  RUNUT_TRY(ledger.projector->wait_for(head, Millis{600'000}));
  const double seconds = watch.seconds();
  ledger.projector->stop();
  return seconds;
}

std::uint64_t bytes_below(const std::string& directory) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file()) bytes += entry.file_size();
  return bytes;
}

// Every month, one after the other; the best of some rounds.
template <class Fold>
Result<double> fold_all(const std::vector<Month>& months, std::vector<FoldedMonths>& out,
                        Fold&& fold) {
  double best = 1e9;
  for (int round = 0; round < fold_rounds; ++round) {
    out.clear();
    const Stopwatch watch;
    for (const Month month : months) {
      RUNUT_ASSIGN(out.emplace_back(), fold(month));
    }
    best = std::min(best, watch.seconds());
  }
  return best;
}

Status check_equal(const std::vector<Month>& months, const std::vector<FoldedMonths>& sql,
                   const std::vector<FoldedMonths>& own) {
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (sql[i] == own[i]) continue;
    std::size_t at = 0;
    while (at < sql[i].size() && at < own[i].size() && sql[i][at] == own[i][at]) ++at;
    std::string who = "the number of people";
    if (at < sql[i].size() && at < own[i].size()) {
      const FoldedMonth& a = sql[i][at];
      const FoldedMonth& b = own[i][at];
      who = fmt::format("P{}: SQL {} {} {} {} {} {}, ledger {} {} {} {} {} {}", a.person,
                        a.approved, a.days_in, a.first_in, a.days_out, a.last_out, a.excused,
                        b.approved, b.days_in, b.first_in, b.days_out, b.last_out, b.excused);
    }
    return fail(ErrorCode::internal,
                "the monthly fold differs in " + to_string(months[i]) + ": " + who);
  }
  return {};
}

}  // namespace

Status compare_sqlite(const std::string& data, const std::string& dir) {
  RUNUT_ASSIGN(const Source source, read_source(data));
  RUNUT_ASSIGN(const SqliteDatabase database, SqliteDatabase::create(dir + "/facts.sqlite"));
  RUNUT_ASSIGN(const double sqlite_ingest, fill_sqlite(database, source.rows));
  OwnLedger ledger;
  RUNUT_ASSIGN(const double own_ingest, fill_ledger(ledger, dir + "/own", source.events));
  RUNUT_TRY(database.run("PRAGMA wal_checkpoint(TRUNCATE); ANALYZE"));
  RUNUT_TRY(ledger.log->store()->flush());

  RUNUT_ASSIGN(const SqlFold sql, SqlFold::prepare(database, source.utc_offset_minutes));
  std::vector<FoldedMonths> from_sql;
  RUNUT_ASSIGN(const double sqlite_fold,
               fold_all(source.months, from_sql, [&](Month month) { return sql.fold(month); }));
  const auto rows_of = [&](const Projection& projection) {
    return CurrentRows(ledger.projector->views(), std::string(projection.name));
  };
  const CurrentRows roster = rows_of(roster::projection);
  const CurrentRows reports = rows_of(reports::projection);
  const CurrentRows attendance = rows_of(attendance::projection);
  std::vector<FoldedMonths> from_views;
  RUNUT_ASSIGN(const double own_fold, fold_all(source.months, from_views, [&](Month month) {
                 return fold_views({roster, reports, attendance}, month, source.utc_offset_minutes);
               }));
  RUNUT_TRY(check_equal(source.months, from_sql, from_views));
  std::int64_t approved = 0;
  for (const FoldedMonths& month : from_sql)
    for (const FoldedMonth& folded : month) approved += folded.approved;
  if (approved == 0) return fail(ErrorCode::internal, "nothing was folded: there are no reports");
  fmt::print(
      "{{\"events\":{},\"months\":{},\"people\":{},\"approved_minutes\":{},"
      "\"sqlite_ingest\":{:.4f},\"own_ingest\":{:.4f},\"sqlite_fold\":{:.5f},\"own_fold\":{:.5f},"
      "\"sqlite_bytes\":{},\"own_bytes\":{}}}\n",
      source.events.size(), source.months.size(), from_sql.front().size(), approved, sqlite_ingest,
      own_ingest, sqlite_fold, own_fold, fs::file_size(dir + "/facts.sqlite"),
      bytes_below(dir + "/own"));
  return {};
}

}  // namespace runut::bench
