#include "tools/runut/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/bytes.h"

namespace runut::cli {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;

// Length of the well-formed UTF-8 sequence at the front; 0 for none.
std::size_t sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return length <= text.size() && is_utf8(text.substr(0, length)) ? length : 0;
}

}  // namespace

bool is_terminal(int descriptor) {
  return ::isatty(descriptor) == 1;
}

std::string coloured(std::string_view text, Colour colour, int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  if (colour == Colour::none || !is_terminal(descriptor) || (no_color != nullptr && *no_color != 0))
    return std::string(text);
  constexpr const char* codes[] = {"", "31", "32", "33", "1", "2"};
  return fmt::format("\033[{}m{}\033[0m", codes[static_cast<std::size_t>(colour)], text);
}

std::string printable(std::string_view text, std::size_t bytes_max) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const auto lead = static_cast<unsigned char>(text.front());
    // C1 controls (U+0080 to U+009F) drive some terminals too.
    const bool control =
        (length == 1 && (lead < 0x20 || lead == 0x7F)) ||
        (length == 2 && lead == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0);
    if (out.size() + 4 > bytes_max) return out + "…";
    if (length == 0 || control) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", lead);
      text.remove_prefix(1);
    } else {
      out.append(text.substr(0, length));
      text.remove_prefix(length);
    }
  }
  return out;
}

Progress::Progress(std::string label, std::string unit)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      terminal_(is_terminal(STDERR_FILENO)),
      next_(begin_ + (terminal_ ? milliseconds(1'000) : milliseconds(10'000))) {}

Progress::~Progress() {
  clear();
}

double Progress::seconds() const {
  return duration<double>(Clock::now() - begin_).count();
}

void Progress::at(std::uint64_t done, std::uint64_t total) {
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + (terminal_ ? milliseconds(200) : milliseconds(10'000));
  std::string line = label_ + ": " + spaced(done);
  if (total > 0) line += fmt::format(" of {} ({} %)", spaced(total), done * 100 / total);
  const double rate = static_cast<double>(done) / seconds();
  line += fmt::format(" {}, {} a second", unit_, spaced(static_cast<std::uint64_t>(rate)));
  std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
  std::fflush(stderr);
  shown_ = true;
}

void Progress::clear() {
  if (shown_ && terminal_) {
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
  }
  shown_ = false;
}

}  // namespace runut::cli
