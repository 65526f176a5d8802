// Runs flatc.
#pragma once

#include <string>

#include "tests/support/temporary_directory.h"

namespace runut::codec_test {

struct Outcome {
  int status = -1;
  std::string output;  // both streams
};
// `command` goes to the shell.
[[nodiscard]] Outcome run(const std::string& command);

using testing::TemporaryDirectory;

void write_file(const std::string& path, const std::string& bytes);

}  // namespace runut::codec_test
