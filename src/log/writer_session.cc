#include "log/writer_session.h"

#include <algorithm>

namespace runut {

namespace {
constexpr std::size_t own_takeovers_max = 256;
}  // namespace

WriterSession::WriterSession(const ReaderRule& reader, Offset next_unread, SessionOptions options)
    : options_(options), reader_(reader), next_unread_(next_unread) {}

std::optional<Judged> WriterSession::read(Offset at, const ProtocolRecord& record) {
  if (at < next_unread_) return std::nullopt;
  next_unread_ = Offset{at.value + 1};
  return judge(record, find_sent(record.leaf));
}

std::optional<Judged> WriterSession::reported(SentId id, Offset at) {
  if (id.value < first_sent_ || id.value >= first_sent_ + sent_.size()) return std::nullopt;
  const Sent& sent = sent_[id.value - first_sent_];
  using Reports = WriterRules::Reports;
  const bool contiguous = at == next_unread_;
  if (options_.writer_rules.reports == Reports::trusted ||
      (options_.writer_rules.reports == Reports::trusted_when_contiguous && contiguous)) {
    settlement_.trust(sent.record.leaf, settled_);
    return std::nullopt;
  }
  if (!contiguous || id.value < first_trusted_) return std::nullopt;
  next_unread_ = Offset{at.value + 1};
  return judge(sent.record, id.value - first_sent_);
}

// Own records come back in the order they were sent, unless some were lost; so the first one that
// is not judged yet nearly always is the one.
std::optional<std::size_t> WriterSession::find_sent(const Hash256& leaf) const {
  for (std::size_t i = 0; i < sent_.size(); ++i)
    if (sent_[i].record.leaf == leaf) return i;
  return std::nullopt;
}

bool WriterSession::is_own_takeover(const Hash256& leaf) const {
  return std::find(own_takeovers_.begin(), own_takeovers_.end(), leaf) != own_takeovers_.end();
}

Judged WriterSession::judge(const ProtocolRecord& record, std::optional<std::size_t> own) {
  Judged judged;
  judged.leaf = record.leaf;
  if (!record.header) return judged;
  const Judgement judgement = reader_.judge(*record.header, record.leaf, record.size);
  judged.judgement = judgement;
  judged.first = judgement != Judgement::void_record && record.header->commit_index == 0;

  if (judgement == Judgement::counted) {
    after_counted(reader_.head(), own.has_value(), record.header->takeover);
  } else if (judgement == Judgement::void_record) {
    if (own) {
      fail_session("an own record was judged void");
    } else if (record.header->takeover && phase_ == Phase::writing &&
               options_.writer_rules.yield_to_void_takeover && !is_own_takeover(record.leaf)) {
      step_down();
    }
  }
  if (own) {
    judged.own = SentId{first_sent_ + *own};
    // What was sent before it and is not judged yet is lost or late: then this one is void as well.
    first_sent_ += *own + 1;
    sent_.pop_front(*own + 1);
  }
  return judged;
}

void WriterSession::after_counted(const Head& last, bool own, bool takeover) {
  const auto before = static_cast<std::ptrdiff_t>(settled_.size());
  settlement_.counted(last, settled_);
  if (options_.writer_rules.settling == WriterRules::Settling::foreign_takeover && takeover && !own)
    settlement_.give_up(settled_);
  const auto lost_takeover = std::any_of(
      settled_.begin() + before, settled_.end(),
      [](const SettledOwn& each) { return each.commit.takeover && each.fate == Fate::never; });

  switch (phase_) {
    case Phase::taking_over:
      if (own) {
        phase_ = Phase::writing;
      } else if (lost_takeover) {
        phase_ = Phase::lost_race;
        reason_ = "another record has the takeover's place";
      }
      break;
    case Phase::writing:
    case Phase::draining:
      if (!own) {
        phase_ = Phase::superseded;
        reason_ = "another writer has taken the log over";
      } else if (phase_ == Phase::draining && settlement_.unsettled() == 0) {
        phase_ = Phase::superseded;
      }
      break;
    case Phase::follower:
    case Phase::opening:
    case Phase::lost_race:
    case Phase::failed:
    case Phase::superseded: break;
  }
}

void WriterSession::begin() {
  RUNUT_CHECK(phase_ != Phase::writing && phase_ != Phase::draining && phase_ != Phase::taking_over,
              "a session begins when the one before has ended");
  first_sent_ += sent_.size();
  sent_.clear();
  settlement_.begin_chain();
  phase_ = Phase::opening;
  reason_.clear();
}

SentId WriterSession::send_takeover(const ProtocolRecord& takeover, Time now) {
  RUNUT_CHECK(phase_ == Phase::opening, "a takeover is sent by a session that opens");
  own_takeovers_.push_back(takeover.leaf);
  if (own_takeovers_.size() > own_takeovers_max) own_takeovers_.erase(own_takeovers_.begin());
  const SentId id = push({&takeover, 1}, true, now);
  phase_ = options_.writer_rules.read_back_takeover ? Phase::taking_over : Phase::writing;
  return id;
}

void WriterSession::copy_without_takeover() {
  RUNUT_CHECK(phase_ == Phase::opening, "copying starts in a session that opens");
  phase_ = Phase::writing;
}

SentId WriterSession::send(std::span<const ProtocolRecord> commit, Time now) {
  RUNUT_CHECK(phase_ == Phase::writing, "only a writer sends");
  return push(commit, false, now);
}

SentId WriterSession::push(std::span<const ProtocolRecord> commit, bool takeover, Time now) {
  RUNUT_CHECK(!commit.empty() && commit.front().header && commit.back().header,
              "a commit has readable records");
  const OwnCommit own{commit.front().header->command, commit.front().header->sequence,
                      Head{commit.back().header->sequence, commit.back().leaf}, takeover};
  settlement_.sent(own);
  const SentId first{first_sent_ + sent_.size()};
  for (const ProtocolRecord& record : commit) sent_.push_back({record, now});
  return first;
}

void WriterSession::report_failed(SentId id, const std::string& reason) {
  if (id.value < first_sent_ || id.value >= first_sent_ + sent_.size()) return;
  fail_session(reason);
}

void WriterSession::tick(Time now) {
  if (sent_.empty()) return;
  if (now - sent_.front().at > options_.own_record_wait_max)
    fail_session("an own record did not come back in time");
}

void WriterSession::step_down() {
  if (phase_ != Phase::writing) return;
  phase_ = settlement_.unsettled() == 0 ? Phase::superseded : Phase::draining;
  reason_ = "another writer wants the log";
}

void WriterSession::fail_session(const std::string& reason) {
  switch (phase_) {
    case Phase::taking_over: phase_ = Phase::lost_race; break;
    case Phase::writing:
    case Phase::draining: phase_ = Phase::failed; break;
    case Phase::follower:
    case Phase::opening:
    case Phase::lost_race:
    case Phase::failed:
    case Phase::superseded: return;
  }
  reason_ = reason;
  if (options_.writer_rules.settling == WriterRules::Settling::at_once)
    settlement_.give_up(settled_);
}

void WriterSession::read_to_the_end() {
  if (options_.writer_rules.settling != WriterRules::Settling::reading_to_the_end ||
      (phase_ != Phase::failed && phase_ != Phase::opening))
    return;
  settlement_.give_up(settled_);
}

std::vector<SettledOwn> WriterSession::take_settled() {
  std::erase_if(settled_, [](const SettledOwn& each) { return each.commit.takeover; });
  return std::exchange(settled_, {});
}

}  // namespace runut
