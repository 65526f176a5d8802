// Events of an EventBuilder as a log has them: encoded, chained, in their commits.
#pragma once

#include "base/clock.h"
#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "log/memory_event_log.h"
#include "seal/memory_key_store.h"
#include "seal/sealed.h"
#include "tests/support/event_builder.h"
#include "write/record_header.h"

namespace runut::testing {

class RecordedLog {
 public:
  RecordedLog() : history_(std::make_shared<MemoryHistory>(read_record_header)), log_(history_) {}

  explicit RecordedLog(const EventBuilder& ledger) : RecordedLog() { record(ledger); }

  // Everything that was not recorded yet; at most so many commits.
  void record(const EventBuilder& ledger, std::size_t commits = ~std::size_t{0}) {
    for (; commits > 0 && events_.size() < ledger.events().size(); --commits) {
      Commit commit{command_of(Sequence{events_.size() + 1}), {}};
      const std::size_t count = ledger.events()[events_.size()].commit_count;
      for (std::size_t i = 0; i < count; ++i) {
        Event event = ledger.events()[events_.size()];
        complete(event);
        auto bytes = encode_event(event);
        RUNUT_CHECK(bytes.has_value(), bytes ? "" : bytes.error().describe());
        head_ = leaf_hash(*bytes);
        commit.events.push_back({std::move(*bytes), head_});
        events_.push_back(std::move(event));
        leaves_.push_back(head_);
      }
      RUNUT_CHECK(history_->offer(commit), "the commit is chained on the head");
    }
  }

  [[nodiscard]] EventLog& log() { return log_; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  [[nodiscard]] const Hash256& leaf(std::size_t at) const { return leaves_[at]; }

 private:
  static CommandId command_of(Sequence commit) {
    CommandId id;
    for (std::size_t i = 0; i < 8; ++i)
      id.bytes[15 - i] = static_cast<std::uint8_t>(commit.value >> (8 * i));
    return id;
  }
  // What a builder leaves to whoever records.
  void complete(Event& event) {
    event.previous = head_;
    event.command = command_of(event.commit());
    if (text_policy(event.type()) != TextPolicy::required || !event.sealed.empty()) return;
    const auto sealed =
        seal_text(keys_, PersonId{event.subject.id}, "Menyusun laporan",
                  {event.agency, event.command, static_cast<std::uint16_t>(event.type())}, chance_);
    RUNUT_CHECK(sealed.has_value(), "the text can be sealed");
    event.sealed = serialise(*sealed);
  }

  SeededRandomness chance_{1};
  MemoryKeyStore keys_{chance_};
  std::shared_ptr<MemoryHistory> history_;
  MemoryEventLog log_;
  std::vector<Event> events_;
  std::vector<Hash256> leaves_;
  Hash256 head_;
};

// A few units and people, and what happens to them at random; the same for the same seed.
inline void work_a_day(EventBuilder& ledger, Date day, int people) {
  ledger.clock(day, "16:00");
  for (int person = 1; person <= people; ++person) {
    ledger.person(static_cast<std::uint64_t>(person)).reported(day, 60 + person);
    if (person % 2 == 0) ledger.person(static_cast<std::uint64_t>(person)).approved(day);
    if (person % 3 == 0) ledger.person(static_cast<std::uint64_t>(person)).returned(day);
  }
}

inline EventBuilder small_office(int people) {
  EventBuilder ledger;
  ledger.enact(RegulationText());
  ledger.unit(1).created({.paying = true});
  ledger.unit(2).created({.parent = 1});
  for (int person = 1; person <= people; ++person)
    ledger.person(static_cast<std::uint64_t>(person))
        .hired({.unit = person % 2 == 0 ? 2U : 1U, .from = date(2022, 1, 3)});
  return ledger;
}

}  // namespace runut::testing
