#include "service/proofs.h"

#include <algorithm>

#include "codec/envelope_codec.h"
#include "proof/entry_bundle.h"

namespace runut::service {
namespace {

constexpr Millis views_wait{2'000};  // views are some milliseconds behind the log

std::uint64_t first_entry(const TileAddress& bundle) {
  return bundle.id.index * tile_width + 1;
}

}  // namespace

Proofs::Proofs(LedgerPorts ledger, SignedHeadsOptions options)
    : ledger_(std::move(ledger)),
      tree_(ledger_.instance.store(), ledger_.instance.log()),
      catching_up_(std::make_shared<std::atomic<bool>>(false)),
      heads_(ledger_, options) {}

// The tiles follow the log behind its durability: a machine that stopped may have lost the last of
// them, and the writer makes them anew. A checkpoint's size lies within the log in any case.
template <class T>
Result<T> Proofs::from_tiles(Result<T> read) {
  if (read || read.error().code != ErrorCode::not_found) return read;
  if (!catching_up_->exchange(true)) {
    const Status asked = ledger_.in_writer([busy = catching_up_](Instance& instance) {
      // What is wrong with it shows in the answer to whoever asks again.
      (void)instance.tree().catch_up(instance.log().head().sequence);
      busy->store(false);
    });
    if (!asked) catching_up_->store(false);
  }
  return fail(Error{ErrorCode::unavailable, "tree.behind", read.error().field, read.error().value,
                    "the tree's tiles are being made anew"});
}

Result<std::uint64_t> Proofs::signed_size(std::optional<std::uint64_t> asked, const char* field) {
  RUNUT_ASSIGN(const SignedHeadPtr head, heads_.last());
  const std::uint64_t size = head->checkpoint.tree.size;
  if (asked && *asked > size)
    return fail(Error{ErrorCode::not_found, "proof.unsigned", field, std::to_string(*asked),
                      "the last signed checkpoint has " + std::to_string(size) + " events"});
  return asked.value_or(size);
}

Result<Bytes> Proofs::entries(std::uint64_t first, std::size_t count) const {
  Bytes bundle;
  const Sequence last{first + count - 1};
  for (Sequence at{first}; at <= last;) {
    RUNUT_ASSIGN(const EventBatch batch,
                 ledger_.instance.log().read(at, {.events = last.value - at.value + 1}));
    if (batch.empty()) return fail(ErrorCode::corrupt, "the log ends before its checkpoint");
    for (const EventView& event : batch.events) append_entry(bundle, event.bytes);
    at = next(batch.events.back().sequence);
  }
  return bundle;
}

Result<Bytes> Proofs::tile(const TileAddress& address) {
  RUNUT_ASSIGN(const SignedHeadPtr head, heads_.last());
  if (width_at(address.id, head->checkpoint.tree.size) < address.width)
    return fail(Error{ErrorCode::not_found, "tile.unsigned", "path", to_string(address),
                      "the last signed checkpoint has " +
                          std::to_string(head->checkpoint.tree.size) + " events"});
  if (address.entries) return entries(first_entry(address), address.width);
  return from_tiles(tree_.tile(address.id, address.width));
}

Result<EventBatch> Proofs::event_at(Sequence sequence) const {
  if (sequence.value == 0 || sequence > ledger_.instance.log().head().sequence)
    return fail(Error{ErrorCode::not_found, "event.unknown", "sequence",
                      std::to_string(sequence.value), "the log has no such event"});
  RUNUT_ASSIGN(EventBatch batch, ledger_.instance.log().read(sequence, {.events = 1}));
  if (batch.empty()) return fail(ErrorCode::corrupt, "the log ends before its own head");
  return batch;
}

Result<InclusionAnswer> Proofs::inclusion(Sequence sequence, std::optional<std::uint64_t> size) {
  RUNUT_ASSIGN(const EventBatch batch, event_at(sequence));
  RUNUT_ASSIGN(const std::uint64_t leaves, signed_size(size, "size"));
  if (sequence.value > leaves)
    return fail(Error{ErrorCode::invalid_input, "proof.outside", "sequence",
                      std::to_string(sequence.value),
                      "a tree of " + std::to_string(leaves) + " events does not have it"});
  InclusionAnswer answer{sequence, batch.events.front().leaf, {leaves, {}}, {}};
  RUNUT_ASSIGN(answer.tree.root, from_tiles(tree_.root_at(leaves)));
  RUNUT_ASSIGN(answer.hashes, from_tiles(tree_.inclusion({sequence.value - 1, leaves})));
  return answer;
}

Result<ConsistencyAnswer> Proofs::consistency(std::uint64_t from, std::optional<std::uint64_t> to) {
  RUNUT_ASSIGN(const std::uint64_t later, signed_size(to, "to"));
  RUNUT_ASSIGN(const std::uint64_t earlier, signed_size(from, "from"));
  if (earlier > later)
    return fail(Error{ErrorCode::invalid_input, "proof.order", "from", std::to_string(from),
                      "the later tree has only " + std::to_string(later) + " events"});
  ConsistencyAnswer answer{{earlier, {}}, {later, {}}, {}};
  RUNUT_ASSIGN(answer.earlier.root, from_tiles(tree_.root_at(earlier)));
  RUNUT_ASSIGN(answer.later.root, from_tiles(tree_.root_at(later)));
  RUNUT_ASSIGN(answer.hashes, from_tiles(tree_.consistency({earlier, later})));
  return answer;
}

Result<Sequence> Proofs::first_of(const CommandId& id) const {
  RUNUT_ASSIGN(std::optional<Sequence> first, ledger_.instance.history().command(id));
  if (!first) {
    // It may have been answered a moment ago, and not be indexed yet.
    RUNUT_TRY(ledger_.wait_for(ledger_.instance.log().head().sequence, views_wait));
    RUNUT_ASSIGN(first, ledger_.instance.history().command(id));
  }
  if (first) return *first;
  return fail(Error{ErrorCode::not_found, "command.unknown", "command_id", to_string(id),
                    "nothing is recorded under this id: it was not given, or refused without a "
                    "trace, or has no answer yet"});
}

Result<RecordedCommand> Proofs::command(const CommandId& id, const EventRange& range) {
  RecordedCommand recorded;
  RUNUT_ASSIGN(recorded.first, first_of(id));
  RUNUT_ASSIGN(const EventBatch head, event_at(recorded.first));
  RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(head.events.front().bytes));
  recorded.count = key.commit_count;
  const std::uint64_t end = recorded.first.value + recorded.count;  // behind the last
  std::uint64_t at = std::max(recorded.first.value, range.after.value + 1);
  while (at < end && recorded.events.size() < range.max) {
    const std::size_t wanted = std::min(end - at, range.max - recorded.events.size());
    RUNUT_ASSIGN(const EventBatch batch,
                 ledger_.instance.log().read(Sequence{at}, {.events = wanted}));
    if (batch.empty()) return fail(ErrorCode::corrupt, "the log ends within a commit");
    for (const EventView& view : batch.events) {
      RUNUT_ASSIGN(Event event, decode_event(view.bytes));
      recorded.events.push_back({std::move(event), view.leaf});
    }
    at = batch.events.back().sequence.value + 1;
  }
  return recorded;
}

Result<Receipt> Proofs::receipt_under(const SignedHead& head, Sequence sequence) {
  RUNUT_ASSIGN(const EventBatch batch, event_at(sequence));
  Receipt receipt;
  receipt.event = Bytes(batch.events.front().bytes);
  receipt.index = sequence.value - 1;
  receipt.checkpoint = head.note;
  RUNUT_ASSIGN(receipt.inclusion,
               from_tiles(tree_.inclusion({receipt.index, head.checkpoint.tree.size})));
  RUNUT_TRY(verify_receipt(receipt, ledger_.instance.trust()));
  return receipt;
}

void Proofs::receipt(Sequence sequence, Received received) {
  if (const auto known = event_at(sequence); !known) return received(fail(known.error()));
  heads_.covering(
      sequence, [this, sequence, received = std::move(received)](Result<SignedHeadPtr> head) {
        received(head ? receipt_under(**head, sequence) : Result<Receipt>(fail(head.error())));
      });
}

}  // namespace runut::service
