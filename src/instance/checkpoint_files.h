// The signed checkpoints of one ledger as files named by the size of their tree.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "proof/checkpoint.h"

namespace runut {

class CheckpointFiles {
 public:
  explicit CheckpointFiles(std::string directory) : directory_(std::move(directory)) {}

  [[nodiscard]] const std::string& directory() const { return directory_; }
  [[nodiscard]] std::string path(std::uint64_t size) const {
    return directory_ + "/" + std::to_string(size);
  }
  // Ascending; other files are ignored. Empty when there is no directory.
  [[nodiscard]] Result<std::vector<std::uint64_t>> sizes() const;
  // The note as written; nothing in it is verified. invalid_input: too large to be one.
  [[nodiscard]] Result<std::string> read(std::uint64_t size) const;
  // Whole or not at all, durable on return; replaces one of the same size.
  [[nodiscard]] Status write(std::uint64_t size, std::string_view note) const;
  // ok too when it is not there.
  [[nodiscard]] Status remove(std::uint64_t size) const;
  // Those of `source` that are missing here and vouch for no more than `events`. The size of the
  // newest such in `source`; 0: there is none.
  [[nodiscard]] Result<std::uint64_t> copy_from(const CheckpointFiles& source,
                                                std::uint64_t events) const;

 private:
  std::string directory_;
};

// A checkpoint from any file, e.g. one that an auditor kept. Nothing is verified.
[[nodiscard]] Result<std::string> read_checkpoint_file(const std::string& path);

}  // namespace runut
