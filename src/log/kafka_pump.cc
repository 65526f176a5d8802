#include "log/kafka_pump.h"

#include <pthread.h>

#include <algorithm>

#include "base/sha256.h"
#include "log/commit_check.h"
#include "log/kafka_place.h"

namespace runut {
namespace {

using std::chrono::milliseconds;

// Reports that follow each other without a gap: after so many, reading everything a second time
// from the broker would only cost; a gap, an error or a pause ends that.
constexpr std::size_t contiguous_enough = 32;
constexpr milliseconds idle_wait{20};
constexpr std::size_t many_in_flight = 64;
constexpr std::chrono::microseconds round_under_load{500};
constexpr milliseconds back_off_max{300};
// Events that were read and wait to be stored, before reading waits for them.
constexpr std::size_t unstored_max = 50'000;

}  // namespace

KafkaPump::KafkaPump(FrameStore frames, KafkaLogOptions options, const ReadingPlace& place,
                     std::unique_ptr<KafkaConsumer> consumer, std::shared_ptr<Wakeup> wakeup)
    : options_(std::move(options)),
      wakeup_(std::move(wakeup)),
      session_(
          ReaderRule(frames.head_at_opening()), place.next,
          SessionOptions{.own_record_wait_max = milliseconds{options_.tuning.message_timeout_ms}}),
      reader_(std::move(consumer)),
      last_read_(place.last),
      random_(std::random_device{}()),
      next_at_head_(place.next),
      head_(frames.head_at_opening()),
      copy_(std::move(frames), [this](const Result<Head>& result) { stored(result); }) {
  reader_.recheck();
  thread_ = std::thread([this] { run(); });
}

KafkaPump::~KafkaPump() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wakeup_->wake();
  thread_.join();
}

KafkaPump::Time KafkaPump::now() const {
  return std::chrono::duration_cast<Time>(std::chrono::steady_clock::now().time_since_epoch());
}

void KafkaPump::run() {
  pthread_setname_np(pthread_self(), "runut-kafka");
  while (true) {
    bool worked = take_submitted(now());
    worked |= poll_reports();
    worked |= poll_reader(now());
    if (!refused_) {
      session_.tick(now());
      settle_own();
      step(now());
      steer_reader(now());
    }
    settle_own();
    store_folded();
    publish();
    std::optional<Error> not_stored;
    {
      const std::lock_guard lock(mutex_);
      if (closing_) return;
      not_stored.swap(not_stored_);
    }
    if (not_stored && !refused_) refuse(std::move(*not_stored));
    if (!worked) {
      wakeup_->wait(milliseconds{session_.phase() == Phase::follower ? 50 : 10});
    } else if (awaiting_.size() > many_in_flight) {
      // Many are waiting anyway: rounds that each take a few would fill the store with tiny frames.
      std::this_thread::sleep_for(round_under_load);
    }
  }
}

bool KafkaPump::take_submitted(Time now) {
  sending_.commits.clear();
  sending_.records.clear();
  {
    const std::lock_guard lock(mutex_);
    std::swap(sending_, submitted_);
    if (std::exchange(step_down_, false)) session_.step_down();
  }
  std::span<const ProtocolRecord> records = sending_.records;
  for (const Commit& commit : sending_.commits) {
    send_commit(commit, records.first(commit.events.size()), now);
    records = records.subspan(commit.events.size());
  }
  send(outgoing_);
  outgoing_.clear();
  return !sending_.commits.empty();
}

