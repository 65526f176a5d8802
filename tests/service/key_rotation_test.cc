// An issuer that changes its key while the service runs: its key set comes from a URL.
#include <gmock/gmock.h>

#include <csignal>
#include <functional>

#include "service/running_service/running_service.h"
#include "tests/feed/local_server.h"

namespace runut::testing {
namespace {

using ::testing::HasSubstr;

// Two keys of one issuer; its server shows one set of them or the other.
class KeyRotation : public ServedTown {
 protected:
  void SetUp() override {
    ServedTown::SetUp();
    for (const char* key : {"old", "new"})
      ASSERT_EQ(run({"token", "issuer", "--dir", directory_ / key}).exit, 0);
    old_token_ = token("old");
    new_token_ = token("new");
    show("old");
    const std::string config = directory_.write(
        "runut.toml",
        "[[identity.issuer]]\nissuer = \"runut-local\"\naudience = \"runut\"\nretry_seconds = 1\n"
        "keys = \"" +
            issuer_.url("/jwks") + "\"\n");
    serve({"--config", config});
    ASSERT_TRUE(eventually([&] { return ask(old_token_).status == 200; }));
  }
  void show(const std::string& key) {
    const std::lock_guard lock(mutex_);
    shown_ = read_file(directory_ / (key + "/jwks.json"));
  }
  [[nodiscard]] std::string token(const std::string& key) const {
    const Ran ran = run(
        {"token", "issue", "--dir", directory_ / key, "--subject", "audit", "--grant", "auditor"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out.substr(0, ran.out.find('\n'));
  }
  RawAnswer ask(const std::string& bearer) {
    RawClient client(port());
    return client
        .ask("GET", "/v1/kota-uji/rankings?period=2022-S1",
             "Authorization: Bearer " + bearer + "\r\n")
        .value_or(RawAnswer{});
  }
  // Within half a minute.
  static bool eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 1'500; ++i) {
      if (holds()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }

  std::mutex mutex_;
  std::string shown_;
  const LocalServer issuer_{[this](const Arrived&) {
    const std::lock_guard lock(mutex_);
    return Answering{.body = shown_};
  }};
  std::string old_token_;
  std::string new_token_;
};

TEST_F(KeyRotation, ATokenOfTheNewKeyIsTakenAndOneOfTheWithdrawnKeyIsNot) {
  EXPECT_EQ(ask(new_token_).status, 401);
  show("new");
  const std::size_t fetched = issuer_.arrived().size();
  EXPECT_EQ(ask(old_token_).status, 200) << "nobody has asked for another key yet";
  const auto began = std::chrono::steady_clock::now();
  std::size_t refused = 0;
  ASSERT_TRUE(eventually([&] {
    const RawAnswer answer = ask(new_token_);
    if (answer.status == 200) return true;
    EXPECT_EQ(answer.status, 401);
    EXPECT_THAT(answer.body, HasSubstr("token.unknown_key"));
    ++refused;
    return false;
  }));
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - began)
          .count();
  EXPECT_GE(refused, 1U);
  EXPECT_LE(issuer_.arrived().size(), fetched + 2 + static_cast<std::size_t>(seconds))
      << "unknown keys make no more than one fetch a second";
  const RawAnswer withdrawn = ask(old_token_);
  EXPECT_EQ(withdrawn.status, 401);
  EXPECT_THAT(withdrawn.body, HasSubstr("token.unknown_key"));
  EXPECT_EQ(ask(new_token_).status, 200);
}

// Also right after a fetch: whoever withdraws a key does not wait.
TEST_F(KeyRotation, OnSighupAWithdrawnKeyGoesAtOnce) {
  show("new");
  service_->signal(SIGHUP);
  EXPECT_TRUE(eventually([&] { return ask(old_token_).status == 401; }));
  EXPECT_EQ(ask(new_token_).status, 200);
}

TEST_F(KeyRotation, AnIssuerThatDoesNotAnswerLeavesItsKeys) {
  {
    const std::lock_guard lock(mutex_);
    shown_ = "this is no key set";
  }
  const std::size_t fetched = issuer_.arrived().size();
  service_->signal(SIGHUP);
  ASSERT_TRUE(issuer_.wait_for(fetched + 1));
  EXPECT_EQ(ask(old_token_).status, 200);
}

}  // namespace
}  // namespace runut::testing
