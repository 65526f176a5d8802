#include <fmt/format.h>

#include <algorithm>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "proof/entry_bundle.h"
#include "proof/tile_path.h"
#include "tools/verify/checks.h"
#include "tools/verify/files.h"

namespace runut::verify {
namespace {

Error wrong_file(const std::string& path, std::string message, const char* rule) {
  return Error{ErrorCode::corrupt, rule, "file", path, std::move(message)};
}

// What the tree is made of is compared with the files as soon as it can no longer change.
class DownloadedTiles final : public TileStore {
 public:
  explicit DownloadedTiles(const std::string& directory) : directory_(directory) {}

  [[nodiscard]] Result<Bytes> read(const TileId&) const override {
    return fail(ErrorCode::internal, "tiles are compared, not read");
  }
  [[nodiscard]] Status write(const TileId& id, BytesView hashes) override {
    if (hashes.size() < tile_width * Hash256::size) {
      partial_.insert_or_assign(id, Bytes(hashes));
      return {};
    }
    partial_.erase(id);
    return compare(id, hashes);
  }
  [[nodiscard]] Status compare_partial() {
    for (const auto& [id, hashes] : partial_) RUNUT_TRY(compare(id, hashes));
    return {};
  }
  [[nodiscard]] std::uint64_t compared() const { return compared_; }
  [[nodiscard]] std::uint64_t missing() const { return missing_; }

 private:
  [[nodiscard]] Status compare(const TileId& id, BytesView hashes) {
    const std::string path = tile_path(id, hashes.size() / Hash256::size);
    RUNUT_ASSIGN(const auto file, read_if_there(directory_ + "/" + path));
    if (file && *file != hashes)
      return fail(wrong_file(path, "this tile is not that of the entries", "mirror.tile"));
    ++(file ? compared_ : missing_);
    return {};
  }

  const std::string& directory_;
  std::map<TileId, Bytes> partial_;
  std::uint64_t compared_ = 0;
  std::uint64_t missing_ = 0;
};

// The bundle of these entries; of a partial one the whole one will do, for it begins alike.
Result<std::string> read_entries(const std::string& directory, const TileAddress& bundle,
                                 std::string& path) {
  path = to_string(bundle);
  RUNUT_ASSIGN(auto file, read_if_there(directory + "/" + path));
  if (!file && bundle.width < tile_width) {
    path = to_string(TileAddress{true, bundle.id, tile_width});
    RUNUT_ASSIGN(file, read_if_there(directory + "/" + path));
  }
  if (file) return *std::move(file);
  return fail(wrong_file(to_string(bundle), "these entries are not there", "mirror.missing"));
}

// Event 1 pins whose log this is.
Status check_founding(BytesView entry, const CheckpointTrust& trust, bool& simulated) {
  RUNUT_ASSIGN(const Event event, decode_event(entry));
  const auto* founded = std::get_if<AgencyFounded>(&event.payload);
  if (founded == nullptr)
    return fail(Error{ErrorCode::corrupt, "agency.founded", "sequence", "1",
                      "the log does not begin with AgencyFounded"});
  simulated = founded->simulated;
  const VerifierKey& key = trust.keys.front();
  if (founded->log_origin == key.name && founded->public_key.view() == key.public_key.view())
    return {};
  return fail(Error{ErrorCode::conflict, "agency.key", "sequence", "1",
                    "the log was founded with another key than the one that is trusted"});
}

Status check_chain(BytesView entry, std::uint64_t index, const Hash256& previous) {
  RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(entry));
  const auto wrong = [&](const char* rule, std::string message) {
    return fail(
        Error{ErrorCode::corrupt, rule, "sequence", std::to_string(index + 1), std::move(message)});
  };
  if (key.sequence.value != index + 1)
    return wrong("verify.sequence",
                 fmt::format("the event there says that it is {}", key.sequence.value));
  if (key.previous != previous)
    return wrong("verify.chain", "the event names another one before it than stands there");
  return {};
}

}  // namespace

Result<std::string> check_mirror(const std::string& directory, const CheckpointTrust& trust) {
  RUNUT_ASSIGN(const std::string note, read_file(directory + "/checkpoint"));
  RUNUT_ASSIGN(const Checkpoint checkpoint, open_checkpoint(note, trust));
  const std::uint64_t size = checkpoint.tree.size;
  DownloadedTiles tiles(directory);
  MerkleTree tree;
  Hash256 previous;
  bool simulated = false;
  while (tree.size() < size) {
    const TileId id{0, tree.size() / tile_width};
    const std::size_t width = width_at(id, size);
    std::string path;
    RUNUT_ASSIGN(const std::string file, read_entries(directory, {true, id, width}, path));
    const auto entries = read_bundle(file);
    if (!entries) return fail(wrong_file(path, entries.error().message, "mirror.bundle"));
    if (entries->size() < width)
      return fail(
          wrong_file(path, fmt::format("only {} entries", entries->size()), "mirror.bundle"));
    for (std::size_t i = 0; i < width; ++i) {
      const BytesView entry = (*entries)[i];
      if (tree.size() == 0) RUNUT_TRY(check_founding(entry, trust, simulated));
      RUNUT_TRY(check_chain(entry, tree.size(), previous));
      previous = leaf_hash(entry);
      tree.append(previous);
    }
    RUNUT_TRY(tree.flush(tiles));
  }
  RUNUT_TRY(tiles.compare_partial());
  if (tree.head() != checkpoint.tree)
    return fail(wrong_file(
        "checkpoint", "the entries make another tree than the one that was signed", "mirror.root"));
  return fmt::format(
      "{}good: all {} events are those that the log {} signed, each in its place\n"
      "  root         {}\n  tiles        {} compared, {} not there\n",
      simulated ? "SIMULASI\n" : "", size, checkpoint.origin, to_hex(checkpoint.tree.root.view()),
      tiles.compared(), tiles.missing());
}

}  // namespace runut::verify
