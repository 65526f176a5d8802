#include "instance/checkpoint_files.h"

#include <algorithm>
#include <filesystem>

#include "proof/lines.h"
#include "seal/file_io.h"

namespace runut {
namespace fs = std::filesystem;

Result<std::vector<std::uint64_t>> CheckpointFiles::sizes() const {
  std::vector<std::uint64_t> out;
  std::error_code failure;
  if (!fs::exists(directory_, failure)) return out;
  for (fs::directory_iterator at(directory_, failure), end; !failure && at != end;
       at.increment(failure))
    if (const auto size = parse_decimal(at->path().filename().string())) out.push_back(*size);
  if (failure)
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "directory",
                      directory_,
                      "the checkpoints cannot be listed: " + failure.message()});
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::string> CheckpointFiles::read(std::uint64_t size) const {
  return read_checkpoint_file(path(size));
}

Status CheckpointFiles::write(std::uint64_t size, std::string_view note) const {
  RUNUT_TRY(seal_io::make_directories(directory_));
  return seal_io::replace_file({directory_, std::to_string(size)}, note);
}

Status CheckpointFiles::remove(std::uint64_t size) const {
  std::error_code failure;
  fs::remove(path(size), failure);
  if (failure)
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "file",
                      path(size),
                      "the checkpoint cannot be removed: " + failure.message()});
  return {};
}

Result<std::uint64_t> CheckpointFiles::copy_from(const CheckpointFiles& source,
                                                 std::uint64_t events) const {
  RUNUT_ASSIGN(const std::vector<std::uint64_t> theirs, source.sizes());
  RUNUT_ASSIGN(const std::vector<std::uint64_t> ours, sizes());
  std::uint64_t newest = 0;
  for (const std::uint64_t size : theirs) {
    if (size > events) break;
    newest = size;
    if (std::binary_search(ours.begin(), ours.end(), size)) continue;
    RUNUT_ASSIGN(const std::string note, source.read(size));
    RUNUT_TRY(write(size, note));
  }
  return newest;
}

Result<std::string> read_checkpoint_file(const std::string& path) {
  std::error_code failure;
  const auto bytes = fs::file_size(path, failure);
  if (failure)
    return fail(Error{ErrorCode::not_found,
                      {},
                      "file",
                      path,
                      "the checkpoint cannot be read: " + failure.message()});
  if (bytes > note_max_bytes)
    return fail(
        Error{ErrorCode::invalid_input, {}, "file", path, "this is no checkpoint: too large"});
  return seal_io::read_file(path);
}

}  // namespace runut
