// Runs flatc, and a directory for its files.
#pragma once

#include <string>

namespace runut::codec_test {

struct Outcome {
  int status = -1;
  std::string output;  // both streams
};
// `command` goes to the shell.
[[nodiscard]] Outcome run(const std::string& command);

// Removed at the end of the test.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void write_file(const std::string& path, const std::string& bytes);

}  // namespace runut::codec_test
