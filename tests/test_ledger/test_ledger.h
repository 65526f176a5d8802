// A whole ledger in memory for tests: writer, log, index and keys, fed with commands as JSON or
// values. Simulated time, so that a test says when things happen.
//
//   TestLedger ledger;                       // founded, with kota-kediri's document of 2022-08
//   ledger.given(R"({"command": ...})");     // must be accepted
//   EXPECT_EQ(ledger.when(...).rule, "report.date_in_future");
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/history.h"
#include "log/memory_event_log.h"
#include "seal/memory_key_store.h"
#include "write/writer.h"

namespace runut::testing {

// An index over everything that the log holds.
class MemoryIndex final : public History {
 public:
  explicit MemoryIndex(const EventLog& log) : log_(log) {}
  // Decodes what the log has beyond what was seen.
  [[nodiscard]] Status catch_up();
  [[nodiscard]] Sequence position() const { return Sequence{events_.size()}; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }

  [[nodiscard]] Status each(const Subject& subject, std::optional<Month> month, Sequence until,
                            const Visit& visit) const override;
  [[nodiscard]] Result<std::uint32_t> version(const Subject& subject) const override;
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId& id) const override;
  [[nodiscard]] Result<CommandId> greatest_command() const override;

 private:
  const EventLog& log_;
  std::vector<Event> events_;
  std::vector<Hash256> leaves_;
  int offset_ = 0;
};

class TestLedger {
 public:
  // Founds an empty simulated agency `kota-uji` at 2022-01-01T00:00:00Z, WIB.
  TestLedger();

  // Fields of a command that a test does not care about are filled in: id, agency, recorded_at
  // (now(), which a test moves), assurance. `actor` is "P17 employee" or "S1 operator".
  struct Ask {
    std::string command;
    std::string actor;
    std::string data;  // JSON object
    std::string text{};
    std::string reason{};
    std::string more{};  // further members, e.g. "\"supersedes\":12"
  };
  [[nodiscard]] Command build(const Ask& ask);

  // Decided, durable, answered.
  Answer when(Command command);
  Answer when(const Ask& ask) { return when(build(ask)); }
  // Must be accepted; returns the first event's sequence.
  Sequence given(const Ask& ask);
  // The error, or a default one (rule "accepted") when it was accepted.
  Error refusal(const Ask& ask);

  void at(std::string_view instant);  // moves now()
  [[nodiscard]] Instant now() const { return now_; }

  [[nodiscard]] const std::vector<Event>& events();
  [[nodiscard]] const Facts& facts() const { return writer_->facts(); }
  [[nodiscard]] Writer& writer() { return *writer_; }
  [[nodiscard]] MemoryEventLog& log() { return log_; }
  [[nodiscard]] MemoryIndex& index() { return index_; }
  [[nodiscard]] MemoryKeyStore& keys() { return keys_; }
  // A new writer on the same log, as after a restart.
  void restart();

  // Scenery: a unit tree, people with status, grade, post and appraiser; the pack's 2022-08
  // document.
  void enact(std::string_view file, std::string_view amends = "");
  void unit(std::uint64_t id, std::uint64_t parent, bool paying);
  struct Post {
    std::uint64_t unit = 1;
    std::string title = "Pengadministrasi Umum";
    std::uint32_t job_class = 7;
    std::string from = "2020-01-01";
    std::string kind = "executor";
    std::string echelon = "staff";
  };
  void person(std::uint64_t id, const Post& post);
  void appraiser(std::uint64_t person, std::uint64_t appraiser, std::uint64_t superior);
  // JSON of a decree signed by the person in the office.
  [[nodiscard]] static std::string decree(std::uint64_t signatory, std::string_view office,
                                          std::string_view date);

 private:
  SeededRandomness randomness_{7};
  SystemClock clock_;
  MemoryEventLog log_;
  MemoryIndex index_;
  MemoryKeyStore keys_;
  std::unique_ptr<Writer> writer_;
  Instant now_;
};

}  // namespace runut::testing
