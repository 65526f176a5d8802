// The key store on disk: one directory an agency, one append-only file of wrapped keys.
//
//   KEYS/master.key        unless RUNUT_MASTER_KEY is set or another path is given
//   KEYS/<agency>/keys     key_file.h has the format
//   KEYS/<agency>/lock     held by the process that may create and destroy keys
//
// Its backup is a copy of the directory, kept apart from the ledger's backups, and the master key
// apart from both. A copy made before an erasure still holds the erased key: discard old copies
// when a person is erased, or destroy() again after restoring one.
#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "seal/file_io.h"
#include "seal/key_file.h"
#include "seal/key_table.h"
#include "seal/master_key.h"

namespace runut {

struct FileKeyStoreOptions {
  std::string directory;         // KEYS/<agency>
  std::uint64_t agency_tag = 0;  // bound into the file: another agency's keys are refused
  MasterKeySource master;
  // Where keys and nonces come from; null = the system. Seeded only for simulated ledgers.
  std::unique_ptr<Randomness> randomness;
};

// Default place of the key directory for a data directory, and of its master key file.
[[nodiscard]] std::string default_key_directory(std::string_view data_directory);
[[nodiscard]] std::string default_master_key_file(std::string_view key_directory);

class FileKeyStore final : public KeyStore {
 public:
  enum class Access : std::uint8_t {
    read_write,  // takes the lock, cuts a torn tail
    read_only,   // no lock, no writes: the store of a running service; creating is `unavailable`
  };

  // Creates directory, master key (when its file is absent), ledger keys. `conflict` when the store
  // exists.
  [[nodiscard]] static Result<std::unique_ptr<FileKeyStore>> create(FileKeyStoreOptions options);
  // Errors: `not_found` without a store or master key; `conflict` when another process holds the
  // lock; `corrupt` naming the record; `rejected` with rule `keys.wrong_master` or
  // `keys.wrong_agency`.
  [[nodiscard]] static Result<std::unique_ptr<FileKeyStore>> open(FileKeyStoreOptions options,
                                                                  Access access);
  // What founding calls: a crash between creating the keys and the first event leaves a store.
  [[nodiscard]] static Result<std::unique_ptr<FileKeyStore>> open_or_create(
      FileKeyStoreOptions options);

  [[nodiscard]] Result<Key256> key_to_seal(PersonId person) override;
  [[nodiscard]] Result<Key256> key_to_open(PersonId person) const override;
  [[nodiscard]] Key256 ledger_key(LedgerKey name) const override;
  [[nodiscard]] Status sync() override;
  [[nodiscard]] Status destroy(PersonId person) override;
  [[nodiscard]] bool is_destroyed(PersonId person) const override;

  // Bytes of a torn tail found when opening; 0 after a clean end.
  [[nodiscard]] std::size_t torn_bytes() const { return torn_bytes_; }

 private:
  FileKeyStore(FileKeyStoreOptions options, const Key256& master, Access access);
  [[nodiscard]] static Status take_lock(FileKeyStore& store);
  [[nodiscard]] Status load();
  [[nodiscard]] Status use(const KeyFileContents& contents);
  [[nodiscard]] Status usable() const;
  [[nodiscard]] Bytes whole_file();
  [[nodiscard]] Status write_group(BytesView group);
  [[nodiscard]] std::string path() const { return place_.path(); }

  const seal_io::FilePlace place_;
  const KeyFileHeader header_;
  const Key256 wrapping_;
  const Access access_;
  std::size_t torn_bytes_ = 0;
  seal_io::Descriptor lock_;

  // Order: file_mutex_ before mutex_. An fsync holds only the first, so sealing goes on meanwhile.
  std::mutex file_mutex_;
  seal_io::Descriptor file_;    // file_mutex_
  std::size_t file_bytes_ = 0;  // file_mutex_; durable length

  mutable std::shared_mutex mutex_;
  std::unique_ptr<Randomness> randomness_;  // mutex_
  KeyTable table_;                          // mutex_
  std::vector<KeyRecord> pending_;          // mutex_; created, not yet in the file
  bool broken_ = false;                     // mutex_
};

}  // namespace runut
