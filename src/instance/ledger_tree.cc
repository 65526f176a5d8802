#include "instance/ledger_tree.h"

#include <algorithm>

namespace runut {
namespace {

constexpr std::string_view tile_family = "tiles";
constexpr BytesView position_key{"size"};  // shorter than any tile's key

Bytes tile_key(const TileId& id) {
  Bytes key;
  append_u16(key, static_cast<std::uint16_t>(id.level));
  append_u64(key, id.index);
  return key;
}

// How many leaves the stored tiles hold, and the last of them: that tells another history.
struct TilePosition {
  std::uint64_t size = 0;
  Hash256 leaf;
};

Bytes encode(const TilePosition& position) {
  Bytes out;
  append_u64(out, position.size);
  return out + Bytes(position.leaf.view());
}

// Nothing when there are no tiles, or none of this log.
Result<std::optional<TilePosition>> stored_position(const Store& store, Family family,
                                                    const EventLog& log) {
  RUNUT_ASSIGN(const auto row, store.get(family, position_key));
  if (!row || row->size() != 8 + Hash256::size) return std::nullopt;
  const TilePosition position{read_u64(*row), Hash256::from(BytesView(*row).substr(8))};
  if (position.size == 0 || position.size > log.head().sequence.value) return std::nullopt;
  RUNUT_ASSIGN(const EventBatch last, log.read(Sequence{position.size}, {.events = 1}));
  if (last.empty() || last.events.front().leaf != position.leaf) return std::nullopt;
  return position;
}

// An empty family is as good as a new one, which costs a write of all options.
bool holds_rows(const Store& store, Family family) {
  StoreIterator at = store.iterate(family);
  at.seek_to_first();
  return at.valid() || !at.status();
}

Result<Bytes> leaf_tile(const EventLog& log, std::uint64_t index) {
  Bytes hashes;
  const std::uint64_t first = index * tile_width + 1;
  const Sequence last{std::min(first + tile_width - 1, log.head().sequence.value)};
  for (Sequence at{first}; at <= last;) {
    RUNUT_ASSIGN(const EventBatch batch, log.read(at, {.events = last.value - at.value + 1}));
    if (batch.empty()) return fail(ErrorCode::corrupt, "the log ends before its own head");
    for (const EventView& event : batch.events) hashes.append(event.leaf.view());
    at = next(batch.events.back().sequence);
  }
  return hashes;
}

}  // namespace

Result<Bytes> FamilyTiles::read(const TileId& id) const {
  if (id.level == 0) return leaf_tile(log_, id.index);
  if (const auto found = written_.find(id); found != written_.end()) return found->second;
  if (family_) {
    RUNUT_ASSIGN(auto stored, store_->get(*family_, tile_key(id)));
    if (stored) return std::move(*stored);
  }
  return fail(ErrorCode::not_found, "there is no such tile");
}

Status FamilyTiles::write(const TileId& id, BytesView hashes) {
  if (id.level == 0) return {};
  written_.insert_or_assign(id, Bytes(hashes));
  return {};
}

Status FamilyTiles::commit(BytesView key, BytesView position) {
  StoreBatch batch;
  for (const auto& [id, hashes] : written_) batch.put(*family_, tile_key(id), hashes);
  batch.put(*family_, key, position);
  RUNUT_TRY(store_->write(batch, Durability::buffered));
  written_.clear();
  return {};
}

FamilyOptions LedgerTree::family() {
  return {std::string(tile_family), FamilyKind::rows};
}

Result<std::unique_ptr<LedgerTree>> LedgerTree::open(std::shared_ptr<Store> store,
                                                     const EventLog& log, bool writable) {
  std::optional<Family> family = store->family(tile_family);
  std::optional<TilePosition> position;
  if (family) {
    RUNUT_ASSIGN(position, stored_position(*store, *family, log));
  }
  if (!position && writable) {
    if (family && holds_rows(*store, *family)) RUNUT_TRY(store->drop_family(tile_family));
    RUNUT_ASSIGN(family, store->create_family(LedgerTree::family()));
  }
  if (!position && !writable) family = std::nullopt;
  std::unique_ptr<LedgerTree> tree(new LedgerTree(std::move(store), family, log, writable));
  if (position) {
    RUNUT_ASSIGN(tree->tree_, MerkleTree::load(tree->tiles_, position->size));
  }
  return tree;
}

Status LedgerTree::catch_up(Sequence until) {
  until = std::min(until, log_.head().sequence);
  while (tree_.size() < until.value) {
    RUNUT_ASSIGN(const EventBatch batch,
                 log_.read(Sequence{tree_.size() + 1}, {.events = until.value - tree_.size()}));
    if (batch.empty()) return fail(ErrorCode::corrupt, "the log ends before its own head");
    for (const EventView& event : batch.events) tree_.append(event.leaf);
    RUNUT_TRY(tree_.flush(tiles_));
    if (writable_)
      RUNUT_TRY(tiles_.commit(position_key, encode({tree_.size(), batch.events.back().leaf})));
  }
  return {};
}

Result<Hash256> LedgerTree::root_at(std::uint64_t size) const {
  TileHashes hashes(tiles_);
  return runut::root_at(hashes, size);
}
Result<HashPath> LedgerTree::inclusion(const InclusionQuery& query) const {
  TileHashes hashes(tiles_);
  return inclusion_proof(hashes, query);
}
Result<HashPath> LedgerTree::consistency(const ConsistencyQuery& query) const {
  TileHashes hashes(tiles_);
  return consistency_proof(hashes, query);
}

}  // namespace runut
