// `runut serve` as a process on a ledger of its own, asked over a socket.
#pragma once

#include <gtest/gtest.h>

#include "http/raw_client/raw_client.h"
#include "run_binary/commands.h"
#include "run_binary/run_binary.h"

namespace runut::testing {

class RunningService {
 public:
  // Waits until it listens; port() is 0 when it did not (its log says why).
  RunningService(const std::string& data, const std::string& log_file, Arguments more = {});
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] pid_t pid() const { return process_.pid(); }
  void kill() { process_.kill(); }
  void signal(int number) { process_.signal(number); }
  int wait() { return process_.wait(); }
  [[nodiscard]] std::string log() const { return read_file(log_file_); }

 private:
  std::string log_file_;
  Running process_;
  std::uint16_t port_ = 0;
};

// A founded agency with one unit, live (not simulated), and what its tests send.
class ServedTown : public ::testing::Test {
 protected:
  void SetUp() override;
  void serve(Arguments more = {});
  [[nodiscard]] std::string data() const { return directory_ / "data"; }
  [[nodiscard]] std::uint16_t port() const { return service_->port(); }
  // POST /v1/kota-uji/commands, as JSON.
  RawAnswer post(const std::string& body, const std::string& headers = "");
  // A command that is accepted, another one for each number; `id` empty: it has none.
  static std::string a_command(unsigned number, const std::string& id);
  static std::string a_command(unsigned number) { return a_command(number, id_of(number)); }
  static std::string id_of(unsigned number);
  [[nodiscard]] std::string events() const;  // `runut log --json` of the ledger, not served

  TemporaryDirectory directory_;
  std::unique_ptr<RunningService> service_;
};

}  // namespace runut::testing
