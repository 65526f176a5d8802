// RocksDB's statuses as errors.
#pragma once

#include <rocksdb/status.h>

#include <string>

#include "base/result.h"

namespace runut {

// What went wrong, and on which directory or file.
[[nodiscard]] inline Error to_error(const rocksdb::Status& status, const std::string& path) {
  ErrorCode code = ErrorCode::unavailable;
  if (status.IsCorruption()) code = ErrorCode::corrupt;
  if (status.IsNoSpace()) code = ErrorCode::exhausted;
  if (status.IsNotFound()) code = ErrorCode::not_found;
  return Error{code, {}, "directory", path, "the store says: " + status.ToString()};
}

[[nodiscard]] inline Status to_status(const rocksdb::Status& status, const std::string& path) {
  if (status.ok()) return {};
  return fail(to_error(status, path));
}

}  // namespace runut
