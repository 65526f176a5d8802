// A history of which every person's month is read once, however many states of it are looked at:
// for one question, which asks for the same few again and again.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "domain/history.h"

namespace runut {

// What is read first is kept up to `head`; nobody may ask beyond it. The agency's own history,
// which is long, is passed on, and so are late daily events, of which only the latest are asked
// for. Not thread-safe.
class RememberedHistory final : public History {
 public:
  RememberedHistory(const History& history, Sequence head) : history_(history), head_(head) {}

  [[nodiscard]] Status each(const Subject& subject, std::optional<Month> month, Sequence until,
                            const Visit& visit) const override;
  [[nodiscard]] Status each_after(const Subject& subject, std::optional<Month> month,
                                  Sequence after, Sequence until,
                                  const Visit& visit) const override;
  [[nodiscard]] Result<std::uint32_t> version(const Subject& subject) const override {
    return history_.version(subject);
  }
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId& id) const override {
    return history_.command(id);
  }

 private:
  using Events = std::vector<std::pair<Event, Hash256>>;  // in sequence order

  const History& history_;
  const Sequence head_;
  mutable std::map<std::pair<Subject, std::optional<Month>>, Events> read_;
};

}  // namespace runut
