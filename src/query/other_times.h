// The other two of the rulebook's three times (section 3.6), beside *known at*: facts as of a date,
// and rules as of a date. An answer under either is hypothetical, and to be marked so.
#pragma once

#include <memory>
#include <optional>

#include "computation/rules.h"
#include "domain/history.h"

namespace runut {

class LoadedFacts;

struct OtherTimes {
  std::optional<Date> facts_as_of;
  std::optional<Date> rules_as_of;

  [[nodiscard]] bool asked() const { return facts_as_of || rules_as_of; }
  [[nodiscard]] RulesOptions rules() const { return {rules_as_of}; }
};

// Whether an event is seen as of a date; see FactsAsOf.
[[nodiscard]] bool is_seen_as_of(const Event& event, Date date);

// A history as of a date: events whose occurred_on is later are not seen. Regulations obey the
// other two times only, and who is compared with whom in a ranking is part of the question: these
// are seen whenever they were recorded.
class FactsAsOf final : public History {
 public:
  // Without a date everything is seen. The history outlives this object.
  FactsAsOf(const History& history, std::optional<Date> date) : history_(history), date_(date) {}

  [[nodiscard]] Status each(const Subject& subject, std::optional<Month> month, Sequence until,
                            const Visit& visit) const override;
  [[nodiscard]] Result<std::uint32_t> version(const Subject& subject) const override {
    return history_.version(subject);
  }
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId& id) const override {
    return history_.command(id);
  }

 private:
  const History& history_;
  std::optional<Date> date_;
};

}  // namespace runut
