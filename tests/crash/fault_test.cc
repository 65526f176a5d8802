// Full disks and failing system calls: what was acknowledged is there, the error is clear, the exit
// code is not 0, and with the fault gone an import again records the rest.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <set>

#include "crash/ledger_reader.h"
#include "run_binary/commands.h"
#include "run_binary/run_binary.h"

namespace runut::testing {
namespace {

constexpr unsigned people_of_a_fault = 500;

class FaultyImport : public ::testing::Test {
 protected:
  FaultyImport()
      : file_(directory_.write("commands.ndjson", commands_.town(people_of_a_fault).text())) {}

  [[nodiscard]] std::string data() const { return directory_ / "data"; }

  // Imports with the fault; its acknowledgements go to a file, for it must not wait for a reader.
  Ran import_with_fault(RunOptions fault, const std::string& data) {
    const std::string acks = directory_ / "acks";
    auto limits = std::move(fault.before_exec);
    fault.before_exec = [acks, limits] {
      const int fd = ::open(acks.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      (void)::dup2(fd, 9);
      if (limits) limits();
    };
    Ran ran = run({"import", "--data", data, "--ack-fd", "9", file_}, fault);
    for (const std::string& id : lines_of(read_file(acks))) acknowledged_.insert(id);
    return ran;
  }

  void check(const Ran& faulty, const std::string& data) {
    EXPECT_NE(faulty.exit, 0);
    EXPECT_LT(faulty.exit, 128) << "it died of a signal: " << faulty.err;
    EXPECT_FALSE(faulty.err.empty());
    const LedgerContents contents = read_ledger(data + "/kota-uji");
    for (const std::string& id : acknowledged_)
      EXPECT_TRUE(contents.commits.contains(id)) << "lost " << id;
    const Ran again = run({"import", "--data", data, file_});
    EXPECT_EQ(again.exit, 0) << again.err;
    const LedgerContents whole = read_ledger(data + "/kota-uji");
    EXPECT_EQ(whole.commits.size(), lines_of(commands_.text()).size());
    for (const auto& [id, count] : whole.commits) EXPECT_EQ(count, 1U) << id;
  }

  TemporaryDirectory directory_;
  CommandFile commands_;
  const std::string file_;
  std::set<std::string> acknowledged_;
};

TEST_F(FaultyImport, EndsClearlyWhenAFileMayNotGrow) {
  for (const rlim_t limit : {rlim_t{20'000}, rlim_t{100'000}, rlim_t{300'000}}) {
    const std::string data = directory_ / fmt::format("data-{}", limit);
    acknowledged_.clear();
    const Ran faulty = import_with_fault({.before_exec =
                                              [limit] {
                                                const rlimit wanted{limit, limit};
                                                (void)::setrlimit(RLIMIT_FSIZE, &wanted);
                                              }},
                                         data);
    check(faulty, data);
  }
}

TEST_F(FaultyImport, EndsClearlyOnAFullDisk) {
  const std::string disk = directory_ / "disk";
  std::filesystem::create_directory(disk);
  // A sanitizer wants to come first of all libraries; it need not.
  const Ran faulty = import_with_fault(
      {.in_front = {"env", "ASAN_OPTIONS=verify_asan_link_order=0", "RUNUT_SMALL_DISK=" + disk,
                    "RUNUT_SMALL_DISK_BYTES=300000", "LD_PRELOAD=" RUNUT_SMALL_DISK_LIBRARY}},
      disk + "/data");
  EXPECT_EQ(faulty.exit, 4) << faulty.err;
  EXPECT_TRUE(has(faulty.err, "No space left on device")) << faulty.err;
  EXPECT_GT(acknowledged_.size(), 0U) << "there was room for a beginning";
  EXPECT_LT(acknowledged_.size(), lines_of(commands_.text()).size());
  check(faulty, disk + "/data");
}

struct Fault {
  const char* name;
  const char* inject;
};
class FailingCall : public FaultyImport, public ::testing::WithParamInterface<Fault> {};

TEST_P(FailingCall, LosesNothingThatWasAcknowledged) {
  ASSERT_EQ(run({"--version"}, traced("trace=none")).exit, 0) << "strace cannot trace here";
  unsigned failed = 0;
  // Early, in the middle, late: founding, recording, closing.
  for (const unsigned when : {1U, 4U, 12U}) {
    const std::string data = directory_ / fmt::format("data-{}", when);
    acknowledged_.clear();
    const Ran faulty =
        import_with_fault(traced(fmt::format("inject={}:when={}+", GetParam().inject, when)), data);
    if (faulty.exit == 0) continue;  // it does not call that often
    ++failed;
    check(faulty, data);
  }
  EXPECT_GT(failed, 0U) << "the call never failed";
}

INSTANTIATE_TEST_SUITE_P(Of, FailingCall,
                         ::testing::Values(Fault{"fdatasync", "fdatasync:error=EIO"},
                                           Fault{"fsync", "fsync:error=EIO"},
                                           Fault{"fsyncFull", "fsync:error=ENOSPC"},
                                           Fault{"rename", "rename:error=EIO"},
                                           Fault{"pwrite", "pwrite64:error=ENOSPC"}),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace runut::testing
