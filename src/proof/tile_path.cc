#include "proof/tile_path.h"

#include <algorithm>

#include "proof/lines.h"

namespace runut {
namespace {

constexpr std::string_view tile_word = "tile/";
constexpr std::string_view entries_word = "entries";
constexpr std::string_view partial_word = ".p/";

// The part before the first slash, which is taken away with it.
std::string_view next_part(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('/'), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

// "x001/x234/067" is 1234067. The groups' lengths are judged by the form of the whole.
std::optional<std::uint64_t> parse_groups(std::string_view groups) {
  std::string digits;
  while (!groups.empty()) {
    std::string_view group = next_part(groups);
    if (group.starts_with('x')) group.remove_prefix(1);
    digits += group;
  }
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  if (digits.empty()) return std::nullopt;
  return first == digits.size() ? 0 : parse_decimal(std::string_view(digits).substr(first));
}

}  // namespace

std::string to_string(const TileAddress& address) {
  std::string path = tile_path(address.id, address.width);
  if (!address.entries) return path;
  RUNUT_CHECK(address.id.level == 0, "entries are under the lowest level");
  return path.replace(tile_word.size(), 1, entries_word);
}

Result<TileAddress> parse_tile_address(std::string_view behind_tile) {
  const auto wrong = [&] {
    return fail(Error{ErrorCode::not_found, "tile.address", "path",
                      std::string(behind_tile.substr(0, 100)),
                      "a tile is addressed as LEVEL/x001/067 or entries/x001/067, a partial one "
                      "with .p/WIDTH behind it"});
  };
  TileAddress address;
  std::string_view rest = behind_tile;
  const std::string_view level = next_part(rest);
  address.entries = level == entries_word;
  if (!address.entries) {
    const auto number = parse_decimal(level);
    if (!number || *number > 63) return wrong();
    address.id.level = static_cast<unsigned>(*number);
  }
  if (const std::size_t dot = rest.find(partial_word); dot != std::string_view::npos) {
    const auto width = parse_decimal(rest.substr(dot + partial_word.size()));
    if (!width || *width < 1 || *width >= tile_width) return wrong();
    address.width = *width;
    rest = rest.substr(0, dot);
  }
  const auto index = parse_groups(rest);
  if (!index) return wrong();
  address.id.index = *index;
  // Whatever was too lenient above has another form than the address that was understood.
  if (std::string_view(to_string(address)).substr(tile_word.size()) != behind_tile) return wrong();
  return address;
}

}  // namespace runut
