#include "json/json.h"

#include <boost/json.hpp>

namespace runut {
namespace {

namespace bj = boost::json;

// No deeper than what was parsed.
bj::value to_value(const JsonNode& node) {
  switch (node.kind()) {
    case JsonNode::Kind::null: return nullptr;
    case JsonNode::Kind::flag: return node.flag();
    case JsonNode::Kind::integer: return node.integer();
    case JsonNode::Kind::natural: return node.natural();
    case JsonNode::Kind::real: return node.real();
    case JsonNode::Kind::string: return bj::value(bj::string_view(node.string()));
    case JsonNode::Kind::array: {
      bj::array out;
      out.reserve(node.size());
      for (const JsonNode& element : node) out.push_back(to_value(element));
      return out;
    }
    case JsonNode::Kind::object: {
      bj::object out;
      out.reserve(node.size());
      for (const JsonNode& member : node) out.emplace(member.name(), to_value(member));
      return out;
    }
  }
  RUNUT_CHECK(false, "a JSON value of no kind");
}

}  // namespace

Result<bj::value> parse_json(std::string_view text, JsonLimits limits) {
  return JsonDocument::parse(text, limits).map([](const JsonDocument& document) {
    return to_value(document.root());
  });
}

std::string to_string(const JsonNode& node) {
  return bj::serialize(to_value(node));
}

}  // namespace runut
