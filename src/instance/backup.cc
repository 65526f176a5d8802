#include "instance/backup.h"

#include <filesystem>

#include "codec/envelope_codec.h"
#include "instance/checkpoint_files.h"
#include "instance/snapshot_log.h"
#include "instance/verification.h"
#include "log/rocksdb_event_log.h"
#include "projections/registry.h"
#include "projector/projector.h"
#include "seal/file_io.h"
#include "write/record_header.h"

namespace runut {
namespace {

namespace fs = std::filesystem;

constexpr Millis copy_wait{60'000};

Result<std::unique_ptr<SnapshotLog>> open_snapshot(const Place& place) {
  RUNUT_ASSIGN(std::shared_ptr<Store> store, Store::open({.directory = place.directory(),
                                                          .families = log_families(),
                                                          .access = StoreAccess::read_only}));
  RUNUT_ASSIGN(std::unique_ptr<SnapshotLog> log, SnapshotLog::open(std::move(store)));
  if (log->head().sequence == Sequence{})
    return fail(
        Error{ErrorCode::not_found, {}, "directory", place.directory(), "this ledger is empty"});
  return log;
}

CopyProgress copying(const BackupProgress& progress) {
  if (!progress) return {};
  return [&progress](Sequence reached, Sequence until) { progress("copy", reached, until); };
}

// Whom the ledger's checkpoints are signed by, as its first event says.
Result<CheckpointTrust> trust_of(const EventLog& log, const std::string& agency) {
  RUNUT_ASSIGN(const EventBatch first, log.read(Sequence{1}, {.events = 1}));
  if (first.empty()) return fail(ErrorCode::corrupt, "the log has no event 1");
  RUNUT_ASSIGN(const Event event, decode_event(first.events.front().bytes));
  const auto* founded = std::get_if<AgencyFounded>(&event.payload);
  if (founded == nullptr)
    return fail(Error{
        ErrorCode::corrupt, {}, "sequence", "1", "the first event of a ledger is AgencyFounded"});
  if (founded->agency != agency)
    return fail(Error{ErrorCode::conflict, "agency.other", "agency", agency,
                      "this is the ledger of " + founded->agency});
  return CheckpointTrust{
      founded->log_origin,
      {VerifierKey{founded->log_origin, Ed25519PublicKey::from(founded->public_key.view())}}};
}

Status verify_backup(const EventLog& log, const Place& backup, const BackupProgress& progress) {
  RUNUT_ASSIGN(const CheckpointTrust trust, trust_of(log, backup.agency));
  const CheckpointFiles files(backup.checkpoint_directory());
  RUNUT_ASSIGN(const std::vector<std::uint64_t> sizes, files.sizes());
  std::vector<Checkpoint> checkpoints;
  for (const std::uint64_t size : sizes) {
    RUNUT_ASSIGN(const std::string note, files.read(size));
    auto opened = open_checkpoint(note, trust);
    if (!opened)
      return fail(Error{ErrorCode::corrupt, "restore.checkpoint", "checkpoint", files.path(size),
                        "this checkpoint is damaged, or not signed by the ledger's key: " +
                            opened.error().message});
    checkpoints.push_back(std::move(*opened));
  }
  Verification verification(sizes);
  RUNUT_TRY(verification.read(
      log, progress ? [&](Sequence reached, Sequence head) { progress("verify", reached, head); }
                    : VerificationProgress{}));
  for (const Checkpoint& checkpoint : checkpoints) RUNUT_TRY(verification.check(checkpoint));
  return {};
}

Status make_views(RocksdbEventLog& log) {
  RUNUT_ASSIGN(const auto projector,
               Projector::open(log.store(), log, {all_projections.begin(), all_projections.end()}));
  return projector->catch_up();
}

}  // namespace

Result<BackupReport> back_up(const Place& ledger, const Place& backup,
                             const BackupProgress& progress) {
  RUNUT_ASSIGN(const auto source, open_snapshot(ledger));
  RUNUT_TRY(trust_of(*source, ledger.agency).map([](const CheckpointTrust&) {}));
  RUNUT_ASSIGN(const auto target, RocksdbEventLog::open(backup.directory(), &read_record_header));
  RUNUT_ASSIGN(const CopyReport copied,
               copy_log(*source, *target, &read_record_header, copy_wait, copying(progress)));
  RUNUT_ASSIGN(
      const std::uint64_t vouched_for,
      CheckpointFiles(backup.checkpoint_directory())
          .copy_from(CheckpointFiles(ledger.checkpoint_directory()), copied.head.sequence.value));
  return BackupReport{copied.from, copied.copied, copied.head, vouched_for};
}

Result<BackupReport> restore(const Place& backup, const Place& ledger,
                             const BackupProgress& progress) {
  std::error_code ignored;
  if (fs::exists(ledger.directory(), ignored))
    return fail(Error{ErrorCode::conflict, "restore.occupied", "directory", ledger.directory(),
                      "there is something here already; move it away first"});
  RUNUT_ASSIGN(const auto source, open_snapshot(backup));
  RUNUT_TRY(verify_backup(*source, backup, progress));

  // No agency's code has a dot: whatever a crash leaves here is no ledger, and made anew.
  const std::string staging = ledger.directory() + ".restoring";
  fs::remove_all(staging, ignored);
  BackupReport report;
  {
    RUNUT_ASSIGN(const auto target, RocksdbEventLog::open(staging, &read_record_header));
    RUNUT_ASSIGN(const CopyReport copied,
                 copy_log(*source, *target, &read_record_header, copy_wait, copying(progress)));
    report = {copied.from, copied.copied, copied.head, 0};
    if (copied.head != source->head())
      return fail(ErrorCode::internal, "what was restored does not end like the backup");
    RUNUT_TRY(make_views(*target));
    RUNUT_TRY(target->store()->flush());
  }
  RUNUT_ASSIGN(report.vouched_for, CheckpointFiles(staging + "/checkpoints")
                                       .copy_from(CheckpointFiles(backup.checkpoint_directory()),
                                                  report.head.sequence.value));
  RUNUT_TRY(seal_io::sync_directory(staging));
  if (::rename(staging.c_str(), ledger.directory().c_str()) != 0)
    return fail(seal_io::system_error("the restored ledger cannot be put in its place",
                                      ledger.directory()));
  RUNUT_TRY(seal_io::sync_directory(ledger.data));
  return report;
}

}  // namespace runut
