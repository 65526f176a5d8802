// What is asked of single people, and what inspectors and treasurers take along: over HTTP it is
// what the command line says.
#include <regex>

#include "service/audit_routes.h"
#include "service/listing_routes.h"
#include "service/listings/served_city.h"
#include "service/people_routes.h"

namespace runut::testing {
namespace {

using boost::json::object;

const std::string at = "/v1/kota-kediri/";

class CityDocuments : public ServedCity {
 protected:
  void serve(std::function<Result<service::Visible>(const http::Call&)> visible = {}) {
    served_.emplace(data(), keys());
    served_->reading.visible = std::move(visible);
    std::vector<http::Route> routes = service::listing_routes(served_->reading);
    for (auto& more :
         {service::people_routes(served_->reading), service::audit_routes(served_->reading)})
      routes.insert(routes.end(), more.begin(), more.end());
    served_->serve(std::move(routes));
  }
  http::Response get(const std::string& target, const std::string& accept = "*/*") const {
    return served_->get(at + target, {{"Accept", accept}});
  }
  // The file that the command writes.
  std::string file_of(Arguments command) {
    const std::string path = directory_ / "written";
    command.insert(command.end(), {"--out", path});
    const Ran ran = ask(command);
    EXPECT_LE(ran.exit, 1) << ran.err;
    return read_file(path);
  }

