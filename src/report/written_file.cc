#include "report/written_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace runut::report {

WrittenFile::~WrittenFile() {
  if (begun_) (void)std::remove(part_.c_str());
}

Status WrittenFile::begin() {
  errno = 0;
  std::FILE* const file = std::fopen(part_.c_str(), "wb");
  if (file == nullptr) {
    const bool usage = errno != EACCES && errno != ENOSPC;
    return fail(Error{usage ? ErrorCode::invalid_input : ErrorCode::unavailable,
                      {},
                      "out",
                      path_,
                      std::string("the file cannot be written: ") + std::strerror(errno)});
  }
  (void)std::fclose(file);
  begun_ = true;
  return {};
}

Status WrittenFile::keep() {
  errno = 0;
  if (std::rename(part_.c_str(), path_.c_str()) != 0) return failed(std::strerror(errno));
  begun_ = false;
  return {};
}

tl::unexpected<Error> WrittenFile::failed(const std::string& why) const {
  return fail(
      Error{ErrorCode::unavailable, {}, "out", path_, "the file cannot be written: " + why});
}

}  // namespace runut::report
