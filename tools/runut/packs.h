// Regulation packs: those that come with the binary (schemas/regulations), or a directory of one.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "regulation/lint.h"

namespace runut::cli {

struct EmbeddedFile {
  const char* pack;
  const char* name;
  const char* text;
};
[[nodiscard]] const std::vector<EmbeddedFile>& embedded_files();

// `pack` is a name ("kota-kediri") or, with a '/', a directory. not_found lists the names there
// are.
[[nodiscard]] Result<std::vector<NamedText>> read_pack_files(const std::string& pack);

}  // namespace runut::cli
