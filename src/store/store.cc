#include "store/store.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/snapshot.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "store/append_operator.h"
#include "store/quiet_logger.h"
#include "store/status_error.h"

namespace runut {
namespace {

constexpr int missing_file_tries = 6;
constexpr std::chrono::milliseconds missing_file_wait{50};

rocksdb::Slice slice(BytesView bytes) {
  return {bytes.data(), bytes.size()};
}
BytesView bytes_view(const rocksdb::Slice& bytes) {
  return {bytes.data(), bytes.size()};
}

constexpr std::size_t part_number_bytes = 4;

bool is_part(BytesView key) {
  return key.size() > part_number_bytes && key.front() >= 'A' && key.front() <= 'Z';
}
BytesView without_number(BytesView part) {
  return part.substr(0, part.size() - part_number_bytes);
}

// What filters know beside whole keys. The name is stored with each filter: one that was made by
// another rule is not asked.
class NumberedParts final : public rocksdb::SliceTransform {
 public:
  [[nodiscard]] const char* Name() const override { return "runut.numbered_parts"; }
  [[nodiscard]] bool InDomain(const rocksdb::Slice& key) const override {
    return is_part(bytes_view(key));
  }
  [[nodiscard]] rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return slice(without_number(bytes_view(key)));
  }
};

rocksdb::ColumnFamilyOptions layout(FamilyKind kind, std::size_t write_buffer_bytes,
                                    const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = write_buffer_bytes;
  // Rows sink to the last level and stay there: what is packed once may cost more.
  family.compression = rocksdb::kLZ4Compression;
  family.bottommost_compression = rocksdb::kZSTD;
  family.bottommost_compression_opts.enabled = true;
  family.bottommost_compression_opts.level = 1;
  if (kind == FamilyKind::frames) {
    table.block_size = 64 << 10;
    family.compression = rocksdb::kNoCompression;
    family.bottommost_compression = rocksdb::kNoCompression;
  } else {
    table.block_size = 4 << 10;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    // Years of indexes and filters take turns in the cache, in small parts: what they hold of
    // memory does not grow with the history.
    table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
    table.partition_filters = true;
    table.cache_index_and_filter_blocks = true;
    table.cache_index_and_filter_blocks_with_high_priority = true;
    family.prefix_extractor = std::make_shared<NumberedParts>();
    family.merge_operator = append_operator();
    // Most look-ups are for what is not there: a command id that nobody has used.
    family.memtable_whole_key_filtering = true;
    family.memtable_prefix_bloom_size_ratio = 0.0125;
    // A batch comes in the order of its keys: each row is looked for from where the one before it
    // went.
    family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
    // New rows lie among all that a person has, so each merge writes the next level anew: half as
    // many merges are a tenth less work for an import.
    family.level0_file_num_compaction_trigger = 8;
    // A rebuild adds many files at once. Until they are merged reading costs more; writing, which
    // shares its queue with the log, must not wait for that.
    family.level0_slowdown_writes_trigger = 10'000;
    family.level0_stop_writes_trigger = 10'000;
  }
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

// A file is pushed to the disk by so much while it is written: the sync at its end has less to wait
// for.
constexpr std::uint64_t pushed_bytes = 1 << 20;

rocksdb::DBOptions database_options(const StoreOptions& options) {
  rocksdb::DBOptions db;
  const bool writes = options.access == StoreAccess::read_write;
  db.create_if_missing = writes && options.create;
  db.create_missing_column_families = writes;
  // After a kill the last write of the write-ahead log may be torn: it was never acknowledged and
  // is dropped. Damage anywhere before must fail the opening. Point-in-time recovery, the default,
  // would silently drop every acknowledged event behind it; absolute consistency would refuse to
  // open after any kill. What this mode cannot see, a damaged length in the very last record or an
  // older file of the log cut short, the log's continuity check and the signed checkpoints find.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  db.paranoid_checks = true;
  if (options.access == StoreAccess::salvage) {
    db.wal_recovery_mode = rocksdb::WALRecoveryMode::kSkipAnyCorruptedRecords;
    db.paranoid_checks = false;
  }
  db.max_total_wal_size = 128 << 20;
  db.max_background_jobs = 2;
  db.info_log = quiet_logger();
  db.max_bgerror_resume_count = 0;  // a failed write is for us to judge, never retried behind us
  db.max_open_files = 1000;
  // By default sixteen for each family, made anew at each opening: hundreds of threads that find a
  // handful of files to open.
  db.max_file_opening_threads = 1;
  db.bytes_per_sync = pushed_bytes;
  return db;
}

// Where sorted files are built; whatever a crash left there is removed at the next opening.
std::string building_directory(const std::string& directory) {
  return directory + "/building";
}

// Tells a lock held elsewhere from every other reason an opening fails.
bool is_locked(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return status.IsIOError() && (text.find("lock hold by current process") != std::string::npos ||
                                text.find("While lock file") != std::string::npos);
}

}  // namespace

struct Store::Opened {
  std::unique_ptr<rocksdb::DB> db;
  std::shared_ptr<rocksdb::Cache> cache;
  mutable std::mutex mutex;  // guards `handles` and `failure`
  std::map<std::string, rocksdb::ColumnFamilyHandle*, std::less<>> handles;
  std::atomic<bool> failed{false};  // a write failed: only reads from here on
  std::string failure;              // of that write, in words
  std::atomic<std::uint64_t> files_built{0};
};

StoreBatch::StoreBatch() : batch_(std::make_unique<rocksdb::WriteBatch>()) {}
StoreBatch::~StoreBatch() = default;
StoreBatch::StoreBatch(StoreBatch&&) noexcept = default;
StoreBatch& StoreBatch::operator=(StoreBatch&&) noexcept = default;
void StoreBatch::put(Family family, BytesView key, BytesView value) {
  const rocksdb::Status status = batch_->Put(family.handle_, slice(key), slice(value));
  RUNUT_CHECK(status.ok(), "a row cannot be added to the batch");
}
void StoreBatch::append(Family family, BytesView key, BytesView entry) {
  const rocksdb::Status status = batch_->Merge(family.handle_, slice(key), slice(entry));
  RUNUT_CHECK(status.ok(), "an entry cannot be added to the batch");
}
void StoreBatch::erase(Family family, BytesView key) {
  const rocksdb::Status status = batch_->Delete(family.handle_, slice(key));
  RUNUT_CHECK(status.ok(), "a removal cannot be added to the batch");
}
void StoreBatch::clear() {
  batch_->Clear();
}
bool StoreBatch::empty() const {
  return batch_->Count() == 0;
}
std::size_t StoreBatch::bytes() const {
  return batch_->GetDataSize();
}

struct StoreIterator::Bound {
  Bytes key;
  rocksdb::Slice until;
};
StoreIterator::StoreIterator(std::unique_ptr<Bound> bound,
                             std::unique_ptr<rocksdb::Iterator> iterator)
    : bound_(std::move(bound)), iterator_(std::move(iterator)) {}
StoreIterator::~StoreIterator() = default;
StoreIterator::StoreIterator(StoreIterator&&) noexcept = default;
void StoreIterator::seek(BytesView key) {
  iterator_->Seek(slice(key));
}
void StoreIterator::seek_for_prev(BytesView key) {
  iterator_->SeekForPrev(slice(key));
}
void StoreIterator::seek_to_first() {
  iterator_->SeekToFirst();
}
void StoreIterator::seek_to_last() {
  iterator_->SeekToLast();
}
void StoreIterator::next() {
  iterator_->Next();
}
void StoreIterator::previous() {
  iterator_->Prev();
}
bool StoreIterator::valid() const {
  return iterator_->Valid();
}
BytesView StoreIterator::key() const {
  return bytes_view(iterator_->key());
}
BytesView StoreIterator::value() const {
  return bytes_view(iterator_->value());
}
Status StoreIterator::status() const {
  const rocksdb::Status status = iterator_->status();
  if (status.ok()) return {};
  return fail(status.IsCorruption() ? ErrorCode::corrupt : ErrorCode::unavailable,
              "reading the store: " + status.ToString());
}

Store::Store(StoreOptions options)
    : options_(std::move(options)), opened_(std::make_unique<Opened>()) {}

// A reader beside a writer may find a file gone that the writer has just merged away, and then sees
// the newer ones; what stays away is damage.
Result<std::unique_ptr<Store>> Store::open(StoreOptions options) {
  const int tries = options.access == StoreAccess::read_only ? missing_file_tries : 1;
  for (int left = tries - 1;; --left) {
    bool file_missing = false;
    Result<std::unique_ptr<Store>> opened = open_once(options, file_missing);
    if (!file_missing || left == 0) return opened;
    std::this_thread::sleep_for(missing_file_wait);
  }
}

Result<std::unique_ptr<Store>> Store::open_once(StoreOptions options, bool& file_missing) {
  std::error_code ignored;
  const bool exists = std::filesystem::exists(options.directory + "/CURRENT", ignored);
  const bool writes = options.access == StoreAccess::read_write;
  if (!exists && (!writes || !options.create))
    return fail(Error{ErrorCode::not_found,
                      {},
                      "directory",
                      options.directory,
                      "there is no store in this directory"});
  if (writes && options.create) {
    std::error_code failure;
    std::filesystem::create_directories(options.directory, failure);
    if (failure)
      return fail(Error{ErrorCode::unavailable,
                        {},
                        "directory",
                        options.directory,
                        "the directory cannot be made: " + failure.message()});
  }

  std::unique_ptr<Store> store(new Store(std::move(options)));
  Opened& opened = *store->opened_;
  const StoreOptions& wanted = store->options_;
  opened.cache = rocksdb::NewLRUCache(96 << 20, -1, false, 0.5);
  const rocksdb::DBOptions db_options = database_options(wanted);

  const auto refuse = [&](const rocksdb::Status& why) {
    Error error = to_error(why, wanted.directory);
    file_missing = exists && why.IsPathNotFound();
    if (file_missing) error.code = ErrorCode::corrupt;
    return fail(std::move(error));
  };

  std::map<std::string, FamilyKind, std::less<>> kinds{
      {rocksdb::kDefaultColumnFamilyName, FamilyKind::rows}};
  std::vector<std::string> on_disk;
  if (exists) {
    const rocksdb::Status listed =
        rocksdb::DB::ListColumnFamilies(db_options, wanted.directory, &on_disk);
    if (!listed.ok()) return refuse(listed);
    for (const std::string& name : on_disk) kinds.emplace(name, FamilyKind::rows);
  }
  for (const FamilyOptions& family : wanted.families) {
    const bool present = std::find(on_disk.begin(), on_disk.end(), family.name) != on_disk.end();
    if (present || writes) kinds.insert_or_assign(family.name, family.kind);
  }
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const auto& [name, kind] : kinds)
    descriptors.emplace_back(name, layout(kind, wanted.write_buffer_bytes, opened.cache));

  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  try {
    status = writes ? rocksdb::DB::Open(db_options, wanted.directory, descriptors, &handles, &db)
                    : rocksdb::DB::OpenForReadOnly(db_options, wanted.directory, descriptors,
                                                   &handles, &db);
  } catch (const std::exception& failure) {
    status = rocksdb::Status::Corruption("opening failed", failure.what());
  }
  if (is_locked(status))
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "directory",
                      wanted.directory,
                      "another process is using this directory; only one at a time may"});
  if (!status.ok()) return refuse(status);
  opened.db.reset(db);
  for (std::size_t i = 0; i < handles.size(); ++i)
    opened.handles.emplace(descriptors[i].name, handles[i]);
  // Only who holds the directory may clean it.
  if (writes) std::filesystem::remove_all(building_directory(wanted.directory), ignored);
  return store;
}

