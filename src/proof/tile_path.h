// The addresses of a log in tiles (C2SP tlog-tiles), below the log's prefix: "tile/0/x001/067.p/5"
// for hashes, "tile/entries/x001/067.p/5" for the entries under them.
#pragma once

#include "proof/tiles.h"

namespace runut {

// One tile of hashes, or one bundle of entries (then the level is 0).
struct TileAddress {
  bool entries = false;
  TileId id;
  std::size_t width = tile_width;  // 1 to 256; below 256 a partial one
  friend bool operator==(const TileAddress&, const TileAddress&) = default;
};

[[nodiscard]] std::string to_string(const TileAddress& address);
// What stands behind "tile/". An address has one form: no leading zeros, no empty groups.
[[nodiscard]] Result<TileAddress> parse_tile_address(std::string_view behind_tile);

}  // namespace runut
