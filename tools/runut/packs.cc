#include "tools/runut/packs.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "regulation/pack.h"

namespace runut::cli {
namespace {

namespace fs = std::filesystem;

Result<std::string> slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return fail(ErrorCode::not_found, "cannot read " + file.string());
  return text.str();
}

std::vector<fs::path> places(const std::string& directory) {
  if (!directory.empty()) return {directory};
  std::error_code ignored;
  const fs::path binary = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  return {"schemas/regulations", binary / ".." / "schemas/regulations",
          binary / ".." / "share/runut/regulations"};
}

}  // namespace

Result<std::vector<simulation::PackFile>> read_pack_files(const std::string& name,
                                                         const std::string& directory) {
  // The name becomes part of a path.
  if (name.empty() || name.find('/') != name.npos || name.front() == '.')
    return fail(Error{ErrorCode::invalid_input, {}, "regulation", name, "not the name of a pack"});
  std::string tried;
  for (const fs::path& place : places(directory)) {
    const fs::path folder = place / name;
    tried += (tried.empty() ? "" : ", ") + folder.string();
    std::error_code ignored;
    if (!fs::exists(folder / "pack.json", ignored)) continue;
    std::vector<simulation::PackFile> files;
    RUNUT_ASSIGN(std::string text, slurp(folder / "pack.json"));
    const auto pack = read_pack(text);
    if (!pack) return fail(pack.error().front());
    files.push_back({"pack.json", std::move(text)});
    for (const PackDocument& document : pack->documents) {
      RUNUT_ASSIGN(std::string body, slurp(folder / document.file));
      files.push_back({document.file, std::move(body)});
    }
    return files;
  }
  return fail(Error{ErrorCode::not_found, {}, "regulation", name, "no such pack; looked in " + tried});
}

}  // namespace runut::cli
