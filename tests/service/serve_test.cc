// The service as a process: what it answers to commands, and how it ends.
#include <gmock/gmock.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "service/running_service/running_service.h"

namespace runut::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Serve = ServedTown;

// Half a minute at most: what has not come by then is missed by the test that waits for it.
void until(const std::function<bool()>& reached) {
  for (int i = 0; i < 15'000 && !reached(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

TEST_F(Serve, RecordsACommandAndSaysWhere) {
  serve();
  const RawAnswer answer = post(a_command(2));
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("\"command\":\"" + id_of(2) + "\",\"status\":\"recorded\""));
  EXPECT_EQ(answer.header("location"), "/v1/kota-uji/commands/" + id_of(2));
  EXPECT_THAT(answer.header("link"), HasSubstr("/receipt>; rel=\"receipt\""));
  const RawAnswer again = post(a_command(2));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, answer.body);
}

TEST_F(Serve, AnIdThatWasUsedForSomethingElseIsAConflict) {
  serve();
  EXPECT_EQ(post(a_command(2)).status, 201);
  const RawAnswer answer = post(a_command(3, id_of(2)));
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(answer.body, HasSubstr("urn:runut:rule:command.id_reused"));
}

TEST_F(Serve, ARefusedCommandLeavesNothingBehind) {
  serve();
  EXPECT_EQ(post(a_command(2)).status, 201);
  const RawAnswer answer = post(a_command(2, id_of(3)));  // the unit is there already
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_THAT(answer.body, AllOf(HasSubstr("\"rule\":"), HasSubstr("\"field\":")));
  service_.reset();
  EXPECT_THAT(events(), Not(HasSubstr(id_of(3))));
}

struct Unreadable {
  const char* name;
  std::string body;
  std::string headers;
  int status;
  const char* rule;
};
class Unreadables : public ServedTown, public ::testing::WithParamInterface<Unreadable> {};
TEST_P(Unreadables, AreRefusedByName) {
  serve();
  const RawAnswer answer = post(GetParam().body, GetParam().headers);
  EXPECT_EQ(answer.status, GetParam().status) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr(GetParam().rule));
}
INSTANTIATE_TEST_SUITE_P(
    Serve, Unreadables,
    ::testing::Values(Unreadable{"no_json", "{", "", 400, "json.syntax"},
                      Unreadable{"no_object", "7", "", 400, "command"},
                      Unreadable{"an_empty_array", "[]", "", 400, "commands.none"},
                      Unreadable{"unknown_member", R"({"nonsense":1})", "", 400, "field.missing"},
                      Unreadable{"bad_condition", "{}", "If-Match: *\r\n", 400, "command"},
                      Unreadable{"long_key", "{}",
                                 "Idempotency-Key: " + std::string(256, 'k') + "\r\n", 400,
                                 "idempotency.key"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST_F(Serve, AnArrayIsRefusedWholeWhenOneOfItCannotBeRead) {
  serve();
  const RawAnswer answer = post("[" + a_command(2) + ",{\"x\":1}," + a_command(3) + ",{\"y\":2}]");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, AllOf(HasSubstr("\"errors\":["), HasSubstr("\"/1"), HasSubstr("\"/3")));
  service_.reset();
  EXPECT_THAT(events(), Not(HasSubstr("\"U2\"")));
}

TEST_F(Serve, EachOfAnArrayIsRecordedOrRefusedForItself) {
  serve();
  const RawAnswer answer =
      post("[" + a_command(2) + "," + a_command(2, id_of(77)) + "," + a_command(3) + "]");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, AllOf(HasSubstr(id_of(2) + "\",\"status\":\"recorded\""),
                                 HasSubstr(id_of(77) + "\",\"status\":\"refused\",\"item\":2"),
                                 HasSubstr(id_of(3) + "\",\"status\":\"recorded\"")));
}

TEST_F(Serve, ALineThatCannotBeReadIsRefusedForItself) {
  serve();
  RawClient client(port());
  const auto answer =
      client.ask("POST", "/v1/kota-uji/commands", "Content-Type: application/x-ndjson\r\n",
                 a_command(2) + "\n\n{\"x\":1}\n" + a_command(3) + "\n");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  const std::vector<std::string> lines = lines_of(answer->body);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], HasSubstr("recorded"));
  EXPECT_THAT(lines[1], HasSubstr("\"status\":\"refused\",\"item\":3"));
  EXPECT_THAT(lines[2], HasSubstr("recorded"));
}

TEST_F(Serve, OtherFormsAndPlacesAreRefused) {
  serve();
  RawClient client(port());
  EXPECT_EQ(client.ask("POST", "/v1/kota-uji/commands", "Content-Type: text/csv\r\n", "a")->status,
            415);
  EXPECT_EQ(client.ask("POST", "/v1/kota-lain/commands", "", a_command(2))->status, 404);
  EXPECT_EQ(client.ask("GET", "/v1/kota-uji/commands")->status, 405);
}

// --- Idempotency-Key

