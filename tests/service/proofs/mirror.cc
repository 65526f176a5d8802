#include "tests/service/proofs/mirror.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace runut::testing {
namespace {

void save(const TemporaryDirectory& into, const std::string& name, const http::Response& response) {
  ASSERT_EQ(response.status, 200U) << name << ": " << response.body;
  std::filesystem::create_directories(std::filesystem::path(into / name).parent_path());
  (void)into.write(name, response.body);
}

std::uint64_t signed_size(LiveLedger& ledger) {
  return open_checkpoint(ledger.get("log/checkpoint").body, ledger.instance().trust())->tree.size;
}

}  // namespace

std::vector<std::string> mirrored_paths(LiveLedger& ledger) {
  std::vector<std::string> paths{"checkpoint"};
  const std::uint64_t size = signed_size(ledger);
  for (unsigned level = 0; width_at({level, 0}, size) > 0; ++level)
    for (TileId id{level, 0}; width_at(id, size) > 0; ++id.index) {
      paths.push_back(to_string(TileAddress{false, id, width_at(id, size)}));
      if (level == 0) paths.push_back(to_string(TileAddress{true, id, width_at(id, size)}));
    }
  return paths;
}

void mirror(LiveLedger& ledger, const TemporaryDirectory& into, const std::string& earlier,
            const std::vector<std::uint64_t>& sequences) {
  for (const std::string& path : mirrored_paths(ledger))
    save(into, path, ledger.get("log/" + path));
  save(into, "key", ledger.get("log/key"));
  (void)into.write("earlier", earlier);
  const std::uint64_t from = open_checkpoint(earlier, ledger.instance().trust())->tree.size;
  const std::string consistency = "log/proof/consistency?from=" + std::to_string(from);
  save(into, "consistency.json", ledger.get(consistency));
  save(into, "consistency.txt", ledger.get(consistency, {{"Accept", "text/plain"}}));
  for (const std::uint64_t sequence : sequences) {
    const std::string number = std::to_string(sequence);
    save(into, "receipts/" + number + ".tlog-proof", ledger.get("events/" + number + "/receipt"));
    save(into, "inclusion/" + number + ".json",
         ledger.get("log/proof/inclusion?sequence=" + number));
    if (sequence > 1)
      save(into, "inclusion/" + number + "-then.json",
           ledger.get("log/proof/inclusion?sequence=1&size=" + number));
  }
}

}  // namespace runut::testing
