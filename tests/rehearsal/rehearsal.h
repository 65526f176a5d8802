// The ledger's rules on a simulated stream, without log, codec or keys: decides each command, folds
// what follows, remembers it by subject.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "domain/command.h"
#include "domain/history.h"
#include "ledger/decide.h"
#include "ledger/loaded_facts.h"

namespace runut::testing {

class Rehearsal final : public History {
 public:
  Rehearsal();

  // The answer of the rules; an attempt without authority leaves AttemptRefused behind.
  [[nodiscard]] Status play(const Command& command);
  // Another writer session begins: an event that no command asked for shifts every later sequence.
  [[nodiscard]] Status take_over(Instant now);
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  [[nodiscard]] const LoadedFacts& facts() const { return *facts_; }

  [[nodiscard]] Status each(const Subject& subject, std::optional<Month> month, Sequence until,
                            const Visit& visit) const override;
  [[nodiscard]] Result<std::uint32_t> version(const Subject& subject) const override;
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId& id) const override;

 private:
  [[nodiscard]] Status append(const Command& command, const NewEvent& wanted, std::size_t index,
                              std::size_t count);

  std::vector<Event> events_;
  std::map<Sequence, std::string> answers_;  // what rules sealed themselves
  std::map<Touch, std::vector<std::size_t>> by_touch_;
  std::unique_ptr<LoadedFacts> facts_;
};

}  // namespace runut::testing