Store::~Store() {
  if (!opened_->db) return;
  if (options_.access == StoreAccess::read_write && !opened_->failed) (void)flush();
  for (const auto& [name, handle] : opened_->handles)
    (void)opened_->db->DestroyColumnFamilyHandle(handle);
  (void)opened_->db->Close();
}

std::optional<Family> Store::family(std::string_view name) const {
  const std::lock_guard lock(opened_->mutex);
  const auto found = opened_->handles.find(name);
  if (found == opened_->handles.end()) return std::nullopt;
  return Family(found->second);
}

std::vector<std::string> Store::families() const {
  const std::lock_guard lock(opened_->mutex);
  std::vector<std::string> names;
  for (const auto& [name, handle] : opened_->handles) names.push_back(name);
  return names;
}

Result<std::vector<Family>> Store::create_families(const std::vector<FamilyOptions>& families) {
  std::vector<rocksdb::ColumnFamilyDescriptor> missing;
  for (const FamilyOptions& wanted : families) {
    if (family(wanted.name)) continue;
    missing.emplace_back(wanted.name,
                         layout(wanted.kind, options_.write_buffer_bytes, opened_->cache));
    missing.back().options.disable_auto_compactions = !wanted.compacts;
  }
  if (!missing.empty()) {
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    const rocksdb::Status status = opened_->db->CreateColumnFamilies(missing, &handles);
    const std::lock_guard lock(opened_->mutex);
    for (std::size_t i = 0; i < handles.size(); ++i)
      opened_->handles.emplace(missing[i].name, handles[i]);
    if (!status.ok()) return fail(to_error(status, options_.directory));
  }
  std::vector<Family> out;
  for (const FamilyOptions& wanted : families) out.push_back(*family(wanted.name));
  return out;
}

