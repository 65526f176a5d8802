#include "json/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <functional>
#include <optional>
#include <utility>

#include "base/bytes.h"

namespace runut {

namespace bj = boost::json;

// Boost.JSON's parser tells what it meets (its SAX interface); this keeps it as nodes, and watches
// what Boost.JSON lets pass: repeated names and inexact numbers.
class JsonBuilder {
 public:
  static constexpr std::size_t max_object_size = UINT32_MAX;
  static constexpr std::size_t max_array_size = UINT32_MAX;
  static constexpr std::size_t max_key_size = UINT32_MAX;
  static constexpr std::size_t max_string_size = UINT32_MAX;

  JsonBuilder(bool fractions, std::string_view text) : text_(text), fractions_(fractions) {
    out_.nodes_.reserve(usual_nodes);
  }

  [[nodiscard]] JsonDocument release() { return std::move(out_); }
  // The violation found, with rule, field and value; empty rule when the text itself is malformed.
  [[nodiscard]] const Error& found() const { return found_; }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }

  bool on_object_begin(bj::error_code&) { return open(JsonNode::Kind::object); }
  bool on_object_end(std::size_t, bj::error_code& ec) {
    const JsonNode& object = out_.nodes_[open_];
    if (const auto name = repeated_name(object))
      return refuse("json.duplicate_key", *name, *name, ec);
    return close();
  }
  bool on_array_begin(bj::error_code&) { return open(JsonNode::Kind::array); }
  bool on_array_end(std::size_t, bj::error_code&) { return close(); }

  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
  bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
    name_ = whole(part);
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
    const std::string_view text = whole(part);
    JsonNode& node = add(JsonNode::Kind::string);
    node.value_.text = text.data();
    node.size_ = static_cast<std::uint32_t>(text.size());
    return true;
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t number, bj::string_view, bj::error_code&) {
    add(JsonNode::Kind::integer).value_.integer = number;
    return true;
  }
  bool on_uint64(std::uint64_t number, bj::string_view, bj::error_code&) {
    add(JsonNode::Kind::natural).value_.natural = number;
    return true;
  }
  bool on_double(double number, bj::string_view text, bj::error_code& ec) {
    JsonNode& node = add(JsonNode::Kind::real);
    node.value_.real = number;
    return fractions_ || refuse("json.number", {text.data(), text.size()}, node.name(), ec);
  }
  bool on_bool(bool flag, bj::error_code&) {
    add(JsonNode::Kind::flag).value_.integer = flag ? 1 : 0;
    return true;
  }
  bool on_null(bj::error_code&) {
    add(JsonNode::Kind::null);
    return true;
  }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  static constexpr std::size_t usual_nodes = 32;
  static constexpr std::uint32_t nobody = UINT32_MAX;

  // The next value, inside the container that is open.
  JsonNode& add(JsonNode::Kind kind) {
    if (open_ != nobody) ++out_.nodes_[open_].size_;
    JsonNode& node = out_.nodes_.emplace_back();
    node.kind_ = kind;
    node.name_ = name_.data();
    node.name_size_ = static_cast<std::uint32_t>(name_.size());
    name_ = {};
    return node;
  }
  // While a container is open, `nodes_` of it is the place of the one around it.
  bool open(JsonNode::Kind kind) {
    add(kind).nodes_ = open_;
    open_ = static_cast<std::uint32_t>(out_.nodes_.size() - 1);
    return true;
  }
  bool close() {
    JsonNode& node = out_.nodes_[open_];
    const auto nodes = static_cast<std::uint32_t>(out_.nodes_.size() - open_);
    open_ = std::exchange(node.nodes_, nodes);
    return true;
  }

  // A string without escapes is one part and stands in the text. Of any other the parts are put
  // together; unescaped they are never longer than the text, so what is viewed never moves.
  bool keep(std::string_view part) {
    if (out_.unescaped_.capacity() == 0) out_.unescaped_.reserve(text_.size());
    out_.unescaped_.insert(out_.unescaped_.end(), part.begin(), part.end());
    kept_ += part.size();
    return true;
  }
  [[nodiscard]] std::string_view whole(std::string_view last) {
    const bool in_text = std::greater_equal<>()(last.data(), text_.data()) &&
                         std::less_equal<>()(last.data(), text_.data() + text_.size());
    if (kept_ == 0 && in_text) return last;
    keep(last);
    const std::size_t size = std::exchange(kept_, 0);
    return {out_.unescaped_.data() + out_.unescaped_.size() - size, size};
  }

  // Of the object that just ended. Few names are compared with each other, many are sorted, so that
  // a hundred thousand cost no quadratic search.
  [[nodiscard]] std::optional<std::string_view> repeated_name(const JsonNode& object) const {
    constexpr std::size_t few_names = 24;
    std::array<std::string_view, few_names> few;
    std::vector<std::string_view> many;
    if (object.size_ > few_names) many.resize(object.size_);
    std::string_view* const names = many.empty() ? few.data() : many.data();
    std::string_view* end = names;
    for (const JsonNode* at = &object + 1; at <= &out_.nodes_.back(); at += at->nodes_)
      *end++ = at->name();
    if (!many.empty()) {
      std::sort(names, end);
      const auto* const twice = std::adjacent_find(names, end);
      return twice == end ? std::nullopt : std::optional(*twice);
    }
    for (std::string_view* a = names; a != end; ++a)
      if (std::find(a + 1, end, *a) != end) return *a;
    return std::nullopt;
  }

  // Of the value named `last` in the container that is open.
  [[nodiscard]] std::string pointer(std::string_view last) const {
    std::vector<std::uint32_t> way;
    for (std::uint32_t at = open_; at != nobody; at = out_.nodes_[at].nodes_) way.push_back(at);
    std::reverse(way.begin(), way.end());
    std::string out;
    for (std::size_t i = 0; i < way.size(); ++i) {
      const JsonNode& container = out_.nodes_[way[i]];
      if (container.is(JsonNode::Kind::array))
        append_pointer(out, std::to_string(container.size_ - 1));
      else
        append_pointer(out, i + 1 < way.size() ? out_.nodes_[way[i + 1]].name() : last);
    }
    return out;
  }
  bool refuse(std::string_view rule, std::string_view value, std::string_view last,
              bj::error_code& ec) {
    found_.rule = rule;
    found_.field = pointer(last);
    found_.value = value;
    ec = bj::error::syntax;
    return false;
  }

  JsonDocument out_;
  std::string_view text_;
  bool fractions_;
  std::string_view name_;        // of the member whose value comes next
  std::size_t kept_ = 0;         // bytes of the string that is being put together
  std::uint32_t open_ = nobody;  // the innermost container that has not ended
  Error found_;
};

