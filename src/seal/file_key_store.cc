#include "seal/file_key_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace runut {
namespace {

using seal_io::system_error;

Error in_file(Error error, const std::string& path) {
  error.message += " (key file " + path + ")";
  return error;
}

// Best effort on top of the missing name: the blocks of the replaced file hold the destroyed key,
// wrapped. Not when another name still leads to them: that is somebody's hard-linked backup.
void wipe_if_unlinked(const seal_io::Descriptor& old, std::size_t bytes) {
  struct stat status {};
  if (::fstat(old.get(), &status) != 0 || status.st_nlink != 0) return;
  if (seal_io::write_at(old, Bytes(bytes, '\0'), 0, "replaced key file"))
    (void)seal_io::sync_file(old, "replaced key file");
}

}  // namespace

std::string default_key_directory(std::string_view data_directory) {
  while (data_directory.size() > 1 && data_directory.back() == '/') data_directory.remove_suffix(1);
  return std::string(data_directory) + ".keys";
}

std::string default_master_key_file(std::string_view key_directory) {
  return std::string(key_directory) + "/master.key";
}

FileKeyStore::FileKeyStore(FileKeyStoreOptions options, const Key256& master, Access access)
    : place_{std::move(options.directory), "keys"},
      header_{options.agency_tag, master_key_id(master)},
      wrapping_(wrapping_key(master, options.agency_tag)),
      access_(access),
      randomness_(std::move(options.randomness)) {}

Status FileKeyStore::take_lock(FileKeyStore& store) {
  const std::string path = store.place_.directory + "/lock";
  RUNUT_ASSIGN(store.lock_, seal_io::open_file(path, O_RDWR | O_CREAT, 0600));
  if (::flock(store.lock_.get(), LOCK_EX | LOCK_NB) == 0) return {};
  if (errno != EWOULDBLOCK) return fail(system_error("cannot lock", path));
  return fail(Error{ErrorCode::conflict,
                    {},
                    "path",
                    store.place_.directory,
                    "another process has this key store open"});
}

Result<std::unique_ptr<FileKeyStore>> FileKeyStore::create(FileKeyStoreOptions options) {
  if (!options.randomness) options.randomness = std::make_unique<SystemRandomness>();
  RUNUT_TRY(seal_io::make_directories(options.directory));
  RUNUT_ASSIGN(const Key256 master, load_or_create_master_key(options.master, *options.randomness));
  std::unique_ptr<FileKeyStore> store(
      new FileKeyStore(std::move(options), master, Access::read_write));
  RUNUT_TRY(take_lock(*store));
  for (const LedgerKey name : all_ledger_keys)
    store->table_.put_ledger_key(name, Key256::draw(*store->randomness_));
  RUNUT_ASSIGN(const bool created, seal_io::create_file(store->place_, store->whole_file()));
  if (!created)
    return fail(Error{ErrorCode::conflict, {}, "path", store->path(), "the key store exists"});
  RUNUT_TRY(store->load());
  return store;
}

Result<std::unique_ptr<FileKeyStore>> FileKeyStore::open(FileKeyStoreOptions options,
                                                         Access access) {
  if (!options.randomness) options.randomness = std::make_unique<SystemRandomness>();
  const std::string path = seal_io::FilePlace{options.directory, "keys"}.path();
  if (!seal_io::exists(path))
    return fail(Error{ErrorCode::not_found, {}, "path", path, "no key store here; see --keys"});
  RUNUT_ASSIGN(const Key256 master, load_master_key(options.master));
  std::unique_ptr<FileKeyStore> store(new FileKeyStore(std::move(options), master, access));
  if (access == Access::read_write) RUNUT_TRY(take_lock(*store));
  RUNUT_TRY(store->load());
  return store;
}

Result<std::unique_ptr<FileKeyStore>> FileKeyStore::open_or_create(FileKeyStoreOptions options) {
  if (seal_io::exists(seal_io::FilePlace{options.directory, "keys"}.path()))
    return open(std::move(options), Access::read_write);
  return create(std::move(options));
}

