// The parts of tools/bench/compare that need this project's own code. Each prints one line of JSON;
// what is compared with another database goes into files whose lines must be equal.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>

#include "base/result.h"

namespace runut::bench {

// Writes `members` rows to ROWS (unit, person, score, result, behaviour, discipline; tabs), ranks
// them, and writes RANKED (unit, person, rank, tier), by unit and person.
struct RankingFiles {
  std::string rows;
  std::string ranked;
};
[[nodiscard]] Status compare_ranking(std::uint32_t members, const RankingFiles& files);

// The ledger in DATA as tables for PostgreSQL, in DIR: tables.sql, copy.sql with one file a table,
// indexes.sql. Beside the facts each row has the chain's hash and its command's digest, or it could
// not answer what the ledger does; facts_alone.sql drops them. Says how many bytes an event the
// ledger's directory has.
[[nodiscard]] Status compare_export(const std::string& data, const std::string& dir);

// The ledger in DATA into SQLite and into a new ledger, in DIR; then what each month's run needs of
// everybody's reports and clocks, out of either. Fails when the two differ.
[[nodiscard]] Status compare_sqlite(const std::string& data, const std::string& dir);

// A file that is written line by line.
class CompareFile {
 public:
  explicit CompareFile(std::string path)
      : path_(std::move(path)), file_(std::fopen(path_.c_str(), "we")) {}
  ~CompareFile() {
    if (file_ != nullptr) (void)std::fclose(file_);
  }
  CompareFile(const CompareFile&) = delete;
  CompareFile& operator=(const CompareFile&) = delete;
  void write(const std::string& text) {
    if (file_ != nullptr && std::fwrite(text.data(), 1, text.size(), file_) != text.size())
      failed_ = true;
  }
  [[nodiscard]] Status close() {
    const bool written = file_ != nullptr && !failed_ && std::fclose(file_) == 0;
    file_ = nullptr;
    return written ? Status{}
                   : fail(Error{ErrorCode::unavailable, {}, "file", path_, "it cannot be written"});
  }

 private:
  std::string path_;
  std::FILE* file_;
  bool failed_ = false;
};

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace runut::bench
