// The line-numbered report of an import: one entry for each line that recorded nothing.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "base/result.h"

namespace runut::cli {

struct Refusal {
  std::string file;
  std::uint64_t line = 0;
  std::string command;  // id, as far as it could be read
  Error error;
};

// On stderr as sentences, or in a file: TSV, or JSON lines when its name ends in .json or .ndjson.
// Columns: file, line, command, code, rule, field, value, message.
class RefusalReport {
 public:
  // `path` empty: stderr, where after `stderr_max` entries only the count goes on.
  [[nodiscard]] static Result<std::unique_ptr<RefusalReport>> open(
      const std::string& path, std::uint64_t stderr_max = 1'000);
  void add(const Refusal& refusal);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  // unavailable or exhausted when the file could not be written.
  [[nodiscard]] Status finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };
  RefusalReport() = default;

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  bool json_ = false;
  std::uint64_t stderr_max_ = 0;
  std::uint64_t count_ = 0;
};

// The id of a command that did not parse, when it can be seen; for reports only.
[[nodiscard]] std::string visible_command_id(std::string_view line);

}  // namespace runut::cli
