#include "instance/tree_reader.h"

#include <fmt/format.h>

namespace runut {

Result<Bytes> TreeReader::tile(const TileId& id, std::size_t width) const {
  RUNUT_ASSIGN(Bytes hashes, tiles().read(id));
  // Tiles only grow: what is wider now begins with what it was.
  if (hashes.size() < width * Hash256::size)
    return fail(Error{ErrorCode::not_found,
                      {},
                      "tile",
                      fmt::format("{}/{}", id.level, id.index),
                      "the stored tile is too narrow"});
  hashes.resize(width * Hash256::size);
  return hashes;
}

Result<Hash256> TreeReader::root_at(std::uint64_t size) const {
  const FamilyTiles stored = tiles();
  TileHashes hashes(stored);
  return runut::root_at(hashes, size);
}

Result<HashPath> TreeReader::inclusion(const InclusionQuery& query) const {
  const FamilyTiles stored = tiles();
  TileHashes hashes(stored);
  return inclusion_proof(hashes, query);
}

Result<HashPath> TreeReader::consistency(const ConsistencyQuery& query) const {
  const FamilyTiles stored = tiles();
  TileHashes hashes(stored);
  return consistency_proof(hashes, query);
}

}  // namespace runut
