#include "tools/verify/files.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace runut::verify {

Result<std::string> read_file(const std::string& path) {
  const auto wrong = [&](ErrorCode code, std::string message) {
    return fail(Error{code, {}, "file", path, std::move(message)});
  };
  const auto close = [](FILE* file) {
    if (file != stdin) (void)std::fclose(file);
  };
  const std::unique_ptr<FILE, decltype(close)> file(
      path == "-" ? stdin : std::fopen(path.c_str(), "rb"), close);
  if (!file) return wrong(ErrorCode::not_found, std::string("cannot be read: ") + strerror(errno));
  std::string text;
  std::array<char, 65'536> block{};
  for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), file.get())) > 0;) {
    text.append(block.data(), got);
    if (text.size() > file_max_bytes)
      return wrong(ErrorCode::exhausted, "larger than anything that is read here");
  }
  if (std::ferror(file.get()) != 0)
    return wrong(ErrorCode::not_found, std::string("cannot be read: ") + strerror(errno));
  return text;
}

Result<std::optional<std::string>> read_if_there(const std::string& path) {
  FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (file != nullptr) (void)std::fclose(file);
  RUNUT_ASSIGN(std::string text, read_file(path));
  return text;
}

}  // namespace runut::verify
