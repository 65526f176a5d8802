#include "tools/runut/command_bench_child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>

namespace runut::cli {
namespace {

constexpr int look_every_ms = 2;

struct BenchPipe {
  seal_io::Descriptor read;
  seal_io::Descriptor write;
};

Result<BenchPipe> bench_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return fail(seal_io::system_error("a pipe cannot be made", "bench"));
  return BenchPipe{seal_io::Descriptor(ends[0]), seal_io::Descriptor(ends[1])};
}

// Its last words.
std::string tail_of(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  std::string last;
  while (std::getline(in, line))
    if (!line.empty()) last = line;
  return last;
}

}  // namespace

Result<BenchChild> BenchChild::start(const std::vector<std::string>& arguments,
                                     std::string error_file) {
  RUNUT_ASSIGN(BenchPipe input, bench_pipe());
  RUNUT_ASSIGN(BenchPipe output, bench_pipe());
  std::vector<std::string> words{"runut"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input.read.get(), 0);
  ::posix_spawn_file_actions_adddup2(&actions, output.write.get(), 1);
  ::posix_spawn_file_actions_addopen(&actions, 2, error_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, "/proc/self/exe", &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    errno = failed;
    return fail(seal_io::system_error("this binary cannot be started", "/proc/self/exe"));
  }
  return BenchChild(pid, std::move(input.write), std::move(output.read), std::move(error_file));
}

BenchChild::BenchChild(BenchChild&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      input_(std::move(other.input_)),
      output_(std::move(other.output_)),
      error_file_(std::move(other.error_file_)) {}

BenchChild::~BenchChild() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

Status BenchChild::write(std::string_view text) const {
  // A process that has ended is an error to tell, not our end.
  struct Quiet {
    void (*before)(int) = ::signal(SIGPIPE, SIG_IGN);
    ~Quiet() { ::signal(SIGPIPE, before); }
  } const quiet;
  while (!text.empty()) {
    const ssize_t wrote = ::write(input_.get(), text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return fail(seal_io::system_error("a process does not read", "bench"));
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return {};
}

Result<std::string> BenchChild::read_line() const {
  std::string line;
  for (char c = 0;;) {
    const ssize_t got = ::read(output_.get(), &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      return fail(ErrorCode::internal, "a process said nothing: " + tail_of(error_file_));
    if (c == '\n') return line;
    line += c;
  }
}

std::uint64_t BenchChild::memory(std::string_view name) const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(name)) continue;
    std::uint64_t kibibytes = 0;
    std::istringstream(line.substr(name.size())) >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

// Of proc(5), stat: the name ends with a bracket, utime and stime are the 12th and 13th behind it.
double BenchChild::cpu_seconds() const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/stat");
  std::string line;
  if (!std::getline(in, line)) return 0;
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) rest >> skipped;
  double user = 0;
  double system = 0;
  rest >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

Result<std::uint64_t> BenchChild::stop() {
  ::kill(pid_, SIGTERM);
  return wait();
}

Result<std::uint64_t> BenchChild::wait(Exit fine) {
  input_ = {};
  std::uint64_t peak = peak_bytes();
  int status = 0;
  std::array<char, 4096> said{};
  for (;;) {
    // Its peak only ever grows: the last look before its end is at most a moment old.
    peak = std::max(peak, peak_bytes());
    pollfd output{output_.get(), POLLIN, 0};
    if (::poll(&output, 1, look_every_ms) > 0 && (output.revents & POLLIN) != 0)
      (void)!::read(output_.get(), said.data(), said.size());
    const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
    if (ended == pid_) break;
    if (ended < 0 && errno != EINTR)
      return fail(seal_io::system_error("a process cannot be waited for", "bench"));
  }
  pid_ = -1;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (code != 0 && code != static_cast<int>(fine))
    return fail(ErrorCode::internal, "a process failed: " + tail_of(error_file_));
  return peak;
}

}  // namespace runut::cli