Result<Family> Store::create_family(const FamilyOptions& family) {
  RUNUT_ASSIGN(const std::vector<Family> created, create_families({family}));
  return created.front();
}

Status Store::start_compacting(Family family) {
  return to_status(opened_->db->SetOptions(family.handle_, {{"disable_auto_compactions", "false"}}),
                   options_.directory);
}

bool Store::is_compacting() const {
  std::uint64_t count = 0;
  for (const char* const property :
       {"rocksdb.compaction-pending", "rocksdb.num-running-compactions",
        "rocksdb.mem-table-flush-pending", "rocksdb.num-running-flushes"})
    if (opened_->db->GetAggregatedIntProperty(property, &count) && count > 0) return true;
  return false;
}

Status Store::drop_family(std::string_view name) {
  const std::lock_guard lock(opened_->mutex);
  const auto found = opened_->handles.find(name);
  if (found == opened_->handles.end())
    return fail(Error{ErrorCode::not_found, {}, "family", std::string(name), "no such family"});
  const rocksdb::Status status = opened_->db->DropColumnFamily(found->second);
  if (!status.ok()) return fail(to_error(status, options_.directory));
  (void)opened_->db->DestroyColumnFamilyHandle(found->second);
  opened_->handles.erase(found);
  return {};
}

StoreMoment::StoreMoment(std::unique_ptr<rocksdb::ManagedSnapshot> snapshot)
    : snapshot_(std::move(snapshot)) {}
