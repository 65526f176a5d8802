// Who may ask the running service for what: tokens of an issuer of its own, grants and reach, and
// the events that reading other people's data leaves.
#include <gmock/gmock.h>

#include "service/running_service/running_service.h"

namespace runut::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Identity : public ServedTown {
 protected:
  void SetUp() override {
    ServedTown::SetUp();
    ASSERT_EQ(run({"token", "issuer", "--dir", issuer()}).exit, 0);
    config_ = directory_.write("runut.toml",
                               "[[identity.issuer]]\nissuer = \"runut-local\"\n"
                               "audience = \"runut\"\nkeys = \"" +
                                   issuer() + "/jwks.json\"\n");
  }
  [[nodiscard]] std::string issuer() const { return directory_ / "issuer"; }
  [[nodiscard]] std::string token(const std::string& subject, const std::string& grant,
                                  const std::string& person = "") const {
    Arguments arguments{"token",     "issue", "--dir",   issuer(),
                        "--subject", subject, "--grant", grant};
    if (!person.empty()) arguments.insert(arguments.end(), {"--person", person});
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out.substr(0, ran.out.find('\n'));
  }
  [[nodiscard]] static std::string bearer(const std::string& token) {
    return "Authorization: Bearer " + token + "\r\n";
  }
  RawAnswer get(const std::string& target, const std::string& headers) {
    RawClient client(port());
    const auto answer = client.ask("GET", target, headers);
    EXPECT_TRUE(answer);
    return answer.value_or(RawAnswer{});
  }

  std::string config_;
};

TEST_F(Identity, NobodyIsLetInWithoutACredential) {
  serve({"--config", config_});
  const RawAnswer answer = get("/v1/kota-uji/rankings?period=2022-S1", "");
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.header("www-authenticate"), HasSubstr("Bearer"));
  EXPECT_EQ(get("/livez", "").status, 200);
  EXPECT_EQ(get("/v1/kota-uji/log/checkpoint", "").status, 200);
}

TEST_F(Identity, ATokenOfAnotherKeyIsRefused) {
  serve({"--config", config_});
  const std::string good = token("audit", "auditor");
  EXPECT_EQ(get("/v1/kota-uji/rankings?period=2022-S1", bearer(good)).status, 200);
  std::string bad = good;
  bad[bad.size() - 10] = bad[bad.size() - 10] == 'A' ? 'B' : 'A';
  const RawAnswer answer = get("/v1/kota-uji/rankings?period=2022-S1", bearer(bad));
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.body, HasSubstr("token.signature"));
}

TEST_F(Identity, ARoleHasWhatTheTableGivesIt) {
  serve({"--config", config_});
  const std::string employee = token("wati", "employee", "P1");
  EXPECT_EQ(get("/v1/kota-uji/audits", bearer(employee)).status, 403);
  EXPECT_EQ(get("/v1/kota-uji/regulations", bearer(employee)).status, 200);
  EXPECT_EQ(get("/v1/kota-uji/events?after=0&wait=0", bearer(employee)).status, 403);
  EXPECT_EQ(get("/v1/kota-uji/events?person=P1", bearer(employee)).status, 200);
  EXPECT_EQ(get("/v1/kota-uji/events?person=P2", bearer(employee)).status, 403);
}

TEST_F(Identity, ACommandIsOnesOwnWord) {
  serve({"--config", config_});
  const std::string hr = bearer(token("bkd", "hr"));
  EXPECT_EQ(post(a_command(2), hr).status, 201);
  const RawAnswer other = post(a_command(3), bearer(token("wati", "employee", "P1")));
  EXPECT_EQ(other.status, 403) << other.body;
  service_.reset();
  EXPECT_THAT(events(), HasSubstr("\"method\":\"oidc\""));
}

TEST_F(Identity, ReadingAnotherPersonsDataIsRecorded) {
  serve({"--config", config_});
  const std::string hr = bearer(token("bkd", "hr"));
  std::string registered = a_command(2);
  const std::string data = R"({"person":"P5"},"text":"Pegawai Lima")";
  const std::size_t at = registered.find("\"data\":");
  registered = registered.substr(0, at) + "\"data\":" + data + "}";
  registered.replace(registered.find("CreateUnit"), 10, "RegisterPerson");
  const RawAnswer made = post(registered, hr);
  ASSERT_EQ(made.status, 201) << made.body;
  const RawAnswer seen = get("/v1/kota-uji/people/P5?at_least=" + made.header("runut-sequence"),
                             hr + "Purpose: pemeriksaan kenaikan pangkat\r\n");
  EXPECT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(get("/v1/kota-uji/people/P5", bearer(token("lima", "employee", "P5"))).status, 200);
  service_->signal(SIGTERM);
  EXPECT_EQ(service_->wait(), 0);
  service_.reset();
  const std::string recorded = events();
  EXPECT_THAT(recorded, HasSubstr("AccessRecorded"));
  EXPECT_THAT(recorded, HasSubstr("pemeriksaan kenaikan pangkat"));
  EXPECT_EQ(recorded.find("\"AccessRecorded\""), recorded.rfind("\"AccessRecorded\""))
      << "one's own data is nobody's access";
}

TEST_F(Identity, AttemptsWithoutAuthorityAreLimited) {
  serve({"--config", config_});
  const std::string wati = bearer(token("wati", "employee", "P1"));
  int limited = 0;
  RawClient client(port());
  // A report for somebody else is refused by the service itself and leaves no event, however often.
  for (unsigned number = 0; number < 100; ++number) {
    const auto answer = client.ask("POST", "/v1/kota-uji/commands", wati, a_command(10 + number));
    ASSERT_TRUE(answer);
    if (answer->status == 429)
      ++limited;
    else
      EXPECT_EQ(answer->status, 403);
  }
  EXPECT_EQ(limited, 0);
  service_.reset();
  EXPECT_THAT(events(), Not(HasSubstr("AttemptRefused")));
}

}  // namespace
}  // namespace runut::testing
