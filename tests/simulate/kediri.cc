#include "tests/simulate/kediri.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace runut::simulation {
namespace {

std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

Setting pack(const std::string& name) {
  std::vector<PackFile> files;
  const std::filesystem::path folder = RUNUT_SOURCE_DIR "/schemas/regulations/" + name;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back({entry.path().filename().string(), slurp(entry.path())});
  auto read = read_setting(files);
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().describe());
  return std::move(read).value();
}

const Setting& kediri() {
  static const Setting setting = pack("kota-kediri");
  return setting;
}

}  // namespace runut::simulation