namespace {

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

Error explain_failure(const JsonBuilder& builder, bj::error_code ec, std::string_view text,
                      std::size_t offset) {
  Error error = builder.found();
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

Result<JsonDocument> JsonDocument::parse(std::string_view text, JsonLimits limits) {
  // Nodes are counted in 32 bits, and a text has no more of them than bytes.
  const std::size_t bytes_max = std::min<std::size_t>(limits.bytes_max, UINT32_MAX);
  if (text.size() > bytes_max)
    return fail(Error{ErrorCode::exhausted,
                      "json.size",
                      {},
                      fmt::format("{} bytes", text.size()),
                      fmt::format("a JSON text here has at most {} bytes", bytes_max)});
  if (!is_utf8(text))
    return fail(Error{ErrorCode::invalid_input, "json.encoding", {}, {}, "the text is not UTF-8"});

  bj::parse_options options;
  options.max_depth = limits.depth_max;
  bj::basic_parser<JsonBuilder> parser(options, limits.fractions, text);
  bj::error_code ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  if (ec) return fail(explain_failure(parser.handler(), ec, text, used));
  if (used < text.size())
    return fail(explain_failure(parser.handler(), bj::error::extra_data, text, used));
  return parser.handler().release();
}

void append_pointer(std::string& pointer, std::string_view name) {
  pointer += '/';
  for (const char c : name) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

std::string_view kind_name(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::null: return "null";
    case JsonNode::Kind::flag: return "boolean";
    case JsonNode::Kind::integer:
    case JsonNode::Kind::natural:
    case JsonNode::Kind::real: return "number";
    case JsonNode::Kind::string: return "string";
    case JsonNode::Kind::array: return "array";
    case JsonNode::Kind::object: return "object";
  }
  return {};
}

}  // namespace runut
