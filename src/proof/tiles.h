// A Merkle tree kept as C2SP tlog-tiles: 256 hashes a tile instead of a row a node.
//
// Tile (level l, index n) holds the hashes of the complete subtrees of 256^l leaves from number
// n * 256 on; level 0 holds leaf hashes. Only the last tile of each level is partial.
#pragma once

#include <map>
#include <string>

#include "proof/hash_source.h"

namespace runut {

inline constexpr std::size_t tile_width = 256;
inline constexpr unsigned tile_height = 8;

struct TileId {
  unsigned level = 0;
  std::uint64_t index = 0;
  friend auto operator<=>(const TileId&, const TileId&) = default;
};

class TileStore {
 public:
  virtual ~TileStore() = default;
  // The stored bytes, 32 for each hash, at most 256 hashes: whatever width is stored. `not_found`
  // without one.
  [[nodiscard]] virtual Result<Bytes> read(const TileId& id) const = 0;
  // Replaces a narrower partial tile; tiles only grow, so that every earlier width is a prefix.
  [[nodiscard]] virtual Status write(const TileId& id, BytesView hashes) = 0;
};

class MemoryTileStore final : public TileStore {
 public:
  [[nodiscard]] Result<Bytes> read(const TileId& id) const override;
  [[nodiscard]] Status write(const TileId& id, BytesView hashes) override;
  [[nodiscard]] const std::map<TileId, Bytes>& tiles() const { return tiles_; }

 private:
  std::map<TileId, Bytes> tiles_;
};

// How many hashes the tile has in a tree of `size` leaves, 0 to 256.
[[nodiscard]] std::size_t width_at(const TileId& id, std::uint64_t size);
// "tile/0/x001/x234/067" or with ".p/112" for a partial tile; width 1 to 256.
[[nodiscard]] std::string tile_path(const TileId& id, std::size_t width);

// Subtree hashes out of tiles. Remembers the tiles it read (at most 64), so that one proof reads
// each tile once; make a new one after the store grew. Borrows the store. Not thread-safe.
class TileHashes final : public HashSource {
 public:
  explicit TileHashes(const TileStore& store) : store_(store) {}
  // `corrupt` when a stored tile is no row of hashes, `not_found` when it is too narrow.
  [[nodiscard]] Result<Hash256> subtree(const SubtreeId& id) override;

 private:
  const TileStore& store_;
  std::map<TileId, Bytes> read_;
};

// The growing tree of a log. One node hash a leaf on average; not thread-safe.
class MerkleTree {
 public:
  MerkleTree() = default;
  // Takes up a stored tree of this size. Errors as TileHashes.
  [[nodiscard]] static Result<MerkleTree> load(const TileStore& store, std::uint64_t size);

  void append(const Hash256& leaf);
  [[nodiscard]] std::uint64_t size() const { return frontier_.size(); }
  [[nodiscard]] Hash256 root() const { return frontier_.root(); }
  [[nodiscard]] TreeHead head() const { return {size(), root()}; }
  [[nodiscard]] const Frontier& frontier() const { return frontier_; }

  // Writes each tile that changed since the last flush, full ones first. Call it at least once a
  // batch: unflushed tiles stay in memory (8 KiB for 256 leaves). After an error, load anew.
  [[nodiscard]] Status flush(TileStore& store);

 private:
  struct OpenTile {
    std::uint64_t index = 0;
    Bytes hashes;
    bool changed = false;
  };
  void put(unsigned level, const Hash256& hash);

  Frontier frontier_;
  std::vector<OpenTile> open_;  // by level
  std::vector<std::pair<TileId, Bytes>> full_;
};

}  // namespace runut