StoreMoment::~StoreMoment() = default;

std::unique_ptr<const StoreMoment> Store::moment() const {
  return std::unique_ptr<const StoreMoment>(
      new StoreMoment(std::make_unique<rocksdb::ManagedSnapshot>(opened_->db.get())));
}

Result<std::optional<Bytes>> Store::get(Family family, BytesView key,
                                        const StoreMoment* moment) const {
  rocksdb::ReadOptions read;
  if (moment != nullptr) read.snapshot = moment->snapshot_->snapshot();
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = opened_->db->Get(read, family.handle_, slice(key), &value);
  if (status.IsNotFound()) return std::optional<Bytes>();
  if (!status.ok()) return fail(to_error(status, options_.directory));
  return std::optional<Bytes>(Bytes(value.data(), value.size()));
}

StoreIterator Store::iterate(Family family, ScanOptions options) const {
  rocksdb::ReadOptions read;
  read.fill_cache = options.fill_cache;
  // Of each file: a view that was just rebuilt has one a stretch of the log, all read side by side.
  if (!options.fill_cache) read.readahead_size = 128 << 10;
  if (options.moment != nullptr) read.snapshot = options.moment->snapshot_->snapshot();
  std::unique_ptr<StoreIterator::Bound> bound;
  // A filter of parts answers for parts alone.
  read.total_order_seek = !options.parts_of_one;
  read.prefix_same_as_start = options.parts_of_one;
  if (!options.until.empty()) {
    bound = std::make_unique<StoreIterator::Bound>(StoreIterator::Bound{Bytes(options.until), {}});
    bound->until = slice(bound->key);
    read.iterate_upper_bound = &bound->until;
  }
  return {std::move(bound),
          std::unique_ptr<rocksdb::Iterator>(opened_->db->NewIterator(read, family.handle_))};
}

