// The protocol by which a node reads one shared log of records and, at times, writes to it (rules
// W1 to W8 and L1; src/log/README.md). A pure state machine: no threads, no clock, no network. The
// Kafka engine and the deterministic simulation drive this very code.
//
// The driver owns a transport that can lose, delay and repeat. It tells what was read and reported,
// does what phase() asks for, and answers callers from take_settled() alone.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ring.h"
#include "log/reader_rule.h"
#include "log/settlement.h"

namespace runut {

using Offset = Strong<struct OffsetTag, std::int64_t>;  // a place in the shared log; stays in here

// Names one record that was sent; never reused, so that late reports of a former producer are
// known.
using SentId = Strong<struct SentTag, std::uint64_t>;

// One record as the protocol sees it. No header: not readable as an event, void for every reader.
struct ProtocolRecord {
  std::optional<RecordHeader> header;
  Hash256 leaf;
  std::size_t size = 0;
};

// What reading one record meant.
struct Judged {
  Judgement judgement = Judgement::void_record;
  bool first = false;         // counts, and begins a commit: a pending one before it is discarded
  std::optional<SentId> own;  // it is this one of the records that the session sent
  Hash256 leaf;
};

// Each rule can be replaced, by the simulation only, to show the counterexample it prevents.
struct WriterRules {
  enum class Reports : std::uint8_t { judged, trusted_when_contiguous, trusted };
  enum class Settling : std::uint8_t { divergence, foreign_takeover, reading_to_the_end, at_once };
  bool read_back_takeover = true;            // W1
  Reports reports = Reports::judged;         // W3
  Settling settling = Settling::divergence;  // W5
  bool yield_to_void_takeover = true;        // L1
};

struct SessionOptions {
  std::chrono::milliseconds own_record_wait_max{30'000};  // a clock of our own: reports come late
  ReaderRules reader_rules{};
  WriterRules writer_rules{};
};

class WriterSession {
 public:
  enum class Phase : std::uint8_t {
    follower,     // reads only: begin() to become the writer
    opening,      // make a new producer, read to the end, then send_takeover()
    taking_over,  // the takeover was sent; decide nothing before it was read back
    lost_race,    // the takeover cannot count any more: back off for a random time, begin() again
    writing,      // decide and send()
    draining,     // another writer wants the log: decide nothing more, let own records land
    failed,       // own records are in doubt: purge and close the producer, begin() to settle
    superseded,   // another writer has the log; all own records are settled: a follower again
  };
  using Time = std::chrono::milliseconds;  // since any fixed moment

  WriterSession(const ReaderRule& reader, Offset next_unread, SessionOptions options = {});

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }  // of failed and lost_race
  [[nodiscard]] const Head& head() const { return reader_.head(); }
  [[nodiscard]] const ReaderRule& reader() const { return reader_; }
  [[nodiscard]] Offset next_unread() const { return next_unread_; }
  [[nodiscard]] std::size_t unsettled() const { return settlement_.unsettled(); }
  // Records of this session that are not judged yet.
  [[nodiscard]] std::size_t awaited() const { return sent_.size(); }

  // The record at `at`, from the log itself. Each place is judged once (R0): one that was judged
  // before is ignored (no value). `at` may be past next_unread() only where the log holds no record
  // in between. `counted`: the pending records and this one are history now.
  std::optional<Judged> read(Offset at, const ProtocolRecord& record);

  // W2: a new attempt to write. The former producer must be purged and closed.
  void begin();
  // In phase opening, once everything known to be in the log is read. `takeover` is chained on
  // head().
  SentId send_takeover(const ProtocolRecord& takeover, Time now);
  // In phase opening, instead: for copying a log record for record. The copies are chained on a
  // history that is there already, and a late one of them is the very record that is to be there.
  void copy_without_takeover();
  // In phase writing: all records of one commit, chained on the commit sent before.
  SentId send(std::span<const ProtocolRecord> commit, Time now);

  // The broker reports the record as persisted at `at`. When that is the very next unread place, it
  // is judged as if it had been read there (W3); otherwise the report is not used (no value) and
  // the driver must read on from next_unread().
  std::optional<Judged> reported(SentId id, Offset at);
  // R6: the log is being read on after an error or a change of leader. What was sent before may
  // have been reported by a leader whose log is gone, so those reports are not used: it is read.
  void distrust_reports() { first_trusted_ = first_sent_ + sent_.size(); }
  // The record of this id was given up, or its producer failed.
  void report_failed(SentId id, const std::string& reason);
  void tick(Time now);
  // L1: no longer the one to write (group membership lost): decide nothing more, then follow.
  void step_down();

  // What became of own commits since the last call, takeovers excluded, in the order it was known.
  [[nodiscard]] std::vector<SettledOwn> take_settled();

  // Counterexample only (Settling::reading_to_the_end): everything in the log has been read.
  void read_to_the_end();

 private:
  struct Sent {
    ProtocolRecord record;
    Time at;
  };

  // `own`: its place among what was sent.
  Judged judge(const ProtocolRecord& record, std::optional<std::size_t> own);
  void after_counted(const Head& last, bool own, bool takeover);
  [[nodiscard]] std::optional<std::size_t> find_sent(const Hash256& leaf) const;
  [[nodiscard]] bool is_own_takeover(const Hash256& leaf) const;
  SentId push(std::span<const ProtocolRecord> commit, bool takeover, Time now);
  void fail_session(const std::string& reason);

  SessionOptions options_;
  ReaderRule reader_;
  Offset next_unread_;
  Phase phase_ = Phase::follower;
  std::string reason_;
  CommitSettlement settlement_;
  std::vector<SettledOwn> settled_;
  Ring<Sent> sent_;                     // of this session, not judged yet
  std::uint64_t first_sent_ = 0;        // id of sent_.front()
  std::uint64_t first_trusted_ = 0;     // reports of records before this one are not used
  std::vector<Hash256> own_takeovers_;  // that a late one of ours is not taken for a rival's
};

}  // namespace runut
