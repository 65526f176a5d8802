// Over HTTP a listing says what the command line says, of one moment, in pages that belong
// together.
#include "service/listing_routes.h"

#include <atomic>
#include <thread>

#include "listing/registry.h"
#include "service/listings/served_city.h"
#include "service/pages.h"

namespace runut::testing {
namespace {

using boost::json::object;

const std::string town = "/v1/kota-uji/";
const std::string city = "/v1/kota-kediri/";

// Rule and field of each of the answer's errors, in their order.
std::vector<std::string> errors_of(const http::Response& response) {
  const object problem = boost::json::parse(response.body).as_object();
  std::vector<std::string> out;
  const auto add = [&](const object& one) {
    const auto text = [&](const char* name) {
      const auto* value = one.if_contains(name);
      return value == nullptr ? std::string() : std::string(value->as_string());
    };
    out.push_back(text("rule") + " " + text("field"));
  };
  if (const auto* all = problem.if_contains("errors"))
    for (const auto& one : all->as_array()) add(one.as_object());
  else
    add(problem);
  return out;
}

std::string next_of(const http::Response& page) {
  const std::string link = header_of(page, "Link");
  if (link.empty()) return {};
  EXPECT_TRUE(link.ends_with(">; rel=\"next\"")) << link;
  return link.substr(1, link.find('>') - 1);
}

// Every page in turn, without their headings.
std::vector<std::string> rows_in_pages(const Served& served, const std::string& target,
                                       std::size_t limit) {
  std::vector<std::string> out;
  std::string next = target + (target.find('?') == std::string::npos ? "?" : "&") +
                     "limit=" + std::to_string(limit);
  while (!next.empty()) {
    const http::Response page = served.get(next, {{"Accept", "text/csv"}});
    EXPECT_EQ(page.status, 200U) << next << "\n" << page.body;
    if (page.status != 200) break;
    const auto lines = lines_of(page.body);
    EXPECT_LE(lines.size(), limit + 1);
    out.insert(out.end(), lines.begin() + 1, lines.end());
    next = next_of(page);
  }
  return out;
}

class TownListings : public ServedTown {
 protected:
  void serve() {
    served_.emplace(data(), keys());
    served_->serve(service::listing_routes(served_->reading));
  }
  std::optional<Served> served_;
};

class CityListings : public ServedCity {};

struct Question {
  std::string target;
  Arguments command;
};

std::vector<Question> questions() {
  return {
      {"rankings?period=2022-S1", {"rankings", "--period", "2022-S1"}},
      {"rankings?period=2022-S1&unranked=true", {"rankings", "--period", "2022-S1", "--unranked"}},
      {"rankings?period=2022-S1&rules_as_of=2022-09-01",
       {"rankings", "--period", "2022-S1", "--rules-as-of", "2022-09-01"}},
      {"payments?month=2022-03&left_out=true", {"payments", "--month", "2022-03", "--left-out"}},
      {"payments?month=2022-08&person=P31", {"payments", "--month", "2022-08", "--person", "P31"}},
      {"payments?month=2022-08&run=U2%2F2022-08%2Fregular%2F1",
       {"payments", "--month", "2022-08", "--run", "U2/2022-08/regular/1"}},
      {"payments?month=2022-08&facts_as_of=2022-09-15",
       {"payments", "--month", "2022-08", "--facts-as-of", "2022-09-15"}},
      {"payments?month=2022-07&as_known_at=2022-08-05",
       {"payments", "--month", "2022-07", "--as-known-at", "2022-08-05"}},
      {"plans?period=2022-S1", {"plans", "--period", "2022-S1"}},
      {"evaluations?period=2022-S1", {"evaluations", "--period", "2022-S1"}},
      {"evaluations?period=2022-S1&units=true", {"evaluations", "--period", "2022-S1", "--units"}},
      {"dialogues?period=2022-S2", {"dialogues", "--period", "2022-S2"}},
      {"surveys?period=2022-S2", {"surveys", "--period", "2022-S2"}},
      {"posts", {"posts"}},
      {"posts?on=2022-03-31&all=true", {"posts", "--on", "2022-03-31", "--all"}},
      {"qualifications", {"qualifications"}},
      {"qualifications?person=P30", {"qualifications", "--person", "P30"}},
      {"imports", {"imports"}},
      {"imports?waiting=true", {"imports", "--waiting"}},
      {"merit", {"merit"}},
      {"merit?year=2022", {"merit", "--year", "2022"}}};
}

// Numbers of events are strings on the wire; everything else is as the command line has it.
void expect_same_items(const std::string& said, const boost::json::array& items,
                       const std::string& target) {
  const auto rows = boost::json::parse(said).as_array();
  ASSERT_EQ(items.size(), rows.size()) << target;
  const auto text = [](const boost::json::value& value) {
    return value.is_string() ? std::string(value.as_string())
           : value.is_null() ? std::string()
                             : boost::json::serialize(value);
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(items[i].as_object().size(), rows[i].as_object().size());
    for (const auto& [name, value] : rows[i].as_object()) {
      const auto& item = items[i].as_object().at(name);
      // Points are text on the wire, which keeps their two decimals.
      if (value.is_double())
        EXPECT_EQ(std::stod(text(item)), value.as_double()) << target << " " << name;
      else
        EXPECT_EQ(text(item), text(value)) << target << " " << name;
    }
  }
}

TEST_F(CityListings, SayWhatTheCommandLineSays) {
  struct Said {
    Ran csv, json;
  };
  std::vector<Said> said;
  const auto with = [&](Arguments command, const char* form) {
    command.emplace_back(form);
    return ask(command);
  };
  for (const Question& one : questions())
    said.push_back({with(one.command, "--csv"), with(one.command, "--json")});
  Served served(data(), keys());
  served.serve(service::listing_routes(served.reading));
  std::size_t listed = 0;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const std::string target = city + questions()[i].target;
    ASSERT_EQ(said[i].csv.exit, 0) << target << said[i].csv.err;
    const std::string separator = target.find('?') == std::string::npos ? "?" : "&";
    EXPECT_EQ(served.csv(target + separator + "limit=10000"), said[i].csv.out) << target;
    const object json = served.json(target + separator + "limit=10000");
    expect_same_items(said[i].json.out, json.at("items").as_array(), target);
    EXPECT_TRUE(json.at("simulated").as_bool());
    EXPECT_EQ(json.contains("hypothetical"), target.find("s_as_of") != std::string::npos) << target;
    for (const auto& note : json.at("notes").as_array())
      EXPECT_TRUE(has(said[i].csv.err, std::string(note.as_string()) + "\n")) << said[i].csv.err;
    listed += json.at("items").as_array().size();
  }
  EXPECT_GT(listed, 3'000U);

  const auto ranked = lines_of(said[1].csv.out);
  for (const std::size_t limit : {7U, 10'000U})
    EXPECT_EQ(rows_in_pages(served, city + "rankings?period=2022-S1&unranked=true", limit),
              std::vector<std::string>(ranked.begin() + 1, ranked.end()));
}

TEST_F(CityListings, ShowNobodyElsesRows) {
  Served served(data(), keys());
  served.reading.visible = [](const http::Call&) -> Result<service::Visible> {
    return service::Visible([](PersonId person) { return person == PersonId{30}; });
  };
  served.serve(service::listing_routes(served.reading));
  for (const char* target : {"qualifications?limit=1", "rankings?period=2022-S1&unranked=true",
                             "payments?month=2022-03", "surveys?period=2022-S2"}) {
    const object answer = served.json(city + target);
    const auto& items = answer.at("items").as_array();
    EXPECT_FALSE(items.empty()) << target;
    for (const auto& item : items)
      EXPECT_EQ(item.as_object().at("person").as_string(), "P30") << target;
  }
  for (const char* target : {"evaluations?period=2022-S1&units=true", "imports", "merit"})
    EXPECT_EQ(served.get(city + target).status, 403U) << target;
}

TEST_F(TownListings, GiveTheSameRowsInPagesOfEverySize) {
  serve();
  const auto whole = lines_of(served_->csv(town + "qualifications"));
  const std::vector<std::string> rows(whole.begin() + 1, whole.end());
  ASSERT_EQ(rows.size(), 10U);
  for (const std::size_t limit : {1U, 2U, 3U, 7U, 9U, 10U, 11U, 1'000U})
    EXPECT_EQ(rows_in_pages(*served_, town + "qualifications", limit), rows) << "by " << limit;
}

TEST_F(TownListings, RefuseThePageBehindRowsThatHaveChanged) {
  serve();
  const auto before = rows_in_pages(*served_, town + "qualifications", 100);
  const http::Response first = served_->get(town + "qualifications?limit=4");
  const std::string next = next_of(first);
  ASSERT_FALSE(next.empty());
  // Behind the page: it goes on, with the new row where it belongs.
  served_->record(qualification(60));
  const http::Response second = served_->get(next, {{"Accept", "text/csv"}});
  EXPECT_EQ(second.status, 200U) << second.body;
  EXPECT_GT(std::stoull(header_of(second, "Runut-Known-At")),
            std::stoull(header_of(first, "Runut-Known-At")));
  // Before it: rows would be left out or told twice.
  served_->record(qualification(20));
  const http::Response refused = served_->get(next);
  EXPECT_EQ(refused.status, 409U);
  EXPECT_EQ(errors_of(refused), std::vector<std::string>{"list.changed cursor"});
  // As known at the first page's moment the rest is what it was.
  const std::string then = "?as_known_at=" + header_of(first, "Runut-Known-At");
  EXPECT_EQ(rows_in_pages(*served_, town + "qualifications" + then, 4), before);
}

TEST_F(TownListings, AnswerInTheFormThatIsPreferred) {
  serve();
  struct Row {
    const char* accept;
    unsigned status;
    const char* type;
  };
  const Row rows[] = {{"", 200, "application/json"},
                      {"*/*", 200, "application/json"},
                      {"application/json", 200, "application/json"},
                      {"text/csv", 200, "text/csv; charset=utf-8"},
                      {"TEXT/CSV; q=0.9, application/json;q=0.8", 200, "text/csv; charset=utf-8"},
                      {"text/*", 200, "text/csv; charset=utf-8"},
                      {"application/json;q=0.1, application/x-ndjson", 200, "application/x-ndjson"},
                      {"*/*;q=0.1, application/json;q=0", 200, "text/csv; charset=utf-8"},
                      {"text/html", 406, "application/problem+json"},
                      {"application/json;q=0", 406, "application/problem+json"}};
  for (const Row& row : rows) {
    std::vector<http::Field> headers;
    if (row.accept[0] != '\0') headers.push_back({"accept", row.accept});
    const http::Response got = served_->get(town + "qualifications", headers);
    EXPECT_EQ(got.status, row.status) << row.accept;
    EXPECT_EQ(got.type, row.type) << row.accept;
  }
  const auto lines =
      lines_of(served_->get(town + "qualifications", {{"Accept", "application/x-ndjson"}}).body);
  ASSERT_EQ(lines.size(), 10U);
  EXPECT_EQ(boost::json::parse(lines[0]).as_object().at("person").as_string(), "P12");
  EXPECT_TRUE(boost::json::parse(lines[0]).as_object().at("event").is_string());
}

TEST_F(TownListings, SayEverythingThatIsWrongAtOnce) {
  serve();
  const std::string cursor =
      to_string(service::ListCursor{.rows = 1, .before = {}, .question = {}});
  struct Row {
    std::string target;
    unsigned status;
    std::vector<std::string> errors;
  };
  const Row rows[] = {
      {"rankings", 400, {"parameter.missing period"}},
      {"rankings?period=2022-S3", 400, {" period"}},
      {"rankings?period=2022-S1&period=2022-S1", 400, {"parameter.repeated period"}},
      {"rankings?period=2022-S1&colour=blue", 400, {"parameter.unknown colour"}},
      {"rankings?period=2022-S1&unranked=yes", 400, {" unranked"}},
      {"rankings?period=2022-S1&facts_as_of=2022-02-30&rules_as_of=x",
       400,
       {" facts_as_of", " rules_as_of"}},
      {"payments?month=2022&person=17&run=1&limit=0&at_least=-1&x=1",
       400,
       {" month", " person", " run", "parameter.unknown x", "parameter.number limit",
        "parameter.number at_least"}},
      {"plans?period=2022-S1&rules_as_of=2022-01-01", 400, {"times.rules_as_of rules_as_of"}},
      {"merit?rules_as_of=2022-01-01&year=2022", 400, {"times.rules_as_of rules_as_of"}},
      {"merit?year=MMXXII", 400, {" year"}},
      {"surveys?period=2022-S1&facts_as_of=2022-01-01", 400, {"parameter.unknown facts_as_of"}},
      {"posts?limit=10001", 400, {"page.limit limit"}},
      {"posts?limit=1&limit=2", 400, {"parameter.repeated limit"}},
      {"posts?cursor=1", 400, {"cursor.form cursor"}},
      {"posts?cursor=" + cursor, 400, {"cursor.question cursor"}},
      {"posts?as_known_at=yesterday", 400, {"moment.form as_known_at"}},
      {"posts?as_known_at=99999999", 400, {"moment.form as_known_at"}},
      {"posts?as_known_at=2019-01-01", 404, {"moment.before_founding as_known_at"}},
      {"posts?at_least=99999999", 503, {" sequence"}}};
  for (const Row& row : rows) {
    const http::Response got = served_->get(town + row.target);
    EXPECT_EQ(got.status, row.status) << row.target << "\n" << got.body;
    EXPECT_EQ(got.type, "application/problem+json") << row.target;
    auto errors = errors_of(got);
    for (std::string& error : errors)  // the name of a value's own rule may be any
      for (const std::string& wanted : row.errors)
        if (wanted.front() == ' ' && error.ends_with(wanted)) error = wanted;
    EXPECT_EQ(errors, row.errors) << row.target << "\n" << got.body;
  }
  EXPECT_EQ(served_->get("/v1/kota-lain/posts").status, 404U);
  EXPECT_EQ(header_of(served_->get(town + "posts?at_least=99999999"), "Retry-After"), "1");
}

TEST_F(TownListings, HaveATagThatChangesWithTheAnswer) {
  serve();
  const auto tag = [&](const std::string& target) {
    return header_of(served_->get(town + target, {{"Accept", "text/csv"}}), "ETag");
  };
  const std::string before = tag("qualifications");
  EXPECT_TRUE(before.starts_with('"') && before.ends_with('"') && before.size() == 34) << before;
  EXPECT_EQ(tag("qualifications"), before);
  EXPECT_NE(tag("qualifications?limit=3"), before);
  const http::Response same =
      served_->get(town + "qualifications", {{"Accept", "text/csv"}, {"If-None-Match", before}});
  EXPECT_EQ(same.status, 304U);
  served_->record(
      town_.line({.command = "RegisterPerson", .data = R"({"person":"P99"})", .text = "Sembilan"}));
  EXPECT_EQ(tag("qualifications"), before) << "what was recorded is nothing to this list";
  served_->record(qualification(5));
  EXPECT_NE(tag("qualifications"), before);
}

// Readers ask all the while; each answer is that of the one moment that it names.
TEST_F(TownListings, AreOfOneMomentWhileSomebodyWrites) {
  serve();
  std::atomic<bool> writing = true;
  struct Seen {
    std::string known_at, qualifications;
  };
  std::vector<std::vector<Seen>> seen(2);
  std::vector<std::thread> readers;
  for (auto& own : seen)
    readers.emplace_back([&, out = &own] {
      while (writing) {
        const http::Response one = served_->get(town + "qualifications", {{"Accept", "text/csv"}});
        RUNUT_CHECK(one.status == 200, one.body);
        out->push_back({header_of(one, "Runut-Known-At"), one.body});
      }
    });
  for (unsigned person = 1; person <= 80; ++person) {
    if (person % 10 <= 3) continue;  // who has one already is among these
    served_->submit(qualification(person));
    // Folded in batches of any size, and at once, when somebody waits.
    if (person % 3 == 0)
      (void)served_->ledger().wait_for(served_->ledger().instance().log().head().sequence,
                                       Millis{50});
  }
  writing = false;
  for (std::thread& reader : readers) reader.join();
  const Status folded = served_->ledger().wait_for(
      served_->ledger().instance().log().head().sequence, Millis{10'000});
  ASSERT_TRUE(folded.has_value());
  std::map<std::string, std::string> answers;  // by moment
  for (const auto& own : seen)
    for (const Seen& one : own) {
      const auto [at, is_new] = answers.emplace(one.known_at, one.qualifications);
      EXPECT_EQ(at->second, one.qualifications) << "two answers of one moment";
    }
  EXPECT_GE(answers.size(), 2U) << "the views moved while they were read";
  std::size_t asked = 0;
  for (const auto& [known_at, said] : answers) {
    if (++asked > 6) break;
    EXPECT_EQ(served_->csv(town + "qualifications?as_known_at=" + known_at), said) << known_at;
  }
}

}  // namespace
}  // namespace runut::testing