// A commit that is never sent is void for certain: nobody else has its bytes.
void KafkaPump::send_commit(const Commit& commit, std::span<const ProtocolRecord> records,
                            Time now) {
  awaiting_.push_back({commit.command, commit_size(commit), std::nullopt});
  if (session_.phase() != Phase::writing || !serving_ || refused_) {
    awaiting_.back().outcome = Conflict{session_.head()};
    return;
  }
  ReaderRule rule(speculative_);
  Judgement judgement = Judgement::void_record;
  for (const ProtocolRecord& record : records) {
    judgement = record.header ? rule.judge(*record.header, record.leaf, record.size)
                              : Judgement::void_record;
    if (judgement == Judgement::void_record) break;
  }
  if (judgement != Judgement::counted) {
    awaiting_.back().outcome = Conflict{session_.head()};
    serving_ = false;
    session_.step_down();
    return;
  }
  speculative_ = rule.head();
  SentId id = session_.send(records, now);
  for (const StoredEvent& event : commit.events) {
    outgoing_.push_back({event.bytes, id});
    id = SentId{id.value + 1};
  }
}

void KafkaPump::send(std::span<const KafkaProducer::Message> messages) {
  if (messages.empty()) return;
  producer_->send(messages, [this](SentId id, std::string_view why) {
    session_.report_failed(id, std::string(why));
  });
}

bool KafkaPump::poll_reports() {
  if (!producer_) return false;
  const auto take = [this](const DeliveryReport& report) {
    if (!report.failure.empty()) {
      contiguous_reports_ = 0;
      session_.report_failed(report.id, std::string(report.failure));
      return;
    }
    const bool follows = report.offset.value == last_reported_.value + 1;
    contiguous_reports_ = follows ? contiguous_reports_ + 1 : 0;
    last_reported_ = report.offset;
    if (const auto judged = session_.reported(report.id, report.offset)) {
      fold(*judged, report.bytes);
    } else if (report.offset >= session_.next_unread()) {
      contiguous_reports_ = 0;  // a gap: it is read
    }
  };
  return producer_->poll(take) > 0;
}

bool KafkaPump::poll_reader(Time now) {
  if (refused_ || session_.head().sequence.value > head().sequence.value + unstored_max)
    return false;
  const auto take = [&](Offset at, Bytes&& bytes) {
    if (at < session_.next_unread()) return true;
    ProtocolRecord record{std::nullopt, leaf_hash(bytes), bytes.size()};
    const Result<RecordHeader> header = options_.read_header(bytes);
    if (header) {
      record.header = *header;
    } else if (header.error().code == ErrorCode::unsupported) {
      refuse(header.error());
      return false;
    }
    fold(*session_.read(at, record), bytes);
    return true;
  };
  const KafkaReader::Polled polled = reader_.poll(place(), now, take);
  if (polled.lost_from) {
    refuse(lost_history(*polled.lost_from, polled.replaced));
  } else if (polled.connection_changed) {
    session_.distrust_reports();
    contiguous_reports_ = 0;
    reader_.recheck();
  }
  return polled.any;
}

void KafkaPump::fold(const Judged& judged, BytesView bytes) {
  last_read_ = judged.leaf;
  if (judged.judgement == Judgement::void_record) return;
  if (judged.first) pending_.clear();
  if (judged.judgement == Judgement::pending) {
    pending_.push_back({Bytes(bytes), judged.leaf});
    return;
  }
  for (const StoredEvent& event : pending_) keep(event.bytes, event.leaf);
  pending_.clear();
  keep(bytes, judged.leaf);
  next_at_head_ = session_.next_unread();
}

void KafkaPump::keep(BytesView bytes, const Hash256& leaf) {
  if (folded_.empty() || folded_.back().full()) {
    if (spare_.empty()) spare_.emplace_back();
    folded_.push_back(std::move(spare_.back()));
    spare_.pop_back();
  }
  folded_.back().add(bytes, leaf);
}

void KafkaPump::steer_reader(Time now) {
  if (session_.awaited() > 0) idle_since_ = now;
  if (now - idle_since_ > idle_wait) contiguous_reports_ = 0;
  // The reader may stop only where the reports take over: behind what was reported already.
  const bool own_paced = session_.phase() == Phase::writing &&
                         contiguous_reports_ >= contiguous_enough &&
                         last_reported_ < session_.next_unread();
  if (own_paced && reader_.reading()) reader_.stop();
  if (!own_paced && !reader_.reading()) reader_.recheck();
}

