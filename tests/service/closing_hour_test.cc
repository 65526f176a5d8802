// A city's closing hour against one service: a city's months come in as batches while towns people
// hand in single commands, officials ask for what was decided, subscribers come and go, clients are
// slow or leave in the middle, and keys are reloaded. Nothing is lost, nothing is answered wrongly,
// and nothing grows.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "service/running_service/follower.h"
#include "service/running_service/running_service.h"

namespace runut::testing {
namespace {

constexpr std::size_t batch_max = 500;
constexpr unsigned town_writers = 3;
constexpr unsigned askers = 2;

std::string setting(const char* name, const char* usual) {
  const char* const set = std::getenv(name);
  return set == nullptr ? usual : set;
}

std::size_t occurrences(const std::string& text, std::string_view word) {
  std::size_t out = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + word.size()))
    ++out;
  return out;
}

std::uint64_t memory_kib(pid_t pid) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stoull(line.substr(6));
  return 0;
}

std::size_t descriptors(pid_t pid) {
  const std::filesystem::directory_iterator all(fmt::format("/proc/{}/fd", pid));
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

// Of each person and line of a month, what it came to: the same in every ledger of these commands.
std::vector<std::string> amounts(const std::string& data, const std::string& month) {
  const Ran ran =
      run({"payments", "--data", data, "--agency", "kota-kediri", "--month", month, "--csv"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  std::vector<std::string> out;
  for (const std::string& line : lines_of(ran.out)) {
    const std::vector<std::string> cells = csv_cells(line);
    out.push_back(fmt::format("{} {} {} {} {}", cells[1], cells[3], cells[4], cells[5], cells[7]));
  }
  return out;
}

class ClosingHour : public ServedTown {
 protected:
  void SetUp() override {
    ServedTown::SetUp();
    city_ = directory_ / "city.ndjson";
    ASSERT_EQ(run({"simulate", "--people", people_, "--from", "2022-01", "--to", last_month_,
                   "--seed", "7", "--out", city_})
                  .exit,
              0);
    std::vector<std::string> lines = lines_of(read_file(city_));
    const auto is_lock = [](const std::string& line) {
      return has(line, R"({"command":"LockTppRun")") && has(line, "2022-01");
    };
    const auto last = std::find_if(lines.rbegin(), lines.rend(), is_lock);
    ASSERT_NE(last, lines.rend());
    std::string january;
    for (auto line = lines.begin(); line != last.base(); ++line) january += *line + "\n";
    const Ran imported = run({"import", "--data", data(), "--errors", directory_ / "refused.tsv",
                              directory_.write("january.ndjson", january)});
    ASSERT_LE(imported.exit, 3) << imported.err;
    refused_in_january_ = lines_of(read_file(directory_ / "refused.tsv")).size();
    rest_.assign(last.base(), lines.end());
  }

  void trouble(std::string what) {
    const std::lock_guard lock(mutex_);
    if (troubles_.size() < 20) troubles_.push_back(std::move(what));
  }

  // What no client should see: no answer, an answer of the wrong kind, a failure of the service.
  // That it has too much to do at once is said with the time to come back.
  bool is_fine(const std::optional<RawAnswer>& answer, std::string_view asked, int status) {
    if (!answer) {
      trouble(fmt::format("{}: no answer", asked));
      return false;
    }
    if (answer->status == 503 && !answer->header("retry-after").empty()) {
      ++turned_away_;
      return false;
    }
    if (answer->status != status)
      trouble(fmt::format("{}: {} {}", asked, answer->status, answer->body.substr(0, 300)));
    return answer->status == status;
  }

  // The rest of the city, in order, in batches of any size; some of them sent once more.
  void send_rest() {
    std::mt19937 random(1);
    RawClient client(port_);
    for (std::size_t at = 0; at < rest_.size();) {
      const std::size_t count = std::min(1 + random() % batch_max, rest_.size() - at);
      std::string body;
      for (std::size_t i = 0; i < count; ++i) body += rest_[at + i] + "\n";
      std::string first;
      const unsigned times = random() % 10 == 0 ? 2 : 1;
      for (unsigned time = 0; time < times; ++time) {
        const auto answer = client.ask("POST", "/v1/kota-kediri/commands",
                                       "Content-Type: application/x-ndjson\r\n", body);
        if (!is_fine(answer, "batch", 200)) return;
        const std::size_t recorded = occurrences(answer->body, R"("status":"recorded")");
        const std::size_t refused = occurrences(answer->body, R"("status":"refused")");
        if (recorded + refused != count) return trouble("batch: " + answer->body.substr(0, 300));
        if (time == 0) {
          refused_ += refused;
          first = answer->body;
        } else if (answer->body != first) {
          return trouble("a batch sent again was answered otherwise");
        }
      }
      at += count;
      sent_ = at;
    }
  }

  // Single commands: most are new, some are sent again, some are no command at all.
  void hand_in(unsigned writer) {
    std::mt19937 random(100 + writer);
    RawClient client(port_);
    for (unsigned number = writer; !is_over_; number += town_writers) {
      const unsigned unit = 1'000 + number;
      const auto answer = client.ask("POST", "/v1/kota-uji/commands", "", a_command(unit));
      if (!is_fine(answer, "command", 201)) continue;
      {
        const std::lock_guard lock(mutex_);
        acknowledged_.insert(id_of(unit));
      }
      if (random() % 8 == 0)
        is_fine(client.ask("POST", "/v1/kota-uji/commands", "", a_command(unit)), "again", 200);
      if (random() % 8 == 0)
        is_fine(client.ask("POST", "/v1/kota-uji/commands", "", "{\"command\":"), "broken", 400);
    }
  }

  void ask(unsigned asker) {
    std::mt19937 random(200 + asker);
    const std::string city = "/v1/kota-kediri/";
    RawClient client(port_);
    while (!is_over_) {
      const unsigned person = 2 + static_cast<unsigned>(random()) % 60;
      const std::vector<std::string> targets = {
          city + fmt::format("people/P{}", person),
          city + fmt::format("people/P{}/explanations/2022-01", person),
          city + "payments?month=2022-01&limit=50",
          city + "people?limit=20",
          city + "units",
          city + fmt::format("events?after={}&limit=100", random() % 3'000),
          city + "reports/treasurer?month=2022-01",
          city + "log/checkpoint",
          "/v1/kota-uji/units?limit=10",
          "/metrics",
          "/readyz?verbose",
      };
      const std::string& target = targets[random() % targets.size()];
      const auto answer = client.ask(
          "GET", target, random() % 2 == 0 ? "Accept-Encoding: gzip\r\n" : "Accept: */*\r\n");
      // Who is not paid that month has no explanation.
      const bool may_miss = has(target, "/people/P") && answer && answer->status == 404;
      if (may_miss || is_fine(answer, target, 200)) ++answered_;
    }
  }

  // Half a header, half a body, an end in the middle of an answer.
  void disturb() {
    std::mt19937 random(300);
    const std::string whole =
        request_text("POST", "/v1/kota-uji/commands", "", std::string(400, ' ') + "{}");
    while (!is_over_) {
      RawClient client(port_);
      client.send(std::string_view(whole).substr(0, random() % whole.size()));
      if (random() % 2 == 0) client.end_sending();
      if (random() % 4 == 0) {
        RawClient leaves(port_);
        leaves.send(request_text("GET", "/v1/kota-kediri/events?after=0&limit=200"));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  std::uint64_t head(const std::string& agency) const {
    RawClient client(port_);
    const auto answer = client.ask("GET", "/v1/" + agency + "/events?after=0&limit=1");
    return answer ? std::stoull("0" + answer->header("runut-head")) : 0;
  }

  // The soak has more of both.
  const std::string people_ = setting("RUNUT_PEOPLE", "100");
  const std::string last_month_ = setting("RUNUT_LAST_MONTH", "2022-02");
  std::string city_;
  std::vector<std::string> rest_;
  std::size_t refused_in_january_ = 0;
  std::atomic<std::uint16_t> port_{0};
  std::atomic<bool> is_over_{false};
  std::atomic<std::size_t> sent_{0};
  std::atomic<std::size_t> refused_{0};
  std::atomic<std::size_t> answered_{0};
  std::atomic<std::size_t> turned_away_{0};
  std::mutex mutex_;
  std::set<std::string> acknowledged_;
  std::vector<std::string> troubles_;
};

TEST_F(ClosingHour, NothingIsLostNothingIsWrongNothingGrows) {
  serve();
  port_ = port();
  const pid_t pid = service_->pid();
  head("kota-kediri");
  const std::size_t descriptors_before = descriptors(pid);

  std::vector<std::unique_ptr<Follower>> followers;
  followers.push_back(std::make_unique<Follower>("kota-kediri", port_));
  followers.push_back(std::make_unique<Follower>("kota-kediri", port_, 700));
  followers.push_back(std::make_unique<Follower>("kota-uji", port_, 50));
  std::vector<std::thread> others;
  for (unsigned i = 0; i < town_writers; ++i) others.emplace_back([this, i] { hand_in(i); });
  for (unsigned i = 0; i < askers; ++i) others.emplace_back([this, i] { ask(i); });
  others.emplace_back([this] { disturb(); });
  others.emplace_back([this] {
    while (!is_over_) {
      service_->signal(SIGHUP);
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
  });
  std::vector<std::uint64_t> memory;  // at each eighth of the way
  std::thread watch([&] {
    while (!is_over_) {
      if (sent_ * 8 >= rest_.size() * (memory.size() + 1)) memory.push_back(memory_kib(pid) / 1024);
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  });
  send_rest();
  is_over_ = true;
  watch.join();
  for (std::thread& other : others) other.join();

  for (const std::string& one : troubles_) ADD_FAILURE() << one;
  EXPECT_EQ(sent_, rest_.size());
  EXPECT_FALSE(acknowledged_.empty());
  EXPECT_GT(answered_, 0u);
  const std::uint64_t head_of_city = head("kota-kediri");
  const std::uint64_t head_of_town = head("kota-uji");
  unsigned resumed = 0;
  for (std::size_t i = 0; i < followers.size(); ++i) {
    const std::uint64_t last = i < 2 ? head_of_city : head_of_town;
    EXPECT_TRUE(followers[i]->reaches(last)) << followers[i]->last() << " of " << last;
    followers[i]->end();
    EXPECT_EQ(followers[i]->trouble(), "");
    EXPECT_EQ(followers[i]->last(), last);
    resumed += followers[i]->resumed();
  }
  EXPECT_GT(resumed, 0u) << "they were to come back";
  for (const std::string& id : acknowledged_)
    EXPECT_TRUE(followers[2]->commands().contains(id)) << id;

  // Everybody has left: what was open for them is closed. Files of the store come and go.
  std::size_t descriptors_after = 0;
  for (int i = 0; i < 100; ++i) {
    descriptors_after = descriptors(pid);
    if (descriptors_after < descriptors_before + 40) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_LT(descriptors_after, descriptors_before + 40);
  const std::uint64_t memory_after = memory_kib(pid);
  // Sanitizers keep shadows of all memory, and what was freed.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(memory_after, 600u * 1024) << "for a city of 5 000 people";
  if (memory.size() > 5) {
    EXPECT_LT(memory_after / 1024, memory[3] * 3 / 2) << "since halfway";
  }
#endif
  service_->signal(SIGTERM);
  EXPECT_EQ(service_->wait(), 0) << service_->log();
  EXPECT_FALSE(has(service_->log(), R"("level":"error")")) << service_->log();
  EXPECT_FALSE(has(service_->log(), R"("level":"critical")")) << service_->log();

  // The same city, imported in one piece.
  const std::string reference = directory_ / "reference";
  const Ran imported =
      run({"import", "--data", reference, "--errors", directory_ / "all.tsv", city_});
  ASSERT_LE(imported.exit, 3) << imported.err;
  EXPECT_EQ(lines_of(read_file(directory_ / "all.tsv")).size(), refused_in_january_ + refused_);
  for (const std::string& month : {std::string("2022-01"), last_month_}) {
    const std::vector<std::string> paid = amounts(data(), month);
    EXPECT_GT(paid.size(), std::stoul(people_));
    EXPECT_EQ(paid, amounts(reference, month));
  }
  EXPECT_EQ(run({"verify", "--data", data(), "--agency", "kota-kediri"}).exit, 0);
  EXPECT_EQ(run({"verify", "--data", data(), "--agency", "kota-uji"}).exit, 0);
  fmt::print(
      "{} commands in batches ({} refused), {} singly, {} questions, {} turned away, followers "
      "came back {} times; {} and {} events; {} MB on the way, {} MB after; {} and {} "
      "descriptors\n",
      sent_.load(), refused_.load(), acknowledged_.size(), answered_.load(), turned_away_.load(),
      resumed, head_of_city, head_of_town, fmt::join(memory, " "), memory_after / 1024,
      descriptors_before, descriptors_after);
}

}  // namespace
}  // namespace runut::testing
