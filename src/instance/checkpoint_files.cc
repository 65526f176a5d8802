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
