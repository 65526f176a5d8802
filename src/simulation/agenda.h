// What is still to happen, in order of time: daily work as small records, rare events as closures.
// Holds only what is pending, so its size follows the people, not the length of the simulation.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/date.h"

namespace runut::simulation {

enum class TaskKind : std::uint8_t {
  script,
  clock_in,
  clock_out,
  submit,
  resubmit,
  withdraw,
  replace,
  approve,
  return_,
  reject,
  leave
};

struct Task {
  Instant at;
  std::uint64_t order = 0;   // of equal instants the one scheduled first comes first
  std::uint32_t person = 0;  // index in the city
  Date date{};               // of the fact
  std::uint32_t detail = 0;  // minutes of a report; slot of a script
  TaskKind kind{};
  std::uint8_t number = 1;  // of the report within the day
};

class Agenda {
 public:
  using Script = std::function<void()>;

  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] bool empty() const { return heap_.empty(); }

  // In the past is our bug: the file's recorded_at would step back.
  void add(Task task) {
    RUNUT_CHECK(task.at >= now_, "a task was scheduled in the past");
    task.order = order_++;
    heap_.push_back(task);
    std::push_heap(heap_.begin(), heap_.end(), later);
  }

  void add(Instant at, Script script) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(scripts_.size()));
      scripts_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    scripts_[slot] = std::move(script);
    add(Task{.at = at, .detail = slot, .kind = TaskKind::script});
  }

  // The next task; time moves on to it.
  [[nodiscard]] Task next() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const Task task = heap_.back();
    heap_.pop_back();
    now_ = task.at;
    return task;
  }

  void run_script(const Task& task) {
    const Script script = std::move(scripts_[task.detail]);
    scripts_[task.detail] = nullptr;
    free_.push_back(task.detail);
    script();
  }

 private:
  static bool later(const Task& a, const Task& b) {
    return a.at != b.at ? a.at > b.at : a.order > b.order;
  }
  Instant now_{INT64_MIN};
  std::uint64_t order_ = 0;
  std::vector<Task> heap_;
  std::vector<Script> scripts_;
  std::vector<std::uint32_t> free_;
};

}  // namespace runut::simulation
