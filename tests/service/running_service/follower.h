// Follows a ledger by server-sent events from its first one on, whatever becomes of the service.
#pragma once

#include <atomic>
#include <cstdint>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace runut::testing {

// Ids of commands, as ServedTown::id_of() makes them, in the order of the text.
[[nodiscard]] std::vector<std::string> ids_in(const std::string& text);

class Follower {
 public:
  // `leaves_after`: it disconnects after so many events and comes back; 0: it stays.
  Follower(std::string agency, const std::atomic<std::uint16_t>& port, unsigned leaves_after = 0);
  ~Follower();
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  // Whether it has been sent the event, after waiting for it.
  [[nodiscard]] bool reaches(std::uint64_t sequence) const;
  void end();
  [[nodiscard]] std::uint64_t last() const { return last_; }
  [[nodiscard]] unsigned resumed() const { return connections_ - 1; }
  // After end(): what was sent that should not have been; empty: each event behind the one before.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  [[nodiscard]] const std::set<std::string>& commands() const { return commands_; }

 private:
  void follow();
  void take(const std::string& block);

  const std::string agency_;
  const std::atomic<std::uint16_t>& port_;
  const unsigned leaves_after_;
  std::atomic<bool> is_ending_{false};
  std::atomic<std::uint64_t> last_{0};
  std::atomic<unsigned> connections_{0};
  std::string trouble_;
  std::set<std::string> commands_;
  std::thread thread_;
};

}  // namespace runut::testing
