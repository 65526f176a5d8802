#include "proof/entry_bundle.h"

namespace runut {

void append_entry(Bytes& bundle, BytesView entry) {
  RUNUT_CHECK(entry.size() <= entry_max_bytes, "an entry is longer than its length can say");
  append_u16(bundle, static_cast<std::uint16_t>(entry.size()));
  bundle.append(entry);
}

Result<std::vector<BytesView>> read_bundle(BytesView bundle) {
  const auto wrong = [](std::size_t entry, std::string message) {
    return fail(
        Error{ErrorCode::invalid_input, {}, "entry", std::to_string(entry), std::move(message)});
  };
  std::vector<BytesView> entries;
  while (!bundle.empty()) {
    if (entries.size() == bundle_max_entries)
      return wrong(entries.size(), "a bundle has at most 256 entries");
    if (bundle.size() < 2) return wrong(entries.size(), "the bundle ends within a length");
    const std::size_t length = read_u16(bundle);
    if (bundle.size() - 2 < length) return wrong(entries.size(), "the bundle ends within an entry");
    entries.push_back(bundle.substr(2, length));
    bundle.remove_prefix(2 + length);
  }
  if (entries.empty()) return wrong(0, "a bundle has at least one entry");
  return entries;
}

}  // namespace runut
