// The index of a list of events, which counts what is asked of it.
#pragma once

#include <vector>

#include "domain/history.h"

namespace runut::testing {

class ListedHistory final : public History {
 public:
  explicit ListedHistory(const std::vector<Event>& events) : events_(events) {}

  [[nodiscard]] Status each(const Subject& subject, std::optional<Month> month, Sequence until,
                            const Visit& visit) const override {
    return each_after(subject, month, {}, until, visit);
  }
  [[nodiscard]] Status each_after(const Subject& subject, std::optional<Month> month,
                                  Sequence after, Sequence until,
                                  const Visit& visit) const override {
    ++reads;
    for (const Event& event : events_) {
      if (event.sequence <= after) continue;
      if (event.sequence > until) break;
      for (const Touch& touch : touches(event, 420))
        if (touch == Touch{subject, month}) {
          ++visited;
          RUNUT_TRY(visit(event, Hash256{}));
        }
    }
    return {};
  }
  [[nodiscard]] Result<std::uint32_t> version(const Subject&) const override { return 0U; }
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId&) const override {
    return std::optional<Sequence>{};
  }

  mutable unsigned reads = 0;
  mutable unsigned visited = 0;  // events

 private:
  const std::vector<Event>& events_;
};

}  // namespace runut::testing
