// The few POSIX calls the key store needs, with errors as values. EINTR is retried.
#pragma once

#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/result.h"

namespace runut::seal_io {

// Owns a descriptor; -1 = none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_ = -1;
};

// From errno: `exhausted` for a full disk or quota, `not_found`, else `unavailable`.
[[nodiscard]] Error system_error(std::string_view what, const std::string& path);

[[nodiscard]] bool exists(const std::string& path);
// mode 0700, parents included.
[[nodiscard]] Status make_directories(const std::string& path);
[[nodiscard]] Result<Descriptor> open_file(const std::string& path, int flags, unsigned mode);
[[nodiscard]] Result<Bytes> read_file(const std::string& path);
[[nodiscard]] Status write_at(const Descriptor& file, BytesView bytes, std::size_t offset,
                              const std::string& path);
[[nodiscard]] Status sync_file(const Descriptor& file, const std::string& path);
[[nodiscard]] Status sync_directory(const std::string& path);
struct FilePlace {
  std::string directory;
  std::string name;
  [[nodiscard]] std::string path() const { return directory + "/" + name; }
};
inline constexpr std::string_view temporary_suffix = ".tmp";

// Writes the file (mode 0600) whole or not at all: temporary, fsync, rename, fsync of the
// directory. `renamed` tells after a failure whether the new file already has its name.
[[nodiscard]] Status replace_file(const FilePlace& place, BytesView bytes, bool* renamed = nullptr);
// The same for a file that must not exist yet; false when another process was first.
[[nodiscard]] Result<bool> create_file(const FilePlace& place, BytesView bytes);

}  // namespace runut::seal_io
