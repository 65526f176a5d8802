#include "tools/verify/checks.h"

#include <fmt/format.h>

#include "codec/envelope_codec.h"
#include "proof/proof_text.h"

namespace runut::verify {
namespace {

Result<std::string> check_receipt(std::string_view text, const CheckpointTrust& trust) {
  RUNUT_ASSIGN(const Receipt receipt, parse_receipt(text));
  RUNUT_ASSIGN(const Checkpoint checkpoint, verify_receipt(receipt, trust));
  RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(receipt.event));
  // The tree says where it stands, and so does the event itself.
  if (key.sequence.value != receipt.index + 1)
    return fail(Error{ErrorCode::corrupt, "receipt.sequence", "index",
                      std::to_string(receipt.index),
                      fmt::format("the event there says that it is {}", key.sequence.value)});
  RUNUT_ASSIGN(const std::string lines, event_lines(receipt.event));
  return fmt::format("good: event {} is in the log {}, in its signed tree of {} events\n{}",
                     key.sequence.value, checkpoint.origin, checkpoint.tree.size, lines);
}

std::string described(const Checkpoint& checkpoint) {
  return fmt::format("  log          {}\n  events       {}\n  root         {}\n", checkpoint.origin,
                     checkpoint.tree.size, to_hex(checkpoint.tree.root.view()));
}

}  // namespace

Result<std::string> check_receipts(std::string_view text, const CheckpointTrust& trust) {
  const std::vector<std::string_view> receipts = split_receipts(text);
  std::string out;
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    auto checked = check_receipt(receipts[i], trust);
    if (!checked && receipts.size() > 1)
      checked.error().message += fmt::format(" (receipt {} of {})", i + 1, receipts.size());
    if (!checked) return checked;
    out += *checked;
  }
  return out;
}

Result<std::string> check_checkpoint(std::string_view note, const CheckpointTrust& trust) {
  RUNUT_ASSIGN(const Checkpoint checkpoint, open_checkpoint(note, trust));
  return "good: signed by the log's key\n" + described(checkpoint);
}

Result<std::string> check_consistency(const TwoCheckpoints& notes, std::string_view proof,
                                      const CheckpointTrust& trust) {
  RUNUT_ASSIGN(const Checkpoint earlier, open_checkpoint(notes.earlier, trust));
  RUNUT_ASSIGN(const Checkpoint later, open_checkpoint(notes.later, trust));
  RUNUT_ASSIGN(const HashPath hashes, parse_proof_text(proof));
  RUNUT_TRY(verify_consistency(earlier.tree, later.tree, hashes));
  return fmt::format("good: the first {} of {} events are those that were signed before\n{}",
                     earlier.tree.size, later.tree.size, described(later));
}

}  // namespace runut::verify
