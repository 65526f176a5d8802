// Lines of a file or pipe, in memory one at a time and never more than the limit of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "seal/file_io.h"

namespace runut::cli {

struct InputLine {
  std::uint64_t number = 0;  // from 1
  std::string_view text;     // without its end (LF or CR LF); valid until the next call
  bool oversized = false;    // longer than the limit: `text` is its beginning
};

class LineReader {
 public:
  // "-" is stdin. not_found, unavailable.
  [[nodiscard]] static Result<LineReader> open(const std::string& path, std::size_t line_bytes_max);

  // False at the end. invalid_input (rule file.bom, file.utf16) when the file begins as no UTF-8
  // text without a byte order mark does; unavailable when it cannot be read on.
  [[nodiscard]] Result<bool> next(InputLine& line);
  // Whether next() would have to wait for whoever writes into the pipe.
  [[nodiscard]] bool would_wait() const;
  // The file ends where next() has to wait and this descriptor is readable.
  void end_when_readable(int fd) { end_fd_ = fd; }

 private:
  LineReader(seal_io::Descriptor file, int fd, std::string path, std::size_t line_bytes_max)
      : file_(std::move(file)), fd_(fd), path_(std::move(path)), line_bytes_max_(line_bytes_max) {}
  [[nodiscard]] Result<bool> fill();
  [[nodiscard]] bool shall_end() const;
  [[nodiscard]] Status check_beginning();

  seal_io::Descriptor file_;  // none for stdin
  int fd_;
  int end_fd_ = -1;
  std::string path_;
  std::size_t line_bytes_max_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of what was not handed out
  std::uint64_t number_ = 0;
  bool begun_ = false;  // its first bytes were seen and are no mark
  bool ended_ = false;
};

}  // namespace runut::cli
