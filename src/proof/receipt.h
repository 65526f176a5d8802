// A receipt: one event, and the proof that a log with a signed head contains it. Checked offline
// with nothing but the log's public key. Text form: C2SP tlog-proof v1, the event as its extra data
//
//   c2sp.org/tlog-proof@v1
//   extra BASE64(stored bytes of the event)
//   index SEQUENCE-1
//   BASE64(hash) ...            inclusion proof, the leaf's sibling first
//                               (blank line)
//   the checkpoint, verbatim
//
// The format calls extra data unauthenticated; here the proof is over SHA-256(0x00 || extra), so
// verify_receipt authenticates it.
#pragma once

#include "proof/checkpoint.h"

namespace runut {

inline constexpr std::size_t receipt_event_max_bytes = 65'535;
inline constexpr std::string_view receipt_file_extension = ".tlog-proof";

struct Receipt {
  Bytes event;              // as stored
  std::uint64_t index = 0;  // of its leaf, from 0
  HashPath inclusion;       // in the tree of the checkpoint
  std::string checkpoint;   // signed note
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

[[nodiscard]] std::string to_string(const Receipt& receipt);
// The format only, the checkpoint's note included; nothing is verified. `invalid_input` names the
// line.
[[nodiscard]] Result<Receipt> parse_receipt(std::string_view text);

// The checkpoint's signatures and origin, then the inclusion of the event at its index; returns the
// checkpoint that vouches for it.
[[nodiscard]] Result<Checkpoint> verify_receipt(const Receipt& receipt,
                                                const CheckpointTrust& trust);

}  // namespace runut
