// A ledger on the disk with a writer's thread of its own, as a service holds one, and calls of its
// proof routes without any network.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

#include "run_binary/commands.h"
#include "service/proof_routes.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing {

class LiveLedger {
 public:
  explicit LiveLedger(service::SignedHeadsOptions options = {});
  ~LiveLedger();

  [[nodiscard]] CommandFile& commands() { return commands_; }
  // Recorded, durable; returns the answer of the last line.
  Answer record(const std::string& lines);
  // Further people, one event each, until the log has this many events.
  void grow_to(std::uint64_t events);
  // In the writer's thread; returns when it is done.
  void in_writer(const std::function<void(Instance&)>& work);
  // A checkpoint of the whole log, as a lock signs one.
  std::string sign();
  // Until then the writer takes up no further work.
  void hold_writer(std::shared_future<void> until);
  // Closed, and opened again.
  void restart(const std::function<void(const Place&)>& in_between = nullptr);
  // Ends the writer's thread: what it had not begun is forgotten.
  void end_writer();

  [[nodiscard]] const Instance& instance() const { return *instance_; }
  [[nodiscard]] std::uint64_t size() const { return instance_->log().head().sequence.value; }
  [[nodiscard]] service::Proofs& proofs() { return *proofs_; }

  // GET of "log/checkpoint", say, below /v1/kota-uji/; waits for the answer.
  [[nodiscard]] http::Response get(const std::string& behind_agency,
                                   std::vector<http::Field> headers = {});
  // The same without waiting. Must be joined before the ledger goes.
  [[nodiscard]] std::future<http::Response> begin(const std::string& behind_agency,
                                                  std::vector<http::Field> headers = {});

 private:
  void open();
  void close();
  void write();
  [[nodiscard]] Status post(std::function<void(Instance&)> work);

  TemporaryDirectory directory_;
  const service::SignedHeadsOptions options_;
  CommandFile commands_;
  std::unique_ptr<Instance> instance_;
  std::mutex mutex_;
  std::condition_variable moved_;
  std::deque<std::function<void(Instance&)>> work_;
  bool ending_ = false;
  std::thread writer_;
  std::shared_ptr<service::Proofs> proofs_;
  std::vector<http::Route> routes_;
};

}  // namespace runut::testing
