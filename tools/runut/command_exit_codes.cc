#include <CLI/CLI.hpp>

#include "tools/runut/commands.h"

namespace runut::cli {

void add_exit_codes(App& app) {
  app.add({"exit-codes", "What the exit codes mean", "runut help exit-codes"},
          []() -> Result<Exit> {
            print(
                "0  done\n"
                "1  done, and something was found: a mismatch, damage or a difference, named in "
                "the output\n"
                "2  options, arguments or files that cannot be used\n"
                "3  the ledger refused commands (the report lists them), or something conflicts "
                "with it\n"
                "4  not now: locked by another process, no broker, disk full\n"
                "5  stored bytes are damaged, or of a newer format than this version knows\n"
                "6  a bug of runut\n");
            return Exit::ok;
          });
}

}  // namespace runut::cli
