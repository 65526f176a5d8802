#include "instance/stretch.h"

#include "base/sha256.h"
#include "codec/envelope_codec.h"

namespace runut {
namespace {

tl::unexpected<Error> wrong(const char* rule, Sequence sequence, std::string message) {
  return fail(Error{ErrorCode::corrupt, rule, "sequence", std::to_string(sequence.value),
                    std::move(message)});
}

}  // namespace

Status Stretch::add(const EventView& stored) {
  const Sequence sequence{first_.value + tree_.size()};
  const Hash256 leaf = leaf_hash(stored.bytes);
  if (leaf != stored.leaf)
    return wrong("verify.leaf_hash", sequence, "the stored bytes are not those that were hashed");
  const auto key = read_envelope_key(stored.bytes);
  if (!key) return wrong("verify.envelope", sequence, key.error().message);
  if (key->sequence != sequence)
    return wrong("verify.sequence", sequence,
                 "the event here says that it is " + std::to_string(key->sequence.value));
  const Link here{key->previous, key->command, key->commit_index, key->commit_count};
  if (opening_) {
    RUNUT_TRY(link(here, end_, sequence));
  } else {
    opening_ = here;
  }
  end_ = {leaf, here.command, here.index + 1 == here.count ? 0 : here.index + 1, here.count};
  tree_.append(leaf);
  if (!sizes_->empty() && sizes_->contains(sequence.value)) kept_.push_back(tree_);
  return {};
}

Status Stretch::follows(const ChainEnd& before) const {
  if (opening_) RUNUT_TRY(link(*opening_, before, first_));
  if (broken_) return fail(*broken_);
  return {};
}

Status Stretch::link(const Link& next, const ChainEnd& before, Sequence sequence) {
  if (next.previous != before.previous)
    return wrong("verify.chain", sequence, "its previous hash is not that of the event before it");
  const bool continues =
      before.place == 0 || (next.count == before.count && next.command == before.command);
  if (next.index != before.place || next.count <= before.place || !continues)
    return wrong("verify.commit", sequence, "its place in the commit does not follow");
  return {};
}

}  // namespace runut
