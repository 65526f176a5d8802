// A ledger on the disk as a service holds one, and calls of its proof routes without any network.
#pragma once

#include <functional>
#include <future>
#include <memory>

#include "run_binary/commands.h"
#include "service/ledgers.h"
#include "service/proof_routes.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing {

class LiveLedger {
 public:
  explicit LiveLedger(service::SignedHeadsOptions options = {});

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
  // No work is taken any more; what was is done.
  void end_writer();

  [[nodiscard]] service::Ledger& ledger() const { return *ledgers_->all().begin()->second; }
  [[nodiscard]] const Instance& instance() const { return ledger().instance(); }
  [[nodiscard]] std::uint64_t size() const { return instance().log().head().sequence.value; }

  // GET of "log/checkpoint", say, below /v1/kota-uji/; waits for the answer.
  [[nodiscard]] http::Response get(const std::string& behind_agency,
                                   std::vector<http::Field> headers = {});
  // The same without waiting. Must be joined before the ledger goes.
  [[nodiscard]] std::future<http::Response> begin(const std::string& behind_agency,
                                                  std::vector<http::Field> headers = {});

 private:
  void open();

  TemporaryDirectory directory_;
  const service::SignedHeadsOptions options_;
  CommandFile commands_;
  std::unique_ptr<service::Ledgers> ledgers_;
  std::vector<http::Route> routes_;
};

}  // namespace runut::testing
