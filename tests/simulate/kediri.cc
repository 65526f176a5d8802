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

const Setting& kediri() {
  static const Setting setting = [] {
    const std::filesystem::path folder = RUNUT_SOURCE_DIR "/schemas/regulations/kota-kediri";
    std::vector<PackFile> files;
    for (const char* name : {"pack.json", "2020.json", "2021.json", "2022-08.json"})
      files.push_back({name, slurp(folder / name)});
    auto read = read_setting(files);
    EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().describe());
    return std::move(read).value();
  }();
  return setting;
}

}  // namespace runut::simulation
