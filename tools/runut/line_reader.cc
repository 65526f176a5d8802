#include "tools/runut/line_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace runut::cli {
namespace {

constexpr std::size_t read_bytes = std::size_t{256} * 1024;

Error file_error(std::string rule, const std::string& path, std::string message) {
  return Error{ErrorCode::invalid_input, std::move(rule), "file", path, std::move(message)};
}

}  // namespace

Result<LineReader> LineReader::open(const std::string& path, std::size_t line_bytes_max) {
  if (path == "-") return LineReader({}, STDIN_FILENO, "-", line_bytes_max);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const bool missing = errno == ENOENT;
    return fail(Error{missing ? ErrorCode::not_found : ErrorCode::invalid_input, "file.unreadable",
                      "file", path,
                      std::string("the file cannot be opened: ") + std::strerror(errno)});
  }
  seal_io::Descriptor file(fd);
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
    return fail(file_error("file.unreadable", path, "this is a directory"));
  return LineReader(std::move(file), fd, path, line_bytes_max);
}

bool LineReader::shall_end() const {
  if (end_fd_ < 0) return false;
  std::array<pollfd, 2> waited{{{fd_, POLLIN, 0}, {end_fd_, POLLIN, 0}}};
  while (::poll(waited.data(), waited.size(), -1) < 0 && errno == EINTR) {
  }
  return waited[0].revents == 0 && waited[1].revents != 0;
}

Result<bool> LineReader::fill() {
  if (shall_end()) {
    ended_ = true;
    return false;
  }
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  const std::size_t before = buffer_.size();
  buffer_.resize(before + read_bytes);
  ssize_t got = 0;
  do {
    got = ::read(fd_, buffer_.data() + before, read_bytes);
  } while (got < 0 && errno == EINTR);
  const int failure = errno;
  buffer_.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
  if (got < 0)
    return fail(Error{ErrorCode::unavailable, "file.unreadable", "file", path_,
                      std::string("the file cannot be read on: ") + std::strerror(failure)});
  ended_ = got == 0;
  return got > 0;
}

// Before the first line is taken: what comes in small parts begins as it does in one.
Status LineReader::check_beginning() {
  constexpr std::string_view begun_mark = "\xEF\xBB";
  while (!ended_ && (buffer_.size() < 2 || buffer_ == begun_mark)) RUNUT_TRY(fill());
  const std::string_view text = buffer_;
  if (text.starts_with("\xEF\xBB\xBF"))
    return fail(file_error("file.bom", path_,
                           "the file begins with a byte order mark; save it as UTF-8 without one"));
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
      (text.size() >= 2 && (text[0] == '\0' || text[1] == '\0')))
    return fail(file_error("file.utf16", path_, "the file is UTF-16 or UTF-32; save it as UTF-8"));
  begun_ = true;
  return {};
}

Result<bool> LineReader::next(InputLine& line) {
  line = {};
  if (!begun_) RUNUT_TRY(check_beginning());
  std::size_t searched = 0;
  bool skipping = false;  // the rest of an oversized line
  std::string kept;
  for (;;) {
    const std::size_t end = buffer_.find('\n', begin_ + searched);
    if (end == std::string::npos && !ended_) {
      if (skipping)
        begin_ = buffer_.size();
      else if (buffer_.size() - begin_ > line_bytes_max_) {
        kept = buffer_.substr(begin_, 4'096);
        skipping = true;
        begin_ = buffer_.size();
      }
      searched = buffer_.size() - begin_;
      RUNUT_TRY(fill());
      continue;
    }
    const std::size_t until = end == std::string::npos ? buffer_.size() : end;
    if (end == std::string::npos && until == begin_ && !skipping) return false;
    line.number = ++number_;
    line.oversized = skipping || until - begin_ > line_bytes_max_;
    if (skipping) {
      buffer_.replace(0, until, kept);  // keeps what follows the line's end
      begin_ = 0;
      line.text = std::string_view(buffer_).substr(0, kept.size());
      begin_ = kept.size() + (end == std::string::npos ? 0 : 1);
      return true;
    }
    line.text = std::string_view(buffer_).substr(begin_, until - begin_);
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    begin_ = until + (end == std::string::npos ? 0 : 1);
    return true;
  }
}

bool LineReader::would_wait() const {
  if (ended_ || buffer_.find('\n', begin_) != std::string::npos) return false;
  pollfd poller{fd_, POLLIN, 0};
  return ::poll(&poller, 1, 0) == 0;
}

}  // namespace runut::cli
