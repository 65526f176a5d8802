// Checkpoints (C2SP tlog-checkpoint): a signed note whose text is the head of a log's tree.
#pragma once

#include "proof/merkle.h"
#include "proof/note.h"

namespace runut {

struct Checkpoint {
  std::string origin;  // e.g. "runut.example/kota-kediri": names the log
  TreeHead tree;
  std::vector<std::string> extensions;  // opaque lines; we write none
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// The note text. Origin and extensions must be non-empty lines of UTF-8 without controls (checked).
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
[[nodiscard]] Result<Checkpoint> parse_checkpoint_text(std::string_view text);

// A signed checkpoint as text. A log must never sign a checkpoint inconsistent with an earlier one:
// the caller verifies consistency with the last that was published. The signer's name should be the
// origin.
[[nodiscard]] Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, Signer& signer);

struct CheckpointTrust {
  std::string origin;             // empty = any
  std::vector<VerifierKey> keys;  // of the log
};
// Parses, verifies the signatures, compares the origin. Errors: as parse_note and verify_note;
// `conflict` with rule `checkpoint.origin` for another log's checkpoint.
[[nodiscard]] Result<Checkpoint> open_checkpoint(std::string_view note,
                                                 const CheckpointTrust& trust);

}  // namespace runut
