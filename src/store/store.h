// One RocksDB database: column families, atomic batches, iterators. A thin wrapper that turns
// statuses into errors and keeps RocksDB's headers out of every other folder.
//
// One directory is one database, held by one process. The log keeps its frames in it, other layers
// their projections and indexes, each in column families of its own and in batches of its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "store/sorted_file.h"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Iterator;
class ManagedSnapshot;
class WriteBatch;
}  // namespace rocksdb

namespace runut {

// How a column family is laid out.
enum class FamilyKind : std::uint8_t {
  // Small values read by key: 4 KiB blocks, bloom filter. A key that begins with an upper-case
  // letter is of a numbered part, its last four bytes the number: whoever reads parts of one thing
  // (ScanOptions) looks into no file that has none of it, however many files there are.
  rows,
  frames,  // large values read in order: 64 KiB blocks, no filter, compressed by their owner
};

struct FamilyOptions {
  std::string name;
  FamilyKind kind = FamilyKind::rows;
  // Not yet, when it is about to be filled as fast as the processors allow: see start_compacting.
  bool compacts = true;
};

enum class StoreAccess : std::uint8_t {
  read_write,  // takes the lock: one process a directory
  read_only,   // takes no lock; sees the state at opening
  salvage,     // read_only, and opens whatever can still be read of a damaged database
};

struct StoreOptions {
  std::string directory;
  std::vector<FamilyOptions> families;  // made when missing; others that exist are opened as rows
  StoreAccess access = StoreAccess::read_write;
  bool create = true;                         // read_write only: make the directory when missing
  std::size_t write_buffer_bytes = 32 << 20;  // per column family
};

// Handle of an open column family; valid until it is dropped or the store is closed.
class Family {
 public:
  Family() = default;
  friend bool operator==(const Family&, const Family&) = default;

 private:
  friend class Store;
  friend class StoreBatch;
  explicit Family(rocksdb::ColumnFamilyHandle* handle) : handle_(handle) {}
  rocksdb::ColumnFamilyHandle* handle_ = nullptr;
};

// Rows that are written together or not at all.
class StoreBatch {
 public:
  StoreBatch();
  ~StoreBatch();
  StoreBatch(StoreBatch&&) noexcept;
  StoreBatch& operator=(StoreBatch&&) noexcept;

  void put(Family family, BytesView key, BytesView value);
  // To a family of rows: the value becomes what it was and the entry behind it (nothing and the
  // entry).
  void append(Family family, BytesView key, BytesView entry);
  void erase(Family family, BytesView key);
  void clear();
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class Store;
  std::unique_ptr<rocksdb::WriteBatch> batch_;
};

// A position among the keys of one family, as of the moment it was made. Keys and values stay
// valid until it moves. After a loop ended, ask status(): an error also makes it invalid.
class StoreIterator {
 public:
  ~StoreIterator();
  StoreIterator(StoreIterator&&) noexcept;
  StoreIterator& operator=(StoreIterator&&) = delete;

  void seek(BytesView key);           // first key >= key
  void seek_for_prev(BytesView key);  // last key <= key
  void seek_to_first();
  void seek_to_last();
  void next();
  void previous();
  [[nodiscard]] bool valid() const;
  [[nodiscard]] BytesView key() const;
  [[nodiscard]] BytesView value() const;
  [[nodiscard]] Status status() const;

 private:
  friend class Store;
  struct Bound;
  StoreIterator(std::unique_ptr<Bound> bound, std::unique_ptr<rocksdb::Iterator> iterator);
  std::unique_ptr<Bound> bound_;  // outlives the iterator
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

// All families as they stood when this was made, whatever is written afterwards. While it lives the
// store keeps what was merged or replaced since, so hold it for one answer. The store outlives it.
class StoreMoment {
 public:
  ~StoreMoment();
  StoreMoment(const StoreMoment&) = delete;
  StoreMoment& operator=(const StoreMoment&) = delete;