Status FileKeyStore::load() {
  RUNUT_ASSIGN(const Bytes bytes, seal_io::read_file(path()));
  Result<KeyFileContents> contents = parse_key_file(bytes);
  if (!contents) return fail(in_file(std::move(contents).error(), path()));
  if (Status used = use(*contents); !used) return fail(in_file(std::move(used).error(), path()));
  torn_bytes_ = contents->torn_bytes;
  file_bytes_ = contents->intact_bytes;
  if (access_ == Access::read_only) return {};
  // Left by a crash while rewriting; the file that has the name is whole.
  ::unlink((path() + std::string(seal_io::temporary_suffix)).c_str());
  RUNUT_ASSIGN(file_, seal_io::open_file(path(), O_RDWR, 0));
  if (torn_bytes_ > 0 && ::ftruncate(file_.get(), static_cast<off_t>(file_bytes_)) != 0)
    return fail(system_error("cannot cut the torn end of", path()));
  // Also without a torn end: what this process has read it may rely on.
  return seal_io::sync_file(file_, path());
}

Status FileKeyStore::use(const KeyFileContents& contents) {
  if (contents.header.agency_tag != header_.agency_tag)
    return fail(Error{ErrorCode::rejected,
                      "keys.wrong_agency",
                      "header.agency",
                      {},
                      "these keys belong to another agency"});
  if (contents.header.master != header_.master)
    return fail(Error{ErrorCode::rejected,
                      "keys.wrong_master",
                      "header.master",
                      {},
                      "these keys are wrapped by another master key"});
  table_ = KeyTable{};
  table_.reserve(contents.records.size());
  for (const KeyRecord& record : contents.records) {
    RUNUT_ASSIGN(const Key256 key, unwrap_key(wrapping_, record));
    const PersonId person{record.id};
    const auto name = static_cast<LedgerKey>(record.id);
    const bool known_name =
        std::find(all_ledger_keys.begin(), all_ledger_keys.end(), name) != all_ledger_keys.end();
    const bool is_ledger = record.kind == KeyRecordKind::ledger;
    const bool twice = is_ledger ? table_.has_ledger_key(name)
                                 : table_.held(person) != nullptr || table_.is_destroyed(person);
    if (twice || (is_ledger && (!known_name || record.id > UINT8_MAX)) ||
        (!is_ledger && person == PersonId{}))
      return fail(Error{ErrorCode::corrupt,
                        {},
                        "id",
                        std::to_string(record.id),
                        twice ? "a second record of one id" : "an id nobody has"});
    switch (record.kind) {
      case KeyRecordKind::person: table_.put(person, key); break;
      case KeyRecordKind::ledger: table_.put_ledger_key(name, key); break;
      case KeyRecordKind::tombstone: table_.destroy(person); break;
    }
  }
  for (const LedgerKey name : all_ledger_keys)
    if (!table_.has_ledger_key(name))
      return fail(Error{ErrorCode::corrupt,
                        {},
                        "ledger key",
                        std::string(to_string(name)),
                        "the key store has lost it"});
  return {};
}

// Sorted, so that the same keys and randomness give the same file. Caller holds mutex_ or is alone.
Bytes FileKeyStore::whole_file() {
  std::vector<KeyRecordName> names;
  names.reserve(all_ledger_keys.size() + table_.keys().size() + table_.destroyed().size());
  for (const LedgerKey name : all_ledger_keys)
    names.push_back({KeyRecordKind::ledger, static_cast<std::uint64_t>(name)});
  const std::size_t ledger_names = names.size();
  for (const auto& entry : table_.keys())
    names.push_back({KeyRecordKind::person, entry.first.value});
  for (const PersonId person : table_.destroyed())
    names.push_back({KeyRecordKind::tombstone, person.value});
  std::sort(names.begin() + static_cast<std::ptrdiff_t>(ledger_names), names.end(),
            [](const KeyRecordName& a, const KeyRecordName& b) { return a.id < b.id; });
  Bytes bytes;
  bytes.reserve(key_header_bytes + names.size() * key_record_bytes);
  append_key_header(bytes, header_);
  const Key256 none;
  for (const KeyRecordName& name : names) {
    const Key256* key = &none;
    if (name.kind == KeyRecordKind::ledger)
      key = &table_.ledger_key(static_cast<LedgerKey>(name.id));
    else if (name.kind == KeyRecordKind::person)
      key = &table_.keys().at(PersonId{name.id});
    append_key_record(bytes, wrap_key(wrapping_, name, *key, *randomness_));
  }
  return bytes;
}

Status FileKeyStore::usable() const {
  if (access_ == Access::read_only)
    return fail(ErrorCode::unavailable, "the key store was opened for reading only");
  if (broken_)
    return fail(ErrorCode::unavailable, "the key store failed to write and must be opened anew");
  return {};
}

