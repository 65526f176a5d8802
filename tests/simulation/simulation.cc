#include "simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "../log/test_encoding.h"
#include "node.h"
#include "world.h"

namespace runut::simulation {
namespace {

class Simulation {
 public:
  Simulation(std::uint64_t seed, const Rules& rules, const Scenario& scenario)
      : world_(seed, scenario) {
    for (std::size_t i = 0; i < scenario.nodes; ++i)
      nodes_.push_back(std::make_unique<Node>(world_, rules, i));
    for (std::size_t i = 0; i < scenario.commands; ++i) {
      Client client;
      client.command = testing_log::command_id(i + 1);
      // A third of the commands want one of a few tokens, which only the first can have.
      client.token = world_.chance.below(3) == 0 ? 1 + world_.chance.below(4) : 0;
      client.size = 1 + world_.chance.below(3);
      client.retry_at = world_.between(10, scenario.trouble_until);
      world_.clients.push_back(client);
    }
  }

  Report run() {
    clients_ask();
    trouble_strikes();
    world_.at(world_.scenario.trouble_until, [this] { calm(); });
    while (world_.step(world_.scenario.calm_until) && !finished()) {
    }
    world_.report.breach = find_breach();
    for (const Client& client : world_.clients) {
      world_.report.done += client.state == Client::State::done ? 1 : 0;
      world_.report.not_done += client.undone_for_good ? 1 : 0;
      world_.report.rejected += client.state == Client::State::rejected ? 1 : 0;
    }
    return world_.report;
  }

 private:
  void clients_ask() {
    for (std::size_t i = 0; i < world_.clients.size(); ++i) {
      Client& client = world_.clients[i];
      if (client.state != Client::State::waiting || client.retry_at > world_.now) continue;
      ++client.attempts;
      client.retry_at = world_.now + world_.between(150, 600);
      // At first anybody; when calm, the node that is to write.
      const std::size_t node = world_.trouble() ? world_.chance.below(nodes_.size()) : 0;
      nodes_[node]->request(i);
      // Impatient clients repeat themselves elsewhere at once.
      if (world_.strikes(100))
        nodes_[world_.chance.below(nodes_.size())]->request(i), ++client.attempts;
    }
    world_.after(10, [this] { clients_ask(); });
  }

  void trouble_strikes() {
    if (!world_.trouble()) return;
    Node& node = *nodes_[world_.chance.below(nodes_.size())];
    if (world_.scenario.pauses && world_.strikes(60) && !node.paused())
      node.pause_until(world_.now + world_.between(20, 500));
    if (world_.scenario.crashes && world_.strikes(40)) node.crash_and_restart();
    if (world_.scenario.brokers_lose_the_tail && world_.log.size() > 4 && world_.strikes(30)) {
      world_.log.resize(world_.log.size() - 1 - world_.chance.below(3));
      ++world_.leadership;
    }
    world_.after(20, [this] { trouble_strikes(); });
  }

  void calm() { nodes_[0]->want_to_write(true); }

  bool finished() const {
    if (world_.trouble()) return false;
    for (const Client& client : world_.clients)
      if (client.state == Client::State::waiting) return false;
    return histories_are_equal();
  }

  bool histories_are_equal() const {
    const auto differs = [](const LogRecord& a, const LogRecord& b) {
      return a.record.leaf != b.record.leaf;
    };
    const auto& first = nodes_[0]->history();
    for (const auto& node : nodes_) {
      const auto& other = node->history();
      if (other.size() != first.size()) return false;
      for (std::size_t i = 0; i < first.size(); ++i)
        if (differs(first[i], other[i])) return false;
    }
    return true;
  }

  // Two readers that serve may be at different places, never on different histories.
  std::string disagreement() const {
    for (const auto& one : nodes_) {
      for (const auto& other : nodes_) {
        if (one->refused() || other->refused()) continue;
        const std::size_t common = std::min(one->history().size(), other->history().size());
        for (std::size_t i = 0; i < common; ++i)
          if (one->history()[i].record.leaf != other->history()[i].record.leaf)
            return fmt::format("two histories: readers differ at sequence {}", i + 1);
      }
    }
    return {};
  }

  std::string find_breach() const {
    if (std::string breach = disagreement(); !breach.empty()) return breach;
    if (world_.scenario.brokers_lose_the_tail) return {};  // what was acknowledged may be gone
    for (const auto& node : nodes_)
      if (node->refused()) return "a reader refused a log that lost nothing";
    const auto& history = nodes_[0]->history();

    std::map<CommandId, std::size_t> times;
    for (const LogRecord& record : history)
      if (record.record.header->commit_index == 0) ++times[record.record.header->command];
    for (const auto& [command, count] : times)
      if (count > 1)
        return fmt::format("command {} is applied {} times", to_string(command), count);
    if (std::string breach = malformed(history); !breach.empty()) return breach;
    for (const Client& client : world_.clients) {
      const std::size_t count = times.count(client.command);
      if (client.state == Client::State::done && count != 1)
        return fmt::format("command {} was acknowledged and is lost", to_string(client.command));
      if (client.undone_for_good && count != 0)
        return fmt::format("command {} was answered \"not done\" and is done",
                           to_string(client.command));
      if (client.state == Client::State::rejected && !justified(client, history))
        return fmt::format("command {} was rejected for what is not in the history",
                           to_string(client.command));
    }
    if (!finished()) return "no progress: commands without an answer, or readers behind";
    return {};
  }

  // Every commit whole, every event chained on the one before.
  static std::string malformed(const std::vector<LogRecord>& history) {
    Head head;
    std::uint32_t index = 0;
    for (const LogRecord& record : history) {
      const RecordHeader& header = *record.record.header;
      if (header.sequence != next(head.sequence) || header.previous != head.leaf)
        return fmt::format("the chain breaks at sequence {}", header.sequence.value);
      if (header.commit_index != index)
        return fmt::format("half a commit is visible at sequence {}", header.sequence.value);
      index = index + 1 == header.commit_count ? 0 : index + 1;
      head = Head{header.sequence, record.record.leaf};
    }
    return index == 0 ? "" : "half a commit is visible at the end";
  }

  static bool justified(const Client& client, const std::vector<LogRecord>& history) {
    for (const LogRecord& record : history)
      if (record.record.header->sequence.value <= client.rejected_at &&
          record.token == client.token && record.record.header->command != client.command)
        return true;
    return false;
  }

  World world_;
  std::vector<std::unique_ptr<Node>> nodes_;
};

}  // namespace

Report simulate(std::uint64_t seed, const Rules& rules, const Scenario& scenario) {
  return Simulation(seed, rules, scenario).run();
}

}  // namespace runut::simulation
