// The binary under test, as a process: arguments and input in, exit code and output back.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/temporary_directory.h"

namespace runut::testing {

[[nodiscard]] std::string read_file(const std::string& path);
[[nodiscard]] std::vector<std::string> lines_of(const std::string& text);
// The cells of a line of CSV, without their quotes.
[[nodiscard]] std::vector<std::string> csv_cells(const std::string& line);
[[nodiscard]] inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Ran {
  int exit = -1;  // 128 + signal when it was killed
  std::string out;
  std::string err;
};

using Arguments = std::vector<std::string>;

struct RunOptions {
  std::string input{};                  // of stdin
  std::function<void()> before_exec{};  // in the child: limits and the like
  Arguments in_front{};                 // e.g. strace and its options
};
// "runut" is left out of the arguments.
[[nodiscard]] Ran run(const Arguments& arguments, const RunOptions& options = {});

// Under strace with this expression (-e), e.g. one that makes a system call fail. Check once that
// it can trace at all.
[[nodiscard]] RunOptions traced(const std::string& expression);

// The value of a column in a printed table of one row.
[[nodiscard]] std::string cell(const Ran& ran, const std::string& column);

// A process that goes on: its stdin and its acknowledgements are ours.
class Running {
 public:
  // `acknowledges`: gives it --ack-fd; acknowledged() reads from there.
  Running(Arguments arguments, bool acknowledges, const std::string& error_file);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void feed(const std::string& text) const;
  // The next acknowledged id; empty when the process has ended and there are no more.
  [[nodiscard]] std::string acknowledged();
  void signal(int number) const;
  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool ended();
  void kill();
  int wait();  // exit code; closes its stdin

 private:
  pid_t pid_ = -1;
  int input_ = -1;
  int acks_ = -1;
  int exit_ = -1;
  std::string buffer_;
};

}  // namespace runut::testing
