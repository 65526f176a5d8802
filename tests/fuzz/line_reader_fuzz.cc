// Lines of a pipe: the same as those of a splitter that has the whole text before it, whatever the
// sizes in which it arrives.
//
// An input is the limit of a line (one byte; 0: none that matters), how many sizes follow, the
// sizes of the reads (used again from the first when they run out), the text.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/runut/line_reader.h"

namespace {

using runut::cli::InputLine;
using runut::cli::LineReader;

// A pipe in packets: each read gets what one write has put there. It holds so many of at most a
// page.
constexpr int pipe_bytes = 1 << 20;
constexpr std::size_t packet_bytes_max = 4'096;
// Each read makes room for much more than it gets, which is what an input costs.
constexpr std::size_t small_packets_max = 32;
// Of a line that was too long to keep there is at least so much.
constexpr std::size_t beginning_bytes = 4'096;

class PacketPipe {
 public:
  PacketPipe() {
    RUNUT_CHECK(::pipe2(ends_, O_CLOEXEC | O_DIRECT) == 0, "there is a pipe");
    RUNUT_CHECK(::fcntl(ends_[1], F_SETPIPE_SZ, pipe_bytes) >= pipe_bytes, "which is large");
  }
  ~PacketPipe() {
    ::close(ends_[0]);
    end();
  }
  PacketPipe(const PacketPipe&) = delete;
  PacketPipe& operator=(const PacketPipe&) = delete;

  [[nodiscard]] std::string path() const { return "/dev/fd/" + std::to_string(ends_[0]); }
  void put(std::string_view packet) const {
    const ssize_t put = ::write(ends_[1], packet.data(), packet.size());
    RUNUT_CHECK(put == static_cast<ssize_t>(packet.size()), "a packet is whole");
  }
  void end() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

void put_in_parts(PacketPipe& pipe, std::string_view text, std::string_view sizes) {
  for (std::size_t packet = 0; !text.empty(); ++packet) {
    std::size_t size = packet_bytes_max;
    if (!sizes.empty() && packet < small_packets_max)
      size = 1 + static_cast<unsigned char>(sizes[packet % sizes.size()]);
    pipe.put(text.substr(0, size));
    text.remove_prefix(std::min(size, text.size()));
  }
  pipe.end();
}

// What is no UTF-8 text without a byte order mark is refused by this rule.
std::string_view refusal(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) return "file.bom";
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return "file.utf16";
  if (text.size() >= 2 && (text[0] == '\0' || text[1] == '\0')) return "file.utf16";
  return {};
}

// Each line before its LF; what follows the last LF is one if there is anything.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void check_line(const InputLine& line, std::string_view expected, std::size_t limit) {
  RUNUT_CHECK(line.oversized == (expected.size() > limit), "it is known when a line is too long");
  if (line.oversized) {
    RUNUT_CHECK(expected.starts_with(line.text), "there is its beginning");
    RUNUT_CHECK(line.text.size() >= std::min(limit, beginning_bytes), "as much as is shown of it");
    return;
  }
  if (expected.ends_with('\r')) expected.remove_suffix(1);
  RUNUT_CHECK(line.text == expected, "the line is the splitter's");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  if (rest.size() < 2 || rest.size() > pipe_bytes / 4) return 0;
  const std::size_t limit = rest[0] == '\0' ? pipe_bytes : static_cast<unsigned char>(rest[0]);
  const std::size_t count = static_cast<unsigned char>(rest[1]);
  rest.remove_prefix(2);
  const std::string_view sizes = rest.substr(0, count);
  const std::string_view text = rest.substr(sizes.size());

  PacketPipe pipe;
  auto reader = LineReader::open(pipe.path(), limit);
  RUNUT_CHECK(reader.has_value(), "a pipe can be opened");
  put_in_parts(pipe, text, sizes);
  InputLine line;
  if (const std::string_view rule = refusal(text); !rule.empty()) {
    const auto refused = reader->next(line);
    RUNUT_CHECK(!refused && refused.error().rule == rule, "the beginning is refused by its rule");
    return 0;
  }
  std::uint64_t number = 0;
  for (const std::string_view expected : split(text)) {
    const auto more = reader->next(line);
    RUNUT_CHECK(more && *more, "there is a line for each of the splitter's");
    RUNUT_CHECK(line.number == ++number, "lines are numbered");
    check_line(line, expected, limit);
  }
  for (int again = 0; again < 2; ++again) {
    const auto more = reader->next(line);
    RUNUT_CHECK(more && !*more, "and none after them");
  }
  return 0;
}
