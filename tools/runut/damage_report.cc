#include "tools/runut/damage_report.h"

#include "tools/runut/terminal.h"
#include "write/record_header.h"

namespace runut::cli {

Result<std::vector<Damage>> damage_in(const std::string& directory) {
  Progress progress("looking for damage", "events");
  return find_damage(directory, &read_record_header, [&](Sequence reached, Sequence last) {
    progress.at(reached.value, last.value);
  });
}

std::string range_text(const Damage& damage) {
  if (damage.from == damage.to) return "event " + std::to_string(damage.from.value);
  return "events " + std::to_string(damage.from.value) + " to " + std::to_string(damage.to.value);
}

std::vector<std::string> damaged_families(const Store& store) {
  std::vector<std::string> out;
  Progress progress("checking views", "rows");
  std::uint64_t rows = 0;
  for (const std::string& name : store.families()) {
    const auto family = store.family(name);
    if (!family || name == "log") continue;
    StoreIterator at = store.iterate(*family, {.fill_cache = false});
    for (at.seek_to_first(); at.valid(); at.next()) progress.at(++rows);
    if (const Status read = at.status(); !read) out.push_back(name + ": " + read.error().message);
  }
  return out;
}

}  // namespace runut::cli
