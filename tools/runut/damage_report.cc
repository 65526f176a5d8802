#include "tools/runut/damage_report.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include "tools/runut/terminal.h"
#include "write/record_header.h"

namespace runut::cli {

Result<std::vector<Damage>> damage_in(const std::string& directory) {
  Progress progress("looking for damage", "events");
  return find_damage(directory, &read_record_header, [&](Sequence reached, Sequence last) {
    progress.at(reached.value, last.value);
  });
}

std::string range_text(const Damage& damage) {
  if (damage.from == damage.to) return "event " + std::to_string(damage.from.value);
  return "events " + std::to_string(damage.from.value) + " to " + std::to_string(damage.to.value);
}

std::vector<std::string> damaged_families(const Store& store) {
  std::vector<std::string> out;
  Progress progress("checking views", "rows");
  std::uint64_t rows = 0;
  for (const std::string& name : store.families()) {
    const auto family = store.family(name);
    if (!family || name == "log") continue;
    StoreIterator at = store.iterate(*family, {.fill_cache = false});
    for (at.seek_to_first(); at.valid(); at.next()) progress.at(++rows);
    if (const Status read = at.status(); !read) out.push_back(name + ": " + read.error().message);
  }
  return out;
}

Result<Exit> outlive(const std::function<Result<Exit>()>& look) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    return look();
  }
  if (child < 0)
    return fail(
        ErrorCode::unavailable,
        "no process can be started: " + std::error_code(errno, std::generic_category()).message());
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    RUNUT_CHECK(errno == EINTR, "the process that looks has got lost");
  if (WIFEXITED(status)) return static_cast<Exit>(WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  const std::string ended =
      std::string("the process that looked was ended (") + ::strsignal(signal) + ")";
  // Not by what it read.
  if (signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP)
    return fail(ErrorCode::unavailable, ended);
  return fail(Error{ErrorCode::corrupt,
                    {},
                    {},
                    {},
                    ended +
                        "; why is said above. When RocksDB says it, a part of the store that it "
                        "does not verify is damaged: restore a backup"});
}

}  // namespace runut::cli
