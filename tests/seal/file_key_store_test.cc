#include "seal/file_key_store.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "tests/support/temporary_directory.h"

namespace runut {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryDirectory;
using Store = std::unique_ptr<FileKeyStore>;

class KeyStoreOnDisk : public ::testing::Test {
 protected:
  TemporaryDirectory directory_;
  std::string keys_ = directory_.path() + "/data.keys";
  std::string agency_ = keys_ + "/kota-kediri";
  std::string file_ = agency_ + "/keys";

  [[nodiscard]] FileKeyStoreOptions options() const {
    FileKeyStoreOptions options;
    options.directory = agency_;
    options.agency_tag = 42;
    options.master.file = default_master_key_file(keys_);
    return options;
  }
  [[nodiscard]] Store create() const {
    Result<Store> store = FileKeyStore::create(options());
    EXPECT_TRUE(store) << store.error().describe();
    return std::move(store).value();
  }
  [[nodiscard]] Result<Store> open(
      FileKeyStore::Access access = FileKeyStore::Access::read_write) const {
    return FileKeyStore::open(options(), access);
  }
  [[nodiscard]] Store reopened(Store& store) const {
    store.reset();
    return open().value();
  }
  [[nodiscard]] Bytes content() const { return seal_io::read_file(file_).value(); }
};

TEST_F(KeyStoreOnDisk, IsFoundedWithPrivateFiles) {
  const Store store = create();
  for (const std::string& path : {file_, default_master_key_file(keys_)}) {
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0) << path;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << path;
  }
  EXPECT_EQ(fs::status(agency_).permissions(), fs::perms::owner_all);
  EXPECT_FALSE(FileKeyStore::open_or_create(options())) << "the lock is held";
}

TEST_F(KeyStoreOnDisk, KeepsSyncedKeysAndLedgerKeys) {
  Store store = create();
  const Key256 siti = store->key_to_seal(PersonId{17}).value();
  const Key256 budi = store->key_to_seal(PersonId{18}).value();
  EXPECT_NE(siti, budi);
  EXPECT_EQ(store->key_to_seal(PersonId{17}).value(), siti);
  const Key256 digest_key = store->ledger_key(LedgerKey::command_digest);
  EXPECT_NE(digest_key, store->ledger_key(LedgerKey::nip_lookup));
  ASSERT_TRUE(store->sync());
  store = reopened(store);
  EXPECT_EQ(store->key_to_open(PersonId{17}).value(), siti);
  EXPECT_EQ(store->key_to_open(PersonId{18}).value(), budi);
  EXPECT_EQ(store->ledger_key(LedgerKey::command_digest), digest_key);
  EXPECT_EQ(store->key_to_open(PersonId{19}).error().code, ErrorCode::not_found);
  EXPECT_EQ(store->key_to_seal(PersonId{0}).error().code, ErrorCode::invalid_input);
}

TEST_F(KeyStoreOnDisk, WritesNothingBeforeSyncAndOneGroupInIt) {
  Store store = create();
  const Bytes before = content();
  for (std::uint64_t person = 1; person <= 50; ++person) (void)store->key_to_seal(PersonId{person});
  EXPECT_EQ(content(), before);
  ASSERT_TRUE(store->sync());
  EXPECT_EQ(content().size(), before.size() + 50 * key_record_bytes);
  ASSERT_TRUE(store->sync());
  EXPECT_EQ(content().size(), before.size() + 50 * key_record_bytes) << "nothing new, nothing done";
}

TEST_F(KeyStoreOnDisk, NeverHoldsAKeyInTheOpen) {
  Store store = create();
  const Key256 key = store->key_to_seal(PersonId{1}).value();
  ASSERT_TRUE(store->sync());
  EXPECT_EQ(content().find(key.view()), Bytes::npos);
}

TEST_F(KeyStoreOnDisk, DestroysAKeyForEver) {
  Store store = create();
  const Key256 budi = store->key_to_seal(PersonId{18}).value();
  (void)store->key_to_seal(PersonId{17});
  ASSERT_TRUE(store->sync());
  const Bytes before = content();
  const std::string siti_record = before.substr(before.size() - key_record_bytes + 24, 32);
  const Key256 pending = store->key_to_seal(PersonId{19}).value();  // not synced when 17 goes
  ASSERT_TRUE(store->destroy(PersonId{17}));
  for (int opened_anew = 0; opened_anew < 2; ++opened_anew) {
    EXPECT_EQ(content().find(siti_record), Bytes::npos);
    EXPECT_TRUE(store->is_destroyed(PersonId{17}));
    EXPECT_EQ(store->key_to_open(PersonId{17}).error().rule, "person.erased");
    EXPECT_EQ(store->key_to_seal(PersonId{17}).error().rule, "person.erased");
    EXPECT_EQ(store->key_to_open(PersonId{18}).value(), budi);
    EXPECT_EQ(store->key_to_open(PersonId{19}).value(), pending);
    ASSERT_TRUE(store->destroy(PersonId{17})) << "again changes nothing";
    (void)store->key_to_seal(PersonId{20});
    ASSERT_TRUE(store->sync()) << "appending goes on after the rewrite";
    store = reopened(store);
    EXPECT_TRUE(store->key_to_open(PersonId{20}));
  }
  ASSERT_TRUE(store->destroy(PersonId{77})) << "also for a person who never had a key";
  EXPECT_EQ(store->key_to_seal(PersonId{77}).error().rule, "person.erased");
}

