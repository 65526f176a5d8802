// Compiled without RTTI: Debian's RocksDB does not export the type information of its bases.
#include "store/quiet_logger.h"

#include <rocksdb/env.h>

#include <cstdarg>

namespace runut {
namespace {

class QuietLogger final : public rocksdb::Logger {
 public:
  QuietLogger() : Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
};

}  // namespace

std::shared_ptr<rocksdb::Logger> quiet_logger() {
  return std::make_shared<QuietLogger>();
}

}  // namespace runut
