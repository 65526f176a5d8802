// runut-verify, the program, on what the proof routes hand out; and that it is what its name says:
// small, static, with neither store nor broker.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "run_binary/run_binary.h"
#include "tests/service/proofs/mirror.h"

namespace runut::testing {
namespace {

constexpr const char* program = RUNUT_BINARY_DIR "/runut-verify";

struct Verified {
  int exit = -1;
  std::string said;  // both streams
};
Verified shell(const std::string& command) {
  Verified verified;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> block{};
  for (std::size_t got = 0; (got = fread(block.data(), 1, block.size(), pipe)) > 0;)
    verified.said.append(block.data(), got);
  verified.exit = WEXITSTATUS(pclose(pipe));
  return verified;
}
Verified verify(const std::string& arguments) {
  return shell(std::string(program) + " " + arguments);
}

// One log of 300 events, mirrored; its founding checkpoint is `earlier`.
class VerifyBinary : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    mirrored = std::make_unique<TemporaryDirectory>();
    LiveLedger ledger({.interval = Millis{0}});
    const std::string founding = ledger.get("log/checkpoint").body;
    ledger.grow_to(300);
    (void)ledger.sign();
    mirror(ledger, *mirrored, founding, {1, 7, 257, 300});
  }
  static void TearDownTestSuite() { mirrored.reset(); }

  [[nodiscard]] static std::string at(const std::string& name) { return *mirrored / name; }
  [[nodiscard]] static std::string key() { return " --key " + at("key"); }
  // The file, with one byte that is another, under another name.
  [[nodiscard]] static std::string flipped(const std::string& name, std::size_t place) {
    std::string bytes = read_file(at(name));
    bytes[place % bytes.size()] = static_cast<char>(bytes[place % bytes.size()] ^ 4);
    return mirrored->write("flipped", bytes);
  }

  static std::unique_ptr<TemporaryDirectory> mirrored;
};
std::unique_ptr<TemporaryDirectory> VerifyBinary::mirrored;

TEST_F(VerifyBinary, FindsThatReceiptsHold) {
  const Verified good = verify("receipt " + at("receipts/257.tlog-proof") + key());
  EXPECT_EQ(good.exit, 0) << good.said;
  EXPECT_TRUE(has(good.said, "good: event 257 is in the log ")) << good.said;
  EXPECT_TRUE(has(good.said, "PersonRegistered")) << good.said;
  EXPECT_TRUE(has(good.said, "in its signed tree of 300 events")) << good.said;
  const std::string several =
      mirrored->write("several", read_file(at("receipts/1.tlog-proof")) + "\n" +
                                     read_file(at("receipts/7.tlog-proof")) + "\n");
  const Verified both = verify("receipt " + several + key());
  EXPECT_EQ(both.exit, 0) << both.said;
  EXPECT_TRUE(has(both.said, "good: event 7 ")) << both.said;
  const std::string literal = read_file(at("key")).substr(0, read_file(at("key")).size() - 1);
  EXPECT_EQ(verify("receipt " + several + " --key '" + literal + "'").exit, 0);
}

TEST_F(VerifyBinary, FindsEachByteOfAReceiptThatIsAnotherOne) {
  const std::size_t length = read_file(at("receipts/300.tlog-proof")).size();
  for (std::size_t place = 0; place < length; place += 7) {
    const Verified bad = verify("receipt " + flipped("receipts/300.tlog-proof", place) + key());
    EXPECT_EQ(bad.exit, 1) << place << " " << bad.said;
  }
}

TEST_F(VerifyBinary, JudgesCheckpointsAndWhatIsBetweenThem) {
  const Verified good = verify("checkpoint " + at("checkpoint") + key());
  EXPECT_EQ(good.exit, 0) << good.said;
  EXPECT_TRUE(has(good.said, "events       300")) << good.said;
  const std::string between =
      "consistency " + at("earlier") + " " + at("checkpoint") + " " + at("consistency.txt") + key();
  EXPECT_EQ(verify(between).exit, 0) << verify(between).said;
  for (std::size_t place = 0; place < 400; place += 23) {
    EXPECT_EQ(verify("checkpoint " + flipped("checkpoint", place) + key()).exit, 1) << place;
    EXPECT_EQ(verify("consistency " + at("earlier") + " " + at("checkpoint") + " " +
                     flipped("consistency.txt", place) + key())
                  .exit,
              1)
        << place;
  }
  // As if the log had been shortened.
  EXPECT_NE(verify("consistency " + at("checkpoint") + " " + at("earlier") + " " +
                   at("consistency.txt") + key())
                .exit,
            0);
}