void KafkaPump::step(Time now) {
  bool wanted = false;
  bool late = false;
  {
    const std::lock_guard lock(mutex_);
    wanted = request_ && !request_->answer;
    late = wanted && std::chrono::steady_clock::now() >= request_->deadline;
  }
  if (late) {
    const std::string& reason = session_.reason();
    answer(fail(ErrorCode::unavailable,
                "the log could not be taken over in time" + (reason.empty() ? "" : ": " + reason)));
    wanted = false;
  }
  switch (session_.phase()) {
    case Phase::follower:
    case Phase::superseded:
    case Phase::failed:
      drop_producer();
      if (wanted) begin_session();
      break;
    case Phase::lost_race:
      drop_producer();
      if (back_off_until_ == Time{0})
        back_off_until_ = now + milliseconds{random_() % back_off_max.count()};
      if (wanted && now >= back_off_until_) begin_session();
      break;
    case Phase::opening: {
      // An earlier request may have left this session behind: what it read is old.
      if (wanted && !std::exchange(opening_, true)) reader_.recheck();
      const auto end = reader_.known_end();
      if (wanted && end && session_.next_unread() >= *end) open_session(now);
      break;
    }
    case Phase::writing:
    case Phase::taking_over:
    case Phase::draining: break;
  }
  if (session_.phase() != Phase::writing) return;
  if (wanted && !serving_) {
    // What it is told to decide from has to be readable.
    store_folded();
    if (head() != session_.head()) return;
    serving_ = true;
    TakenOver taken{session_.head(), {}};
    for (const Doubtful& doubtful : doubtful_)
      if (doubtful.fate) taken.verdicts.push_back({doubtful.command, *doubtful.fate});
    doubtful_.clear();
    answer(std::move(taken));
  } else if (wanted || !serving_) {
    // Asked to take over from itself, or nobody waited for this takeover any more.
    serving_ = false;
    session_.step_down();
  }
}

// W2: a new random id and a new producer for each attempt.
void KafkaPump::begin_session() {
  back_off_until_ = Time{0};
  opening_ = true;
  serving_ = false;
  contiguous_reports_ = 0;
  session_.begin();
  reader_.recheck();
}

void KafkaPump::open_session(Time now) {
  const BuildTakeover* build = nullptr;
  {
    const std::lock_guard lock(mutex_);
    build = request_->build;
  }
  auto producer = KafkaProducer::create(options_.address, options_.tuning, wakeup_);
  if (!producer) return answer(fail(producer.error()));
  producer_ = std::move(*producer);
  speculative_ = session_.head();
  if (build == nullptr) {
    doubtful_.clear();
    return session_.copy_without_takeover();
  }
  Result<Commit> takeover = (*build)(session_.head());
  if (!takeover) return answer(fail(takeover.error()));
  const auto after = chained_head(*takeover, session_.head(), options_.read_header);
  if (!after || takeover->events.size() != 1)
    return answer(fail(ErrorCode::internal, "the takeover is not one event chained on the head"));
  const StoredEvent& event = takeover->events.front();
  const Result<RecordHeader> header = options_.read_header(event.bytes);
  const SentId id = session_.send_takeover({*header, event.leaf, event.bytes.size()}, now);
  const KafkaProducer::Message message{event.bytes, id};
  send({&message, 1});
  speculative_ = *after;
}

void KafkaPump::drop_producer() {
  producer_.reset();
}

