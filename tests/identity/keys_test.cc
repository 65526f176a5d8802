#include "identity/keys.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <thread>

#include "tests/identity/tokens.h"
#include "tests/support/temporary_directory.h"

namespace runut::identity {
namespace {

using enum Algorithm;

// What is at the URL, which the test changes, and how often it was asked for.
struct Server {
  Result<std::string> answer = key_set({&key_of(es256)});
  int asked = 0;
  Keys keys{{.source = "https://sso.test/keys"}, [this](const std::string& url) {
              EXPECT_EQ(url, "https://sso.test/keys");
              ++asked;
              return answer;
            }};

  std::string rule(const PrivateKey& key, std::int64_t second) {
    const auto found = keys.find(key.kid(), key.algorithm(), at_second(second));
    return found ? "" : found.error().rule;
  }
};

TEST(Keys, AreFetchedOnceAndThenKnown) {
  Server server;
  EXPECT_EQ(server.asked, 0);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(server.rule(key_of(es256), noon + i), "");
  EXPECT_EQ(server.asked, 1);
}

TEST(Keys, AnUnknownOneIsLookedForAgainButNotMoreOftenThanAllowed) {
  Server server;
  EXPECT_EQ(server.rule(key_of(es256), noon), "");
  const PrivateKey& next = key_of(es256, 1);
  for (int second = 0; second < 30; ++second)
    EXPECT_EQ(server.rule(next, noon + second), "token.unknown_key");
  EXPECT_EQ(server.asked, 1);
  // The issuer's keys rotate: the old one signs until it is gone.
  server.answer = key_set({&key_of(es256), &next});
  EXPECT_EQ(server.rule(next, noon + 30), "");
  EXPECT_EQ(server.rule(key_of(es256), noon + 30), "");
  EXPECT_EQ(server.asked, 2);
}

TEST(Keys, AFailedFetchKeepsThoseThatAreThere) {
  Server server;
  EXPECT_EQ(server.rule(key_of(es256), noon), "");
  const std::uint64_t generation = server.keys.generation();
  for (const Result<std::string>& bad :
       {Result<std::string>(fail(ErrorCode::unavailable, "down")), Result<std::string>("<html>"),
        Result<std::string>(R"({"keys":[]})"), Result<std::string>(R"({"keys":7})"),
        Result<std::string>(R"({"keys":[{"kty":"oct","k":"AAAA"}]})")}) {
    server.answer = bad;
    EXPECT_FALSE(server.keys.reload(at_second(noon + 100)));
    EXPECT_EQ(server.rule(key_of(es256), noon + 100), "");
  }
  EXPECT_EQ(server.keys.generation(), generation);
}

TEST(Keys, WithoutAnyYetTheServiceCannotTell) {
  Server server;
  server.answer = fail(ErrorCode::unavailable, "no answer from sso.test");
  const auto found = server.keys.find(key_of(es256).kid(), es256, at_second(noon));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::unavailable);
  EXPECT_EQ(found.error().rule, "token.keys");
  EXPECT_NE(found.error().message.find("no answer from sso.test"), std::string::npos);
  EXPECT_EQ(server.rule(key_of(es256), noon + 1), "token.keys");
  EXPECT_EQ(server.asked, 1) << "an issuer that is down is not asked for every token";
  server.answer = key_set({&key_of(es256)});
  EXPECT_EQ(server.rule(key_of(es256), noon + 30), "");
}

TEST(Keys, AWithdrawnOneGoesWithinTheHour) {
  Server server;
  EXPECT_EQ(server.rule(key_of(es256), noon), "");
  server.answer = key_set({&key_of(es256, 1)});
  EXPECT_EQ(server.rule(key_of(es256), noon + 3599), "");
  EXPECT_EQ(server.rule(key_of(es256), noon + 3600), "token.unknown_key");
  EXPECT_EQ(server.asked, 2);
}

TEST(Keys, AClockThatIsSetBackPutsNoFetchOff) {
  Server server;
  EXPECT_EQ(server.rule(key_of(es256), noon), "");
  server.answer = key_set({&key_of(es256, 1)});
  EXPECT_EQ(server.rule(key_of(es256, 1), noon - 7200), "");
}

TEST(Keys, WithoutANameTheOneThatFitsIsMeant) {
  Server server;
  server.answer = key_set({&key_of(es256), &key_of(rs256)});
  EXPECT_TRUE(server.keys.find("", es256, at_second(noon)));
  EXPECT_TRUE(server.keys.find("", rs256, at_second(noon)));
  server.answer = key_set({&key_of(es256), &key_of(es256, 1)});
  ASSERT_TRUE(server.keys.reload(at_second(noon)));
  EXPECT_EQ(server.keys.find("", es256, at_second(noon)).error().rule, "token.unknown_key");
  EXPECT_EQ(server.keys.find("", rs256, at_second(noon)).error().rule, "token.algorithm");
}

TEST(Keys, ThatCannotBeUsedAreLeftOut) {
  const auto set = read_key_set(R"({"keys":[{"kty":"oct","k":"AAAA","kid":"s"},7,)" +
                                *key_of(es256).public_jwk() + "]}");
  ASSERT_TRUE(set) << set.error().describe();
  ASSERT_EQ(set->size(), 1U);
  EXPECT_EQ(set->front().kid(), key_of(es256).kid());
}

TEST(Keys, AreReadFromAFileAsWell) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.write("jwks.json", key_set({&key_of(es256)}));
  const auto never = [](const std::string&) -> Result<std::string> {
    ADD_FAILURE() << "a file is not fetched";
    return fail(ErrorCode::internal, "");
  };
  Keys keys({.source = path}, never);
  EXPECT_TRUE(keys.find(key_of(es256).kid(), es256, at_second(noon)));
  directory.write("jwks.json", key_set({&key_of(es256, 1)}));
  EXPECT_TRUE(keys.find(key_of(es256, 1).kid(), es256, at_second(noon + 30)));
  Keys missing({.source = directory / "none.json"}, never);
  const auto found = missing.find("k", es256, at_second(noon));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::unavailable);
}

