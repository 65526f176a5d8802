// A writer over a scripted log, with everything around it in memory: a founded, simulated agency
// with one official, P1, whose decrees hold.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "seal/memory_key_store.h"
#include "test_ledger/test_ledger.h"
#include "write/scripted_log.h"
#include "write/writer.h"

namespace runut::testing {

// Notes in the journal when keys are synced and destroyed.
class JournalledKeys final : public KeyStore {
 public:
  JournalledKeys(Randomness& randomness, std::vector<std::string>& journal)
      : inner_(randomness), journal_(journal) {}
  [[nodiscard]] Result<Key256> key_to_seal(PersonId person) override {
    return inner_.key_to_seal(person);
  }
  [[nodiscard]] Result<Key256> key_to_open(PersonId person) const override {
    return inner_.key_to_open(person);
  }
  [[nodiscard]] Key256 ledger_key(LedgerKey name) const override { return inner_.ledger_key(name); }
  [[nodiscard]] Status sync() override;
  [[nodiscard]] Status destroy(PersonId person) override;
  [[nodiscard]] bool is_destroyed(PersonId person) const override {
    return inner_.is_destroyed(person);
  }

  void fail_syncs(unsigned count) { failing_syncs_ = count; }

 private:
  MemoryKeyStore inner_;
  std::vector<std::string>& journal_;
  unsigned failing_syncs_ = 0;
};

// One process that writes: its log, its index, its writer.
class Node {
 public:
  Node(std::shared_ptr<MemoryHistory> history, KeyStore& keys, std::vector<std::string>& journal);
  void open();  // a new writer, as after a restart

  ScriptedLog log;
  MemoryIndex index;
  std::unique_ptr<Writer> writer;

 private:
  KeyStore& keys_;
  SystemClock clock_;
  SeededRandomness randomness_{11};
};

struct Ask {
  std::string command;
  std::string data;  // JSON object
  std::string text{};
  std::string more{};  // further members
  std::string actor = "S1";
  std::string role = "hr";
};

class Rig {
 public:
  Rig();

  // Each with an id of its own, unless `id` is that of an earlier one.
  [[nodiscard]] Command build(const Ask& ask, unsigned id = 0);
  // RegisterPerson P`person`, with a name to seal.
  [[nodiscard]] Command registration(unsigned person, unsigned id = 0);
  [[nodiscard]] Command erasure(unsigned person);
  [[nodiscard]] static CommandId id_of(unsigned number);
  [[nodiscard]] unsigned last_id() const { return ids_; }

  // Without a fault, by another process, and without a trace of it in this one's journal.
  void written_elsewhere(const Command& command);

  void submit(const Command& command) { ASSERT_TRUE(node.writer->submit(command)); }
  // Every answer, until nothing is pending or nothing more can be answered; the error is in
  // `failure`.
  std::vector<Answer> answers();
  std::optional<Error> failure;

  // How often each command is in the history; takeovers are left out.
  [[nodiscard]] std::map<CommandId, unsigned> history() const;
  // Of this node, since the rig was set up.
  [[nodiscard]] unsigned takeovers() const;

  std::vector<std::string> journal;
  std::shared_ptr<MemoryHistory> events;
  SeededRandomness randomness{3};
  JournalledKeys keys{randomness, journal};
  Node node;

 private:
  std::vector<std::string> elsewhere_journal_;
  Node elsewhere_;
  unsigned ids_ = 0;
};

}  // namespace runut::testing
