#include "json/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace runut {
namespace {

namespace bj = boost::json;

// Builds the value and watches what Boost.JSON lets pass: repeated keys and inexact numbers.
class StrictHandler {
 public:
  static constexpr std::size_t max_object_size = bj::object::max_size();
  static constexpr std::size_t max_array_size = bj::array::max_size();
  static constexpr std::size_t max_key_size = bj::string::max_size();
  static constexpr std::size_t max_string_size = bj::string::max_size();

  StrictHandler(bool fractions, const bj::storage_ptr& storage)
      : stack_({}, room_, sizeof room_), fractions_(fractions) {
    stack_.reset(storage);
    key_bytes_.reserve(usual_key_bytes);
    keys_.reserve(usual_keys);
    frames_.reserve(usual_depth);
  }

  [[nodiscard]] bj::value release() { return stack_.release(); }
  // The violation found, with rule, field and value; empty rule when the text itself is malformed.
  [[nodiscard]] const Error& found() const { return found_; }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }

  bool on_object_begin(bj::error_code&) {
    begin_value();
    frames_.push_back(Frame{true, keys_.size(), key_bytes_.size(), 0});
    return true;
  }
  bool on_object_end(std::size_t count, bj::error_code& ec) {
    const std::size_t first_key = frames_.back().first_key;
    if (has_repeated_key(first_key))
      return refuse("json.duplicate_key", key_text(keys_.back()), ec);
    key_bytes_.resize(frames_.back().first_byte);
    key_begin_ = key_bytes_.size();
    keys_.resize(first_key);
    frames_.pop_back();
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(bj::error_code&) {
    begin_value();
    frames_.push_back(Frame{false, keys_.size(), key_bytes_.size(), 0});
    return true;
  }
  bool on_array_end(std::size_t count, bj::error_code&) {
    frames_.pop_back();
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) {
    key_bytes_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
    key_bytes_.append(part.data(), part.size());
    keys_.push_back(Key{key_begin_, key_bytes_.size()});
    key_begin_ = key_bytes_.size();
    stack_.push_key(part);
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
    begin_value();
    stack_.push_string(part);
    return true;
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t number, bj::string_view, bj::error_code&) {
    begin_value();
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, bj::string_view, bj::error_code&) {
    begin_value();
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, bj::string_view text, bj::error_code& ec) {
    begin_value();
    if (!fractions_) return refuse("json.number", {text.data(), text.size()}, ec);
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool flag, bj::error_code&) {
    begin_value();
    stack_.push_bool(flag);
    return true;
  }
  bool on_null(bj::error_code&) {
    begin_value();
    stack_.push_null();
    return true;
  }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  struct Key {
    std::size_t begin, end;  // in key_bytes_
  };
  struct Frame {
    bool is_object;
    std::size_t first_key;   // in keys_
    std::size_t first_byte;  // in key_bytes_
    std::size_t elements;    // begun so far, of an array
  };

  void begin_value() {
    if (!frames_.empty()) ++frames_.back().elements;
  }
  [[nodiscard]] std::string_view key_text(Key key) const {
    return std::string_view(key_bytes_).substr(key.begin, key.end - key.begin);
  }
  // Sorts the keys of the object that just ended and leaves a repeated one last in keys_, for
  // pointer(). Once an object, so that a hundred thousand keys cost no quadratic search.
  [[nodiscard]] bool has_repeated_key(std::size_t first) {
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, keys_.end(), [this](Key a, Key b) { return key_text(a) < key_text(b); });
    const auto at = std::adjacent_find(begin, keys_.end(),
                                       [this](Key a, Key b) { return key_text(a) == key_text(b); });
    if (at == keys_.end()) return false;
    keys_.push_back(*at);
    return true;
  }
  [[nodiscard]] std::string pointer() const {
    std::string out;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      out += '/';
      if (!frames_[i].is_object) {
        out += fmt::format("{}", frames_[i].elements - 1);
        continue;
      }
      // The key that is open in this object is the last one before the next frame's first.
      const std::size_t next = i + 1 < frames_.size() ? frames_[i + 1].first_key : keys_.size();
      for (const char c : key_text(keys_[next - 1])) {
        if (c == '~') {
          out += "~0";
        } else if (c == '/') {
          out += "~1";
        } else {
          out += c;
        }
      }
    }
    return out;
  }
  bool refuse(std::string_view rule, std::string_view value, bj::error_code& ec) {
    found_.rule = rule;
    found_.field = pointer();
    found_.value = value;
    ec = bj::error::syntax;
    return false;
  }

  // Enough for nearly every text: more is allocated.
  static constexpr std::size_t usual_key_bytes = 512;
  static constexpr std::size_t usual_keys = 64;
  static constexpr std::size_t usual_depth = 8;
  unsigned char room_[4096];
  bj::value_stack stack_;
  bool fractions_;
  std::string key_bytes_;
  std::size_t key_begin_ = 0;  // of the key being read
  std::vector<Key> keys_;
  std::vector<Frame> frames_;
  Error found_;
};

Error at_place(Error error, std::string_view text, std::size_t offset, std::string_view what) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  error.code = ErrorCode::invalid_input;
  error.message = fmt::format("{} at line {}, column {}", what, line, offset - line_start + 1);
  return error;
}

Error explain_failure(const StrictHandler& handler, bj::error_code ec, std::string_view text,
                      std::size_t offset) {
  Error error = handler.found();
  if (error.rule == "json.duplicate_key")
    return at_place(std::move(error), text, offset, "one key stands twice in the object that ends");
  if (error.rule == "json.number")
    return at_place(std::move(error), text, offset,
                    "a number here is a whole number of at most 64 bits");
  if (ec == bj::error::too_deep) {
    error.rule = "json.depth";
    return at_place(std::move(error), text, offset, "arrays and objects are nested too deep");
  }
  error.rule = "json.syntax";
  return at_place(std::move(error), text, offset,
                  fmt::format("this is not JSON (RFC 8259): {}", ec.message()));
}

}  // namespace

Result<bj::value> parse_json(std::string_view text, JsonLimits limits) {
  return parse_json(text, limits, bj::storage_ptr());
}

Result<bj::value> parse_json(std::string_view text, JsonLimits limits,
                             const bj::storage_ptr& storage) {
  if (text.size() > limits.bytes_max)
    return fail(Error{ErrorCode::exhausted,
                      "json.size",
                      {},
                      fmt::format("{} bytes", text.size()),
                      fmt::format("a JSON text here has at most {} bytes", limits.bytes_max)});
  if (!is_utf8(text))
    return fail(Error{ErrorCode::invalid_input, "json.encoding", {}, {}, "the text is not UTF-8"});

  bj::parse_options options;
  options.max_depth = limits.depth_max;
  bj::basic_parser<StrictHandler> parser(options, limits.fractions, storage);
  bj::error_code ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  if (ec) return fail(explain_failure(parser.handler(), ec, text, used));
  if (used < text.size())
    return fail(explain_failure(parser.handler(), bj::error::extra_data, text, used));
  return parser.handler().release();
}

}  // namespace runut
