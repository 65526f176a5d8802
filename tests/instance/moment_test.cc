#include "instance/moment.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "tests/projector/ledger.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::wib;

// Days without events, with one and with many; the founding is on 1 January 2022.
class Moments : public ::testing::Test {
 protected:
  Moments() {
    SeededRandomness random(5);
    for (int day = 0; day < 40; ++day) {
      const Date recorded = date(2022, 1, 3) + 2 * day;
      for (std::uint64_t count = random.below(4); count > 0; --count)
        events_.add(HolidaySet{recorded, HolidayKind::national, "Libur"}, {.recorded = recorded});
    }
    log_ = std::make_unique<MemoryEventLog>(&testing_projector::read_header);
    testing_projector::fill(*log_, events_);
  }
  // By looking at every event.
  [[nodiscard]] Sequence last_until(Instant instant) const {
    Sequence found;
    for (const Event& event : events_.all())
      if (event.recorded_at <= instant) found = event.sequence;
    return found;
  }

  Events events_;
  std::unique_ptr<MemoryEventLog> log_;
};

TEST_F(Moments, AreTheLastEventThatWasRecordedByThen) {
  for (int day = 0; day < 90; ++day) {
    const Date asked = date(2022, 1, 1) + day;
    const auto head = find_moment(*log_, to_string(asked), wib);
    ASSERT_TRUE(head) << head.error().describe();
    EXPECT_EQ(head->sequence, last_until(Instant{start_of(asked + 1, wib).micros - 1}));
    EXPECT_EQ(head->leaf, log_->read(head->sequence, {.events = 1})->events.front().leaf);
  }
  for (const Event& event : events_.all()) {
    EXPECT_EQ(find_moment(*log_, to_string(event.recorded_at), wib)->sequence,
              last_until(event.recorded_at));
    EXPECT_EQ(find_moment(*log_, std::to_string(event.sequence.value), wib)->sequence,
              event.sequence);
    const Instant before{event.recorded_at.micros - 1};
    const auto earlier = find_moment(*log_, to_string(before), wib);
    if (event.sequence == Sequence{1}) {
      ASSERT_FALSE(earlier);
      EXPECT_EQ(earlier.error().rule, "moment.before_founding");
    } else {
      EXPECT_EQ(earlier->sequence, last_until(before));
    }
  }
}

TEST_F(Moments, OfAnEmptyLogThereAreNone) {
  const MemoryEventLog empty(&testing_projector::read_header);
  EXPECT_FALSE(find_moment(empty, "1", wib));
  EXPECT_EQ(find_moment(empty, "2022-01-01", wib).error().rule, "moment.before_founding");
}

}  // namespace
}  // namespace runut
