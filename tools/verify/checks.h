// What runut-verify says about each thing that it is given. Texts in, text out: no files, except
// for a mirror's. A text is what was found to hold; an error, what does not.
#pragma once

#include "proof/checkpoint.h"
#include "proof/receipt.h"

namespace runut::verify {

// One receipt or several, one after the other. corrupt: the event is not in the signed tree.
[[nodiscard]] Result<std::string> check_receipts(std::string_view text,
                                                 const CheckpointTrust& trust);
[[nodiscard]] Result<std::string> check_checkpoint(std::string_view note,
                                                   const CheckpointTrust& trust);

struct TwoCheckpoints {
  std::string earlier;
  std::string later;
};
// corrupt: the later log does not begin with the earlier one.
[[nodiscard]] Result<std::string> check_consistency(const TwoCheckpoints& notes,
                                                    std::string_view proof,
                                                    const CheckpointTrust& trust);

// The files of a log as tlog-tiles below a directory: `checkpoint`, tile/entries/..., and as many
// tile/LEVEL/... as there are. The tree is made anew from the entries, each event's place in the
// chain checked on the way, and compared with the checkpoint and with every tile.
[[nodiscard]] Result<std::string> check_mirror(const std::string& directory,
                                               const CheckpointTrust& trust);

// What an event says; nothing is proved by it. `stored` is an event's bytes, or a receipt.
[[nodiscard]] Result<std::string> show_event(std::string_view stored);

// Lines about one event, for those above.
[[nodiscard]] Result<std::string> event_lines(BytesView stored);

}  // namespace runut::verify
