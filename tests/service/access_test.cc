// What reading other people's data leaves behind (AccessRecorded): by page, by report, by
// following.
#include <gmock/gmock.h>

#include <csignal>

#include "service/identified_town.h"

namespace runut::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Accesses : public IdentifiedTown {
 protected:
  void SetUp() override {
    IdentifiedTown::SetUp();
    serve({"--config", config_});
    RawAnswer made;
    for (const unsigned person : {5U, 6U}) made = register_person(person);
    EXPECT_EQ(post(a_command(2), bearer(token("bkd", "hr"))).status, 201);
    // Views have folded what was recorded.
    EXPECT_EQ(get("/v1/kota-uji/people?at_least=" + made.header("runut-sequence"),
                  bearer(token("lima", "employee", "P5")))
                  .status,
              200);
  }
  // "resource people purpose" of each event, in order; the service is ended for it.
  [[nodiscard]] std::vector<std::string> recorded() {
    service_->signal(SIGTERM);
    EXPECT_EQ(service_->wait(), 0);
    service_.reset();
    std::vector<std::string> out;
    for (const std::string& line : lines_of(events())) {
      if (!has(line, "\"AccessRecorded\"")) continue;
      std::string people = between(line, "\"people\":[", "]");
      std::erase(people, '"');
      out.push_back(between(line, "\"resource\":\"", "\"") + " " + people + " " +
                    between(line, "\"purpose\":\"", "\""));
    }
    return out;
  }
  RawAnswer webhook(const std::string& method, const std::string& below, const std::string& body,
                    const std::string& version = "") {
    RawClient client(port());
    std::string headers = bearer(token("payroll", "integrator")) + "Purpose: penggajian\r\n";
    if (!version.empty()) headers += "If-Match: " + version + "\r\n";
    const auto answer = client.ask(method, "/v1/kota-uji/webhooks" + below, headers, body);
    EXPECT_TRUE(answer);
    return answer.value_or(RawAnswer{});
  }

 private:
  static std::string between(const std::string& text, const std::string& begin,
                             const std::string& end) {
    const std::size_t at = text.find(begin);
    if (at == std::string::npos) return "?";
    const std::size_t from = at + begin.size();
    return text.substr(from, text.find(end, from) - from);
  }
};

// A poll asks again and again, a stream that is cut off comes back: that is one access a day.
TEST_F(Accesses, WhoFollowsAPersonIsRecordedOnceADay) {
  const std::string auditor = bearer(token("audit", "auditor")) + "Purpose: pemeriksaan\r\n";
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(get("/v1/kota-uji/events?person=P5&limit=1", auditor).status, 200);
  RawClient stream(port());
  ASSERT_TRUE(stream.send(request_text("GET", "/v1/kota-uji/events?person=P5",
                                       auditor + "Accept: text/event-stream\r\n")));
  EXPECT_NE(stream.read_until("\ndata: "), "");
  EXPECT_EQ(get("/v1/kota-uji/events?person=P5&limit=1",
                bearer(token("audit", "auditor")) + "Purpose: kasus lain\r\n")
                .status,
            200);
  EXPECT_EQ(get("/v1/kota-uji/events?person=P5,P99", auditor).status, 200);
  EXPECT_THAT(recorded(), ElementsAre("events P5 pemeriksaan", "events P5 kasus lain",
                                      "events P5 pemeriksaan"));
}

TEST_F(Accesses, WhoFollowsThemselfReadsNobodysData) {
  const std::string own = bearer(token("lima", "employee", "P5"));
  EXPECT_EQ(get("/v1/kota-uji/events?person=P5", own).status, 200);
  EXPECT_THAT(recorded(), IsEmpty());
}

// And what that leaves is itself an event that is followed: it leaves nothing further.
TEST_F(Accesses, WhoFollowsAllIsSaidToReadEverybody) {
  const std::string auditor = bearer(token("audit", "auditor"));
  std::string target = "/v1/kota-uji/events?after=0&limit=1000";
  for (int i = 0; i < 5; ++i) {
    const RawAnswer page = get(target, auditor + "Accept: application/x-ndjson\r\n");
    EXPECT_EQ(page.status, 200);
    target = "/v1/kota-uji/events?limit=1000&after=" + page.header("runut-seen");
  }
  EXPECT_THAT(recorded(), ElementsAre("events P5,P6 tidak disebutkan"));
}

TEST_F(Accesses, WhoFollowsAUnitReadsThoseWithAPostInIt) {
  const std::string auditor = bearer(token("audit", "auditor"));
  EXPECT_EQ(get("/v1/kota-uji/events?unit=U2", auditor).status, 200);
  EXPECT_EQ(get("/v1/kota-uji/events?unit=U1", auditor).status, 200);
  EXPECT_THAT(recorded(), ElementsAre("events P5,P6 tidak disebutkan"));
}

