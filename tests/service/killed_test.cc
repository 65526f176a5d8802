// kill -9 of the service under load, again and again: what clients were told is there, once each,
// and who follows and comes back is sent every event, once and in order.
#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "service/running_service/running_service.h"
#include "support/rounds.h"

namespace runut::testing {
namespace {

constexpr unsigned usual_rounds = 4;
constexpr unsigned writers = 4;
constexpr unsigned numbers_a_round = 100'000;
constexpr std::chrono::milliseconds look{50};

// Of commands, as ServedTown::id_of() makes them, in the order of the text.
std::vector<std::string> ids_in(const std::string& text) {
  constexpr std::string_view beginning = "018f3a00-0000-7000-8000-";
  std::vector<std::string> out;
  for (std::size_t at = text.find(beginning); at != text.npos; at = text.find(beginning, at + 1))
    out.push_back(text.substr(at, beginning.size() + 12));
  return out;
}

// Follows the ledger from its first event on, whatever becomes of the service.
class Follower {
 public:
  explicit Follower(const std::atomic<std::uint16_t>& port)
      : port_(port), thread_([this] { follow(); }) {}
  ~Follower() { end(); }

  void end() {
    is_ending_ = true;
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] std::uint64_t last() const { return last_; }
  [[nodiscard]] unsigned resumed() const { return connections_ - 1; }
  // After end(): what was sent that should not have been; empty: each event behind the one before.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  [[nodiscard]] const std::set<std::string>& commands() const { return commands_; }

 private:
  void follow() {
    while (!is_ending_ && trouble_.empty()) {
      RawClient client(port_);
      if (!client.send(request_text(
              "GET", "/v1/kota-uji/events",
              fmt::format("Accept: text/event-stream\r\nLast-Event-ID: {}\r\n", last_.load()))) ||
          !client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 ")) {
        std::this_thread::sleep_for(look);
        continue;
      }
      ++connections_;
      // Nothing for a while: the service is gone, or has nothing to say. Either way it is asked
      // anew.
      for (std::string block; !is_ending_ && trouble_.empty();) {
        block = client.read_until("\n\n", 4 * look);
        if (block.empty()) break;
        take(block);
      }
    }
  }

  // A block of the stream; an event is an id and its data.
  void take(const std::string& block) {
    const std::size_t id = block.find("id: ");
    const std::size_t data = block.find("\ndata: ");
    if (id == std::string::npos || data == std::string::npos || has(block, "\nevent: ")) return;
    const std::uint64_t sequence = std::stoull(block.substr(id + 4, 20));
    if (sequence != last_ + 1) trouble_ = fmt::format("{} came behind {}", sequence, last_.load());
    last_ = sequence;
    for (std::string& id : ids_in(block)) commands_.insert(std::move(id));
  }

  const std::atomic<std::uint16_t>& port_;
  std::atomic<bool> is_ending_{false};
  std::atomic<std::uint64_t> last_{0};
  std::atomic<unsigned> connections_{0};
  std::string trouble_;
  std::set<std::string> commands_;
  std::thread thread_;
};

class KilledService : public ServedTown {
 protected:
  // Until so many commands of this round have been acknowledged; then the service is dead.
  void write_until_killed(unsigned round, std::size_t wanted) {
    serve();
    port_ = port();
    std::vector<std::thread> clients;
    std::atomic<std::size_t> count{0};
    for (unsigned writer = 0; writer < writers; ++writer)
      clients.emplace_back([&, writer] {
        RawClient client(port_);
        for (unsigned number = writer; number < numbers_a_round; number += writers) {
          const unsigned unit = 1'000 + round * numbers_a_round + number;
          const auto answer = client.ask("POST", "/v1/kota-uji/commands", "", a_command(unit));
          if (!answer || answer->status != 201) return;
          const std::lock_guard lock(mutex_);
          acknowledged_.insert(id_of(unit));
          ++count;
        }
      });
    for (int i = 0; i < 30'000 && count < wanted; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_GE(count, wanted) << service_->log();
    service_->kill();
    service_->wait();
    for (std::thread& client : clients) client.join();
  }

  std::atomic<std::uint16_t> port_{0};
  std::mutex mutex_;
  std::set<std::string> acknowledged_;
};

TEST_F(KilledService, LosesNothingThatItAcknowledgedAndShowsItToEveryFollowerOnce) {
  std::mt19937 random(20220815);
  const unsigned wanted_rounds = rounds(usual_rounds);
  std::vector<std::unique_ptr<Follower>> followers;
  for (unsigned round = 0; round < wanted_rounds; ++round) {
    write_until_killed(round, 50 + random() % 400);
    while (followers.size() < 3) followers.push_back(std::make_unique<Follower>(port_));
  }
  serve();
  port_ = port();
  RawClient client(port_);
  const auto answer = client.ask("GET", "/v1/kota-uji/events?after=0&limit=1");
  ASSERT_TRUE(answer);
  const std::uint64_t head = std::stoull(answer->header("runut-head"));
  unsigned resumed = 0;
  for (const auto& follower : followers) {
    for (int i = 0; i < 600 && follower->last() < head; ++i) std::this_thread::sleep_for(look);
    follower->end();
    EXPECT_EQ(follower->trouble(), "");
    EXPECT_EQ(follower->last(), head);
    for (const std::string& id : acknowledged_)
      EXPECT_TRUE(follower->commands().contains(id)) << id;
    resumed += follower->resumed();
  }
  EXPECT_GT(resumed, 0u) << "they were to come back";
  service_.reset();
  fmt::print("{} rounds, {} commands acknowledged, {} events, followers came back {} times\n",
             wanted_rounds, acknowledged_.size(), head, resumed);
  const std::vector<std::string> recorded = ids_in(events());
  const std::multiset<std::string> each(recorded.begin(), recorded.end());
  for (const std::string& id : acknowledged_) ASSERT_EQ(each.count(id), 1u) << id;
  EXPECT_EQ(run({"verify", "--data", data()}).exit, 0);
}

}  // namespace
}  // namespace runut::testing
