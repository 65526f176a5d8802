#include "node.h"

#include <algorithm>

#include "../log/test_encoding.h"

namespace runut::simulation {
namespace {

constexpr std::int64_t own_record_wait_max = 120;

LogRecord make_record(const RecordHeader& header, std::uint64_t token) {
  Bytes text;
  append_u64(text, token);
  const Bytes bytes = testing_log::encode(header, text);
  return {ProtocolRecord{header, leaf_hash(bytes), bytes.size()}, token};
}

}  // namespace

Node::Node(World& world, const Rules& rules, std::size_t index)
    : world_(world), rules_(rules), index_(index), full_state_(world.chance.below(2) == 0) {
  saved_.push_back({0, ReaderRule().save(), {}, Offset{0}, {}});
  start();
}

void Node::deliver(std::int64_t at, std::function<void()> action) {
  world_.at(at, [this, born = incarnation_, action = std::move(action)] {
    if (born != incarnation_) return;
    if (paused()) return deliver(paused_until_ + 1, action);
    action();
  });
}

void Node::start() {
  ++incarnation_;
  const Saved& saved = saved_.back();
  history_.resize(saved.history_size);
  done_.clear();
  tokens_.clear();
  for (const LogRecord& record : history_) {
    done_.insert(record.record.header->command);
    if (record.token != 0) tokens_.emplace(record.token, record.record.header->command);
  }
  SessionOptions options;
  options.own_record_wait_max = std::chrono::milliseconds{own_record_wait_max};
  options.reader_rules = rules_.reader;
  options.writer_rules = rules_.writer;
  Result<ReaderRule> loaded = ReaderRule::load(saved.reader);
  RUNUT_CHECK(loaded.has_value(), "a saved reader loads");
  // load() gives a reader with every rule; a broken one is made from the same head.
  ReaderRule reader = *loaded;
  if (!reader.pending()) reader = ReaderRule(reader.head(), rules_.reader);
  pending_ = saved.pending;
  if (!rules_.keep_pending) {
    reader = ReaderRule(reader.head(), rules_.reader);
    pending_.clear();
  }
  session_.emplace(reader, saved.next_unread, options);
  last_read_ = saved.last_read;
  known_leadership_ = ~std::uint64_t{0};  // R6: at start, too
  fetching_ = false;
  in_flight_.clear();
  speculative_tokens_.clear();
  waiting_.clear();
  deliver(world_.now + world_.between(1, 5), [this] { poll(); });
}

void Node::crash_and_restart() {
  ++world_.report.crashes;
  ++incarnation_;  // nothing that is under way reaches it any more
  paused_until_ = 0;
  // The newest saved states may not have reached the disk.
  for (std::uint64_t lost = world_.chance.below(3); lost > 0 && saved_.size() > 1; --lost)
    saved_.pop_back();
  world_.after(world_.between(5, 300), [this, born = incarnation_] {
    if (born == incarnation_) start();
  });
}

void Node::pause_until(std::int64_t time) {
  ++world_.report.pauses;
  paused_until_ = time;
}

void Node::save(bool head_moved) {
  const bool any_record = full_state_ || !rules_.keep_pending;
  if (!head_moved && !any_record) return;
  saved_.push_back(
      {history_.size(), session_->reader().save(), pending_, session_->next_unread(), last_read_});
  if (saved_.size() > 8) saved_.pop_front();
}

void Node::poll() {
  if (refused_) return;
  session_->tick(std::chrono::milliseconds{world_.now});
  if (!fetching_) fetch();
  advance();
  deliver(world_.now + world_.between(2, 5), [this] { poll(); });
}

// R6. A paused or restarted node asks before it reads on.
bool Node::last_read_is_still_there() {
  if (!rules_.recheck_last_read || known_leadership_ == world_.leadership) return true;
  const auto next = static_cast<std::size_t>(session_->next_unread().value);
  if (next > 0 && (world_.log.size() < next || world_.log[next - 1].record.leaf != last_read_)) {
    refused_ = true;
    ++world_.report.refused;
    return false;
  }
  known_leadership_ = world_.leadership;
  session_->distrust_reports();
  return true;
}

void Node::fetch() {
  if (!last_read_is_still_there()) return;
  fetching_ = true;
  const auto from = static_cast<std::size_t>(session_->next_unread().value);
  const std::size_t end = world_.log.size();
  std::vector<LogRecord> records;
  const std::size_t most = 1 + world_.chance.below(20);
  for (std::size_t i = from; i < end && records.size() < most; ++i)
    records.push_back(world_.log[i]);
  const std::int64_t delay = world_.strikes(20) ? world_.between(50, 200) : world_.between(1, 3);
  deliver(world_.now + delay,
          [this, from, end, records = std::move(records), asked = world_.leadership] {
            fetching_ = false;
            if (!last_read_is_still_there()) return;
            // What a former leader sent is thrown away together with the connection to it.
            if (rules_.recheck_last_read && asked != world_.leadership) return;
            for (std::size_t i = 0; i < records.size(); ++i) {
              const Offset at{static_cast<std::int64_t>(from + i)};
              const std::uint64_t before = session_->head().sequence.value;
              judged(records[i], session_->read(at, records[i].record), before);
            }
            known_end_ = end;
            if (static_cast<std::size_t>(session_->next_unread().value) >= end)
              session_->read_to_the_end();
            advance();
          });
}

void Node::judged(const LogRecord& record, const std::optional<Judged>& judged_record,
                  std::uint64_t head_before) {
  if (!judged_record) return;
  last_read_ = record.record.leaf;
  if (judged_record->judgement == Judgement::void_record) {
    ++world_.report.voids;
    return save(false);
  }
  if (judged_record->first) pending_.clear();
  pending_.push_back(record);
  if (session_->head().sequence.value != head_before) {
    for (const LogRecord& counted : pending_) {
      history_.push_back(counted);
      done_.insert(counted.record.header->command);
      if (counted.token != 0) tokens_.emplace(counted.token, counted.record.header->command);
    }
    pending_.clear();
    return save(true);
  }
  save(false);
}

void Node::advance() {
  using Phase = WriterSession::Phase;
  answer_settled();
  if (session_->phase() != Phase::writing) {
    in_flight_.clear();
    speculative_tokens_.clear();
  }
  switch (session_->phase()) {
    case Phase::follower:
    case Phase::superseded:
      if (wants_to_write_ || world_.strikes(4)) session_->begin();
      break;
    case Phase::failed: session_->begin(); break;
    case Phase::lost_race:
      if (back_off_until_ == 0) back_off_until_ = world_.now + world_.between(1, 60);
      if (world_.now < back_off_until_) break;
      back_off_until_ = 0;
      session_->begin();
      break;
    case Phase::opening:
      if (static_cast<std::size_t>(session_->next_unread().value) >= known_end_) take_over();
      break;
    case Phase::writing:
      if (world_.strikes(1)) return session_->step_down();
      decide_waiting();
      break;
    case Phase::taking_over:
    case Phase::draining: break;
  }
}

void Node::take_over() {
  ++world_.report.takeovers;
  const Head head = session_->head();
  const CommandId id = world_.chance.draw<CommandId>();
  const LogRecord takeover = make_record({next(head.sequence), head.leaf, id, 0, 1, true}, 0);
  last_landing_ = world_.now;
  const SentId sent =
      session_->send_takeover(takeover.record, std::chrono::milliseconds{world_.now});
  speculative_ = Head{next(head.sequence), takeover.record.leaf};
  send({takeover}, sent);
}

std::size_t Node::client_of(CommandId command) const {
  for (std::size_t i = 0; i < world_.clients.size(); ++i)
    if (world_.clients[i].command == command) return i;
  RUNUT_CHECK(false, "every command has its client");
}

void Node::request(std::size_t client) {
  deliver(world_.now + world_.between(1, 5), [this, client] {
    waiting_.push_back(client);
    if (waiting_.size() > 20) waiting_.erase(waiting_.begin());
    advance();
  });
}

void Node::decide_waiting() {
  const std::vector<std::size_t> waiting = std::exchange(waiting_, {});
  for (const std::size_t client : waiting) decide(client);
}

void Node::decide(std::size_t client_index) {
  Client& client = world_.clients[client_index];
  if (rules_.look_up_commands) {
    if (in_history(client.command)) {
      if (client.state == Client::State::waiting) client.state = Client::State::done;
      return;
    }
    if (in_flight_.count(client.command) != 0) return;  // its answer is under way
  }
  const auto reject = [&](std::uint64_t sequence) {
    if (client.state != Client::State::waiting) return;
    client.state = Client::State::rejected;
    client.rejected_at = sequence;
  };
  if (client.token != 0) {
    const auto used = tokens_.find(client.token);
    if (used != tokens_.end() && used->second != client.command)
      return reject(session_->head().sequence.value);
    const auto in_flight = speculative_tokens_.find(client.token);
    if (in_flight != speculative_tokens_.end() && in_flight->second != client.command) {
      if (!rules_.reject_from_history) return reject(speculative_.sequence.value);
      waiting_.push_back(client_index);  // W10: only what is folded is a reason
      return;
    }
    speculative_tokens_.emplace(client.token, client.command);
  }
  in_flight_.insert(client.command);
  std::vector<LogRecord> records;
  std::vector<ProtocolRecord> commit;
  for (std::size_t i = 0; i < client.size; ++i) {
    const RecordHeader header{next(speculative_.sequence),
                              speculative_.leaf,
                              client.command,
                              static_cast<std::uint32_t>(i),
                              static_cast<std::uint32_t>(client.size),
                              false};
    records.push_back(make_record(header, client.token));
    commit.push_back(records.back().record);
    speculative_ = Head{header.sequence, records.back().record.leaf};
  }
  const SentId first = session_->send(commit, std::chrono::milliseconds{world_.now});
  send(std::move(records), first);
}

// Each record makes its way to the log on its own: in order unless it is late, once unless it is
// lost.
void Node::send(std::vector<LogRecord> records, SentId first) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    const SentId id{first.value + i};
    const bool lost = world_.strikes(15);
    const bool late = world_.strikes(25);
    const bool reordered = world_.strikes(10);
    const bool reply_lost = world_.strikes(15);
    const bool buffered = world_.chance.below(2) == 0;
    std::int64_t landing = world_.now + world_.between(1, 4);
    if (late) landing = world_.now + world_.between(20, 600);
    if (!late && !reordered) landing = last_landing_ = std::max(last_landing_, landing);

