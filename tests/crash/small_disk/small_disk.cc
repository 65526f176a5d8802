// A disk that is full, for one program and without any right to mount one: preloaded, it lets the
// files below RUNUT_SMALL_DISK hold RUNUT_SMALL_DISK_BYTES together. What would be more is written
// in part or not at all (ENOSPC), as on a real one. Files that go make room again.
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace {

std::mutex one_at_a_time;

const std::string& disk() {
  static const std::string path = [] {
    const char* given = std::getenv("RUNUT_SMALL_DISK");
    return std::string(given == nullptr ? "" : given);
  }();
  return path;
}

std::uintmax_t free_bytes() {
  static const std::uintmax_t room =
      std::strtoull(std::getenv("RUNUT_SMALL_DISK_BYTES"), nullptr, 10);
  std::uintmax_t used = 0;
  std::error_code gone;
  std::filesystem::recursive_directory_iterator file(disk(), gone);
  for (; file != std::filesystem::recursive_directory_iterator(); file.increment(gone)) {
    const std::uintmax_t bytes = file->is_regular_file(gone) ? file->file_size(gone) : 0;
    used += gone ? 0 : bytes;
  }
  return room - std::min(room, used);
}

bool is_on_disk(int fd) {
  std::array<char, 4096> target{};
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = ::readlink(link.c_str(), target.data(), target.size());
  return size > 0 && !disk().empty() &&
         std::string_view(target.data(), static_cast<std::size_t>(size)).starts_with(disk() + "/");
}

// How much of `count` bytes at `offset` (-1: at the file's own place) may be written.
std::size_t allowed(int fd, std::size_t count, off_t offset) {
  struct stat file {};
  if (::fstat(fd, &file) != 0) return count;
  if (offset < 0) offset = ::lseek(fd, 0, SEEK_CUR);
  const std::size_t inside =
      file.st_size > offset ? static_cast<std::size_t>(file.st_size - offset) : 0;
  return std::min<std::uintmax_t>(count, inside + free_bytes());
}

// `real` writes so many of the bytes.
template <class Real>
ssize_t write_some(int fd, std::size_t count, off_t offset, Real real) {
  if (!is_on_disk(fd)) return real(count);
  const std::lock_guard lock(one_at_a_time);
  const std::size_t some = allowed(fd, count, offset);
  if (some > 0 || count == 0) return real(some);
  errno = ENOSPC;
  return -1;
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, std::size_t count) {
  static auto* const real = next<ssize_t(int, const void*, std::size_t)>("write");
  return write_some(fd, count, -1, [&](std::size_t some) { return real(fd, bytes, some); });
}

ssize_t pwrite(int fd, const void* bytes, std::size_t count, off_t offset) {
  static auto* const real = next<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  return write_some(fd, count, offset,
                    [&](std::size_t some) { return real(fd, bytes, some, offset); });
}

ssize_t pwrite64(int fd, const void* bytes, std::size_t count, off64_t offset) {
  static auto* const real = next<ssize_t(int, const void*, std::size_t, off64_t)>("pwrite64");
  return write_some(fd, count, offset,
                    [&](std::size_t some) { return real(fd, bytes, some, offset); });
}

}  // extern "C"
