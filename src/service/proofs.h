// What a ledger proves of itself, beside its writer: tiles, entries, proofs and receipts, all of
// the tree that the last signed checkpoint vouches for.
#pragma once

#include <atomic>

#include "instance/tree_reader.h"
#include "proof/receipt.h"
#include "proof/tile_path.h"
#include "service/signed_heads.h"

namespace runut::service {

struct InclusionAnswer {
  Sequence sequence;
  Hash256 leaf;
  TreeHead tree;
  HashPath hashes;
};
struct ConsistencyAnswer {
  TreeHead earlier;
  TreeHead later;
  HashPath hashes;
};

// An event without its content: enough to find and to prove it.
struct RecordedEvent {
  Event event;
  Hash256 leaf;
};
struct RecordedCommand {
  Sequence first;
  std::uint32_t count = 0;  // events of its commit
  std::vector<RecordedEvent> events;
};
struct EventRange {
  Sequence after;  // 0: from the first
  std::size_t max = 1'000;
};

// Thread-safe.
class Proofs {
 public:
  explicit Proofs(LedgerPorts ledger, SignedHeadsOptions options = {});

  [[nodiscard]] const Instance& instance() const { return ledger_.instance; }
  // As SignedHeads::last.
  [[nodiscard]] Result<SignedHeadPtr> head() { return heads_.last(); }

  // A tile of hashes, or a bundle of stored events. not_found: not within the signed tree.
  [[nodiscard]] Result<Bytes> tile(const TileAddress& address);
  // Without a size: of the last signed checkpoint. invalid_input: the event is not in that tree;
  // not_found: nothing of that size is signed yet. unavailable: the tiles are being made anew.
  [[nodiscard]] Result<InclusionAnswer> inclusion(Sequence sequence,
                                                  std::optional<std::uint64_t> size);
  [[nodiscard]] Result<ConsistencyAnswer> consistency(std::uint64_t from,
                                                      std::optional<std::uint64_t> to);

  // What was recorded under a command's id; a refusal that left AttemptRefused is that event.
  // not_found: nothing was, up to the log's head of now.
  [[nodiscard]] Result<RecordedCommand> command(const CommandId& id, const EventRange& range);

  // Whoever waits for a receipt is told `unavailable`; nothing is signed any more.
  void stop() { heads_.stop(); }

  // Calls once: at once, or from a thread of its own when a checkpoint has to be signed first. The
  // receipt was verified, against this ledger's key, before it is handed out.
  using Received = std::function<void(Result<Receipt>)>;
  void receipt(Sequence sequence, Received received);

 private:
  [[nodiscard]] Result<Bytes> entries(std::uint64_t first, std::size_t count) const;
  [[nodiscard]] Result<EventBatch> event_at(Sequence sequence) const;
  [[nodiscard]] Result<Receipt> receipt_under(const SignedHead& head, Sequence sequence);
  [[nodiscard]] Result<Sequence> first_of(const CommandId& id) const;
  // A size that is proved up to: asked for, or the last signed one.
  [[nodiscard]] Result<std::uint64_t> signed_size(std::optional<std::uint64_t> asked,
                                                  const char* field);
  template <class T>
  [[nodiscard]] Result<T> from_tiles(Result<T> read);

  const LedgerPorts ledger_;
  const TreeReader tree_;
  const std::shared_ptr<std::atomic<bool>> catching_up_;
  SignedHeads heads_;
};

}  // namespace runut::service
