#include "proof/tiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace runut {
namespace {

constexpr std::size_t tile_bytes = tile_width * Hash256::size;
constexpr std::size_t remembered_tiles = 64;

Error about(ErrorCode code, const TileId& id, std::string_view message) {
  return Error{code, {}, "tile", fmt::format("{}/{}", id.level, id.index), std::string(message)};
}

}  // namespace

Result<Bytes> MemoryTileStore::read(const TileId& id) const {
  const auto at = tiles_.find(id);
  if (at == tiles_.end()) return fail(about(ErrorCode::not_found, id, "no such tile"));
  return at->second;
}

Status MemoryTileStore::write(const TileId& id, BytesView hashes) {
  tiles_.insert_or_assign(id, Bytes(hashes));
  return {};
}

std::size_t width_at(const TileId& id, std::uint64_t size) {
  const unsigned shift = tile_height * id.level;
  const std::uint64_t hashes = shift < 64 ? size >> shift : 0;
  if (hashes / tile_width < id.index) return 0;
  return std::min<std::uint64_t>(hashes - id.index * tile_width, tile_width);
}

std::string tile_path(const TileId& id, std::size_t width) {
  RUNUT_CHECK(width >= 1 && width <= tile_width, "a tile has 1 to 256 hashes");
  std::string number = fmt::format("{:03}", id.index % 1000);
  for (std::uint64_t rest = id.index / 1000; rest > 0; rest /= 1000)
    number.insert(0, fmt::format("x{:03}/", rest % 1000));
  std::string path = fmt::format("tile/{}/{}", id.level, number);
  if (width < tile_width) path += fmt::format(".p/{}", width);
  return path;
}

Result<Hash256> TileHashes::subtree(const SubtreeId& id) {
  // A subtree whose height is no multiple of 8 is hashed together from 2^inner hashes of one tile.
  const unsigned inner = id.level % tile_height;
  const std::uint64_t first = id.index << inner;
  const TileId tile{id.level / tile_height, first / tile_width};
  const std::size_t offset = (first % tile_width) * Hash256::size;
  const std::size_t length = (std::size_t{1} << inner) * Hash256::size;
  auto at = read_.find(tile);
  if (at == read_.end()) {
    RUNUT_ASSIGN(Bytes bytes, store_.read(tile));
    if (bytes.size() % Hash256::size != 0 || bytes.size() > tile_bytes)
      return fail(about(ErrorCode::corrupt, tile, "not a row of at most 256 hashes"));
    if (read_.size() >= remembered_tiles) read_.clear();
    at = read_.emplace(tile, std::move(bytes)).first;
  }
  const BytesView hashes = at->second;
  if (offset + length > hashes.size())
    return fail(about(ErrorCode::not_found, tile, "the stored tile is too narrow"));
  Frontier frontier;
  for (std::size_t i = offset; i < offset + length; i += Hash256::size)
    frontier.append(Hash256::from(hashes.substr(i, Hash256::size)));
  return frontier.root();
}

Result<MerkleTree> MerkleTree::load(const TileStore& store, std::uint64_t size) {
  TileHashes hashes(store);
  MerkleTree tree;
  RUNUT_ASSIGN(tree.frontier_, frontier_at(hashes, size));
  for (unsigned level = 0; level * tile_height < 64; ++level) {
    const std::uint64_t here = size >> (level * tile_height);
    if (here == 0) break;
    OpenTile open{here / tile_width, {}, false};
    const std::size_t width = width_at({level, open.index}, size);
    if (width > 0) {
      const TileId id{level, open.index};
      RUNUT_ASSIGN(open.hashes, store.read(id));
      if (open.hashes.size() < width * Hash256::size)
        return fail(about(ErrorCode::not_found, id, "the stored tile is too narrow"));
      open.hashes.resize(width * Hash256::size);
    }
    tree.open_.push_back(std::move(open));
  }
  return tree;
}

void MerkleTree::put(unsigned level, const Hash256& hash) {
  if (open_.size() <= level) open_.resize(level + 1);
  OpenTile& open = open_[level];
  open.hashes.append(hash.view());
  open.changed = true;
  if (open.hashes.size() < tile_bytes) return;
  full_.emplace_back(TileId{level, open.index}, std::move(open.hashes));
  open = OpenTile{open.index + 1, {}, false};
}

void MerkleTree::append(const Hash256& leaf) {
  put(0, leaf);
  frontier_.append(leaf, [this](unsigned level, const Hash256& hash) {
    if (level % tile_height == 0) put(level / tile_height, hash);
  });
}

Status MerkleTree::flush(TileStore& store) {
  for (const auto& [id, hashes] : full_) RUNUT_TRY(store.write(id, hashes));
  full_.clear();
  for (unsigned level = 0; level < open_.size(); ++level) {
    OpenTile& open = open_[level];
    if (!open.changed) continue;
    RUNUT_TRY(store.write({level, open.index}, open.hashes));
    open.changed = false;
  }
  return {};
}

}  // namespace runut
