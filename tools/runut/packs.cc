#include "tools/runut/packs.h"

#include <algorithm>
#include <filesystem>

#include "seal/file_io.h"

namespace runut::cli {
namespace {

namespace fs = std::filesystem;

Result<std::vector<NamedText>> read_directory(const std::string& directory) {
  std::vector<NamedText> out;
  std::error_code failure;
  for (fs::directory_iterator at(directory, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->path().extension() != ".json") continue;
    RUNUT_ASSIGN(Bytes text, seal_io::read_file(at->path().string()));
    out.push_back({at->path().filename().string(), std::move(text)});
  }
  if (failure)
    return fail(Error{ErrorCode::not_found, {}, "regulation", directory, failure.message()});
  std::sort(out.begin(), out.end(),
            [](const NamedText& a, const NamedText& b) { return a.name < b.name; });
  return out;
}

}  // namespace

Result<std::vector<NamedText>> read_pack_files(const std::string& pack) {
  if (pack.find('/') != std::string::npos) return read_directory(pack);
  std::vector<NamedText> out;
  std::string known;
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.pack == pack) out.push_back({file.name, file.text});
    if (known.find(file.pack) == std::string::npos)
      known += (known.empty() ? "" : ", ") + std::string(file.pack);
  }
  if (out.empty())
    return fail(Error{ErrorCode::not_found,
                      {},
                      "regulation",
                      pack,
                      "no such pack; there is: " + known + " (or a directory with a '/')"});
  return out;
}

}  // namespace runut::cli
