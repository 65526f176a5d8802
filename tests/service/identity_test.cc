// Who may ask the running service for what: tokens of an issuer of its own, grants and reach, and
// the events that reading other people's data leaves.
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "service/identified_town.h"

namespace runut::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Identity = IdentifiedTown;

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

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
  const RawAnswer made = register_person(5);
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

// A report for somebody else: the ledger refuses it, and each attempt leaves an event.
TEST_F(Identity, AttemptsWithoutAuthorityAreLimited) {
  serve({"--config", config_});
  register_person(5);
  register_person(6);
  const std::string lima = bearer(token("lima", "employee", "P5"));
  unsigned refused = 0;
  unsigned limited = 0;
  RawClient client(port());
  for (unsigned number = 0; number < 100; ++number) {
    const std::string attempt =
        command("SubmitDailyReport", 10'000 + number, "person", "P5", "employee",
                R"({"person":"P6","report":"R1","date":"2022-01-03","minutes":60})", "Laporan");
    const auto answer = client.ask("POST", "/v1/kota-uji/commands", lima, attempt);
    ASSERT_TRUE(answer);
    if (answer->status == 429) {
      ++limited;
    } else {
      ASSERT_EQ(answer->status, 403) << answer->body;
      EXPECT_NE(answer->header("runut-sequence"), "") << "it left an event";
      ++refused;
    }
  }
  // Sixty at once, then one a second.
  EXPECT_GE(refused, 60U);
  EXPECT_LE(refused, 75U);
  EXPECT_EQ(refused + limited, 100U);
  // Others are not held up by it.
  EXPECT_EQ(post(a_command(2), bearer(token("bkd", "hr"))).status, 201);
  service_.reset();
  EXPECT_EQ(count_of(events(), "\"AttemptRefused\""), refused);
}

// The same in one body, of which each line is decided before any is answered.
TEST_F(Identity, AttemptsOfOneBatchAreLimitedToo) {
  serve({"--config", config_});
  register_person(5);
  register_person(6);
  const std::string lima = bearer(token("lima", "employee", "P5"));
  const auto report_for = [](const std::string& person, unsigned number) {
    return command(
        "SubmitDailyReport", number, "person", "P5", "employee",
        R"({"person":")" + person + R"(","report":"R1","date":"2022-01-03","minutes":60})",
        "Laporan");
  };
  std::string body;
  for (unsigned number = 0; number < 1'000; ++number)
    body += report_for("P6", 10'000 + number) + "\n";
  RawClient client(port());
  const auto answer = client.ask("POST", "/v1/kota-uji/commands",
                                 lima + "Content-Type: application/x-ndjson\r\n", body);
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->status, 200);
  unsigned refused = 0;
  unsigned limited = 0;
  for (const std::string& line : lines_of(answer->body)) {
    EXPECT_TRUE(has(line, "\"status\":\"refused\"")) << line;
    if (has(line, "service.refusals"))
      ++limited;
    else if (has(line, "\"sequence\":"))
      ++refused;
  }
  EXPECT_EQ(refused + limited, 1'000U);
  EXPECT_GE(refused, 60U);
  EXPECT_LE(refused, 75U);
  // Nor is that kept as the answer to a key: what the limit refused may be tried again.
  const auto with_key = [&](unsigned number) {
    return post(report_for("P6", number),
                lima + "Idempotency-Key: " + std::to_string(number) + "\r\n");
  };
  unsigned last = 20'000;
  RawAnswer own = with_key(last);
  for (; own.status != 429; own = with_key(++last)) ++refused;
  EXPECT_EQ(own.header("retry-after"), "1");
  own = with_key(last);
  EXPECT_EQ(own.header("idempotent-replayed"), "") << own.body;
  if (own.status != 429) ++refused;
  service_.reset();
  EXPECT_EQ(count_of(events(), "\"AttemptRefused\""), refused);
}

// What they bring for others is an integrator's word, whatever they may say for themselves.
TEST_F(Identity, AnIntegratorsUnitBoundsWhatTheyBringInARoleThatTheyHaveThemselves) {
  serve({"--config", config_});
  register_person(5);
  register_person(6);
  const Ran issued = run({"token", "issue", "--dir", issuer(), "--subject", "lima", "--person",
                          "P5", "--grant", "employee", "integrator@U2"});
  ASSERT_EQ(issued.exit, 0) << issued.err;
  const std::string lima = bearer(issued.out.substr(0, issued.out.find('\n')));
  const auto report_of = [&](const std::string& person, unsigned number) {
    return post(
        command("SubmitDailyReport", number, "person", person, "employee",
                R"({"person":")" + person + R"(","report":"R1","date":"2022-01-03","minutes":60})",
                "Laporan"),
        lima);
  };
  const RawAnswer other = report_of("P6", 11'001);
  EXPECT_EQ(other.status, 403) << other.body;
  EXPECT_THAT(other.body, HasSubstr("access.scope"));
  const RawAnswer own = report_of("P5", 11'002);
  EXPECT_EQ(own.status, 201) << own.body;
}

// What the table gives for the whole agency is given whole, and what it does not give is refused.
TEST_F(Identity, WhoReachesEverybodyHasWhatIsAboutEverybody) {
  serve({"--config", config_});
  struct Row {
    const char* grant;
    const char* target;
    int status;
  };
  const Row rows[] = {
      {"auditor", "audits", 200},
      {"auditor", "reports/treasurer?month=2022-08", 200},
      {"auditor", "imports", 200},
      {"auditor", "accesses", 200},
      {"auditor", "payments?month=2022-08", 200},
      {"auditor", "log/proof/inclusion?sequence=1", 200},
      {"treasurer", "payments?month=2022-08", 200},
      {"treasurer", "reports/treasurer?month=2022-08", 200},
      {"treasurer", "rankings?period=2022-S1", 403},
      {"treasurer", "people/P5", 403},
      {"appraiser", "payments?month=2022-08", 403},
      {"hr", "rankings?period=2022-S1", 200},
      {"hr@U1", "rankings?period=2022-S1", 200},
      {"hr@U1", "imports", 403},
      {"hr@U1", "audits", 403},
      {"integrator", "events?after=0", 200},
      {"integrator", "payments?month=2022-08", 403},
      {"operator", "rankings?period=2022-S1", 403},
  };
  for (const Row& row : rows) {
    const RawAnswer answer =
        get(std::string("/v1/kota-uji/") + row.target, bearer(token("somebody", row.grant)));
    EXPECT_EQ(answer.status, row.status) << row.grant << " " << row.target << " " << answer.body;
  }
}

// Of a page, whoever is on it; nobody else.
TEST_F(Identity, AListLeavesWhomItShowed) {
  serve({"--config", config_});
  for (const unsigned person : {5U, 6U, 7U}) register_person(person);
  const std::string hr = bearer(token("bkd", "hr"));
  RawAnswer page;
  for (int i = 0; i < 200 && !has(page.body, "\"next\""); ++i) {
    page = get("/v1/kota-uji/people?limit=2&on=2022-01-03", hr);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(has(page.body, "\"P5\"") && has(page.body, "\"P6\"")) << page.body;
  service_->signal(SIGTERM);
  EXPECT_EQ(service_->wait(), 0);
  service_.reset();
  const std::string recorded = events();
  EXPECT_TRUE(has(recorded, R"("people":["P5","P6"])")) << recorded;
  EXPECT_FALSE(has(recorded, R"("people":["P5","P6","P7"])"));
}

}  // namespace
}  // namespace runut::testing
