// A ledger's log and signed checkpoints kept in another directory, and brought back from there.
//
// A backup is a data directory: every command that reads can be asked of it. It holds no keys:
// these have a backup of their own, or an erased text would come back with it.
#pragma once

#include "instance/place.h"
#include "log/copy_log.h"

namespace runut {

struct BackupReport {
  Sequence from;                  // the first event that was copied this time
  std::uint64_t copied = 0;       // events
  Head head;                      // of the backup
  std::uint64_t vouched_for = 0;  // events under the newest signed checkpoint in it; 0: none
};

// Called with what is being done ("verify", "copy"), how far it is, and how far it goes.
using BackupProgress = std::function<void(const char* phase, Sequence reached, Sequence until)>;

// What the ledger held at the beginning, as far as `backup` lacks it, while a writer may go on;
// stopped anywhere and run again it goes on. Everything in it is durable on return.
// conflict: there is another history in `backup`; it is not touched. corrupt: the ledger is
// damaged.
[[nodiscard]] Result<BackupReport> back_up(const Place& ledger, const Place& backup,
                                           const BackupProgress& progress = {});

// The ledger in `backup` verified whole (every hash, chain, tree, and each signed checkpoint by the
// key that its founding pins), copied, its views made, and only then put in its place: it appears
// there complete or not at all.
// conflict (restore.occupied): there is something in its place. corrupt: the backup is not what was
// written, or shorter than a checkpoint in it vouches for; nothing is restored.
[[nodiscard]] Result<BackupReport> restore(const Place& backup, const Place& ledger,
                                           const BackupProgress& progress = {});

}  // namespace runut
