// Built without type information, as Debian builds RocksDB (CMakeLists.txt).
#include "store/append_operator.h"

#include <rocksdb/merge_operator.h>

namespace runut {
namespace {

class AppendOperator final : public rocksdb::MergeOperator {
 public:
  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    std::size_t size = in.existing_value != nullptr ? in.existing_value->size() : 0;
    for (const rocksdb::Slice& entry : in.operand_list) size += entry.size();
    out->new_value.clear();  // an iterator hands over the value before
    out->new_value.reserve(size);
    if (in.existing_value != nullptr)
      out->new_value.assign(in.existing_value->data(), in.existing_value->size());
    for (const rocksdb::Slice& entry : in.operand_list)
      out->new_value.append(entry.data(), entry.size());
    return true;
  }
  bool PartialMergeMulti(const rocksdb::Slice&, const std::deque<rocksdb::Slice>& entries,
                         std::string* joined, rocksdb::Logger*) const override {
    joined->clear();
    for (const rocksdb::Slice& entry : entries) joined->append(entry.data(), entry.size());
    return true;
  }
  const char* Name() const override { return "runut.append"; }
};

}  // namespace

std::shared_ptr<rocksdb::MergeOperator> append_operator() {
  static const auto shared = std::make_shared<AppendOperator>();
  return shared;
}

}  // namespace runut
