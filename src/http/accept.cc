#include "http/accept.h"

#include <algorithm>
#include <cctype>

namespace runut::http {
namespace {

// Both forget the blanks around, and case.
std::string lowered(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = text.find_last_not_of(" \t") + 1;
  std::string out(begin < end ? text.substr(begin, end - begin) : std::string_view());
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

template <class Visit>
void each_part(std::string_view text, char separator, Visit&& visit) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    visit(lowered(text.substr(begin, end - begin)));
    begin = end + 1;
  }
}

struct Range {
  std::string type;        // "text/csv", "text/*", "*/*"
  unsigned weight = 1000;  // thousandths
};

// "q=0.5"; what is no weight counts as none.
unsigned weight_of(std::string_view text) {
  if (text.starts_with('1')) return 1000;
  unsigned weight = 0;
  for (std::size_t i = 2; i < 5; ++i) {
    const bool digit = i < text.size() && text[i] >= '0' && text[i] <= '9';
    weight = weight * 10 + (digit ? static_cast<unsigned>(text[i] - '0') : 0U);
  }
  return weight;
}

std::vector<Range> ranges_of(std::string_view accept) {
  std::vector<Range> out;
  each_part(accept, ',', [&](const std::string& item) {
    Range range;
    bool first = true;
    each_part(item, ';', [&](const std::string& part) {
      if (first)
        range.type = part;
      else if (part.starts_with("q="))
        range.weight = weight_of(std::string_view(part).substr(2));
      first = false;
    });
    if (!range.type.empty()) out.push_back(std::move(range));
  });
  return out;
}

// Of the most specific range that matches.
unsigned weight_for(const std::vector<Range>& ranges, std::string_view type) {
  const std::string group = std::string(type.substr(0, type.find('/'))) + "/*";
  for (const std::string_view match : {type, std::string_view(group), std::string_view("*/*")})
    for (const Range& range : ranges)
      if (range.type == match) return range.weight;
  return 0;
}

}  // namespace

Result<std::string_view> preferred_type(const Request& request,
                                        std::span<const std::string_view> offered) {
  const auto accept = request.header("Accept");
  const std::vector<Range> ranges = accept ? ranges_of(*accept) : std::vector<Range>{};
  if (ranges.empty()) return offered.front();
  std::string_view best;
  unsigned weight = 0;
  std::string all;
  for (const std::string_view type : offered) {
    all += (all.empty() ? "" : ", ") + std::string(type);
    const unsigned of_this = weight_for(ranges, type);
    if (of_this <= weight) continue;
    best = type;
    weight = of_this;
  }
  if (weight > 0) return best;
  return fail(Error{ErrorCode::invalid_input, "negotiation.none", "Accept",
                    std::string(accept->substr(0, 200)), "there is: " + all});
}

}  // namespace runut::http
