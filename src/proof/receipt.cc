#include "proof/receipt.h"

#include <utility>

#include "base/sha256.h"
#include "proof/lines.h"
#include "proof/proof_text.h"

namespace runut {
namespace {

constexpr std::string_view header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra = "extra ";
constexpr std::string_view index_word = "index ";
constexpr std::size_t inclusion_max_hashes = 64;  // the depth of a tree of 2^64 leaves
constexpr std::size_t receipt_max_bytes =
    note_max_bytes + receipt_event_max_bytes * 4 / 3 + inclusion_max_hashes * 45 + 1024;

}  // namespace

std::string to_string(const Receipt& receipt) {
  std::string text;
  text.append(header).append("\n");
  text.append(extra).append(to_base64(receipt.event)).append("\n");
  text.append(index_word).append(std::to_string(receipt.index)).append("\n");
  return text.append(proof_text(receipt.inclusion)).append("\n").append(receipt.checkpoint);
}

Result<Receipt> parse_receipt(std::string_view text) {
  if (text.size() > receipt_max_bytes)
    return fail(Error{ErrorCode::exhausted,
                      {},
                      "receipt",
                      std::to_string(text.size()) + " bytes",
                      "too long for one event and a checkpoint"});
  LineReader lines(text);
  Receipt receipt;
  RUNUT_ASSIGN(std::string_view line, lines.next("'c2sp.org/tlog-proof@v1'"));
  if (line != header) return lines.wrong("a receipt begins with 'c2sp.org/tlog-proof@v1'");
  RUNUT_ASSIGN(line, lines.next("the event as 'extra'"));
  if (!line.starts_with(extra)) return lines.wrong("a receipt carries its event as 'extra BASE64'");
  auto event = from_base64(line.substr(extra.size()));
  if (!event || event->empty() || event->size() > receipt_event_max_bytes)
    return lines.wrong("the event is base64 of 1 to 65535 bytes");
  receipt.event = *std::move(event);
  RUNUT_ASSIGN(line, lines.next("the leaf index"));
  const auto index = line.starts_with(index_word) ? parse_decimal(line.substr(index_word.size()))
                                                  : std::optional<std::uint64_t>();
  if (!index) return lines.wrong("expected 'index N', N without leading zeros");
  receipt.index = *index;
  while (true) {
    RUNUT_ASSIGN(line, lines.next("a hash of the proof or a blank line"));
    if (line.empty()) break;
    const auto hash = parse_hash(line);
    if (!hash) return lines.wrong("a proof line is base64 of 32 bytes");
    if (receipt.inclusion.size() == inclusion_max_hashes)
      return lines.wrong("an inclusion proof has at most 64 hashes");
    receipt.inclusion.push_back(*hash);
  }
  receipt.checkpoint = std::string(lines.rest());
  RUNUT_ASSIGN(const SignedNote note, parse_note(receipt.checkpoint));
  RUNUT_ASSIGN(const Checkpoint checkpoint, parse_checkpoint_text(note.text));
  if (receipt.index >= checkpoint.tree.size)
    return fail(
        Error{ErrorCode::invalid_input,
              {},
              "index",
              std::to_string(receipt.index),
              "the checkpoint has only " + std::to_string(checkpoint.tree.size) + " leaves"});
  return receipt;
}

Result<Checkpoint> verify_receipt(const Receipt& receipt, const CheckpointTrust& trust) {
  RUNUT_ASSIGN(Checkpoint checkpoint, open_checkpoint(receipt.checkpoint, trust));
  RUNUT_TRY(verify_inclusion({receipt.index, leaf_hash(receipt.event)}, checkpoint.tree,
                             receipt.inclusion));
  return checkpoint;
}

}  // namespace runut
