// The thread of the Kafka engine, and what it shares with callers.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <span>
#include <thread>

#include "log/event_log.h"
#include "log/kafka_copy.h"
#include "log/kafka_event_log.h"
#include "log/kafka_reader.h"
#include "log/writer_session.h"

namespace runut {

class KafkaPump {
 public:
  KafkaPump(FrameStore frames, KafkaLogOptions options, const ReadingPlace& place,
            std::unique_ptr<KafkaConsumer> consumer, std::shared_ptr<Wakeup> wakeup);
  ~KafkaPump();

  // What KafkaEventLog promises; any thread.
  [[nodiscard]] const FrameStore& frames() const { return copy_.frames(); }
  [[nodiscard]] Head head() const;
  [[nodiscard]] Result<Head> wait_for(Sequence at_least, Millis max_wait);
  [[nodiscard]] Result<TakenOver> take_over(const BuildTakeover* build, Millis max_wait);
  [[nodiscard]] Status append(Commit&& commit);
  [[nodiscard]] std::vector<Settled> settle(Millis max_wait);
  [[nodiscard]] std::size_t in_flight() const;
  [[nodiscard]] Status writable() const;
  void step_down();

  // Where this node's copy ends in the topic, as of the last move of its head (R5); checks that the
  // store holds a copy of this topic, or nothing yet.
  [[nodiscard]] static Result<ReadingPlace> load_place(const FrameStore& frames,
                                                       const std::string& topic);

 private:
  using Time = WriterSession::Time;
  using Phase = WriterSession::Phase;

  struct Submitted {  // commits, and what their callers read from them, event by event
    std::vector<Commit> commits;
    std::vector<ProtocolRecord> records;
  };
  struct Request {                         // one caller waits for it
    const BuildTakeover* build = nullptr;  // null: begin to copy, without a takeover
    std::chrono::steady_clock::time_point deadline;
    std::optional<Result<TakenOver>> answer;
  };
  struct Awaiting {  // a commit handed over, in append order
    CommandId command;
    std::size_t bytes = 0;
    std::optional<Outcome> outcome;
  };
  struct Doubtful {  // a commit reported Unknown
    CommandId command;
    std::optional<Fate> fate;
  };

  void run();
  bool take_submitted(Time now);
  void send(std::span<const KafkaProducer::Message> messages);
  void send_commit(const Commit& commit, std::span<const ProtocolRecord> records, Time now);
  bool poll_reports();
  bool poll_reader(Time now);
  void fold(const Judged& judged, BytesView bytes);
  void keep(BytesView bytes, const Hash256& leaf);
  void steer_reader(Time now);
  void step(Time now);
  void begin_session();
  void open_session(Time now);
  void drop_producer();
  void settle_own();
  void doubt_everything(const std::string& reason);
  void store_folded();
  void stored(const Result<Head>& result);
  void refuse(Error error);
  void answer(Result<TakenOver> result);
  void publish();
  [[nodiscard]] ReadingPlace place() const { return {session_.next_unread(), last_read_}; }
  [[nodiscard]] Error lost_history(Offset from, bool replaced) const;
  [[nodiscard]] Time now() const;

  const KafkaLogOptions options_;
  const std::shared_ptr<Wakeup> wakeup_;

  // The pump's own.
  WriterSession session_;
  KafkaReader reader_;
  std::unique_ptr<KafkaProducer> producer_;
  Hash256 last_read_;                 // leaf hash of the record before next_unread()
  std::vector<StoredEvent> pending_;  // events of the pending commit
  std::vector<FrameBuilder> folded_;  // of counted commits, not handed to the copy yet
  std::vector<FrameBuilder> spare_;   // empty ones
  Ring<Awaiting> awaiting_;
  std::size_t resolved_ = 0;  // so many of awaiting_, from the front, have an outcome
  std::vector<Doubtful> doubtful_;
  Head speculative_;
  std::size_t contiguous_reports_ = 0;
  Offset last_reported_;
  Time idle_since_{0};
  Time back_off_until_{0};
  std::minstd_rand random_;
  Submitted sending_;
  std::vector<KafkaProducer::Message> outgoing_;  // of sending_
  Offset next_at_head_;                           // next_unread() when the head moved last
  bool opening_ = false;  // the present session was opened for the request that waits
  bool serving_ = false;  // the caller of take_over() was told that it is the writer

  // Shared with callers.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Head head_;
  Submitted submitted_;
  std::vector<Settled> outcomes_;
  std::size_t in_flight_ = 0;
  std::size_t bytes_ = 0;
  std::optional<Request> request_;
  Status writable_ = fail(ErrorCode::conflict, "this log was not taken over yet");
  std::optional<Error> refused_;  // for good
  bool step_down_ = false;
  std::optional<Error> not_stored_;
  bool closing_ = false;

  KafkaCopy copy_;  // its thread ends first
  std::thread thread_;
};

}  // namespace runut
