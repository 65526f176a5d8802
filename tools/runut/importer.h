// Commands from files into one ledger: parsed, decided, recorded, answered, with bounded memory.
#pragma once

#include <deque>
#include <optional>
#include <set>

#include "tools/runut/app.h"
#include "tools/runut/declared_files.h"
#include "tools/runut/parsed_lines.h"
#include "tools/runut/refusals.h"
#include "tools/runut/terminal.h"

namespace runut::cli {

struct ImportOptions {
  LedgerOptions ledger;
  bool stop_at_first = false;
  int acknowledge_fd = -1;  // each id goes here once its command is durable; -1: nowhere
};

struct ImportCounts {
  std::uint64_t lines = 0;  // that are not empty
  std::uint64_t empty = 0;
  std::uint64_t recorded = 0;  // commands
  std::uint64_t events = 0;    // of these
  std::uint64_t repeated = 0;  // known before: nothing new was recorded
  std::uint64_t refused = 0;   // by a rule, or not readable
};

class Importer {
 public:
  Importer(const ImportOptions& options, RefusalReport& report)
      : options_(options), report_(report) {}

  // One file from beginning to end; several may follow each other. Refused lines go to the report,
  // an error means that nothing further can be done (what was acknowledged stays).
  [[nodiscard]] Status read(const std::string& path);
  // Waits for what is in flight, signs a checkpoint and brings the views up to date.
  [[nodiscard]] Status finish();

  [[nodiscard]] const ImportCounts& counts() const { return counts_; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  // Null when no line led to a ledger.
  [[nodiscard]] Instance* instance() { return instance_.get(); }
  [[nodiscard]] double seconds() const { return progress_.seconds(); }

 private:
  struct Waiting {  // a command that was submitted, in order
    std::size_t file = 0;
    std::uint64_t line = 0;
    std::size_t bytes = 0;
  };

  [[nodiscard]] Status take(ParsedLine& line);
  [[nodiscard]] Status submit(ParsedLine& line);
  [[nodiscard]] Status open_for(const Command& command);
  [[nodiscard]] Result<std::optional<Error>> refused_by_declaration(std::uint32_t number);
  [[nodiscard]] Status drain(bool everything);
  [[nodiscard]] Status settle(const std::vector<Answer>& answers);
  [[nodiscard]] Status acknowledge(const std::string& ids);
  void refuse(const ParsedLine& line, std::string id, Error error);

  const ImportOptions& options_;
  RefusalReport& report_;
  std::unique_ptr<Instance> instance_;
  const KeyStore* keys_ = nullptr;  // of the instance
  std::vector<std::string> files_;  // as they are told; stdin is "stdin"
  std::string path_;                // of the one at hand
  DeclaredFiles declared_;
  std::deque<Waiting> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::size_t since_drain_ = 0;
  ImportCounts counts_;
  bool stopped_ = false;
  Progress progress_{"import", "events"};
};

}  // namespace runut::cli
