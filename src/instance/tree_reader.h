// Reads the stored tiles of a ledger's tree beside the writer that grows them. What a checkpoint
// was signed over has its tiles stored before, so any thread may prove from them at any time.
#pragma once

#include "instance/ledger_tree.h"

namespace runut {

// Thread-safe. The log outlives it.
class TreeReader {
 public:
  TreeReader(std::shared_ptr<Store> store, const EventLog& log)
      : store_(std::move(store)), log_(log) {}

  // Of trees up to the size of a signed checkpoint. not_found: the tiles do not reach there, as
  // after a machine that stopped before the disk had them; LedgerTree::catch_up makes them anew.
  [[nodiscard]] Result<Bytes> tile(const TileId& id, std::size_t width) const;
  [[nodiscard]] Result<Hash256> root_at(std::uint64_t size) const;
  [[nodiscard]] Result<HashPath> inclusion(const InclusionQuery& query) const;
  [[nodiscard]] Result<HashPath> consistency(const ConsistencyQuery& query) const;

 private:
  [[nodiscard]] FamilyTiles tiles() const {
    return {store_, store_->family(LedgerTree::family().name), log_};
  }
  std::shared_ptr<Store> store_;
  const EventLog& log_;
};

}  // namespace runut
