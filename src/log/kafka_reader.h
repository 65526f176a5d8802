// Reads the topic in order, and notices when it is no longer the one that was read (rule R6).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "log/kafka_client.h"

namespace runut {

// Where a reader stands: it has judged everything before `next`, and the record at `next` - 1 had
// this leaf hash (meaningless at offset 0).
struct ReadingPlace {
  Offset next;
  Hash256 last;
};

// Used by one thread.
class KafkaReader {
 public:
  using Time = std::chrono::milliseconds;
  explicit KafkaReader(std::unique_ptr<KafkaConsumer> consumer) : consumer_(std::move(consumer)) {}

  // Sees the record before the place of the next poll again, then reads on from there. A recheck
  // that is under way is finished first.
  void recheck() { wanted_ = true; }
  // Reads nothing until the next recheck.
  void stop();

  struct Polled {
    bool any = false;
    bool connection_changed = false;  // recheck, and distrust reports of what was sent before
    // The topic does not hold what was read: it ends at the offset, has another record there, or
    // begins behind what was read (then this is 0).
    std::optional<Offset> lost_from;
    bool replaced = false;
  };
  // Hands records behind the place to `take`, in order; each offset may come again.
  Polled poll(const ReadingPlace& place, Time now,
              const std::function<bool(Offset, Bytes&&)>& take);

  [[nodiscard]] bool reading() const { return mode_ != Mode::stopped || wanted_; }
  // Everything before this was in the log when the present reading began; none while unknown.
  [[nodiscard]] std::optional<Offset> known_end() const {
    return wanted_ ? std::nullopt : known_end_;
  }

 private:
  enum class Mode : std::uint8_t { stopped, rechecking, following };
  void start(const ReadingPlace& place, Time now);
  void checked(const Consumed& next, Time now, Polled& polled);
  void missing(Offset from, Time now, Polled& polled);
  [[nodiscard]] Offset lost_from(Offset missing) const;

  std::unique_ptr<KafkaConsumer> consumer_;
  Mode mode_ = Mode::stopped;
  ReadingPlace checking_;
  bool wanted_ = false;
  Time started_{-1'000'000};
  std::optional<Time> missing_since_;
  std::optional<Offset> known_end_;
  std::vector<Consumed> consumed_;
};

}  // namespace runut