TEST_F(KeyStoreOnDisk, LeavesAHardLinkedBackupAlone) {
  Store store = create();
  (void)store->key_to_seal(PersonId{17});
  ASSERT_TRUE(store->sync());
  fs::create_hard_link(file_, file_ + ".backup");
  const Bytes before = content();
  ASSERT_TRUE(store->destroy(PersonId{17}));
  EXPECT_EQ(seal_io::read_file(file_ + ".backup").value(), before);
}

TEST_F(KeyStoreOnDisk, DestroysAgainAfterAnOldBackupWasRestored) {
  Store store = create();
  (void)store->key_to_seal(PersonId{17});
  ASSERT_TRUE(store->sync());
  fs::copy_file(file_, file_ + ".backup");
  ASSERT_TRUE(store->destroy(PersonId{17}));
  store.reset();
  fs::rename(file_ + ".backup", file_);
  store = open().value();
  EXPECT_FALSE(store->is_destroyed(PersonId{17}));
  ASSERT_TRUE(store->destroy(PersonId{17}));
  EXPECT_TRUE(store->is_destroyed(PersonId{17}));
}

TEST_F(KeyStoreOnDisk, CutsATornTailAndGoesOn) {
  Store store = create();
  const Key256 first = store->key_to_seal(PersonId{1}).value();
  ASSERT_TRUE(store->sync());
  const std::size_t intact = content().size();
  (void)store->key_to_seal(PersonId{2});
  (void)store->key_to_seal(PersonId{3});
  ASSERT_TRUE(store->sync());
  store.reset();
  fs::resize_file(file_, intact + key_record_bytes + 20);
  EXPECT_EQ(open(FileKeyStore::Access::read_only).value()->torn_bytes(), 20U);
  EXPECT_EQ(content().size(), intact + key_record_bytes + 20) << "a reader repairs nothing";
  store = open().value();
  EXPECT_EQ(store->torn_bytes(), 20U);
  EXPECT_TRUE(store->key_to_open(PersonId{2})) << "its record was whole";
  EXPECT_FALSE(store->key_to_open(PersonId{3}));
  (void)store->key_to_seal(PersonId{4});
  ASSERT_TRUE(store->sync());
  store = reopened(store);
  EXPECT_EQ(store->torn_bytes(), 0U);
  EXPECT_TRUE(store->key_to_open(PersonId{4}));
  EXPECT_EQ(store->key_to_open(PersonId{1}).value(), first);
}

TEST_F(KeyStoreOnDisk, RefusesDamageByName) {
  Store store = create();
  (void)store->key_to_seal(PersonId{1});
  ASSERT_TRUE(store->sync());
  store.reset();
  Bytes bytes = content();
  bytes[key_header_bytes + 30] ^= 1;
  std::ofstream(file_, std::ios::binary) << bytes;
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_EQ(opened.error().field + opened.error().value, "record0");
  EXPECT_NE(opened.error().message.find(file_), std::string::npos);
}

TEST_F(KeyStoreOnDisk, RefusesASecondRecordOfOnePerson) {
  Store store = create();
  (void)store->key_to_seal(PersonId{1});
  ASSERT_TRUE(store->sync());
  store.reset();
  Bytes bytes = content();
  bytes.append(bytes.substr(bytes.size() - key_record_bytes));
  std::ofstream(file_, std::ios::binary) << bytes;
  EXPECT_EQ(open().error().code, ErrorCode::corrupt);
}

TEST_F(KeyStoreOnDisk, TellsAWrongMasterAndAWrongAgencyFromCorruption) {
  (void)create();
  FileKeyStoreOptions other = options();
  other.agency_tag = 43;
  EXPECT_EQ(FileKeyStore::open(std::move(other), FileKeyStore::Access::read_only).error().rule,
            "keys.wrong_agency");
  other = options();
  other.master.environment = std::string(64, 'a');
  EXPECT_EQ(FileKeyStore::open(std::move(other), FileKeyStore::Access::read_only).error().rule,
            "keys.wrong_master");
}

TEST_F(KeyStoreOnDisk, TakesItsMasterKeyFromTheEnvironment) {
  FileKeyStoreOptions from_environment = options();
  from_environment.master.environment = std::string(64, 'a');
  Store store = FileKeyStore::create(std::move(from_environment)).value();
  EXPECT_FALSE(fs::exists(default_master_key_file(keys_)));
  store.reset();
  EXPECT_EQ(open().error().code, ErrorCode::not_found) << "without variable and file";
}

