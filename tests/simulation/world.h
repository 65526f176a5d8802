// The simulated log, clock and clients.
#pragma once

#include <functional>
#include <map>
#include <queue>
#include <vector>

#include "base/clock.h"
#include "simulation.h"

namespace runut::simulation {

// One record: what a reader sees, and what the little domain of the simulation reads from it.
struct LogRecord {
  ProtocolRecord record;
  std::uint64_t token =
      0;  // a commit is refused when an earlier one of another command has its token
};

// A command as its client knows it. Its commit has `size` events.
struct Client {
  enum class State : std::uint8_t { waiting, done, not_done, rejected };
  CommandId command;
  std::uint64_t token = 0;
  std::size_t size = 1;
  State state = State::waiting;
  std::size_t attempts = 0;
  std::int64_t retry_at = 0;
  bool undone_for_good = false;   // told "not done" on its only attempt
  std::uint64_t rejected_at = 0;  // the sequence that the rejection named
};

class World {
 public:
  World(std::uint64_t seed, const Scenario& wanted) : scenario(wanted), chance(seed) {}

  void at(std::int64_t time, std::function<void()> action) {
    events_.push(Event{std::max(time, now), order_++, std::move(action)});
  }
  void after(std::int64_t delay, std::function<void()> action) {
    at(now + delay, std::move(action));
  }
  // Runs the next event; false when there is none before `until`.
  bool step(std::int64_t until) {
    if (events_.empty() || events_.top().time > until) return false;
    Event event = std::move(const_cast<Event&>(events_.top()));
    events_.pop();
    now = event.time;
    event.action();
    return true;
  }

  [[nodiscard]] bool trouble() const { return now < scenario.trouble_until; }
  // True `per_mille` times in a thousand, while there is trouble.
  [[nodiscard]] bool strikes(std::uint64_t per_mille) {
    return trouble() && chance.below(1000) < per_mille;
  }
  [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) {
    return low +
           static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(high - low + 1)));
  }

  const Scenario scenario;
  SeededRandomness chance;
  std::int64_t now = 0;
  std::vector<LogRecord> log;
  std::uint64_t leadership = 0;  // changes when the brokers have lost something
  std::vector<Client> clients;
  Report report;

 private:
  struct Event {
    std::int64_t time;
    std::uint64_t order;
    std::function<void()> action;
    bool operator<(const Event& other) const {
      return std::tie(other.time, other.order) < std::tie(time, order);
    }
  };
  std::priority_queue<Event> events_;
  std::uint64_t order_ = 0;
};

}  // namespace runut::simulation
