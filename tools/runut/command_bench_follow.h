// The part of `runut bench http` that is about those who follow a ledger: the server is a process
// of its own, so that its memory and time are its alone.
#pragma once

#include "tools/runut/command_bench_run.h"

namespace runut::cli {

struct FollowBench {
  std::string data;
  std::string agency;
  std::string error_file;       // of the server
  std::size_t subscribers = 0;  // who receive what is recorded
  std::size_t idle = 0;         // who follow while nothing happens
  std::size_t people = 0;       // P1 and on
  std::size_t reports = 0;      // of all batches together
  std::size_t batches = 0;
  // The request of batch `number`, from 0; each report is an event.
  std::function<std::string(std::size_t number)> batch;
};

// fan-out and its memory, idle memory and processor time a subscriber, a person's catch-up.
[[nodiscard]] Status bench_follow(const FollowBench& bench, std::vector<Figure>& figures);

}  // namespace runut::cli