TEST_F(KeyStoreOnDisk, RefusesAMasterKeyThatIsNoneOrThatOthersRead) {
  (void)create();
  const std::string master = default_master_key_file(keys_);
  ASSERT_EQ(::chmod(master.c_str(), 0644), 0);
  EXPECT_EQ(open().error().code, ErrorCode::unavailable);
  ASSERT_EQ(::chmod(master.c_str(), 0600), 0);
  std::ofstream(master) << "0123rahasia\n";
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(opened.error().describe().find("rahasia"), std::string::npos);
}

TEST_F(KeyStoreOnDisk, IsOpenedForWritingOnceAndForReadingBeside) {
  Store store = create();
  const Key256 key = store->key_to_seal(PersonId{1}).value();
  ASSERT_TRUE(store->sync());
  EXPECT_EQ(open().error().code, ErrorCode::conflict);
  const Store reader = open(FileKeyStore::Access::read_only).value();
  EXPECT_EQ(reader->key_to_open(PersonId{1}).value(), key);
  EXPECT_EQ(reader->key_to_seal(PersonId{2}).error().code, ErrorCode::unavailable);
  EXPECT_EQ(reader->destroy(PersonId{1}).error().code, ErrorCode::unavailable);
  EXPECT_EQ(FileKeyStore::create(options()).error().code, ErrorCode::conflict);
}

TEST_F(KeyStoreOnDisk, StopsAtAFailedWriteAndOpensToWhatWasDurable) {
  // given a file size limit a little above what the store has (EFBIG stands for a failing write)
  Store store = create();
  const Key256 key = store->key_to_seal(PersonId{1}).value();
  ASSERT_TRUE(store->sync());
  const std::size_t durable = content().size();
  const auto fill_the_disk = [&store, durable] {
    struct rlimit limit {};
    limit.rlim_cur = limit.rlim_max = durable + 40;
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &limit);
    (void)store->key_to_seal(PersonId{2});
    const bool sync_refused = !store->sync();
    const bool store_refuses = !store->key_to_seal(PersonId{3});
    std::exit(sync_refused && store_refuses ? 0 : 1);
  };
  EXPECT_EXIT(fill_the_disk(), ::testing::ExitedWithCode(0), "");
  store.reset();
  store = open().value();
  EXPECT_EQ(store->torn_bytes(), 40U);
  EXPECT_EQ(store->key_to_open(PersonId{1}).value(), key);
}

TEST_F(KeyStoreOnDisk, FailsToDestroyWithoutLosingAnything) {
  Store store = create();
  const Key256 key = store->key_to_seal(PersonId{1}).value();
  fs::create_directory(file_ + ".tmp");  // the rewrite cannot open its temporary file
  EXPECT_FALSE(store->destroy(PersonId{1}));
  EXPECT_FALSE(store->is_destroyed(PersonId{1}));
  fs::remove(file_ + ".tmp");
  ASSERT_TRUE(store->sync());
  store = reopened(store);
  EXPECT_EQ(store->key_to_open(PersonId{1}).value(), key);
}

TEST_F(KeyStoreOnDisk, IsTheSameFileFromTheSameSeed) {
  Bytes first;
  for (const char* name : {"/one", "/two"}) {
    FileKeyStoreOptions seeded = options();
    seeded.directory = keys_ + name;
    seeded.master.environment = std::string(64, 'b');
    seeded.randomness = std::make_unique<SeededRandomness>(3);
    const Store store = FileKeyStore::create(std::move(seeded)).value();
    for (std::uint64_t person = 1; person < 9; ++person) (void)store->key_to_seal(PersonId{person});
    ASSERT_TRUE(store->sync());
    ASSERT_TRUE(store->destroy(PersonId{4}));
    const Bytes content = seal_io::read_file(keys_ + name + "/keys").value();
    if (first.empty()) first = content;
    EXPECT_EQ(content, first);
  }
}

TEST_F(KeyStoreOnDisk, SealsSyncsAndDestroysFromSeveralThreads) {
  Store store = create();
  std::vector<std::thread> threads;
  for (std::uint64_t lane = 0; lane < 4; ++lane)
    threads.emplace_back([&store, lane] {
      for (std::uint64_t n = 1; n <= 60; ++n) {
        EXPECT_TRUE(store->key_to_seal(PersonId{lane * 1000 + n}));
        EXPECT_TRUE(n % 10 != 0 || store->sync());
        EXPECT_TRUE(n % 30 != 0 || store->destroy(PersonId{lane * 1000 + n}));
      }
    });
  for (std::thread& thread : threads) thread.join();
  store = reopened(store);
  for (std::uint64_t lane = 0; lane < 4; ++lane)
    for (std::uint64_t n = 1; n <= 60; ++n)
      EXPECT_EQ(store->key_to_open(PersonId{lane * 1000 + n}).has_value(), n % 30 != 0);
}

TEST(KeyDirectory, StandsBesideTheDataDirectory) {
  EXPECT_EQ(default_key_directory("/srv/data"), "/srv/data.keys");
  EXPECT_EQ(default_key_directory("/srv/data//"), "/srv/data.keys");
  EXPECT_EQ(default_key_directory("data"), "data.keys");
}

}  // namespace
}  // namespace runut
