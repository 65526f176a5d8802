// kill -9 of the service under load, again and again: what clients were told is there, once each,
// and who follows and comes back is sent every event, once and in order.
#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "service/running_service/follower.h"
#include "service/running_service/running_service.h"
#include "support/rounds.h"

namespace runut::testing {
namespace {

constexpr unsigned usual_rounds = 4;
constexpr unsigned writers = 4;
constexpr unsigned numbers_a_round = 100'000;

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
    while (followers.size() < 3) followers.push_back(std::make_unique<Follower>("kota-uji", port_));
  }
  serve();
  port_ = port();
  RawClient client(port_);
  const auto answer = client.ask("GET", "/v1/kota-uji/events?after=0&limit=1");
  ASSERT_TRUE(answer);
  const std::uint64_t head = std::stoull(answer->header("runut-head"));
  unsigned resumed = 0;
  for (const auto& follower : followers) {
    EXPECT_TRUE(follower->reaches(head)) << follower->last();
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