Result<Key256> FileKeyStore::key_to_seal(PersonId person) {
  {
    const std::shared_lock lock(mutex_);
    if (broken_) RUNUT_TRY(usable());
    if (const Key256* const key = table_.held(person)) return *key;
  }
  const std::unique_lock lock(mutex_);
  RUNUT_TRY(usable());
  if (pending_.size() >= key_group_max - 1)
    return fail(ErrorCode::exhausted, "too many new keys without a sync");
  RUNUT_ASSIGN(const KeyTable::Found found, table_.find_or_create(person, *randomness_));
  if (found.created)
    pending_.push_back(
        wrap_key(wrapping_, {KeyRecordKind::person, person.value}, found.key, *randomness_));
  return found.key;
}

Result<Key256> FileKeyStore::key_to_open(PersonId person) const {
  const std::shared_lock lock(mutex_);
  return table_.find(person);
}

Key256 FileKeyStore::ledger_key(LedgerKey name) const {
  const std::shared_lock lock(mutex_);
  return table_.ledger_key(name);
}

bool FileKeyStore::is_destroyed(PersonId person) const {
  const std::shared_lock lock(mutex_);
  return table_.is_destroyed(person);
}

Status FileKeyStore::write_group(BytesView group) {
  Status written = seal_io::write_at(file_, group, file_bytes_, path());
  // A full disk is no reason to stop for ever: what was written of the group is cut off again.
  if (!written && written.error().code == ErrorCode::exhausted &&
      ::ftruncate(file_.get(), static_cast<off_t>(file_bytes_)) == 0)
    return written;
  Status done = written ? seal_io::sync_file(file_, path()) : std::move(written);
  if (done) {
    file_bytes_ += group.size();
    return done;
  }
  const std::unique_lock lock(mutex_);
  broken_ = true;
  done.error().code = ErrorCode::unavailable;
  return done;
}

Status FileKeyStore::sync() {
  const std::lock_guard file_lock(file_mutex_);
  std::vector<KeyRecord> group;
  {
    const std::unique_lock lock(mutex_);
    if (pending_.empty() && !broken_) return {};
    RUNUT_TRY(usable());
    group.swap(pending_);
  }
  Bytes bytes;
  bytes.reserve(group.size() * key_record_bytes);
  std::uint32_t place = 0;
  for (KeyRecord& record : group) {
    record.place = place++;
    append_key_record(bytes, record);
  }
  Status done = write_group(bytes);
  if (!done) {
    const std::unique_lock lock(mutex_);
    pending_.insert(pending_.begin(), std::make_move_iterator(group.begin()),
                    std::make_move_iterator(group.end()));
  }
  return done;
}

Status FileKeyStore::destroy(PersonId person) {
  if (person == PersonId{})
    return fail(Error{ErrorCode::invalid_input, {}, "person", "P0", "not a person"});
  const std::lock_guard file_lock(file_mutex_);
  Bytes bytes;
  std::vector<KeyRecord> superseded;
  Result<Key256> had = Key256{};
  {
    const std::unique_lock lock(mutex_);
    RUNUT_TRY(usable());
    if (table_.is_destroyed(person)) return {};
    had = table_.find(person);
    table_.destroy(person);  // before the snapshot: nobody seals with the key from here on
    bytes = whole_file();
    superseded.swap(pending_);  // the snapshot has them all
  }
  bool renamed = false;
  Status done = seal_io::replace_file(place_, bytes, &renamed);
  Result<seal_io::Descriptor> reopened =
      renamed ? seal_io::open_file(path(), O_RDWR, 0) : Result<seal_io::Descriptor>{};
  if (done && reopened) {
    const seal_io::Descriptor old = std::exchange(file_, std::move(*reopened));
    wipe_if_unlinked(old, std::exchange(file_bytes_, bytes.size()));
    return {};
  }
  const std::unique_lock lock(mutex_);
  if (renamed) {
    // The name may or may not survive a crash: neither answer would be true.
    broken_ = true;
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "path",
                      path(),
                      "the key was destroyed but the directory could not be made durable"});
  }
  table_.restore(person, had ? &*had : nullptr);
  pending_.insert(pending_.begin(), std::make_move_iterator(superseded.begin()),
                  std::make_move_iterator(superseded.end()));
  return done;
}

}  // namespace runut
