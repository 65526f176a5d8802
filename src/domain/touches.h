// Which subjects an event affects: where the covering index files it, what a blast radius follows.
#pragma once

#include <array>
#include <optional>

#include "domain/event.h"

namespace runut {

// Where a person's daily events lie once more that were recorded after the month they are about: in
// the order of their recording, so that whoever asks what is new reads no older one. No month of
// any calendar.
inline constexpr Month late_daily_events{0xFFFF};

// A person's facts are filed by the month that they are about, so that explaining one month reads
// one month however long the history is; roster, evaluation and adjustments are standing facts.
struct Touch {
  Subject subject;
  // None: standing. The agency's facts are all standing; accesses alone are filed by month with it,
  // so that what is not a fact is never read with the facts. Or `late_daily_events`.
  std::optional<Month> month;
  friend auto operator<=>(const Touch&, const Touch&) = default;
};

// A few touches, without allocation: asked for each event of every fold.
class Touches {
 public:
  void add(Touch touch) {
    RUNUT_CHECK(size_ < touches_.size(), "an event touches more subjects than any may");
    touches_[size_++] = touch;
  }
  [[nodiscard]] const Touch* begin() const { return touches_.data(); }
  [[nodiscard]] const Touch* end() const { return touches_.data() + size_; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::array<Touch, 4> touches_;
  std::size_t size_ = 0;
};

// Pure. Every event touches at least one subject. `utc_offset_minutes` is the agency's.
[[nodiscard]] Touches touches(const Event& event, int utc_offset_minutes);

// The months whose pay an event can change: the month of a daily fact, the months that an interval
// covers, ...; none for an event outside all computations. `last` is open for open intervals.
struct MonthRange {
  Month first;
  Month last;
  friend bool operator==(const MonthRange&, const MonthRange&) = default;
};
[[nodiscard]] std::optional<MonthRange> affected_months(const Event& event, int utc_offset_minutes);

}  // namespace runut
