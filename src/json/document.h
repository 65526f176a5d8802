// Strict JSON (RFC 8259) in: what a lenient parser would quietly repair is refused here, because
// two readers that repair differently read two different facts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace runut {

struct JsonLimits {
  std::size_t bytes_max = std::size_t{1} << 20;
  std::size_t depth_max = 32;
  // False refuses every number that is not a 64-bit integer written without point or exponent.
  // True lets it through as a double, for a reader that reports it beside its other findings.
  bool fractions = false;
};

// One value of a document; what is inside it follows it in the document's nodes.
class JsonNode {
 public:
  // An integer above INT64_MAX is `natural`.
  enum class Kind : std::uint8_t { null, flag, integer, natural, real, string, array, object };

  class Iterator {
   public:
    explicit Iterator(const JsonNode* at) : at_(at) {}
    const JsonNode& operator*() const { return *at_; }
    const JsonNode* operator->() const { return at_; }
    Iterator& operator++() {
      at_ += at_->nodes_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const JsonNode* at_;
  };

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is(Kind kind) const { return kind_ == kind; }
  // Its name in the object around it; empty outside of one.
  [[nodiscard]] std::string_view name() const { return {name_, name_size_}; }

  // Each of its own kind alone.
  [[nodiscard]] std::string_view string() const { return {value_.text, size_}; }
  [[nodiscard]] bool flag() const { return value_.integer != 0; }
  [[nodiscard]] std::int64_t integer() const { return value_.integer; }
  [[nodiscard]] std::uint64_t natural() const { return value_.natural; }
  [[nodiscard]] double real() const { return value_.real; }

  // Members or elements in the order of the text, of an array or object.
  [[nodiscard]] Iterator begin() const { return Iterator(this + 1); }
  [[nodiscard]] Iterator end() const { return Iterator(this + nodes_); }
  [[nodiscard]] std::size_t size() const { return size_; }
  // Null when there is no such member.
  [[nodiscard]] const JsonNode* find(std::string_view name) const {
    for (const JsonNode& member : *this)
      if (member.name() == name) return &member;
    return nullptr;
  }

 private:
  friend class JsonBuilder;

  // Small, for a hostile text has a value in every second byte.
  const char* name_ = nullptr;
  union {
    const char* text;
    std::int64_t integer;
    std::uint64_t natural;
    double real;
  } value_ = {nullptr};
  std::uint32_t name_size_ = 0;
  std::uint32_t size_ = 0;   // bytes of a string; members or elements
  std::uint32_t nodes_ = 1;  // this one and all inside it
  Kind kind_ = Kind::null;
};
static_assert(sizeof(JsonNode) == 32);

// A text that was read; it views that text, which outlives it.
class JsonDocument {
 public:
  // One value and nothing after it. Refused, with code invalid_input (exhausted for the size) and
  // rule json.size, json.syntax, json.encoding (not UTF-8), json.depth, json.duplicate_key or
  // json.number: the message names line and column (from 1, column in bytes), and `field` is the
  // JSON pointer (RFC 6901) of the place for json.duplicate_key and json.number. Thread-safe.
  [[nodiscard]] static Result<JsonDocument> parse(std::string_view text, JsonLimits limits = {});

  [[nodiscard]] const JsonNode& root() const { return nodes_.front(); }

 private:
  friend class JsonBuilder;
  JsonDocument() = default;  // of nothing: parse() alone makes one

  std::vector<JsonNode> nodes_;
  std::vector<char> unescaped_;  // strings that do not stand in the text as they are
};

// A step of a JSON pointer (RFC 6901): "/" and the member's name, escaped.
void append_pointer(std::string& pointer, std::string_view name);

// For a message: the value as one line, and what JSON calls a value of its kind.
[[nodiscard]] std::string to_string(const JsonNode& node);
[[nodiscard]] std::string_view kind_name(JsonNode::Kind kind);

}  // namespace runut
