// The Merkle tree of one ledger's log, in tiles kept behind the log: root and proofs read a few
// tiles, whatever the length of the log. Derived data: made anew from the log when it does not fit.
#pragma once

#include <memory>

#include "log/event_log.h"
#include "proof/tiles.h"
#include "store/store.h"

namespace runut {

// Tiles in a store's family; those of level 0 are the log's own leaf hashes and are read from
// there. What is written stays in memory until commit().
class FamilyTiles final : public TileStore {
 public:
  FamilyTiles(std::shared_ptr<Store> store, std::optional<Family> family, const EventLog& log)
      : store_(std::move(store)), family_(family), log_(log) {}
  [[nodiscard]] Result<Bytes> read(const TileId& id) const override;
  [[nodiscard]] Status write(const TileId& id, BytesView hashes) override;
  // One batch with the position, buffered behind the log.
  [[nodiscard]] Status commit(BytesView position_key, BytesView position);

 private:
  std::shared_ptr<Store> store_;
  std::optional<Family> family_;  // none: everything stays in memory
  const EventLog& log_;
  std::map<TileId, Bytes> written_;
};

// One thread at a time. The log outlives it.
class LedgerTree {
 public:
  // The family of the tiles, for Store::open.
  [[nodiscard]] static FamilyOptions family();
  // `writable` false: what the stored tiles lack is kept in memory.
  [[nodiscard]] static Result<std::unique_ptr<LedgerTree>> open(std::shared_ptr<Store> store,
                                                                const EventLog& log, bool writable);

  // Takes in the log's events up to `until` (at most its head). The stored leaf hashes are taken as
  // they are: only verification hashes the events again.
  [[nodiscard]] Status catch_up(Sequence until);

  [[nodiscard]] TreeHead head() const { return tree_.head(); }
  // Of trees up to head().size, else invalid_input.
  [[nodiscard]] Result<Hash256> root_at(std::uint64_t size) const;
  [[nodiscard]] Result<HashPath> inclusion(const InclusionQuery& query) const;
  [[nodiscard]] Result<HashPath> consistency(const ConsistencyQuery& query) const;

 private:
  LedgerTree(std::shared_ptr<Store> store, std::optional<Family> family, const EventLog& log,
             bool writable)
      : tiles_(std::move(store), family, log), log_(log), writable_(writable) {}

  FamilyTiles tiles_;
  const EventLog& log_;
  bool writable_;
  MerkleTree tree_;
};

}  // namespace runut
