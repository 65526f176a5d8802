// One opened ledger: its log on either engine, views behind the log, tree and checkpoints, keys,
// and the single writer. The one place where these are put together; commands and services work on
// it.
//
//   auto ledger = Instance::open({.place = place}, Instance::Access::read_write);
//   ledger->submit(command); ... ledger->drain(...); ... ledger->close();
#pragma once

#include <functional>
#include <memory>
#include <set>

#include "instance/checkpoint_files.h"
#include "instance/ledger_tree.h"
#include "instance/place.h"
#include "projector/projector.h"
#include "seal/file_key_store.h"
#include "store/subject_index.h"
#include "write/writer.h"

namespace runut {

struct InstanceOptions {
  Place place;
  std::string log;      // engine.h; empty: the embedded engine
  bool create = false;  // the ledger may be missing: FoundAgency will come first
  bool views = true;    // read_only: false for what asks the log alone, not history() or views()
  std::string node = "runut";  // names this process in WriterTookOver
  Millis kafka_wait{30'000};   // for brokers, at opening
  FoldProgress progress{};     // of views that have far to go, at opening
};

// One thread. What it hands out lives as long as it does.
class Instance {
 public:
  enum class Access : std::uint8_t {
    read_write,  // one process a directory
    read_only,   // the state at opening; beside a process that writes
  };

  // not_found: no ledger (and not `create`), or no keys for one. unavailable: another process
  // writes here (names the directory), or no broker answers. corrupt: the log, a view or the keys
  // are damaged. Reading brings views that lag behind the log up to date where nobody writes, so
  // that a crash shows in no query; where somebody does, known_at() says how far they are.
  [[nodiscard]] static Result<std::unique_ptr<Instance>> open(InstanceOptions options,
                                                              Access access);
  // Without close(): what was answered is durable all the same, views and tree are caught up later.
  ~Instance();

  [[nodiscard]] const Place& place() const { return options_.place; }
  [[nodiscard]] Access access() const { return access_; }
  [[nodiscard]] EventLog& log() { return *log_; }
  [[nodiscard]] const EventLog& log() const { return *log_; }
  [[nodiscard]] const std::shared_ptr<Store>& store() const { return store_; }
  [[nodiscard]] const History& history() const { return *index_; }
  [[nodiscard]] const SubjectIndex& index() const { return *index_; }
  [[nodiscard]] const std::shared_ptr<Views>& views() const { return views_; }
  // Up to here every view has folded the log: what a query may rest on.
  [[nodiscard]] Result<Sequence> known_at() const;
  // read_write only; null otherwise.
  [[nodiscard]] Projector* projector() { return projector_.get(); }

  // What sequence 1 pins; null before it is there.
  [[nodiscard]] const AgencyFounded* founded() const { return founded_ ? &*founded_ : nullptr; }
  [[nodiscard]] bool is_simulated() const { return founded_ && founded_->simulated; }

  // read_only: not_found or another error when there are no keys here, as for an auditor with a
  // copy of the ledger alone. A key that the log says was destroyed, and that an old copy of the
  // directory brought back, is destroyed again first; when that cannot be done, no key is given
  // out.
  [[nodiscard]] Result<KeyStore*> keys();

  [[nodiscard]] LedgerTree& tree() { return *tree_; }
  [[nodiscard]] const CheckpointFiles& checkpoints() const { return checkpoints_; }
  // Whom this ledger's checkpoints are signed by. The ledger must have been founded.
  [[nodiscard]] CheckpointTrust trust() const;

  // Why the founding command would be refused, tried on a ledger in memory: nothing of a refused
  // one is to remain on the disk, not even a directory.
  [[nodiscard]] static Status try_founding(const Command& command);

  // Writer::submit and Writer::drain. Founding and each locked run sign a checkpoint before drain()
  // returns; one that could not be signed is tried again with the next, and by sign_checkpoint().
  [[nodiscard]] Result<std::uint64_t> submit(Command command,
                                             std::optional<Mac128> digest = std::nullopt);
  [[nodiscard]] Result<std::vector<Answer>> drain(Millis max_wait);
  [[nodiscard]] Result<std::vector<Answer>> drain_all();
  // After an error of these: what had no answer never gets one, and the next command begins a new
  // session, which takes the log over.
  void end_session() { writer_.reset(); }
  [[nodiscard]] std::size_t pending() const { return writer_ ? writer_->pending() : 0; }
  // Whether the command submitted last is going to be refused, as far as is known before its
  // answer.
  [[nodiscard]] const Error* refusal_of_last() const {
    return writer_ ? writer_->refusal_of_last() : nullptr;
  }

  // Signs the tree of the whole log, having proved that it extends the checkpoint signed last, and
  // returns it; one that is there already is returned as it is. corrupt: it does not, or the last
  // one is damaged. not_found: nothing to sign yet.
  [[nodiscard]] Result<std::string> sign_checkpoint();

  // Brings views and tree up to the head, so that the next opening has nothing to do.
  [[nodiscard]] Status close();

 private:
  Instance(InstanceOptions options, Access access);
  [[nodiscard]] Status open_writable();
  [[nodiscard]] Status open_readable();
  [[nodiscard]] Status attach_views();
  [[nodiscard]] Status open_log();
  [[nodiscard]] Status open_keys(FileKeyStore::Access access);
  [[nodiscard]] Status erase_again();
  [[nodiscard]] Status each_erased(const std::function<void(PersonId)>& visit) const;
  [[nodiscard]] Status read_founding();
  [[nodiscard]] Status need_writer();
  [[nodiscard]] Status note(const std::vector<Answer>& answers);
  [[nodiscard]] Status check_last_checkpoint(const TreeHead& now, std::optional<std::string>& same);

  InstanceOptions options_;
  const Access access_;
  CheckpointFiles checkpoints_;
  SystemClock clock_;
  SystemRandomness randomness_;

  std::shared_ptr<Store> store_;
  std::unique_ptr<EventLog> log_;
  std::unique_ptr<FileKeyStore> keys_;
  bool erased_again_ = false;
  std::unique_ptr<Signer> signer_;
  std::unique_ptr<Projector> projector_;
  std::shared_ptr<Views> views_;
  std::unique_ptr<SubjectIndex> index_;
  std::unique_ptr<LedgerTree> tree_;
  std::unique_ptr<Writer> writer_;
  std::optional<AgencyFounded> founded_;
  std::set<std::uint64_t> marks_;  // tickets after which a checkpoint is due
  bool checkpoint_due_ = false;
};

}  // namespace runut
