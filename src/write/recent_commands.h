// What became of the commands whose events the history does not show yet.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/ring.h"
#include "domain/event.h"

namespace runut {

struct RecentCommand {
  CommandId id;
  Mac128 digest;
  Sequence first;
  std::uint32_t count = 0;                 // events of its commit
  std::unique_ptr<const Error> rejection;  // recorded as AttemptRefused

  [[nodiscard]] Sequence last() const { return Sequence{first.value + count - 1}; }
};

// By id, and forgotten in the order of their commits. One thread. Ids ascend, but for those that
// arrive out of turn: what is above all ids held is not looked for, and the table by hash is filled
// when something first has to be. Of all other commands it knows the greatest id: what is above
// that is new, and needs no look into the history.
class RecentCommands {
 public:
  // Null when it is not among them; valid until the next change.
  [[nodiscard]] const RecentCommand* find(const CommandId& id);
  // `command.id` must not be among them, and its commit stands behind all others.
  void add(RecentCommand command);
  // Those whose commits end at `sequence` or before.
  void forget_until(Sequence sequence);
  // Holds none; no command that is recorded elsewhere has an id above `greatest_elsewhere`.
  void reset(const CommandId& greatest_elsewhere);
  // A command of this id may be recorded that is not held here.
  [[nodiscard]] bool may_be_elsewhere(const CommandId& id) const { return id <= elsewhere_; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t place = 0;  // of the command, counted from 1; 0: this slot is free
  };
  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  [[nodiscard]] std::size_t slot_of(std::uint32_t hash, std::uint32_t place) const;
  // The place behind the last command's.
  [[nodiscard]] std::uint32_t end() const {
    return front_ + static_cast<std::uint32_t>(commands_.size());
  }
  void fill();
  void put(std::uint32_t place);
  void erase(std::size_t at);

  // The greatest ids: recorded and not held, and held since the last reset.
  CommandId elsewhere_;
  CommandId here_;
  Ring<RecentCommand> commands_;
  std::uint32_t front_ = 1;   // place of commands_.front()
  std::uint32_t filled_ = 1;  // places before this one stand in slots_
  std::vector<Slot> slots_;   // open addressing, a power of two, half full at most
};

}  // namespace runut