TEST_F(VerifyBinary, MakesTheTreeAnewFromADownloadedLog) {
  const Verified good = verify("tiles " + mirrored->path() + key());
  EXPECT_EQ(good.exit, 0) << good.said;
  EXPECT_TRUE(has(good.said, "good: all 300 events")) << good.said;
  EXPECT_TRUE(has(good.said, "3 compared, 0 not there")) << good.said;
  for (const char* name : {"tile/entries/000", "tile/entries/001.p/44", "tile/0/000",
                           "tile/0/001.p/44", "tile/1/000.p/1", "checkpoint"}) {
    const std::string kept = read_file(at(name));
    for (const std::size_t place : {0U, 1U, 31U, 1'234U, 9'999U}) {
      (void)mirrored->write(name, read_file(flipped(name, place)));
      const Verified bad = verify("tiles " + mirrored->path() + key());
      EXPECT_EQ(bad.exit, 1) << name << " " << place << " " << bad.said;
      (void)mirrored->write(name, kept);
    }
    std::filesystem::remove(at(name));
    const bool hashes = has(name, "tile/0") || has(name, "tile/1");
    const Verified without = verify("tiles " + mirrored->path() + key());
    EXPECT_EQ(without.exit, hashes ? 0 : has(name, "entries") ? 1 : 2) << name << without.said;
    EXPECT_EQ(has(without.said, "2 compared, 1 not there"), hashes) << without.said;
    (void)mirrored->write(name, kept);
  }
}

TEST_F(VerifyBinary, ShowsWhatAnEventSaysWithoutOpeningIt) {
  const Verified shown = verify("event " + at("receipts/7.tlog-proof"));
  EXPECT_EQ(shown.exit, 0);
  EXPECT_TRUE(has(shown.said, "sequence     7\n")) << shown.said;
  EXPECT_TRUE(has(shown.said, "not verified")) << shown.said;
  EXPECT_EQ(verify("event " + at("checkpoint")).exit, 1) << "no event";
}

TEST_F(VerifyBinary, SaysWhatItCannotUse) {
  const std::string receipt = "receipt " + at("receipts/7.tlog-proof");
  EXPECT_EQ(verify("").exit, 2);
  EXPECT_EQ(verify("nonsense").exit, 2);
  EXPECT_EQ(verify(receipt).exit, 2) << "no key";
  EXPECT_EQ(verify(receipt + " --key nonsense").exit, 2);
  EXPECT_EQ(verify("receipt /nowhere" + key()).exit, 2);
  EXPECT_EQ(verify("tiles /nowhere" + key()).exit, 2);
  const Verified stranger =
      verify(receipt + " --key PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  EXPECT_EQ(stranger.exit, 1) << stranger.said;
  EXPECT_EQ(verify("--help").exit, 0);
  EXPECT_TRUE(has(verify("receipt --help").said, "Examples:"));
}

TEST_F(VerifyBinary, NeedsNothingButItself) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers are libraries";
#endif
  const Verified linked = shell(std::string("ldd ") + program);
  EXPECT_TRUE(has(linked.said, "not a dynamic executable")) << linked.said;
  EXPECT_FALSE(has(shell(std::string("readelf -l ") + program).said, "INTERP"));
  for (const char* foreign : {"rocksdb", "librdkafka"})
    EXPECT_FALSE(has(read_file(program), foreign)) << foreign;
  EXPECT_LT(std::filesystem::file_size(program), std::uintmax_t{8} << 20);
  RecordProperty("bytes", std::to_string(std::filesystem::file_size(program)));
}

}  // namespace
}  // namespace runut::testing
