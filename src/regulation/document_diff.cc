#include "regulation/document_diff.h"

#include <boost/json.hpp>

#include "json/json.h"

namespace runut {
namespace {

namespace json = boost::json;

std::string shown(const json::value* value) {
  if (value == nullptr) return {};
  return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

std::string joined(const std::string& place, std::string_view name) {
  return place.empty() ? std::string(name) : place + "/" + std::string(name);
}

class Comparison {
 public:
  explicit Comparison(std::vector<DocumentChange>& out) : out_(out) {}

  // The members of a part of the document, each a parameter of its own.
  void parts(const json::value* before, const json::value* after) {
    each_member(before, after, [&](std::string_view name, const auto* a, const auto* b) {
      parameter_ = name;
      compare({}, a, b);
    });
  }
  void whole(std::string_view name, const json::value* before, const json::value* after) {
    parameter_ = name;
    compare({}, before, after);
  }

 private:
  template <class Each>
  static void each_member(const json::value* before, const json::value* after, const Each& each) {
    const json::object* a = before == nullptr ? nullptr : before->if_object();
    const json::object* b = after == nullptr ? nullptr : after->if_object();
    if (a != nullptr)
      for (const auto& [name, value] : *a)
        each(name, &value, b == nullptr ? nullptr : b->if_contains(name));
    if (b != nullptr)
      for (const auto& [name, value] : *b)
        if (a == nullptr || !a->contains(name))
          each(name, static_cast<const json::value*>(nullptr), &value);
  }

  void compare(const std::string& place, const json::value* before, const json::value* after) {
    if (before != nullptr && after != nullptr) {
      if (*before == *after) return;
      if (before->is_object() && after->is_object()) {
        each_member(before, after, [&](std::string_view name, const auto* a, const auto* b) {
          compare(joined(place, name), a, b);
        });
        return;
      }
      const json::array* a = before->if_array();
      const json::array* b = after->if_array();
      if (a != nullptr && b != nullptr && a->size() == b->size()) {
        for (std::size_t i = 0; i < a->size(); ++i)
          compare(joined(place, std::to_string(i)), &(*a)[i], &(*b)[i]);
        return;
      }
    }
    out_.push_back({parameter_, place, shown(before), shown(after)});
  }

  std::vector<DocumentChange>& out_;
  std::string parameter_;
};

const json::value* part(const json::value& document, std::string_view name) {
  const json::object* object = document.if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

}  // namespace

Result<std::vector<DocumentChange>> compare_documents(std::string_view before,
                                                      std::string_view after) {
  RUNUT_ASSIGN(const json::value a, parse_json(before));
  RUNUT_ASSIGN(const json::value b, parse_json(after));
  std::vector<DocumentChange> out;
  Comparison comparison(out);
  comparison.whole("regulation", part(a, "regulation"), part(b, "regulation"));
  comparison.parts(part(a, "parameters"), part(b, "parameters"));
  return out;
}

}  // namespace runut
