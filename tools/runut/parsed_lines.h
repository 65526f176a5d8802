// Commands of a file, read, parsed and digested in a thread of their own, ahead of who decides
// them: that one thread is what an import waits for.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "base/bounded_queue.h"
#include "domain/command.h"
#include "seal/key_store.h"
#include "tools/runut/line_reader.h"

namespace runut::cli {

struct ParsedLine {
  std::uint64_t number = 0;  // from 1
  std::size_t bytes = 0;     // of its text
  bool is_blank = false;     // then there is no command
  std::string visible_id;    // of a line that no command could be read from
  Result<Command> command;
  std::optional<Mac128> digest;  // see digest_with()
};

// One thread at a time. Holds some two thousand lines, and no more than some megabytes of text.
class ParsedLines {
 public:
  // "-" is stdin. not_found, invalid_input.
  [[nodiscard]] static Result<std::unique_ptr<ParsedLines>> open(const std::string& path);
  ~ParsedLines();
  ParsedLines(const ParsedLines&) = delete;
  ParsedLines& operator=(const ParsedLines&) = delete;

  // Null at the end; valid until the next call. Errors as LineReader::next.
  [[nodiscard]] Result<ParsedLine*> next();
  // Whether next() would have to wait for whoever writes into the pipe.
  [[nodiscard]] bool would_wait() const { return at_ == batch_.lines.size() && batch_.then_waits; }
  // The lines read from now on come with their command_digest(). `keys` must outlive this.
  void digest_with(const KeyStore& keys) { keys_ = &keys; }

 private:
  struct Batch {
    std::vector<ParsedLine> lines;
    std::optional<Error> failure;  // behind them
    bool then_waits = false;       // the pipe had nothing more
  };

  ParsedLines(LineReader reader, seal_io::Descriptor wake);
  void read();
  [[nodiscard]] bool fill(Batch& batch);
  [[nodiscard]] ParsedLine parse(const InputLine& line) const;

  LineReader reader_;
  const seal_io::Descriptor wake_;  // readable once the reading shall end
  std::atomic<const KeyStore*> keys_{nullptr};
  BoundedQueue<Batch> ahead_;
  Batch batch_;
  std::size_t at_ = 0;  // in batch_
  std::thread thread_;
};

}  // namespace runut::cli
