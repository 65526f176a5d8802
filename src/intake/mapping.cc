#include "intake/mapping.h"

#include <boost/json.hpp>
#include <set>

#include "json/cursor.h"
#include "json/json.h"

namespace runut::intake {
namespace {

constexpr std::size_t name_bytes_max = 200;

std::map<std::string, std::string> read_names(const JsonCursor& cursor) {
  std::map<std::string, std::string> names;
  for (const auto& [name, value] : cursor.members())
    if (const auto text = value.text(1, name_bytes_max)) names[name] = *text;
  return names;
}

}  // namespace

std::string_view Mapping::header_of(std::string_view column) const {
  const auto found = columns.find(std::string(column));
  return found == columns.end() ? column : std::string_view(found->second);
}

Result<Mapping> parse_mapping(std::string_view json) {
  RUNUT_ASSIGN(const boost::json::value value, parse_json(json));
  std::vector<Error> violations;
  const JsonCursor cursor(&value, {}, &violations);
  Mapping mapping;
  if (cursor.fields({}, {"columns", "values"})) {
    if (const JsonCursor columns = cursor.at("columns"); columns.present())
      mapping.columns = read_names(columns);
    if (const JsonCursor values = cursor.at("values"); values.present())
      for (const auto& [column, words] : values.members())
        mapping.values[column] = read_names(words);
  }
  std::set<std::string> headers;
  for (const auto& [column, header] : mapping.columns)
    if (!headers.insert(header).second)
      cursor.at("columns").report("mapping.header_twice", header,
                                  "one header stands for two columns");
  if (!violations.empty()) return fail(std::move(violations.front()));
  return mapping;
}

}  // namespace runut::intake