    const std::int64_t gives_up = world_.now + world_.between(80, 140);
    const bool given_up = lost || landing > gives_up;
    if (given_up) {
      deliver(gives_up, [this, id] {
        session_->report_failed(id, "timed out");
        advance();
      });
    }
    if (lost) continue;
    const auto land = [this, born = incarnation_, id, given_up, reply_lost, record = records[i]] {
      world_.log.push_back(record);
      ++world_.report.records;
      if (given_up || reply_lost || born != incarnation_) return;
      const Offset at{static_cast<std::int64_t>(world_.log.size()) - 1};
      deliver(world_.now + world_.between(1, 3), [this, id, at, record] {
        if (!last_read_is_still_there()) return;
        const std::uint64_t before = session_->head().sequence.value;
        judged(record, session_->reported(id, at), before);
        advance();
      });
    };
    world_.at(landing, [this, buffered, land, born = incarnation_] {
      // What a frozen process still holds is sent when it resumes, and lost when it dies.
      if (buffered && born != incarnation_) return;
      if (buffered && paused())
        return world_.at(paused_until_ + 1, [this, land, born] {
          if (born == incarnation_) land();
        });
      land();
    });
  }
}

void Node::answer_settled() {
  for (const SettledOwn& settled : session_->take_settled()) {
    in_flight_.erase(settled.commit.command);
    Client& client = world_.clients[client_of(settled.commit.command)];
    if (client.state != Client::State::waiting) continue;
    // W7, again: another node may have done it meanwhile.
    const bool done =
        settled.fate == Fate::done || (rules_.look_up_commands && in_history(client.command));
    if (done) {
      client.state = Client::State::done;
    } else if (client.attempts == 1) {
      client.state = Client::State::not_done;
      client.undone_for_good = true;
    }  // with several attempts under way none can speak for the others: the client asks again
  }
}

}  // namespace runut::simulation
