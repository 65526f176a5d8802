// This very binary as a process of its own, so that its time and memory are what a user sees and
// not what the benchmark holds beside it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "seal/file_io.h"
#include "tools/runut/exit_code.h"

namespace runut::cli {

// One thread. A process that was not waited for is killed with its object.
class BenchChild {
 public:
  // "runut" is left out of the arguments. Its stderr goes to `error_file`.
  [[nodiscard]] static Result<BenchChild> start(const std::vector<std::string>& arguments,
                                                std::string error_file);
  ~BenchChild();
  BenchChild(BenchChild&& other) noexcept;
  BenchChild& operator=(BenchChild&&) = delete;

  [[nodiscard]] Status write(std::string_view text) const;  // into its stdin
  [[nodiscard]] Result<std::string> read_line() const;      // of its stdout, without the line feed

  // As the kernel counts it, bytes: now, and at most since it started. 0 once it has ended.
  [[nodiscard]] std::uint64_t resident_bytes() const { return memory("VmRSS:"); }
  [[nodiscard]] std::uint64_t peak_bytes() const { return memory("VmHWM:"); }

  [[nodiscard]] double cpu_seconds() const;  // that it has used so far; 0 once it has ended

  // wait(), having asked it to end (SIGTERM).
  [[nodiscard]] Result<std::uint64_t> stop();
  // Closes its stdin, waits until it ends, and says how much memory it ever had. Not getrusage():
  // what that tells of a child includes what its parent had when it was started. internal: it ended
  // with neither 0 nor that code; what it said last.
  [[nodiscard]] Result<std::uint64_t> wait(Exit fine = Exit::ok);

 private:
  BenchChild(pid_t pid, seal_io::Descriptor input, seal_io::Descriptor output,
             std::string error_file)
      : pid_(pid),
        input_(std::move(input)),
        output_(std::move(output)),
        error_file_(std::move(error_file)) {}
  [[nodiscard]] std::uint64_t memory(std::string_view name) const;

  pid_t pid_ = -1;
  seal_io::Descriptor input_;
  seal_io::Descriptor output_;
  std::string error_file_;
};

}  // namespace runut::cli
