#include "log/kafka_reader.h"

#include <algorithm>

#include "base/sha256.h"

namespace runut {
namespace {
// A broker that was away can answer from the past; only what stays missing is lost.
constexpr std::chrono::milliseconds missing_wait{10'000};
constexpr std::chrono::milliseconds between_rechecks{100};
}  // namespace

void KafkaReader::start(const ReadingPlace& place, Time now) {
  started_ = now;
  checking_ = place;
  known_end_.reset();
  const bool anything_before = place.next.value > 0;
  wanted_ = !consumer_->read_from(Offset{anything_before ? place.next.value - 1 : 0});
  mode_ = anything_before ? Mode::rechecking : Mode::following;
  if (wanted_) mode_ = Mode::stopped;
}

void KafkaReader::stop() {
  if (consumer_->stop()) mode_ = Mode::stopped;
  wanted_ = false;
}

// A place that the log does not have says nothing of where the log begins and ends: from its end on
// records are lost, or all of them when it begins behind the place.
Offset KafkaReader::lost_from(Offset missing) const {
  const auto bounds = consumer_->bounds();
  if (!bounds || bounds->first > missing) return Offset{0};
  return std::min(missing, bounds->end);
}

void KafkaReader::missing(Offset from, Time now, Polled& polled) {
  if (!missing_since_) missing_since_ = now;
  if (now - *missing_since_ > missing_wait) polled.lost_from = lost_from(from);
  mode_ = Mode::stopped;
  wanted_ = true;
}

// While rechecking: everything but the one record, or the end of a log without it, is left over.
void KafkaReader::checked(const Consumed& next, Time now, Polled& polled) {
  const Offset before{checking_.next.value - 1};
  if (next.kind == Consumed::Kind::end_of_log) {
    if (next.offset <= before) missing(next.offset, now, polled);
    return;
  }
  if (next.offset != before) return;
  missing_since_.reset();
  mode_ = Mode::following;
  if (leaf_hash(next.bytes) == checking_.last) return;
  polled.lost_from = next.offset;
  polled.replaced = true;
}

KafkaReader::Polled KafkaReader::poll(const ReadingPlace& place, Time now,
                                      const std::function<bool(Offset, Bytes&&)>& take) {
  Polled polled;
  if (wanted_ && mode_ != Mode::rechecking && now - started_ >= between_rechecks) start(place, now);
  consumed_.clear();
  consumer_->poll(consumed_);
  for (Consumed& next : consumed_) {
    if (next.kind == Consumed::Kind::error) {
      polled.connection_changed = true;
      continue;
    }
    polled.any = true;
    if (mode_ == Mode::stopped) continue;
    if (next.kind == Consumed::Kind::out_of_range) {
      missing(Offset{checking_.next.value - 1}, now, polled);
    } else if (mode_ == Mode::rechecking) {
      checked(next, now, polled);
      if (polled.replaced) return polled;
    } else if (wanted_) {
      continue;  // not to be trusted before the recheck
    } else if (next.kind == Consumed::Kind::end_of_log) {
      known_end_ = next.offset;
    } else if (!take(next.offset, std::move(next.bytes))) {
      return polled;
    }
  }
  return polled;
}

}  // namespace runut
