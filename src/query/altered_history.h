// A history as it would have been: some recorded events never were, and others stand between or
// behind them.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "domain/history.h"

namespace runut {

// Between two recorded events there is room for others, so sequences are wider here: the recorded
// event 17 stands at wide(17), what would have followed it at wide(17) + 1, … Every sequence that
// an event names is widened with it, so facts folded from here are consistent in themselves, and
// nothing recorded has to be renumbered.
[[nodiscard]] constexpr Sequence wide(Sequence recorded) {
  return Sequence{recorded.value << 20U};
}
// The recorded event that stands there, or the one before.
[[nodiscard]] constexpr Sequence narrow(Sequence wide) {
  return Sequence{wide.value >> 20U};
}
[[nodiscard]] constexpr bool is_between_recorded(Sequence wide) {
  return wide != runut::wide(narrow(wide));
}
// Every sequence that it names, of its own to those in the payload.
[[nodiscard]] Event widened(Event recorded);
[[nodiscard]] Event narrowed(Event wide);
[[nodiscard]] Payload narrowed(Payload wide);

class AlteredHistory final : public History {
 public:
  // `recorded` outlives this object.
  AlteredHistory(const History& recorded, int utc_offset_minutes)
      : recorded_(recorded), utc_offset_minutes_(utc_offset_minutes) {}

  // As if this recorded event were not; its place may be taken.
  void leave_out(Sequence recorded) { left_out_.insert(recorded); }
  // With wide sequences, above all placed before and at no recorded event's place but of those left
  // out.
  void place(const Event& event);

  // All sequences here are wide, `until` too.
  [[nodiscard]] Status each(const Subject& subject, std::optional<Month> month, Sequence until,
                            const Visit& visit) const override;
  // As recorded: nothing that is computed depends on versions.
  [[nodiscard]] Result<std::uint32_t> version(const Subject& subject) const override {
    return recorded_.version(subject);
  }
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId& id) const override {
    return recorded_.command(id);
  }

 private:
  const History& recorded_;
  int utc_offset_minutes_;
  std::set<Sequence> left_out_;                 // as recorded
  std::map<Touch, std::vector<Event>> placed_;  // by sequence
};

}  // namespace runut
