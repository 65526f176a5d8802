#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "log/damage.h"
#include "proof/merkle.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct Options {
  LedgerOptions ledger;
  std::string against;
};

// Hashes every stored event again and follows the chain; `frontiers` collects the root at each of
// `sizes` (ascending) on the way, so that one pass checks every checkpoint.
class Verification {
 public:
  explicit Verification(std::vector<std::uint64_t> sizes) : sizes_(std::move(sizes)) {}

  Status add(const EventView& stored, std::uint64_t agency) {
    const Hash256 leaf = leaf_hash(stored.bytes);
    const auto wrong = [&](std::string rule, std::string message) {
      return fail(Error{ErrorCode::corrupt, std::move(rule), "sequence",
                        std::to_string(stored.sequence.value), std::move(message)});
    };
    if (leaf != stored.leaf)
      return wrong("verify.leaf_hash", "the stored bytes are not those that were hashed");
    RUNUT_ASSIGN(const Event event, decode_event(stored.bytes));
    if (event.sequence.value != tree_.size() + 1)
      return wrong("verify.sequence", "out of order: it says " + std::to_string(event.sequence.value));
    if (event.previous != previous_)
      return wrong("verify.chain", "its previous hash is not the hash of the event before");
    if (event.commit_index != place_ || (place_ > 0 && event.commit_count != count_))
      return wrong("verify.commit", "its place in the commit does not follow");
    if (event.recorded_at < recorded_at_) return wrong("verify.time", "recorded before the event before");
    if (agency != 0 && event.agency != agency) return wrong("verify.agency", "an event of another agency");
    place_ = event.commit_index + 1 == event.commit_count ? 0 : event.commit_index + 1;
    count_ = event.commit_count;
    recorded_at_ = event.recorded_at;
    previous_ = leaf;
    tree_.append(leaf);
    while (at_ < sizes_.size() && sizes_[at_] == tree_.size()) roots_.push_back({sizes_[at_++], tree_.root()});
    return {};
  }
  [[nodiscard]] Status finish() const {
    if (place_ != 0) return fail(ErrorCode::corrupt, "the log ends within a commit");
    return {};
  }
  [[nodiscard]] TreeHead head() const { return {tree_.size(), tree_.root()}; }
  [[nodiscard]] std::optional<Hash256> root_at(std::uint64_t size) const {
    for (const TreeHead& known : roots_)
      if (known.size == size) return known.root;
    return std::nullopt;
  }

 private:
  std::vector<std::uint64_t> sizes_;
  std::size_t at_ = 0;
  std::vector<TreeHead> roots_;
  Frontier tree_;
  Hash256 previous_;
  Instant recorded_at_{INT64_MIN};
  std::uint32_t place_ = 0;
  std::uint32_t count_ = 0;
};

Exit found(const Error& error) {
  std::fprintf(stderr, "%s %s\n", coloured("DAMAGED", Colour::red, 2).c_str(), error.describe().c_str());
  return Exit::finding;
}

// Where reading failed, the damage is looked for block by block: its sequences, or the smallest range.
Exit locate_damage(const Instance& instance, const Error& error) {
  Progress progress("locate", "events");
  const auto damage = find_damage(instance.place().directory(), [&](Sequence reached, Sequence last) {
    progress.at(reached.value, last.value);
  });
  progress.clear();
  if (!damage || damage->empty()) return found(error);
  for (const Damage& one : *damage)
    std::fprintf(stderr, "%s sequence %s: %s\n", coloured("DAMAGED", Colour::red, 2).c_str(),
                 one.from == one.to
                     ? std::to_string(one.from.value).c_str()
                     : (std::to_string(one.from.value) + " to " + std::to_string(one.to.value)).c_str(),
                 one.why.c_str());
  return Exit::finding;
}

Status check_checkpoint(const Verification& verified, const Checkpoint& checkpoint, std::string_view name) {
  const auto root = verified.root_at(checkpoint.tree.size);
  if (!root)
    return fail(Error{ErrorCode::corrupt, "verify.shorter", "checkpoint", std::string(name),
                      "it vouches for " + std::to_string(checkpoint.tree.size) + " events; the log has " +
                          std::to_string(verified.head().size)});
  if (*root != checkpoint.tree.root)
    return fail(Error{ErrorCode::corrupt, "verify.rewritten", "checkpoint", std::string(name),
                      "the first " + std::to_string(checkpoint.tree.size) +
                          " events are not those that it vouches for: history was rewritten"});
  return {};
}

Result<Exit> run(const Options& options) {
  auto opened = open_to_read(options.ledger, false);
  if (!opened) {
    if (opened.error().code == ErrorCode::corrupt) return found(opened.error());
    return fail(std::move(opened).error());
  }
  Instance& instance = **opened;
  std::vector<std::pair<std::string, Checkpoint>> checkpoints;
  std::vector<std::uint64_t> sizes;
  RUNUT_ASSIGN(const auto own, instance.checkpoints().sizes());
  const CheckpointTrust trust = instance.trust();
  for (const std::uint64_t size : own) {
    RUNUT_ASSIGN(const std::string text, instance.checkpoints().read(size));
    const auto checkpoint = open_checkpoint(text, trust);
    if (!checkpoint) return found(checkpoint.error());
    checkpoints.emplace_back(instance.checkpoints().path(size), *checkpoint);
    sizes.push_back(checkpoint->tree.size);
  }
  if (!options.against.empty()) {
    RUNUT_ASSIGN(const std::string text, read_checkpoint_file(options.against));
    const auto checkpoint = open_checkpoint(text, trust);
    if (!checkpoint) return found(checkpoint.error());
    checkpoints.emplace_back(options.against, *checkpoint);
    sizes.push_back(checkpoint->tree.size);
  }
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());

  Verification verification(sizes);
  Progress progress("verify", "events");
  const std::uint64_t head = instance.log().head().sequence.value;
  const std::uint64_t agency = instance.founded() ? agency_tag(instance.founded()->agency) : 0;
  for (std::uint64_t next = 1; next <= head;) {
    auto batch = instance.log().read(Sequence{next});
    progress.clear();
    if (!batch) return locate_damage(instance, batch.error());
    for (const EventView& stored : batch->events)
      if (const Status fine = verification.add(stored, agency); !fine) return found(fine.error());
    next += batch->size();
    progress.at(next - 1, head);
  }
  if (const Status whole_commits = verification.finish(); !whole_commits) return found(whole_commits.error());
  for (const auto& [name, checkpoint] : checkpoints)
    if (const Status fine = check_checkpoint(verification, checkpoint, name); !fine) return found(fine.error());
  progress.clear();
  const TreeHead tree = verification.head();
  std::fprintf(stderr, "%s %s events, every hash, the chain and %zu signed checkpoints\n",
               coloured("intact:", Colour::green, 2).c_str(), grouped(tree.size).c_str(), checkpoints.size());
  print("size\t" + std::to_string(tree.size) + "\nroot\t" + to_hex(tree.root.view()) + "\n");
  return Exit::ok;
}

}  // namespace

void add_verify(App& app) {
  const auto options = std::make_shared<Options>();
  CLI::App& command = app.add(
      {"verify",
       "Hashes, chain, tree and signed checkpoints; exit 1 names the first damaged sequence or range",
       "runut verify --data data\n"
       "runut verify --data data --against checkpoint-of-last-year"},
      [options] { return run(*options); });
  add_ledger_options(command, options->ledger);
  command
      .add_option("--against", options->against,
                  "A checkpoint that somebody kept: proves that nothing before it was rewritten")
      ->type_name("FILE");
}

}  // namespace runut::cli
