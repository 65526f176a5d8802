#include "instance/verification.h"

#include "base/sha256.h"
#include "codec/envelope_codec.h"

namespace runut {

Status Verification::add(const EventView& stored) {
  const std::uint64_t sequence = tree_.size() + 1;
  const auto wrong = [&](const char* rule, std::string message) {
    return fail(Error{ErrorCode::corrupt, rule, "sequence", std::to_string(sequence),
                      std::move(message)});
  };
  const Hash256 leaf = leaf_hash(stored.bytes);
  if (leaf != stored.leaf)
    return wrong("verify.leaf_hash", "the stored bytes are not those that were hashed");
  const auto key = read_envelope_key(stored.bytes);
  if (!key) return wrong("verify.envelope", key.error().message);
  if (key->sequence.value != sequence)
    return wrong("verify.sequence", "the event here says that it is " + std::to_string(key->sequence.value));
  if (key->previous != previous_)
    return wrong("verify.chain", "its previous hash is not that of the event before it");
  const bool follows = key->commit_index == place_ && key->commit_count > place_ &&
                       (place_ == 0 || (key->commit_count == count_ && key->command == command_));
  if (!follows) return wrong("verify.commit", "its place in the commit does not follow");
  place_ = key->commit_index + 1 == key->commit_count ? 0 : key->commit_index + 1;
  count_ = key->commit_count;
  command_ = key->command;
  previous_ = leaf;
  tree_.append(leaf);
  if (const auto wanted = roots_.find(tree_.size()); wanted != roots_.end()) wanted->second = tree_.root();
  return {};
}

Status Verification::finish() const {
  if (place_ == 0) return {};
  return fail(Error{ErrorCode::corrupt, "verify.commit", "sequence", std::to_string(tree_.size()),
                    "the log ends within a commit"});
}

Status Verification::check(const Checkpoint& checkpoint) const {
  const TreeHead& vouched = checkpoint.tree;
  const auto wrong = [&](const char* rule, std::string message) {
    return fail(Error{ErrorCode::corrupt, rule, "checkpoint", std::to_string(vouched.size),
                      std::move(message)});
  };
  if (vouched.size > tree_.size())
    return wrong("verify.shorter", "it vouches for " + std::to_string(vouched.size) +
                                       " events; the log has " + std::to_string(tree_.size()));
  const auto known = roots_.find(vouched.size);
  const Hash256 root = vouched.size == 0 ? empty_root()
                       : known != roots_.end() && known->second ? *known->second
                                                                : Hash256{};
  if (root != vouched.root)
    return wrong("verify.rewritten", "the first " + std::to_string(vouched.size) +
                                         " events are not those that it vouches for: history was rewritten");
  return {};
}

}  // namespace runut