TEST_F(Accesses, OneEventIsReadOfItsPerson) {
  const std::string auditor = bearer(token("audit", "auditor"));
  EXPECT_EQ(get("/v1/kota-uji/events/1", auditor).status, 200);  // the agency's
  const RawAnswer page = get("/v1/kota-uji/events?person=P6&limit=1", auditor);
  const std::size_t at = page.body.find("\"id\":\"") + 6;
  EXPECT_EQ(get("/v1/kota-uji/events/" + page.body.substr(at, page.body.find('"', at) - at),
                bearer(token("inspektur", "auditor")))
                .status,
            200);
  EXPECT_THAT(recorded(), ElementsAre("events P6 tidak disebutkan", "events P6 tidak disebutkan"));
}

// Entries are the events as they are stored: people, dates, minutes and scores in plain.
TEST_F(Accesses, WhoDownloadsEntriesReadsEverybodyAndWhoDownloadsHashesNobody) {
  const std::string auditor = bearer(token("audit", "auditor"));
  ASSERT_EQ(get("/v1/kota-uji/log/checkpoint", auditor).status, 200);
  EXPECT_EQ(get("/v1/kota-uji/log/tile/0/000.p/1", auditor).status, 200);
  EXPECT_EQ(get("/v1/kota-uji/log/proof/inclusion?sequence=1", auditor).status, 200);
  EXPECT_EQ(get("/v1/kota-uji/log/tile/entries/000.p/200", auditor).status, 404);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(get("/v1/kota-uji/log/tile/entries/000.p/1", auditor).status, 200);
  EXPECT_THAT(recorded(), ElementsAre("proofs P5,P6 tidak disebutkan"));
}

TEST_F(Accesses, AReceiptHoldsItsEvent) {
  const std::string auditor = bearer(token("audit", "auditor")) + "Purpose: pemeriksaan\r\n";
  EXPECT_EQ(get("/v1/kota-uji/events/1/receipt", auditor).status, 200);  // the agency's
  EXPECT_EQ(get("/v1/kota-uji/commands/" + id_of(5'006) + "/receipt", auditor).status, 200);
  EXPECT_THAT(recorded(), ElementsAre("proofs P6 pemeriksaan"));
}

// It delivers for months: recorded when it is made, when it goes on, and when it is to get others.
TEST_F(Accesses, AWebhookIsRecordedWhenItBegins) {
  const RawAnswer made = webhook("POST", "", R"({"url":"http://127.0.0.1:9/","person":["P5"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string one = "/" + made.header("location").substr(made.header("location").size() - 19);
  const auto change = [&](const std::string& body, const std::string& version) {
    const RawAnswer changed = webhook("PATCH", one, body, "\"" + version + "\"");
    EXPECT_EQ(changed.status, 200) << changed.body;
  };
  change(R"({"state":"paused"})", "1");
  change(R"({"person":["P5","P6"]})", "2");  // of a paused one: nothing goes out
  change(R"({"state":"active"})", "3");
  change(R"({"on_failure":"park"})", "4");
  change(R"({"person":["P6"]})", "5");
  EXPECT_EQ(webhook("GET", one, "").status, 200);
  EXPECT_EQ(webhook("POST", one + "/rotate", "").status, 200);
  EXPECT_THAT(recorded(), ElementsAre("events P5 penggajian", "events P5,P6 penggajian",
                                      "events P6 penggajian"));
}

TEST_F(Accesses, AReportLeavesWhomItShows) {
  const std::string auditor = bearer(token("audit", "auditor"));
  EXPECT_EQ(get("/v1/kota-uji/reports/unit?unit=U1&month=2022-01", auditor).status, 200);
  EXPECT_EQ(get("/v1/kota-uji/reports/unit?unit=U2&month=2022-01", auditor).status, 200);
  // The other sections have both of them, as not paid.
  EXPECT_EQ(get("/v1/kota-uji/reports/treasurer?month=2022-01&section=payroll",
                auditor + "Accept: text/csv\r\n")
                .status,
            200);
  EXPECT_THAT(recorded(), ElementsAre("audits P5,P6 tidak disebutkan"));
}

// A report of somebody else's was tried: the audit has it as a finding about that person.
TEST_F(Accesses, AnAuditLeavesWhomItsFindingsAreAbout) {
  const RawAnswer refused =
      post(command("SubmitDailyReport", 10'000, "person", "P5", "employee",
                   R"({"person":"P6","report":"R1","date":"2022-01-03","minutes":60})", "Laporan"),
           bearer(token("lima", "employee", "P5")));
  ASSERT_EQ(refused.status, 403) << refused.body;
  const RawAnswer audit = get("/v1/kota-uji/audits?at_least=" + refused.header("runut-sequence"),
                              bearer(token("audit", "auditor")) + "Accept: text/html\r\n");
  EXPECT_EQ(audit.status, 200);
  const std::vector<std::string> all = recorded();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_THAT(all.front(), HasSubstr("audits P"));
}

}  // namespace
}  // namespace runut::testing
