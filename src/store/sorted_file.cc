#include "store/sorted_file.h"

#include <rocksdb/sst_file_writer.h>

#include <filesystem>
#include <utility>

#include "store/status_error.h"

namespace runut {

SortedFile::SortedFile(std::unique_ptr<rocksdb::SstFileWriter> writer, std::string path)
    : writer_(std::move(writer)), path_(std::move(path)) {}
SortedFile::~SortedFile() {
  remove();
}
SortedFile::SortedFile(SortedFile&& other) noexcept
    : writer_(std::move(other.writer_)), path_(std::exchange(other.path_, {})) {}
SortedFile& SortedFile::operator=(SortedFile&& other) noexcept {
  remove();
  writer_ = std::move(other.writer_);
  path_ = std::exchange(other.path_, {});
  return *this;
}

void SortedFile::remove() {
  writer_.reset();
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

Status SortedFile::put(BytesView key, BytesView value) {
  return to_status(writer_->Put({key.data(), key.size()}, {value.data(), value.size()}), path_);
}
Status SortedFile::append(BytesView key, BytesView entry) {
  return to_status(writer_->Merge({key.data(), key.size()}, {entry.data(), entry.size()}), path_);
}
Status SortedFile::finish() {
  return to_status(writer_->Finish(), path_);
}

}  // namespace runut