void KafkaPump::settle_own() {
  for (const SettledOwn& settled : session_.take_settled()) {
    const CommandId& command = settled.commit.command;
    const auto doubtful = std::find_if(doubtful_.begin(), doubtful_.end(), [&](const auto& each) {
      return !each.fate && each.command == command;
    });
    if (doubtful != doubtful_.end()) {
      doubtful->fate = settled.fate;
      continue;
    }
    // In append order: the first that has no outcome yet nearly always is the one.
    while (resolved_ < awaiting_.size() && awaiting_[resolved_].outcome) ++resolved_;
    std::size_t at = resolved_;
    while (at < awaiting_.size() && (awaiting_[at].outcome || awaiting_[at].command != command))
      ++at;
    if (at == awaiting_.size()) continue;
    if (settled.fate == Fate::done) {
      awaiting_[at].outcome = Appended{settled.commit.last};
    } else {
      awaiting_[at].outcome = Conflict{session_.head()};
    }
  }
  if (session_.phase() == Phase::failed) doubt_everything(session_.reason());
}

void KafkaPump::doubt_everything(const std::string& reason) {
  for (; resolved_ < awaiting_.size(); ++resolved_) {
    Awaiting& awaiting = awaiting_[resolved_];
    if (awaiting.outcome) continue;
    awaiting.outcome = Unknown{reason};
    doubtful_.push_back({awaiting.command, std::nullopt});
  }
}

void KafkaPump::store_folded() {
  if (folded_.empty() || refused_) return;
  copy_.keep(folded_, spare_, session_.head(), next_at_head_);
}

// On the storing thread.
void KafkaPump::stored(const Result<Head>& result) {
  {
    const std::lock_guard lock(mutex_);
    if (result) head_ = *result;
    if (!result) not_stored_ = result.error();
    changed_.notify_all();
  }
  wakeup_->wake();
}

void KafkaPump::refuse(Error error) {
  drop_producer();
  doubt_everything(error.message);
  {
    const std::lock_guard lock(mutex_);
    refused_ = error;
  }
  answer(fail(std::move(error)));
}

void KafkaPump::answer(Result<TakenOver> result) {
  const std::lock_guard lock(mutex_);
  opening_ = false;
  if (!request_ || request_->answer) return;
  if (result) writable_ = {};
  request_->answer = std::move(result);
  changed_.notify_all();
}

void KafkaPump::publish() {
  const std::lock_guard lock(mutex_);
  // A commit may be settled before the store has it: then it waits for the next round.
  while (!awaiting_.empty() && awaiting_.front().outcome) {
    Awaiting& front = awaiting_.front();
    if (const Appended* appended = std::get_if<Appended>(&*front.outcome);
        appended != nullptr && appended->head.sequence > head_.sequence) {
      if (!refused_) break;
      front.outcome = Unknown{refused_->message};
    }
    bytes_ -= front.bytes;
    outcomes_.push_back({front.command, std::move(*front.outcome)});
    awaiting_.pop_front();
    if (resolved_ > 0) --resolved_;
  }
  switch (session_.phase()) {
    case Phase::writing:
      if (serving_) break;
      [[fallthrough]];
    case Phase::follower:
    case Phase::opening:
    case Phase::taking_over:
    case Phase::lost_race:
      writable_ = fail(ErrorCode::conflict, "this log was not taken over yet");
      break;
    case Phase::draining:
    case Phase::superseded: writable_ = fail(ErrorCode::conflict, session_.reason()); break;
    case Phase::failed: writable_ = fail(ErrorCode::unavailable, session_.reason()); break;
  }
  changed_.notify_all();
}

Error KafkaPump::lost_history(Offset from, bool replaced) const {
  const Sequence kept = sequence_before(frames(), from);
  const std::string range =
      std::to_string(kept.value + 1) + " to " + std::to_string(session_.head().sequence.value);
  return Error{ErrorCode::corrupt,
               {},
               "sequence",
               range,
               replaced ? "the topic " + options_.address.topic +
                              " has another record in the place of one of these events; this "
                              "node's own copy still has them"
                        : "the topic " + options_.address.topic +
                              " no longer has all of these events; this node's own copy still has "
                              "them"};
}

}  // namespace runut
