#include "seal/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace runut::seal_io {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Error system_error(std::string_view what, const std::string& path) {
  const int number = errno;
  ErrorCode code = ErrorCode::unavailable;
  if (number == ENOSPC || number == EDQUOT) code = ErrorCode::exhausted;
  if (number == ENOENT) code = ErrorCode::not_found;
  return Error{code, {}, "path", path, std::string(what) + ": " + std::strerror(number)};
}

bool exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

Status make_directories(const std::string& path) {
  const std::filesystem::path whole(path);
  std::filesystem::path so_far;
  for (const auto& part : whole) {
    so_far /= part;
    if (exists(so_far.native())) continue;
    if (::mkdir(so_far.c_str(), 0700) == 0) {
      const std::filesystem::path parent = so_far.parent_path();
      RUNUT_TRY(sync_directory(parent.empty() ? "." : parent.native()));
    } else if (errno != EEXIST) {
      return fail(system_error("cannot create the directory", so_far.native()));
    }
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
    return fail(Error{ErrorCode::unavailable, {}, "path", path, "not a directory"});
  return {};
}

Result<Descriptor> open_file(const std::string& path, int flags, unsigned mode) {
  int fd = -1;
  do {
    fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0) return fail(system_error("cannot open", path));
  return Descriptor(fd);
}

Result<Bytes> read_file(const std::string& path) {
  RUNUT_ASSIGN(const Descriptor file, open_file(path, O_RDONLY, 0));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return fail(system_error("cannot read", path));
  if (!S_ISREG(status.st_mode))
    return fail(Error{ErrorCode::unavailable, {}, "path", path, "not a regular file"});
  Bytes bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        ::pread(file.get(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(system_error("cannot read", path));
    if (got == 0) break;  // cut while we read: the parser judges what is left
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

Status write_at(const Descriptor& file, BytesView bytes, std::size_t offset,
                const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t put =
        ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail(system_error("cannot write", path));
    bytes.remove_prefix(static_cast<std::size_t>(put));
    offset += static_cast<std::size_t>(put);
  }
  return {};
}

Status sync_file(const Descriptor& file, const std::string& path) {
  if (::fsync(file.get()) != 0) return fail(system_error("cannot make durable", path));
  return {};
}

Status sync_directory(const std::string& path) {
  RUNUT_ASSIGN(const Descriptor directory, open_file(path, O_RDONLY | O_DIRECTORY, 0));
  return sync_file(directory, path);
}

namespace {

Status write_whole(const std::string& path, BytesView bytes) {
  RUNUT_ASSIGN(const Descriptor file, open_file(path, O_WRONLY | O_CREAT | O_TRUNC, 0600));
  RUNUT_TRY(write_at(file, bytes, 0, path));
  return sync_file(file, path);
}

}  // namespace

Status replace_file(const FilePlace& place, BytesView bytes, bool* renamed) {
  const std::string temporary = place.path() + std::string(temporary_suffix);
  Status written = write_whole(temporary, bytes);
  if (written && ::rename(temporary.c_str(), place.path().c_str()) != 0)
    written = fail(system_error("cannot rename", temporary));
  if (!written) {
    ::unlink(temporary.c_str());
    return written;
  }
  if (renamed != nullptr) *renamed = true;
  return sync_directory(place.directory);
}

Result<bool> create_file(const FilePlace& place, BytesView bytes) {
  const std::string temporary =
      place.path() + "." + std::to_string(::getpid()) + std::string(temporary_suffix);
  const Status written = write_whole(temporary, bytes);
  // link() refuses an existing name, rename() would replace it.
  const bool linked = written && ::link(temporary.c_str(), place.path().c_str()) == 0;
  const int link_error = errno;
  ::unlink(temporary.c_str());
  RUNUT_TRY(written);
  if (!linked) {
    if (link_error == EEXIST) return false;
    errno = link_error;
    return fail(system_error("cannot create", place.path()));
  }
  RUNUT_TRY(sync_directory(place.directory));
  return true;
}

}  // namespace runut::seal_io
