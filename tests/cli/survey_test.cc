// A survey of behaviour from the command file to the table: sums of answers that lie sealed in the
// log, or are still on their way there; nobody is shown what one peer answered.
#include <fmt/format.h>

#include <map>
#include <set>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

std::string member(const std::string& line, const std::string& name) {
  const std::size_t at = line.find("\"" + name + "\":\"");
  if (at == std::string::npos) return {};
  const std::size_t from = at + name.size() + 4;
  return line.substr(from, line.find('"', from) - from);
}

// Somebody with five colleagues under the same appraiser.
class Survey : public LedgerOnDisk {
 protected:
  void SetUp() override {
    const std::string city = given_city();
    std::map<std::string, std::vector<std::string>> staff;
    for (const std::string& line : lines_of(city))
      if (member(line, "command") == "AssignAppraiser")
        staff[member(line, "appraiser")].push_back(member(line, "person"));
    for (const auto& [appraiser, people] : staff)
      if (people.size() >= 6) {
        appraiser_ = appraiser;
        people_ = people;
      }
    ASSERT_GE(people_.size(), 6U);
  }
  std::string line(const std::string& command, const std::string& actor, const std::string& data) {
    ++lines_;
    return fmt::format(
        R"({{"command":"{}","id":"018f3b00-0000-7000-8000-{:012x}","agency":"kota-kediri",)"
        R"("actor":{{"kind":"{}","id":"{}","role":"{}","assurance":"claimed"}},)"
        R"("recorded_at":"2022-04-11T01:00:{:02}Z","data":{}}})"
        "\n",
        command, lines_, actor[0] == 'P' ? "person" : "system", actor,
        actor[0] == 'P' ? "employee" : "hr", lines_, data);
  }
  [[nodiscard]] std::string about() const {
    return fmt::format(R"("person":"{}","period":"2022-S1")", people_[0]);
  }
  std::string opening() { return line("OpenSurvey", "S1", "{" + about() + "}"); }
  std::string closing() { return line("CloseSurvey", "S1", "{" + about() + "}"); }
  std::string answer(const std::string& who, const char* relation, const std::string& value) {
    std::string values = "\"" + value + "\"";
    for (int i = 0; i < 6; ++i) values += ",\"80.00\"";
    return line("AnswerSurvey", who,
                fmt::format(R"({{{},"relation":"{}","values":[{}]}})", about(), relation, values));
  }
  std::string peers(std::size_t from, std::size_t until) {
    std::string out;
    for (std::size_t i = from; i < until; ++i) out += answer(people_.at(i), "peer", "87.00");
    return out;
  }
  // In braces: their order is that in which they are made.
  void imported(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    const Ran ran = import(text);
    ASSERT_EQ(ran.exit, 0) << ran.err;
  }

  std::string appraiser_;
  std::vector<std::string> people_;
  int lines_ = 0;
};

TEST_F(Survey, IsSummedOverAnswersInTheLogAndOnTheirWayToIt) {
  imported({opening(), peers(1, 3)});
  const Ran open = ask({"surveys", "--period", "2022-S1"});
  EXPECT_EQ(cell(open, "state"), "open") << open.out;
  EXPECT_EQ(cell(open, "peers"), "2");
  EXPECT_EQ(cell(open, "peers_mean"), "");
  imported({peers(3, 4), answer(appraiser_, "superior", "94.00"), closing()});
  const Ran closed = ask({"surveys", "--period", "2022-S1"});
  EXPECT_EQ(cell(closed, "state"), "closed");
  EXPECT_EQ(cell(closed, "superior_mean"), "82.00");  // (94 + 6 × 80) ÷ 7
  EXPECT_EQ(cell(closed, "peers"), "3");
  EXPECT_EQ(cell(closed, "peers_mean"), "81.00");  // (87 + 6 × 80) ÷ 7
  EXPECT_EQ(cell(closed, "subordinates"), "0");
  EXPECT_EQ(cell(closed, "subordinates_mean"), "");
  const Ran late = import(answer(people_[5], "peer", "80.00"));
  EXPECT_EQ(late.exit, 3);
  EXPECT_TRUE(has(late.err, "survey.closed")) << late.err;

  const Ran opened = ask({"log", "--json", "--open"});
  std::size_t hidden = 0;
  std::set<std::string> actors;
  for (const std::string& line : lines_of(opened.out)) {
    if (member(line, "type") != "SurveyAnswered") continue;
    if (has(line, R"("relation":"peer")")) {
      const std::size_t actor = line.find(R"("actor":{"kind":"pseudonym","id":"X)");
      ASSERT_NE(actor, std::string::npos) << line;
      actors.insert(member(line.substr(actor), "id"));
      for (const std::string& person : people_)
        EXPECT_EQ(has(line, '"' + person + '"'), person == people_[0]) << line;
      EXPECT_TRUE(has(line, R"("text":{"aggregates_only":true})")) << line;
      ++hidden;
    } else {
      EXPECT_TRUE(has(line, R"("text":"9400 8000 8000 8000 8000 8000 8000")")) << line;
    }
  }
  EXPECT_EQ(hidden, 3U);
  EXPECT_EQ(actors.size(), 3U);
  EXPECT_FALSE(has(opened.out, "8700 8000")) << "what one peer answered";
  const Ran audit = ask({"audit"});
  EXPECT_TRUE(has(audit.err, "every decision agrees")) << audit.err;
}

TEST_F(Survey, ShowsNoMeanOfFewerThanThreeAndOutlivesTheErasureOfItsAnswers) {
  imported({opening(), peers(1, 3), closing()});
  EXPECT_EQ(cell(ask({"surveys", "--period", "2022-S1"}), "peers_mean"), "not shown");
  const Ran before = ask({"surveys", "--period", "2022-S1", "--csv"});
  std::string decree;
  for (const std::string& line : lines_of(read_file(directory_ / "city.ndjson")))
    if (const std::size_t at = line.find(R"("decree":{)");
        at != std::string::npos && has(line, R"("office":"Sekretaris Daerah")"))
      decree = line.substr(at + 9, line.find('}', at) - at - 8);
  imported({line("DestroySubjectKey", "S1",
                 fmt::format(R"({{"person":"{}","decree":{}}})", people_[0], decree))});
  ASSERT_EQ(ask({"rebuild"}).exit, 0);
  EXPECT_EQ(ask({"surveys", "--period", "2022-S1", "--csv"}).out, before.out);
  const Ran audit = ask({"audit"});
  EXPECT_TRUE(has(audit.err, "every decision agrees")) << audit.err;
}

}  // namespace
}  // namespace runut::testing
