#include "service/pages.h"

#include "base/sha256.h"

namespace runut::service {
namespace {

constexpr std::size_t cursor_size = 8 + 2 * Hash256::size;

Hash256 with_row(const Hash256& before, const std::vector<std::string>& cells) {
  Bytes row;
  for (const std::string& cell : cells) {
    append_u32(row, static_cast<std::uint32_t>(cell.size()));
    row += cell;
  }
  return sha256({before.view(), row});
}

tl::unexpected<Error> changed() {
  return fail(Error{ErrorCode::conflict,
                    "list.changed",
                    "cursor",
                    {},
                    "the rows before this page are others by now: begin with the first page again, "
                    "or ask for every page with the known_at of the first as as_known_at"});
}

}  // namespace

std::string to_string(const ListCursor& cursor) {
  Bytes raw;
  append_u64(raw, cursor.rows);
  raw.append(cursor.before.view());
  raw.append(cursor.question.view());
  return to_hex(raw);
}

Result<ListCursor> parse_cursor(std::string_view text) {
  const auto raw = from_hex(text);
  if (!raw || raw->size() != cursor_size)
    return fail(Error{ErrorCode::invalid_input, "cursor.form", "cursor",
                      std::string(text.substr(0, 100)), "a cursor is sent back as it was given"});
  const BytesView bytes(*raw);
  return ListCursor{read_u64(bytes), Hash256::from(bytes.substr(8, Hash256::size)),
                    Hash256::from(bytes.substr(8 + Hash256::size))};
}

Page::Page(std::optional<ListCursor> after, std::size_t limit) : after_(after), limit_(limit) {}

Status Page::add(std::vector<std::string> cells) {
  const std::uint64_t before = after_ ? after_->rows : 0;
  if (after_ && seen_ == before && digest_ != after_->before) return changed();
  ++seen_;
  if (seen_ <= before) {
    digest_ = with_row(digest_, cells);
  } else if (rows_.size() < limit_) {
    digest_ = with_row(digest_, cells);
    rows_.push_back(std::move(cells));
  } else {
    more_ = true;
  }
  return {};
}

Status Page::finish() const {
  if (!after_ || seen_ > after_->rows) return {};
  if (seen_ < after_->rows || digest_ != after_->before) return changed();
  return {};
}

std::optional<ListCursor> Page::next(const Hash256& question) const {
  if (!more_) return std::nullopt;
  return ListCursor{(after_ ? after_->rows : 0) + rows_.size(), digest_, question};
}

}  // namespace runut::service
