// A list in pages that belong together: a cursor says how many rows went before and what they were.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace runut::service {

// What the client sends back as it was given.
struct ListCursor {
  std::uint64_t rows = 0;  // that went before
  Hash256 before;          // digest of these rows
  Hash256 question;        // what was asked: a cursor continues no other list
  friend bool operator==(const ListCursor&, const ListCursor&) = default;
};
[[nodiscard]] std::string to_string(const ListCursor& cursor);
// invalid_input (cursor.form)
[[nodiscard]] Result<ListCursor> parse_cursor(std::string_view text);

// Takes a list's rows as they come and keeps those of one page.
class Page {
 public:
  // Behind `after`, or from the first row on.
  Page(std::optional<ListCursor> after, std::size_t limit);

  // conflict (list.changed): the rows before this page are not those that the cursor names.
  [[nodiscard]] Status add(std::vector<std::string> cells);
  // After the last row. Errors as add(): the list may be shorter than what went before.
  [[nodiscard]] Status finish() const;

  [[nodiscard]] const std::vector<std::vector<std::string>>& rows() const { return rows_; }
  // Nothing: this is the last page.
  [[nodiscard]] std::optional<ListCursor> next(const Hash256& question) const;

 private:
  std::optional<ListCursor> after_;
  std::size_t limit_;
  std::uint64_t seen_ = 0;
  Hash256 digest_;  // of the rows before and on this page
  std::vector<std::vector<std::string>> rows_;
  bool more_ = false;
};

}  // namespace runut::service
