// A file that appears under its name only when it is whole.
#pragma once

#include <string>

#include "base/result.h"

namespace runut::report {

class WrittenFile {
 public:
  explicit WrittenFile(std::string path) : path_(std::move(path)), part_(path_ + ".part") {}
  ~WrittenFile();  // what was not kept is removed
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;

  // Where to write. begin() first: invalid_input names `out` when nothing can be created there.
  [[nodiscard]] Status begin();
  [[nodiscard]] const std::string& part() const { return part_; }
  [[nodiscard]] Status keep();
  // What a library that failed to write is reported as.
  [[nodiscard]] tl::unexpected<Error> failed(const std::string& why) const;

 private:
  std::string path_;
  std::string part_;
  bool begun_ = false;
};

}  // namespace runut::report