 private:
  friend class Store;
  explicit StoreMoment(std::unique_ptr<rocksdb::ManagedSnapshot> snapshot);
  std::unique_ptr<rocksdb::ManagedSnapshot> snapshot_;
};

struct ScanOptions {
  bool fill_cache = true;               // false for one-time scans
  const StoreMoment* moment = nullptr;  // null: as of the iterator's making
  // The first key that is not wanted any more; empty: none. No block behind it is read.
  BytesView until{};
  // The iterator seeks once, a part of the thing that `until` is a part of.
  bool parts_of_one = false;
};

// A file that holds rows of one family.
struct StoreFile {
  std::string path;
  std::uint64_t bytes = 0;
  Bytes smallest_key;
  Bytes largest_key;
};

// Finished files for one family: each is behind those before it.
struct FamilyFiles {
  Family family;
  std::vector<SortedFile> files;
};

enum class Durability : std::uint8_t {
  synced,    // on the disk when write() returns
  buffered,  // in order behind what was written before; a crash may lose it, never tear it
};

// Thread-safe, except create_families and drop_family against use of that same family.
class Store {
 public:
  // unavailable: another process (or object) has the directory; corrupt: what is stored cannot be
  // trusted; the message names the directory and what RocksDB said.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(StoreOptions options);
  // Flushes every family, then closes.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] const std::string& directory() const { return options_.directory; }

  // The family must have been named at opening, or exist on disk, or have been created since.
  [[nodiscard]] std::optional<Family> family(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> families() const;
  // Opens those that exist. Many in one go cost little more than one.
  [[nodiscard]] Result<std::vector<Family>> create_families(
      const std::vector<FamilyOptions>& families);
  [[nodiscard]] Result<Family> create_family(const FamilyOptions& family);
  // Of a family that was created without it; at the next opening every family compacts.
  [[nodiscard]] Status start_compacting(Family family);
  // Whether files of any family wait to be merged, or are being.
  [[nodiscard]] bool is_compacting() const;
  // Drops it with all it holds; not_found when there is none.
  [[nodiscard]] Status drop_family(std::string_view name);

  [[nodiscard]] std::unique_ptr<const StoreMoment> moment() const;
  // Without a moment: as of the call.
  [[nodiscard]] Result<std::optional<Bytes>> get(Family family, BytesView key,
                                                 const StoreMoment* moment = nullptr) const;
  [[nodiscard]] StoreIterator iterate(Family family, ScanOptions options = {}) const;
  // After a failed write nothing more is accepted until the store is opened again: what reached the
  // disk is unknown. exhausted: the disk is full.
  [[nodiscard]] Status write(StoreBatch& batch, Durability durability);

  // For a family of rows. Any thread; the files of several can be built at once.
  [[nodiscard]] Result<SortedFile> build_file() const;
  // All rows of all files or none, behind what the families hold: puts replace, entries append.
  // Durable on return. A failure leaves the families as they were.
  [[nodiscard]] Status ingest(std::vector<FamilyFiles> files);

  // Moves every memtable into files, so that the next opening has nothing to recover.
  [[nodiscard]] Status flush();
  // A consistent copy in `directory`, which must not exist; files are hard links where possible.
  [[nodiscard]] Status checkpoint(const std::string& directory) const;
  // Rows not yet in files are in the write-ahead log alone.
  [[nodiscard]] std::vector<StoreFile> files(Family family) const;
  // The largest key of any file of the family; an upper bound that damage inside blocks cannot
  // hide.
  [[nodiscard]] std::optional<Bytes> largest_filed_key(Family family) const;

 private:
  // `file_missing`: it failed for a file that its manifest names and that is not there.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open_once(StoreOptions options,
                                                                bool& file_missing);
  struct Opened;
  explicit Store(StoreOptions options);
  [[nodiscard]] tl::unexpected<Error> already_failed() const;
  StoreOptions options_;
  std::unique_ptr<Opened> opened_;
};

}  // namespace runut
