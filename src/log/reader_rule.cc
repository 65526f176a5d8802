#include "log/reader_rule.h"

namespace runut {

bool ReaderRule::continues(const RecordHeader& header, const Head& before) const {
  return header.sequence == next(before.sequence) &&
         (!rules_.previous_hash || header.previous == before.leaf);
}

Judgement ReaderRule::judge(const RecordHeader& header, const Hash256& leaf, std::size_t size) {
  if (size > event_bytes_max || header.commit_index >= header.commit_count)
    return Judgement::void_record;
  if (header.takeover && header.commit_count != 1) return Judgement::void_record;

  const Head here{header.sequence, leaf};
  if (header.commit_index == 0) {
    if (!continues(header, head_)) return Judgement::void_record;
    if (pending_ && !rules_.discard_pending) return Judgement::void_record;
    pending_.reset();
    if (header.commit_count == 1) {
      head_ = here;
      return Judgement::counted;
    }
    pending_ = PendingCommit{header.command, 1, header.commit_count, size, here};
    if (!rules_.whole_commits) head_ = here;
    return Judgement::pending;
  }

  if (!pending_ || header.commit_index != pending_->next_index ||
      header.commit_count != pending_->count || !continues(header, pending_->last))
    return Judgement::void_record;
  // Without the hash nothing binds a record to the first of its commit: that is the counterexample.
  if (rules_.previous_hash && header.command != pending_->command) return Judgement::void_record;
  if (pending_->bytes + size > commit_bytes_max) return Judgement::void_record;

  pending_->next_index += 1;
  pending_->bytes += size;
  pending_->last = here;
  if (!rules_.whole_commits) head_ = here;
  if (pending_->next_index < pending_->count) return Judgement::pending;
  head_ = here;
  pending_.reset();
  return Judgement::counted;
}

namespace {
constexpr char state_version = 1;
constexpr std::size_t head_size = 8 + Hash256::size;
constexpr std::size_t pending_size = CommandId::size + 4 + 4 + 8 + head_size;

void append_head(Bytes& out, const Head& head) {
  append_u64(out, head.sequence.value);
  out.append(head.leaf.view());
}

Head read_head(BytesView in) {
  return Head{Sequence{read_u64(in)}, Hash256::from(in.substr(8, Hash256::size))};
}
}  // namespace

Bytes ReaderRule::save() const {
  Bytes out(1, state_version);
  append_head(out, head_);
  if (pending_) {
    out.append(pending_->command.view());
    append_u32(out, pending_->next_index);
    append_u32(out, pending_->count);
    append_u64(out, pending_->bytes);
    append_head(out, pending_->last);
  }
  return out;
}

Result<ReaderRule> ReaderRule::load(BytesView saved) {
  const std::size_t plain = 1 + head_size;
  if (saved.empty() || saved[0] != state_version ||
      (saved.size() != plain && saved.size() != plain + pending_size))
    return fail(ErrorCode::corrupt, "the saved state of the log's reader is not readable");
  ReaderRule rule(read_head(saved.substr(1)));
  if (saved.size() == plain) return rule;
  BytesView in = saved.substr(plain);
  PendingCommit pending;
  pending.command = CommandId::from(in.substr(0, CommandId::size));
  in.remove_prefix(CommandId::size);
  pending.next_index = read_u32(in);
  pending.count = read_u32(in.substr(4));
  pending.bytes = read_u64(in.substr(8));
  pending.last = read_head(in.substr(16));
  rule.pending_ = pending;
  return rule;
}

}  // namespace runut
