// What is on the other end of stdout and stderr.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "listing/rows_text.h"

namespace runut::cli {

[[nodiscard]] bool is_terminal(int descriptor);

enum class Colour : std::uint8_t { none, red, green, yellow, bold, dim };
// The text in colour when the descriptor is a terminal and NO_COLOR is not set.
[[nodiscard]] std::string coloured(std::string_view text, Colour colour, int descriptor);

// Control characters and broken UTF-8 as \xNN, so that input cannot play with the terminal; at most
// `bytes_max` bytes, then "…".
[[nodiscard]] std::string printable(std::string_view text, std::size_t bytes_max = 200);

// Long work shows itself on stderr: after a second as a line that is rewritten, on a terminal;
// elsewhere as a line each ten seconds, so that what a script reads from short work is its errors
// alone.
class Progress {
 public:
  // "import", "events"
  Progress(std::string label, std::string unit);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `total` 0: unknown. Cheap when called often.
  void at(std::uint64_t done, std::uint64_t total = 0);
  // Takes the line away, so that something else can be printed.
  void clear();
  [[nodiscard]] double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  std::string unit_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace runut::cli
