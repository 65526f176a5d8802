// What it means to append to a row: its value is every entry, in the order in which they were
// written.
#pragma once

#include <memory>

namespace rocksdb {
class MergeOperator;
}

namespace runut {

[[nodiscard]] std::shared_ptr<rocksdb::MergeOperator> append_operator();

}  // namespace runut
