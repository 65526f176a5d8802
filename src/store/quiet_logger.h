// Keeps RocksDB from writing a log of its own.
#pragma once

#include <memory>

namespace rocksdb {
class Logger;
}

namespace runut {

// RocksDB's default logger asserts at its next line after a failed write: on a full disk, that
// would end the process when it has most to tell. Errors reach us as statuses; nothing else is
// needed.
[[nodiscard]] std::shared_ptr<rocksdb::Logger> quiet_logger();

}  // namespace runut
