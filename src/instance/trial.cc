#include "instance/trial.h"

#include "seal/memory_key_store.h"

namespace runut {
namespace {

// The instance's log, with what is tried behind it in memory alone.
class TrialLog final : public EventLog {
 public:
  explicit TrialLog(const EventLog& base) : base_(base), began_(base.head()), head_(began_) {}

  [[nodiscard]] Head head() const override { return head_; }
  [[nodiscard]] Result<EventBatch> read(Sequence from, ReadLimits limits = {}) const override {
    if (from <= began_.sequence) return base_.read(from, limits);
    EventBatch batch;
    for (std::size_t i = from.value - began_.sequence.value - 1;
         i < events_.size() && batch.size() < limits.events; ++i) {
      batch.events.push_back({Sequence{began_.sequence.value + 1 + i}, *events_[i], leaves_[i]});
      batch.buffers.push_back(events_[i]);
    }
    return batch;
  }
  [[nodiscard]] Result<Head> wait_for(Sequence, Millis) override { return head_; }
  [[nodiscard]] Result<TakenOver> take_over(const BuildTakeover& build, Millis) override {
    RUNUT_ASSIGN(const Commit commit, build(head_));
    take(commit);
    return TakenOver{head_, {}};
  }
  [[nodiscard]] Result<Head> begin_copy(Millis) override { return head_; }
  [[nodiscard]] Status append(Commit&& commit) override {
    take(commit);
    settled_.push_back({commit.command, Appended{head_}});
    return {};
  }
  [[nodiscard]] std::vector<Settled> settle(Millis) override { return std::move(settled_); }
  [[nodiscard]] std::size_t in_flight() const override { return settled_.size(); }
  [[nodiscard]] Status writable() const override { return {}; }

 private:
  void take(const Commit& commit) {
    for (const StoredEvent& event : commit.events) {
      events_.push_back(std::make_shared<const Bytes>(event.bytes));
      leaves_.push_back(event.leaf);
      head_ = {next(head_.sequence), event.leaf};
    }
  }

  const EventLog& base_;
  const Head began_;
  Head head_;
  std::vector<std::shared_ptr<const Bytes>> events_;
  std::vector<Hash256> leaves_;
  std::vector<Settled> settled_;
};

// The instance's keys; those of people who are new are made and forgotten.
class TrialKeys final : public KeyStore {
 public:
  TrialKeys(const KeyStore& base, Randomness& randomness) : base_(base), fresh_(randomness) {}

  [[nodiscard]] Result<Key256> key_to_seal(PersonId person) override {
    Result<Key256> key = base_.key_to_open(person);
    if (key || key.error().code != ErrorCode::not_found) return key;
    return fresh_.key_to_seal(person);
  }
  [[nodiscard]] Result<Key256> key_to_open(PersonId person) const override {
    Result<Key256> key = base_.key_to_open(person);
    if (key || key.error().code != ErrorCode::not_found) return key;
    return fresh_.key_to_open(person);
  }
  [[nodiscard]] Key256 ledger_key(LedgerKey name) const override { return base_.ledger_key(name); }
  [[nodiscard]] Status sync() override { return {}; }
  [[nodiscard]] Status destroy(PersonId person) override { return fresh_.destroy(person); }
  [[nodiscard]] bool is_destroyed(PersonId person) const override {
    return base_.is_destroyed(person) || fresh_.is_destroyed(person);
  }

 private:
  const KeyStore& base_;
  MemoryKeyStore fresh_;
};

class WriterTrial final : public Trial {
 public:
  WriterTrial(const EventLog& log, const KeyStore& keys)
      : began_(log.head()), log_(log), keys_(keys, randomness_) {}

  Status open(const History& history) {
    WriterOptions options;
    options.wait_indexed = [](Sequence) { return Status{}; };
    // The history never has what is tried: nothing of it may be forgotten.
    options.indexed = [at = began_.sequence] { return at; };
    RUNUT_ASSIGN(writer_, Writer::open(log_, history, keys_, clock_, randomness_, options));
    return {};
  }
  [[nodiscard]] Result<Answer> decide(Command command) override {
    RUNUT_TRY(writer_->submit(std::move(command)));
    RUNUT_ASSIGN(const std::vector<Answer> answers, writer_->drain_all());
    RUNUT_CHECK(answers.size() == 1, "one command, one answer");
    return answers.front();
  }

 private:
  SystemClock clock_;
  SystemRandomness randomness_;
  const Head began_;
  TrialLog log_;
  TrialKeys keys_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace

Result<std::unique_ptr<Trial>> Trial::begin(Instance& instance) {
  const Sequence head = instance.log().head().sequence;
  if (instance.projector() != nullptr)
    RUNUT_TRY(instance.projector()->wait_for(head, Millis{30'000}));
  RUNUT_ASSIGN(const Sequence known_at, instance.known_at());
  if (instance.projector() == nullptr && known_at < head)
    return fail(Error{ErrorCode::unavailable, "trial.behind", "directory",
                      instance.place().directory(),
                      "another process is writing there, and its views have not caught up"});
  RUNUT_ASSIGN(KeyStore* const keys, instance.keys());
  auto trial = std::make_unique<WriterTrial>(instance.log(), *keys);
  RUNUT_TRY(trial->open(instance.history()));
  return trial;
}

}  // namespace runut