  std::optional<Served> served_;
};

TEST_F(CityDocuments, SayWhatTheCommandLineSays) {
  struct Row {
    std::string target;
    std::string accept;
    std::string said;
  };
  std::vector<Row> rows;
  const auto add = [&](const std::string& target, const std::string& accept,
                       const Arguments& command) {
    const Ran ran = ask(command);
    EXPECT_LE(ran.exit, 1) << target << ran.err;
    EXPECT_FALSE(ran.out.empty()) << target;
    rows.push_back({target, accept, ran.out});
  };
  const Arguments explain{"explain", "--person", "P81", "--month", "2022-08", "--json"};
  add("people/P81/explanations/2022-08", "application/json", explain);
  Arguments dated = explain;
  dated.insert(dated.end(), {"--as-known-at", "2022-09-05"});
  add("people/P81/explanations/2022-08?as_known_at=2022-09-05", "*/*", dated);
  dated = explain;
  dated.insert(dated.end(), {"--rules-as-of", "2022-07-01"});
  add("people/P81/explanations/2022-08?rules_as_of=2022-07-01", "*/*", dated);
  const std::string page = directory_ / "page.html";
  EXPECT_EQ(
      ask({"explain", "--person", "P81", "--month", "2022-08", "--lang", "en", "--html", page})
          .exit,
      0);
  rows.push_back({"people/P81/explanations/2022-08?lang=en", "text/html", read_file(page)});
  add("people/P81/payments/2022-08", "text/csv",
      {"payments", "--month", "2022-08", "--person", "P81", "--csv"});
  add("units/U2?on=2022-08-31", "text/csv",
      {"units", "--unit", "U2", "--on", "2022-08-31", "--csv"});
  add("people?unit=U9", "text/csv", {"people", "--unit", "U9", "--csv"});
  add("regulations", "text/csv", {"regulation", "list", "--csv"});
  add("regulations/2022-08-15", "text/csv",
      {"regulation", "show", "--regulation", "2022-08-15", "--csv"});
  add("regulations/kota-kediri-2021/document", "application/json",
      {"regulation", "show", "--regulation", "kota-kediri-2021", "--text"});
  add("reports/treasurer?month=2022-08", "application/json",
      {"report", "treasurer", "--month", "2022-08", "--json"});
  add("reports/treasurer?month=2022-08&section=payroll&as_known_at=2022-09-05", "text/csv",
      {"report", "treasurer", "--month", "2022-08", "--section", "payroll", "--csv",
       "--as-known-at", "2022-09-05"});
  add("reports/merit?period=2022-S1&lang=en", "text/html",
      {"report", "merit", "--period", "2022-S1", "--lang", "en", "--format", "html"});
  rows.push_back(
      {"reports/unit?unit=U9&month=2022-08", "application/pdf",
       file_of({"report", "unit", "--unit", "U9", "--month", "2022-08", "--format", "pdf"})});
  rows.push_back({"reports/treasurer?month=2022-08",
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  file_of({"report", "treasurer", "--month", "2022-08", "--format", "xlsx"})});
  add("audits", "text/csv", {"audit", "--csv"});
  add("audits?month=2022-08", "text/html", {"audit", "--month", "2022-08", "--format", "html"});
  add("differences?month=2022-08&known_at=2022-09-05&limit=10000", "text/csv",
      {"diff", "--month", "2022-08", "--known-at", "2022-09-05", "--csv"});
  add("differences?month=2022-08&rules_before=2022-07-01&rules_after=2022-08-01&by_unit=true",
      "text/csv",
      {"diff", "--month", "2022-08", "--rules-as-of", "2022-07-01", "2022-08-01", "--by-unit",
       "--csv"});
  add("affected/64000", "text/csv", {"affected", "--event", "64000", "--csv"});
  serve();
  for (const Row& row : rows) {
    const http::Response got = get(row.target, row.accept);
    EXPECT_EQ(got.status, 200U) << row.target << "\n" << got.body.substr(0, 500);
    EXPECT_EQ(got.body, row.said) << row.target;
    EXPECT_FALSE(header_of(got, "ETag").empty()) << row.target;
    EXPECT_EQ(header_of(got, "Runut-Simulated"), "SIMULASI") << row.target;
    EXPECT_EQ(header_of(got, "Runut-Hypothetical").empty(),
              row.target.find("?rules_as_of") == std::string::npos)
        << row.target;
  }
}

TEST_F(CityDocuments, SupposeWhatNobodyGaveAndRecordNothing) {
  std::string draft = ask({"regulation", "show", "--regulation", "2022-08-15", "--text"}).out;
  const std::string id = "\"kota-kediri-2022-08\"";
  draft.replace(draft.find(id), id.size(), "\"rancangan\"");
  draft = std::regex_replace(draft, std::regex(R"r(("absent": \{\s*"value": )300)r"), "$01400");
  const std::string file = directory_.write("draft.json", draft);
  const Arguments command{"what-if", "--regulation", file, "--month", "2022-08", "--csv"};
  const Ran said = ask(command);
  EXPECT_LE(said.exit, 1) << said.err;
  Arguments units = command;
  units.emplace_back("--by-unit");
  const Ran by_unit = ask(units);
  serve();
  const std::string head = header_of(get("posts"), "Runut-Known-At");
  const auto suppose = [&](const std::string& query, const std::string& type,
                           const std::string& body) {
    return served_->ask(http::Method::post, at + "what-ifs" + (query.empty() ? "" : "?" + query),
                        {{"Accept", "text/csv"}, {"Content-Type", type}}, body);
  };
  const http::Response got = suppose("month=2022-08", "application/json", draft);
  EXPECT_EQ(got.status, 200U) << got.body;
  EXPECT_EQ(got.body, said.out);
  EXPECT_EQ(header_of(got, "Runut-Hypothetical"), "after event " + head);
  EXPECT_EQ(suppose("month=2022-08&by_unit=true", "application/json", draft).body, by_unit.out);

  struct Row {
    std::string query;
    std::string type;
    std::string body;
    unsigned status;
    const char* says;
  };
  const Row rows[] = {
      {"", "application/json", draft, 400, "ask for a month or a period"},
      {"month=2022-08&period=2022-S1", "application/json", draft, 400, "either a month"},
      {"month=2022-08", "text/plain", draft, 415, "http.content_type"},
      {"month=2022-08", "application/json", "{}", 400, "/regulation"},
      {"month=2022-08", "application/x-ndjson", "\n\n", 400, "the body holds no command"},
      {"month=2022-08", "application/x-ndjson", "{}", 400, "(line 1)"},
      {"month=2022-08&at=99999999", "application/json", draft, 400, "\"field\":\"at\""}};
  for (const Row& row : rows) {
    const http::Response refused = suppose(row.query, row.type, row.body);
    EXPECT_EQ(refused.status, row.status) << row.query << refused.body;
    EXPECT_TRUE(has(refused.body, row.says)) << row.query << refused.body;
  }
  EXPECT_EQ(header_of(get("posts"), "Runut-Known-At"), head);
}

TEST_F(CityDocuments, AreRefusedByNameAndToWhomTheyAreNotOf) {
  serve([](const http::Call&) -> Result<service::Visible> {
    return service::Visible([](PersonId person) { return person == PersonId{81}; });
  });
  struct Row {
    const char* target;
    unsigned status;
    const char* says;
  };
  const Row rows[] = {{"people/P81", 200, "\"assignments\":[{"},
                      {"people/P81/explanations/2022-08", 200, "\"person\""},
                      {"people/P81/payments/2022-08", 200, "P81"},
                      {"people/P80", 403, "scope.person"},
                      {"people/P80/explanations/2022-08", 403, "scope.person"},
                      {"people/P81/explanations/2023-08", 404, "explain.no_payment"},
                      {"people/P81/explanations/2022-13?lang=fr", 400, "\"field\":\"lang\""},
                      {"people/81", 400, "\"field\":\"person\""},
                      {"people/P81?rules_as_of=2022-01-01", 400, "times.rules_as_of"},
                      {"people/P81?colour=blue", 400, "parameter.unknown"},
                      {"reports/treasurer?month=2022-08", 403, "scope.everybody"},
                      {"reports/treasurer", 400, "parameter.missing"},
                      {"audits", 403, "scope.everybody"},
                      {"affected/64000", 403, "scope.everybody"},
                      {"affected/0", 400, "\"field\":\"event\""},
                      {"differences?month=2022-08&known_at=2022-09-05", 200, "\"items\""},
                      {"differences?month=2022-08&known_at=1", 422, "regulation.none"},
                      {"differences?known_at=1", 400, "difference.question"},
                      {"differences?month=2022-08&facts_before=2022-08-01", 400, "facts_after"},
                      {"regulations/2019-01-01", 404, "no document is in force"},
                      {"regulations/unknown/document", 404, "no such regulation"},
                      {"units/U999", 404, "unit.unknown"},
                      {"units", 200, "\"level\":1"}};
  for (const Row& row : rows) {
    const http::Response got = get(row.target);
    EXPECT_EQ(got.status, row.status) << row.target << "\n" << got.body.substr(0, 300);
    EXPECT_TRUE(has(got.body, row.says)) << row.target << "\n" << got.body.substr(0, 300);
  }
  const object ledger = served_->json("/v1/kota-kediri");
  EXPECT_EQ(ledger.at("known_at").as_string(), ledger.at("head").at("sequence").as_string());
  EXPECT_TRUE(ledger.at("simulated").as_bool());
}

TEST_F(CityDocuments, ReadTheWholeLogOneAtATime) {
  serve();
  const auto alone = served_->reading.long_work->enter();
  ASSERT_TRUE(alone.has_value());
  for (const char* target : {"audits", "affected/64000", "differences?month=2022-08&known_at=1",
                             "posts?as_known_at=64000", "people/P81?facts_as_of=2022-01-31"}) {
    const http::Response busy = get(target);
    EXPECT_EQ(busy.status, 429U) << target << busy.body.substr(0, 300);
    EXPECT_EQ(header_of(busy, "Retry-After"), "1") << target;
  }
  EXPECT_EQ(get("posts").status, 200U);
}

}  // namespace
}  // namespace runut::testing