TEST_F(Serve, AKeyGivesACommandItsIdAndItsAnswerAgain) {
  serve();
  const RawAnswer first = post(a_command(2, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(first.status, 201) << first.body;
  const RawAnswer again = post(a_command(2, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("idempotent-replayed"), "true");
  const RawAnswer other = post(a_command(3, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(other.status, 422);
  EXPECT_THAT(other.body, HasSubstr("idempotency.other_body"));
}

TEST_F(Serve, ARefusalComesAgainUnderItsKey) {
  serve();
  const RawAnswer first = post(a_command(1, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(first.status, 422);
  const RawAnswer again = post(a_command(1, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(again.status, 422);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("idempotent-replayed"), "true");
}

TEST_F(Serve, AKeyIsKnownAfterARestart) {
  serve();
  const RawAnswer first = post(a_command(2, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(first.status, 201);
  service_->kill();
  serve();
  const RawAnswer again = post(a_command(2, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
  const RawAnswer other = post(a_command(3, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(other.status, 422) << other.body;
}

TEST_F(Serve, AnotherBodyUnderAKeyOfBeforeARestartIsRefused) {
  serve();
  EXPECT_EQ(post(a_command(2, ""), "Idempotency-Key: k1\r\n").status, 201);
  service_->kill();
  serve();
  const RawAnswer other = post(a_command(3, ""), "Idempotency-Key: k1\r\n");
  EXPECT_EQ(other.status, 422);
  EXPECT_THAT(other.body, HasSubstr("idempotency.other_body"));
}

// --- If-Match: the version of the subject that the caller has seen

TEST_F(Serve, AStaleWriteIsRefused) {
  serve();
  EXPECT_EQ(post(a_command(2), "If-Match: \"0\"\r\n").status, 201);
  const RawAnswer stale = post(a_command(3), "If-Match: \"5\"\r\n");
  EXPECT_EQ(stale.status, 412) << stale.body;
  EXPECT_THAT(stale.body, HasSubstr("subject.expected_version"));
  for (const char* wrong : {"7", "\"x\"", "\"\"", "\"99999999999\"", "W/\"1\""})
    EXPECT_EQ(post(a_command(3), "If-Match: " + std::string(wrong) + "\r\n").status, 400) << wrong;
}

// Eight clients send the same three conditional requests at once: one of each is first.
TEST_F(Serve, OfManyWhoWriteOnOneVersionOneIsFirst) {
  serve();
  std::atomic<int> created{0};
  std::atomic<int> known{0};
  std::atomic<int> else_{0};
  std::vector<std::thread> clients;
  for (unsigned c = 0; c < 8; ++c)
    clients.emplace_back([&] {
      RawClient client(port());
      for (unsigned number = 10; number < 30; ++number) {
        const auto answer =
            client.ask("POST", "/v1/kota-uji/commands", "If-Match: \"0\"\r\n", a_command(number));
        const int status = answer ? answer->status : 0;
        if (status == 201)
          ++created;
        else if (status == 200)
          ++known;
        else
          ++else_;
      }
    });
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(created, 20);
  EXPECT_EQ(known, 140);
  EXPECT_EQ(else_, 0);
}

// --- how it ends

TEST_F(Serve, StopsWithinItsGraceAndAnswersWhatItTook) {
  serve();
  std::atomic<bool> stop{false};
  std::atomic<unsigned> acknowledged{0};
  std::thread client([&] {
    RawClient connection(port());
    for (unsigned number = 2; !stop; ++number) {
      const auto answer = connection.ask("POST", "/v1/kota-uji/commands", "", a_command(number));
      if (!answer || answer->status != 201) return;
      acknowledged = number;
    }
  });
  until([&] { return acknowledged >= 20; });
  service_->signal(SIGTERM);
  EXPECT_EQ(service_->wait(), 0) << service_->log();
  client.join();
  EXPECT_THAT(service_->log(), HasSubstr("\"event\":\"stopped\""));
  const std::string recorded = events();
  for (unsigned number = 2; number <= acknowledged; ++number)
    EXPECT_THAT(recorded, HasSubstr(id_of(number)));
}

TEST_F(Serve, ReloadsOnSighup) {
  const std::string config = directory_.write("runut.toml", "log_level = \"info\"\n");
  serve({"--config", config});
  directory_.write("runut.toml", "log_level = \"error\"\n");
  service_->signal(SIGHUP);
  for (int i = 0; i < 500 && !has(service_->log(), "\"event\":\"listening\""); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(post(a_command(2)).status, 201);
  EXPECT_THAT(service_->log(), Not(HasSubstr("\"event\":\"request\"")));
}

TEST_F(Serve, RefusesToStandOpenToTheNetwork) {
  const Ran ran = run({"serve", "--data", data(), "--http-address", "0.0.0.0", "--http-port", "0"});
  EXPECT_NE(ran.exit, 0);
  EXPECT_THAT(ran.err, HasSubstr("service.identity"));
}

TEST_F(Serve, SaysWhichSettingIsWrong) {
  const Ran ran = run({"serve", "--data", data(), "--http-port", "70000"});
  EXPECT_NE(ran.exit, 0);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("http.port"), HasSubstr("70000")));
  EXPECT_EQ(run({"serve", "--print-config"}).exit, 0);
}

TEST_F(Serve, TwoCannotServeOneLedger) {
  serve();
  const Ran ran = run({"serve", "--data", data(), "--http-port", "0"});
  EXPECT_NE(ran.exit, 0);
  EXPECT_THAT(ran.err, HasSubstr("another process"));
}

}  // namespace
}  // namespace runut::testing
