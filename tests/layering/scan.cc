#include "tests/layering/scan.h"

#include <cctype>
#include <cstddef>

namespace runut::layering {
namespace {

bool part_of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), out_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        blank_line_comment();
      } else if (starts("/*")) {
        blank_past("*/", 2);
      } else if (text_[at_] == '"' && raw_string_opens()) {
        blank_raw_string();
      } else if (text_[at_] == '"') {
        blank_quoted('"');
      } else if (text_[at_] == '\'' && !digit_separator()) {
        blank_quoted('\'');
      } else {
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool starts(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }

  void blank_to(std::size_t end) {
    for (; at_ < end && at_ < text_.size(); ++at_) {
      if (text_[at_] != '\n') out_[at_] = ' ';
    }
  }

  // A backslash at the end of a line goes on with the comment on the next one.
  void blank_line_comment() {
    std::size_t end = text_.find('\n', at_);
    while (end != std::string_view::npos && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
    blank_to(end == std::string_view::npos ? text_.size() : end);
  }

  // Blanks from here past the next `close` that begins `skip` or more characters further on.
  void blank_past(std::string_view close, std::size_t skip) {
    const std::size_t found = text_.find(close, at_ + skip);
    blank_to(found == std::string_view::npos ? text_.size() : found + close.size());
  }

  void blank_quoted(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2u : 1u;
    }
    ++at_;  // the quotes stay
    blank_to(end);
    if (at_ < text_.size() && text_[at_] == quote) ++at_;
  }

  [[nodiscard]] bool raw_string_opens() const {
    if (at_ == 0 || text_[at_ - 1] != 'R') return false;
    std::size_t begin = at_ - 1;
    while (begin > 0 && part_of_word(text_[begin - 1])) --begin;
    const std::string_view prefix = text_.substr(begin, at_ - begin);
    return prefix == "R" || prefix == "u8R" || prefix == "uR" || prefix == "UR" || prefix == "LR";
  }

  void blank_raw_string() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return blank_to(text_.size());
    std::string close = ")";
    close += text_.substr(at_ + 1, open - at_ - 1);
    close += '"';
    blank_past(close, open - at_);
  }

  // 1'000'000: the quote stands between digits of a number, not before a character.
  [[nodiscard]] bool digit_separator() const {
    if (at_ == 0 || !part_of_word(text_[at_ - 1])) return false;
    std::size_t begin = at_;
    while (begin > 0 && (part_of_word(text_[begin - 1]) || text_[begin - 1] == '\'')) --begin;
    return std::isdigit(static_cast<unsigned char>(text_[begin])) != 0;
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string code_only(std::string_view text) {
  return Blanker(text).run();
}

}  // namespace runut::layering
