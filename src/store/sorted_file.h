// Rows of one family in the order of their keys, on their way into a store as one file: many times
// faster than writing them one by one, for whoever has a long stretch of them at once.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"

namespace rocksdb {
class SstFileWriter;
}

namespace runut {

// One thread at a time. A file that was not ingested is removed with its object.
class SortedFile {
 public:
  ~SortedFile();
  SortedFile(SortedFile&&) noexcept;
  SortedFile& operator=(SortedFile&&) noexcept;

  // Keys ascend; each once.
  [[nodiscard]] Status put(BytesView key, BytesView value);
  [[nodiscard]] Status append(BytesView key, BytesView entry);
  // Nothing may be added behind this; the file must hold a row. Durable on return.
  [[nodiscard]] Status finish();

 private:
  friend class Store;
  SortedFile(std::unique_ptr<rocksdb::SstFileWriter> writer, std::string path);
  void remove();
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  std::string path_;  // empty: nothing to remove
};

}  // namespace runut