tl::unexpected<Error> Store::already_failed() const {
  const std::lock_guard lock(opened_->mutex);
  return fail(
      Error{ErrorCode::unavailable,
            {},
            "directory",
            options_.directory,
            "an earlier write failed, so the store must be opened again: " + opened_->failure});
}

Status Store::write(StoreBatch& batch, Durability durability) {
  if (opened_->failed) return already_failed();
  rocksdb::WriteOptions write;
  write.sync = durability == Durability::synced;
  const rocksdb::Status status = opened_->db->Write(write, batch.batch_.get());
  if (status.ok()) return {};
  Error error = to_error(status, options_.directory);
  const std::lock_guard lock(opened_->mutex);
  if (!opened_->failed) opened_->failure = error.message;
  opened_->failed = true;
  return fail(std::move(error));
}

Result<SortedFile> Store::build_file() const {
  const std::string directory = building_directory(options_.directory);
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (failure)
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "directory",
                      directory,
                      "the directory cannot be made: " + failure.message()});
  rocksdb::Options layout_options(rocksdb::DBOptions(),
                                  layout(FamilyKind::rows, options_.write_buffer_bytes, nullptr));
  // Compressed when the store compacts it.
  layout_options.compression = rocksdb::kNoCompression;
  layout_options.bottommost_compression = rocksdb::kNoCompression;
  rocksdb::EnvOptions writing;
  writing.bytes_per_sync = pushed_bytes;
  auto writer = std::make_unique<rocksdb::SstFileWriter>(writing, layout_options);
  const std::string path = directory + "/" + std::to_string(++opened_->files_built) + ".sst";
  RUNUT_TRY(to_status(writer->Open(path), path));
  return SortedFile(std::move(writer), path);
}

Status Store::ingest(std::vector<FamilyFiles> files) {
  if (opened_->failed) return already_failed();
  // Files are durable at once: what they were made from must not be lost behind them.
  RUNUT_TRY(to_status(opened_->db->SyncWAL(), options_.directory));
  std::vector<rocksdb::IngestExternalFileArg> wanted;
  for (const FamilyFiles& each : files) {
    rocksdb::IngestExternalFileArg& argument = wanted.emplace_back();
    argument.column_family = each.family.handle_;
    argument.options.move_files = true;
    for (const SortedFile& file : each.files) argument.external_files.push_back(file.path_);
  }
  return to_status(opened_->db->IngestExternalFiles(wanted), options_.directory);
}

Status Store::flush() {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  {
    const std::lock_guard lock(opened_->mutex);
    for (const auto& [name, handle] : opened_->handles) handles.push_back(handle);
  }
  const rocksdb::Status status = opened_->db->Flush(rocksdb::FlushOptions(), handles);
  if (!status.ok()) return fail(to_error(status, options_.directory));
  return {};
}

Status Store::checkpoint(const std::string& directory) const {
  rocksdb::Checkpoint* raw = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(opened_->db.get(), &raw);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
  if (status.ok()) status = checkpoint->CreateCheckpoint(directory);
  if (!status.ok()) return fail(to_error(status, directory));
  return {};
}

std::vector<StoreFile> Store::files(Family family) const {
  rocksdb::ColumnFamilyMetaData metadata;
  opened_->db->GetColumnFamilyMetaData(family.handle_, &metadata);
  std::vector<StoreFile> out;
  for (const auto& level : metadata.levels)
    for (const auto& file : level.files)
      out.push_back({options_.directory + file.name, file.size, file.smallestkey, file.largestkey});
  return out;
}

std::optional<Bytes> Store::largest_filed_key(Family family) const {
  rocksdb::ColumnFamilyMetaData metadata;
  opened_->db->GetColumnFamilyMetaData(family.handle_, &metadata);
  std::optional<Bytes> largest;
  for (const auto& level : metadata.levels)
    for (const auto& file : level.files)
      if (!largest || *largest < file.largestkey) largest = file.largestkey;
  return largest;
}

}  // namespace runut