// The fetch hangs; who asks for a known key does not, and who asks for another is told to come
// again.
TEST(Keys, NobodyWaitsForAFetchButWhoMakesIt) {
  std::mutex mutex;
  std::condition_variable changed;
  bool inside = false;
  bool let_go = false;
  std::atomic<int> asked = 0;
  Keys keys({.source = "https://sso.test/keys"}, [&](const std::string&) -> Result<std::string> {
    if (++asked == 1) return key_set({&key_of(es256)});
    std::unique_lock lock(mutex);
    inside = true;
    changed.notify_all();
    changed.wait(lock, [&] { return let_go; });
    return key_set({&key_of(es256), &key_of(es256, 1)});
  });
  (void)key_of(es256, 1);  // made here: the map of keys is no thread's
  ASSERT_TRUE(keys.find(key_of(es256).kid(), es256, at_second(noon)));
  const std::string next = key_of(es256, 1).kid();
  bool found = false;
  std::thread fetching([&] { found = keys.find(next, es256, at_second(noon + 60)).has_value(); });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return inside; });
  }
  EXPECT_TRUE(keys.find(key_of(es256).kid(), es256, at_second(noon + 60)));
  const auto other = keys.find("another", es256, at_second(noon + 90));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::unavailable);
  {
    const std::lock_guard lock(mutex);
    let_go = true;
  }
  changed.notify_all();
  fetching.join();
  EXPECT_TRUE(found);
  EXPECT_EQ(asked, 2);
}

TEST(Keys, AreAskedByManyThreadsWhileTheyRotate) {
  std::atomic<int> turn = 0;
  const std::string sets[] = {key_set({&key_of(es256), &key_of(es256, 1)}),
                              key_set({&key_of(es256), &key_of(es256, 2)})};
  Keys keys({.source = "https://sso.test/keys", .retry_seconds = 0, .refresh_seconds = 0},
            [&](const std::string&) -> Result<std::string> { return sets[++turn % 2]; });
  ASSERT_TRUE(keys.reload(at_second(noon)));
  std::atomic<int> lost = 0;
  const std::string kid = key_of(es256).kid();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 300; ++i)
        if (!keys.find(kid, es256, at_second(noon + i))) ++lost;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(lost, 0) << "the key that is in every set is always found";
  EXPECT_GT(keys.generation(), 1U);
}

}  // namespace
}  // namespace runut::identity
