#include "run_binary/run_binary.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

namespace runut::testing {
namespace {

constexpr int acknowledge_fd = 9;

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (const std::string& each : strings) out.push_back(const_cast<char*>(each.c_str()));
  out.push_back(nullptr);
  return out;
}

int exit_code(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void redirect(const std::string& path, int flags, int to) {
  const int fd = ::open(path.c_str(), flags, 0600);
  if (fd < 0 || ::dup2(fd, to) < 0) ::_exit(127);
}

std::string binary() {
  return RUNUT_BINARY_DIR "/runut";
}

// Looking for leaks takes a sanitized process as long again as a short command: the first time that
// a test process runs a subcommand is enough.
std::vector<std::string> environment_of(const Arguments& arguments) {
  static std::set<std::string> looked;
  const bool is_first = arguments.empty() || looked.insert(arguments[0]).second;
  std::vector<std::string> out;
  std::string options = "ASAN_OPTIONS=";
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (const std::string set = *variable; set.starts_with(options))
      options = set + ":";
    else
      out.push_back(set);
  }
  out.push_back(options + (is_first ? "" : "detect_leaks=0"));
  return out;
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> csv_cells(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

RunOptions traced(const std::string& expression) {
  RunOptions options;
  // A sanitizer that looks for leaks cannot do so while it is traced.
  options.in_front = {
      "env", "ASAN_OPTIONS=detect_leaks=0", "strace", "-f", "-o", "/dev/null", "-e", expression};
  return options;
}

std::string cell(const Ran& ran, const std::string& column) {
  const auto lines = lines_of(ran.out);
  if (lines.size() != 2) return "no row";
  std::string names = lines[0] + "\t";
  std::string values = lines[1] + "\t";
  while (!names.empty()) {
    const std::size_t name_end = names.find('\t');
    const std::size_t value_end = values.find('\t');
    if (names.substr(0, name_end) == column) return values.substr(0, value_end);
    names.erase(0, name_end + 1);
    values.erase(0, value_end + 1);
  }
  return "no such column";
}

Ran run(const Arguments& arguments, const RunOptions& options) {
  const TemporaryDirectory files;
  const std::string input = files.write("in", options.input);
  const std::string output = files / "out";
  const std::string errors = files / "err";
  Arguments all = options.in_front;
  all.push_back(binary());
  all.insert(all.end(), arguments.begin(), arguments.end());
  const std::vector<char*> argv = pointers(all);
  const std::vector<std::string> environment = environment_of(arguments);
  const std::vector<char*> envp = pointers(environment);
  const pid_t pid = ::fork();
  if (pid == 0) {
    redirect(input, O_RDONLY, STDIN_FILENO);
    redirect(output, O_WRONLY | O_CREAT, STDOUT_FILENO);
    redirect(errors, O_WRONLY | O_CREAT, STDERR_FILENO);
    if (options.before_exec) options.before_exec();
    ::execvpe(argv.front(), argv.data(), envp.data());
    ::_exit(127);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(pid, &status, 0), pid);
  return {exit_code(status), read_file(output), read_file(errors)};
}

Running::Running(Arguments arguments, bool acknowledges, const std::string& error_file) {
  arguments.insert(arguments.begin(), binary());
  if (acknowledges) {
    arguments.emplace_back("--ack-fd");
    arguments.push_back(std::to_string(acknowledge_fd));
  }
  const std::vector<char*> argv = pointers(arguments);
  int in[2];
  int acks[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(acks, O_CLOEXEC) != 0) std::abort();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(in[0], STDIN_FILENO);
    redirect("/dev/null", O_WRONLY, STDOUT_FILENO);
    redirect(error_file, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    // Onto itself dup2 does nothing, and the descriptor would close on exec.
    if (acks[1] == acknowledge_fd) ::fcntl(acknowledge_fd, F_SETFD, 0);
    ::dup2(acks[1], acknowledge_fd);
    ::execvp(argv.front(), argv.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(acks[1]);
  input_ = in[1];
  acks_ = acks[0];
}

Running::~Running() {
  kill();
  wait();
  ::close(acks_);
}

void Running::feed(const std::string& text) const {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t wrote = ::write(input_, text.data() + done, text.size() - done);
    if (wrote <= 0) return;  // it has ended: the test sees that from its exit code
    done += static_cast<std::size_t>(wrote);
  }
}

std::string Running::acknowledged() {
  for (;;) {
    if (const std::size_t end = buffer_.find('\n'); end != std::string::npos) {
      std::string id = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return id;
    }
    char block[4096];
    const ssize_t got = ::read(acks_, block, sizeof(block));
    if (got <= 0) return {};
    buffer_.append(block, static_cast<std::size_t>(got));
  }
}

void Running::signal(int number) const {
  if (exit_ < 0) ::kill(pid_, number);
}

bool Running::ended() {
  int status = 0;
  if (exit_ < 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) exit_ = exit_code(status);
  return exit_ >= 0;
}

void Running::kill() {
  signal(SIGKILL);
}

int Running::wait() {
  if (input_ >= 0) ::close(std::exchange(input_, -1));
  if (exit_ >= 0) return exit_;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  exit_ = exit_code(status);
  return exit_;
}

}  // namespace runut::testing
