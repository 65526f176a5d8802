// A simulated city through the binary: what scripts read, and that nothing depends on how it came.
#include "cli/city.h"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <numeric>
#include <set>

#include "cli/city_reports.h"

namespace runut::testing {
namespace {

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

// The month of a time in UTC by the clocks of Kediri, seven hours ahead.
std::string local_month(const std::string& utc) {
  using namespace std::chrono;
  const auto number = [&](std::size_t at, std::size_t size) {
    return std::stoi(utc.substr(at, size));
  };
  const sys_days day = year{number(0, 4)} / number(5, 2) / number(8, 2);
  const year_month_day local{floor<days>(day + hours{number(11, 2)} + hours{7})};
  return fmt::format("{:04}-{:02}", static_cast<int>(local.year()),
                     static_cast<unsigned>(local.month()));
}

// One city, made once: one test asks it everything.
class City : public CityOnDisk {
 protected:
  void is_imported_but_for_what_was_planted();
  void has_rankings_with_fixed_columns();
  void has_payments_whose_lines_sum_to_net();
  void is_audited_verified_and_rebuilt_equal();
  void is_audited_finding_what_was_planted();
  void is_reported_the_same_after_a_rebuild();
  void lists_its_regulations();
  void has_statistics_that_its_log_confirms();
  void differs_by_what_was_corrected();
  void differs_between_two_documents();
  void answers_at_other_times();
  void answers_about_other_days();
  void tells_what_an_approval_moved();
  void supposes_what_then_comes_true();

  // What views answer is remembered until they are made anew: several of these ask the same.
  Ran ask(const Arguments& question) const {
    static const std::set<std::string> views = {"payments", "plans", "rankings", "report"};
    if (question[0] == "rebuild" || question[0] == "import") answers_.clear();
    if (!views.contains(question[0]) || std::count(question.begin(), question.end(), "--out") > 0)
      return CityOnDisk::ask(question);
    const auto known = answers_.find(question);
    if (known != answers_.end()) return known->second;
    return answers_.emplace(question, CityOnDisk::ask(question)).first->second;
  }

 private:
  mutable std::map<Arguments, Ran> answers_;
};

void City::is_imported_but_for_what_was_planted() {
  const std::string planted = read_file(directory_ / "planted.json");
  for (const std::string& line : lines_of(read_file(directory_ / "refused.tsv"))) {
    if (line.rfind("file\t", 0) == 0) continue;
    std::size_t tab = line.find('\t', line.find('\t') + 1);
    const std::string id = line.substr(tab + 1, 36);
    EXPECT_NE(planted.find(id), std::string::npos) << line;
  }
}

void City::has_rankings_with_fixed_columns() {
  const auto lines = lines_of(ask({"rankings", "--period", "2022-S1", "--csv"}).out);
  ASSERT_GT(lines.size(), 30U);
  EXPECT_EQ(lines[0],
            "agency,period,group,person,unit,score,rank,tier,cutoff_above,cutoff_below,members,"
            "event,result,"
            "behaviour,discipline");
  std::map<std::string, unsigned> members;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = csv_cells(lines[i]);
    ASSERT_EQ(cells.size(), 15U) << lines[i];
    EXPECT_EQ(cells[5].substr(cells[5].find('.')).size(), 3U) << lines[i];  // 87.50
    ++members[cells[2] + "/" + cells[10]];
  }
  for (const auto& [group, count] : members)
    EXPECT_EQ(std::to_string(count), group.substr(group.rfind('/') + 1)) << group;
  EXPECT_GT(lines_of(ask({"rankings", "--period", "2022-S1", "--csv", "--unranked"}).out).size(),
            lines.size());
  EXPECT_EQ(ask({"rankings", "--period", "2022-X9"}).exit, 2);
}

void City::has_payments_whose_lines_sum_to_net() {
  const auto lines = lines_of(ask({"payments", "--month", "2022-08", "--csv"}).out);
  ASSERT_GT(lines.size(), 500U);
  EXPECT_EQ(
      lines[0],
      "agency,run,month,person,line,component,kind,amount,clause,status,cause_event,for_month");
  std::map<std::string, std::int64_t> sums;
  std::map<std::string, std::int64_t> nets;
  bool corrected = false;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = csv_cells(lines[i]);
    ASSERT_EQ(cells.size(), 12U) << lines[i];
    const std::string payment = cells[1] + " " + cells[3];
    if (cells[6] == "line") {
      sums[payment] += std::stoll(cells[7]);
      EXPECT_FALSE(cells[8].empty()) << lines[i];
      EXPECT_FALSE(cells[9].empty()) << lines[i];
      EXPECT_FALSE(cells[10].empty()) << lines[i];
      corrected = corrected || (cells[4] == "correction" && cells[11] == "2022-08");
    } else if (cells[6] == "net") {
      nets[payment] = std::stoll(cells[7]);
    } else {
      EXPECT_EQ(cells[6], "subtotal") << lines[i];
    }
  }
  EXPECT_EQ(sums, nets);
  EXPECT_TRUE(corrected);
}

void City::is_audited_verified_and_rebuilt_equal() {
  EXPECT_EQ(ask({"audit"}).exit, 0);
  const Ran verify = ask({"verify"});
  EXPECT_EQ(verify.exit, 0) << verify.out << verify.err;
  const Ran rebuilt = ask({"rebuild"});
  EXPECT_EQ(rebuilt.exit, 0) << rebuilt.out << rebuilt.err;
  EXPECT_EQ(rebuilt.out.find("different"), std::string::npos);
  EXPECT_EQ(ask({"rebuild", "--projection", "nothing"}).exit, 2);
}

// One list of findings in every form: by the kinds of planted.json, one finding an item of those
// that a script counts.
void City::is_audited_finding_what_was_planted() {
  const std::string planted = read_file(directory_ / "planted.json");
  const auto counts = [&](const std::string& kind) {
    const std::string name = "\"" + kind + "\":";
    const std::size_t at = planted.find(name, planted.find("\"counts\""));
    return at == std::string::npos ? 0 : std::stoul(planted.substr(at + name.size()));
  };
  const Ran csv = ask({"audit", "--format", "csv"});
  EXPECT_EQ(csv.exit, 0) << csv.err;
  const auto lines = lines_of(csv.out);
  EXPECT_EQ(lines[0],
            "agency,kind,sequence,subject,rule,detail,month,actor,condition,criterion,cause,effect,"
            "amount,events");
  std::map<std::string, std::size_t> kinds;
  std::size_t august = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = csv_cells(lines[i]);
    ASSERT_EQ(cells.size(), 14U) << lines[i];
    ++kinds[cells[1]];
    august += cells[6] == "2022-08" ? 1U : 0U;
    for (std::size_t quality = 8; quality < 12; ++quality)
      EXPECT_FALSE(cells[quality].empty()) << lines[i];
    EXPECT_FALSE(cells[13].empty()) << lines[i];
  }
  const std::size_t objections = counts("objection_upheld") + counts("objection_dismissed") +
                                 counts("objection_late") + counts("objection_overdue");
  std::map<std::string, std::size_t> expected = {
      {"refused_attempt", counts("violation")},
      {"late_approval", counts("late_approval")},
      {"late_excuse", counts("excuse_late") + 2 * counts("excuse_filed_late")},
      {"mid_month_move", counts("mid_month_move")},
      {"tie", counts("tie")},
      {"tie_resolved", counts("tie")},
      {"objection", objections},
      {"objection_decided", objections},
      {"late_closing", counts("late_closing")},
      {"overdue_senior_post", counts("senior_post_overdue")},
      {"late_objection", counts("objection_late") + counts("objection_overdue")},
      {"evaluation_corrected", counts("objection_upheld")},
      {"rating_after_lock", counts("objection_upheld")},
      {"counts_after_correction", counts("objection_upheld")},
      {"correction_posted", counts("correction")}};
  std::erase_if(expected, [](const auto& kind) { return kind.second == 0; });
  EXPECT_GE(expected.size(), 12U);
  EXPECT_EQ(kinds, expected);

  const std::string json = ask({"audit", "--format", "json", "--lang", "en"}).out;
  EXPECT_EQ(times(json, "\"kind\":"), lines.size() - 1);
  EXPECT_TRUE(has(json, "approved after the cut-off")) << json.substr(0, 2'000);
  const std::string text = ask({"audit", "--format", "table"}).out;
  for (const char* said : {"SIMULASI", "Kondisi", "Kriteria", "Sebab", "Akibat", "Peristiwa"})
    EXPECT_TRUE(has(text, said)) << said;
  EXPECT_EQ(times(text, "Temuan "), lines.size() - 1);
  const std::string file = directory_ / "temuan.html";
  const Ran page = ask({"audit", "--format", "html", "--month", "2022-08", "--out", file});
  EXPECT_EQ(page.exit, 0) << page.err;
  EXPECT_TRUE(page.out.empty());
  EXPECT_EQ(times(read_file(file), ">Temuan "), august);
  EXPECT_EQ(lines_of(ask({"audit", "--csv", "--month", "2022-08"}).out).size(), august + 1);
  const Ran unwritable = ask({"audit", "--out", directory_ / "nowhere/temuan"});
  EXPECT_EQ(unwritable.exit, 2);
  EXPECT_TRUE(has(unwritable.err, "out = " + (directory_ / "nowhere/temuan"))) << unwritable.err;
}

void City::is_reported_the_same_after_a_rebuild() {
  const Ask asked = [this](Arguments arguments) { return ask(std::move(arguments)); };
  const ReportFiles before = write_reports(asked, directory_);
  expect_files_say_what_csv_says(asked, directory_);
  expect_treasurer_agrees_with_payments(asked);
  expect_merit_agrees_with_rankings_and_log(asked);
  expect_unit_agrees_with_payments(asked);
  expect_bad_questions_are_named(asked, directory_);
  const Ran rebuilt = ask({"rebuild"});
  EXPECT_EQ(rebuilt.exit, 0) << rebuilt.err;
  EXPECT_TRUE(write_reports(asked, directory_) == before) << "after a rebuild";
}

void City::lists_its_regulations() {
  const Ran list = ask({"regulation", "list"});
  EXPECT_EQ(list.exit, 0) << list.err;
  EXPECT_NE(list.out.find("kota-kediri-2022-08"), std::string::npos) << list.out;
  const Ran shown = ask({"regulation", "show", "--regulation", "kota-kediri-2022-08"});
  EXPECT_NE(shown.out.find("tier_delta"), std::string::npos) << shown.out;
  const Ran text = ask({"regulation", "show", "--regulation", "kota-kediri-2022-08", "--text"});
  EXPECT_EQ(text.out, read_file(RUNUT_SOURCE_DIR "/schemas/regulations/kota-kediri/2022-08.json"));
  const Ran on_a_day = ask({"regulation", "show", "--regulation", "2022-08-15", "--text"});
  EXPECT_EQ(on_a_day.out, text.out);
  const Ran diff = ask({"regulation", "diff", "2022-07-31", "2022-08-01"});
  EXPECT_EQ(diff.exit, 1) << diff.err;
  EXPECT_NE(diff.out.find("tier_adjustment\tvalue\tfalse\ttrue"), std::string::npos) << diff.out;
  EXPECT_EQ(ask({"regulation", "diff", "2022-08-01", "2022-12-31"}).exit, 0);
  EXPECT_EQ(ask({"regulation", "diff", "2019-12-31", "2022-12-31"}).exit, 2);
}

void City::has_statistics_that_its_log_confirms() {
  std::map<std::string, std::uint64_t> types;
  std::map<std::string, std::uint64_t> months;
  const auto field = [](const std::string& line, const std::string& name) {
    const std::size_t at = line.find("\"" + name + "\":\"") + name.size() + 4;
    return line.substr(at, line.find('"', at) - at);
  };
  const auto events = lines_of(log());
  for (const std::string& line : events) {
    ++types[field(line, "type")];
    ++months[local_month(field(line, "recorded_at"))];
  }
  const auto counted = [&](const std::string& by, std::size_t column) {
    std::map<std::string, std::uint64_t> out;
    const auto lines = lines_of(ask({"stats", "--by", by, "--csv"}).out);
    for (std::size_t i = 1; i < lines.size(); ++i)
      out[csv_cells(lines[i])[0]] = std::stoull(csv_cells(lines[i])[column]);
    return out;
  };
  types["total"] = events.size();
  EXPECT_EQ(counted("type", 1), types);
  EXPECT_EQ(counted("month", 2), months);
  const auto families = counted("family", 2);
  EXPECT_GT(families.at("log"), 0U);
  std::uint64_t sum = 0;
  for (const auto& [family, bytes] : families) sum += family == "total" ? 0 : bytes;
  EXPECT_EQ(families.at("total"), sum);
  EXPECT_EQ(ask({"stats", "--by", "weather"}).exit, 2);
}

// A correction pays the difference between what the run knew and what was known later: asked as a
// difference of two moments, August is the same rupiah, by the same last event.
void City::differs_by_what_was_corrected() {
  const auto events = lines_of(log());
  std::size_t corrected = 0;
  for (const std::string& line : lines_of(ask({"payments", "--month", "2022-08", "--csv"}).out)) {
    const auto cells = csv_cells(line);
    if (cells[4] != "correction" || cells[11] != "2022-08") continue;
    ++corrected;
    const std::string run = cells[1].substr(0, cells[1].find('/')) + "/2022-08/regular/1";
    std::string computed;  // sequence of the run that it corrects
    for (const std::string& event : events)
      if (has(event, "\"TppRunComputed\"") && has(event, "\"" + run + "\""))
        computed = event.substr(12, event.find(',') - 12);  // {"sequence":4711,…
    ASSERT_FALSE(computed.empty()) << run;
    const Ran ran = ask({"diff", "--month", "2022-08", "--known-at", computed, "--csv"});
    EXPECT_EQ(ran.exit, 1) << ran.err;
    std::int64_t sum = 0;
    std::string net;
    for (const std::string& difference : lines_of(ran.out)) {
      const auto found = csv_cells(difference);
      ASSERT_EQ(found.size(), 11U) << difference;
      if (found[2] != cells[3] || found[3] == "productivity" || found[3] == "discipline") continue;
      EXPECT_EQ(found[10], "as_known") << difference;
      const std::string last_cause = cells[10].substr(cells[10].rfind(' ') + 1);
      EXPECT_EQ(found[8].substr(found[8].rfind(' ') + 1), last_cause) << difference;
      if (found[3] == "net")
        net = found[7];
      else
        sum += std::stoll(found[7]);
    }
    EXPECT_EQ(net, cells[7]) << line;
    EXPECT_EQ(std::to_string(sum), net) << line;
    const Ran same =
        ask({"diff", "--month", "2022-08", "--known-at", computed, "--and", computed, "--csv"});
    EXPECT_EQ(same.exit, 0) << same.out;
    EXPECT_EQ(same.out,
              "agency,of,person,line,component,before,after,difference,events,parameters,basis\n");
  }
  EXPECT_GT(corrected, 0U);
}

void City::differs_between_two_documents() {
  const Ran ran =
      ask({"diff", "--month", "2022-08", "--rules-as-of", "2022-07-31", "2022-08-01", "--csv"});
  EXPECT_EQ(ran.exit, 1) << ran.err;
  const auto lines = lines_of(ran.out);
  std::size_t adjusted = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = csv_cells(lines[i]);
    EXPECT_EQ(cells[10], "HYPOTHETICAL") << lines[i];
    EXPECT_TRUE(has(cells[9], "tier_adjustment")) << lines[i];
    EXPECT_TRUE(cells[8].empty()) << "one moment has no events between: " << lines[i];
    EXPECT_TRUE(cells[3] == "adjustment" || cells[3] == "tax" || cells[3] == "deduction" ||
                cells[3] == "net" || cells[3] == "shortfall")
        << lines[i];
    adjusted += cells[3] == "adjustment" ? 1U : 0U;
  }
  EXPECT_GT(adjusted, 0U);
  const Ran ranked =
      ask({"diff", "--period", "2022-S1", "--known-at", "1", "--and", "2022-12-31", "--csv"});
  EXPECT_EQ(ranked.exit, 1) << ranked.err;
  const auto published = lines_of(ask({"rankings", "--period", "2022-S1", "--csv"}).out);
  std::size_t placed = 0;
  for (const std::string& line : lines_of(ranked.out))
    placed += csv_cells(line)[3] == "rank" ? 1U : 0U;
  EXPECT_EQ(placed, published.size() - 1);
}

std::string without_mark(std::string text) {
  for (const std::string mark : {"HYPOTHETICAL ", "HYPOTHETICAL:", "HYPOTHETICAL"})
    for (std::size_t at = 0; (at = text.find(mark)) != std::string::npos;)
      text.erase(at, mark.size());
  return text;
}

// Under the rules that were in force, on all facts, a hypothetical answer is the recorded one;
// under those of July nobody is paid by a ranking.
void City::answers_at_other_times() {
  const Arguments payments{"payments", "--month", "2022-08", "--csv"};
  const auto with = [](Arguments question, Arguments more) {
    question.insert(question.end(), more.begin(), more.end());
    return question;
  };
  const Ran recorded = ask(payments);
  const Ran same = ask(with(payments, {"--rules-as-of", "2022-08-01"}));
  EXPECT_NE(same.out, recorded.out);
  EXPECT_EQ(without_mark(same.out), recorded.out);
  EXPECT_TRUE(has(same.err, "HYPOTHETICAL: rules as of 2022-08-01")) << same.err;
  EXPECT_EQ(without_mark(ask(with(payments, {"--facts-as-of", "2099-12-31"})).out), recorded.out);
  const Ran july = ask(with(payments, {"--rules-as-of", "2022-07-31"}));
  EXPECT_TRUE(has(recorded.out, ",adjustment,")) << recorded.out;
  EXPECT_FALSE(has(july.out, ",adjustment,"));

  const auto members = [&](const Ran& ran) {
    std::set<std::string> out;
    for (const std::string& line : lines_of(without_mark(ran.out))) {
      auto cells = csv_cells(line);
      cells[11].clear();  // no event says what is hypothetical
      out.insert(fmt::format("{}", fmt::join(cells, ",")));
    }
    return out;
  };
  const Arguments rankings{"rankings", "--period", "2022-S1", "--csv"};
  EXPECT_EQ(members(ask(with(rankings, {"--facts-as-of", "2022-12-31"}))), members(ask(rankings)));

  // One whom the ranking cut or rewarded: explain and payments agree on what July's rules pay.
  for (const std::string& line : lines_of(recorded.out)) {
    const auto cells = csv_cells(line);
    if (cells[4] != "adjustment" || !has(cells[1], "/regular/")) continue;
    std::string net;
    for (const std::string& other : lines_of(july.out)) {
      const auto found = csv_cells(other);
      if (found[3] == cells[3] && found[1] == cells[1] && found[6] == "net") net = found[7];
    }
    const Ran told = ask({"explain", "--person", cells[3], "--month", "2022-08", "--rules-as-of",
                          "2022-07-31", "--json"});
    EXPECT_EQ(told.exit, 0) << told.err;
    EXPECT_TRUE(has(told.out, "\"basis\":\"HYPOTHETICAL\",\"rules_as_of\":\"2022-07-31\""))
        << told.out;
    EXPECT_TRUE(has(told.out, "\"net\":" + net)) << net;
    EXPECT_EQ(ask({"explain", "--person", cells[3], "--month", "2022-08", "--rules-as-of",
                   "2022-07-31", "--proof", directory_ / "no.proof"})
                  .exit,
              2);
    break;
  }
  EXPECT_EQ(ask(with(payments, {"--rules-as-of", "soon"})).exit, 2);
  EXPECT_TRUE(has(ask(with(payments, {"--rules-as-of", "2019-12-31"})).err, "regulation.none"));
  EXPECT_TRUE(has(ask(with(rankings, {"--facts-as-of", "2022-06-15"})).err, "ranking.not_rated"));
}

// Plans, merit, reports and differences too; what no rule of another day decides says so.
void City::answers_about_other_days() {
  const auto dated = [&](Arguments question, const char* option, const char* day) {
    question.insert(question.end(), {option, day});
    return ask(question);
  };
  const auto rows_with = [](const Ran& ran, const std::string& cell) {
    std::size_t out = 0;
    const auto lines = lines_of(ran.out);
    for (std::size_t i = 1; i < lines.size(); ++i) {  // below the heading
      const auto cells = csv_cells(lines[i]);
      out += static_cast<std::size_t>(std::count(cells.begin(), cells.end(), cell));
    }
    return out;
  };
  const Arguments plans{"plans", "--period", "2022", "--csv"};
  const Arguments treasurer{"report",    "treasurer", "--month", "2022-08",
                            "--section", "runs",      "--csv"};
  const Arguments merit{"report",    "merit",      "--period", "2022-S1",
                        "--section", "objections", "--csv"};
  const Arguments unit{"report",  "unit",      "--unit", "U9",   "--month",
                       "2022-08", "--section", "people", "--csv"};
  struct Row {
    const Arguments& question;
    const char* says;  // why no other rules
  };
  for (const Row& row : {Row{plans, "no parameter of a document decides about a plan"},
                         Row{treasurer, "a report lists what was computed"},
                         Row{merit, "a report lists what was computed"},
                         Row{unit, "a report lists what was computed"}}) {
    const Ran recorded = ask(row.question);
    const Ran later = dated(row.question, "--facts-as-of", "2099-12-31");
    EXPECT_EQ(later.out, recorded.out) << row.question[1];
    EXPECT_TRUE(has(later.err, "HYPOTHETICAL: facts as of 2099-12-31")) << later.err;
    const Ran refused = dated(row.question, "--rules-as-of", "2022-07-31");
    EXPECT_EQ(refused.exit, 2);
    EXPECT_TRUE(has(refused.err, "rules-as-of = 2022-07-31") && has(refused.err, row.says))
        << refused.err;
  }
  const Ran in_january = dated(plans, "--facts-as-of", "2022-01-31");
  EXPECT_LT(rows_with(in_january, "approved"), rows_with(ask(plans), "approved") + 1);
  EXPECT_GT(rows_with(in_january, "submitted"), rows_with(ask(plans), "submitted"))
      << "one was approved when the quarter was over";
  EXPECT_GT(rows_with(ask(treasurer), "confirmed"), 0U);
  EXPECT_EQ(rows_with(dated(treasurer, "--facts-as-of", "2022-08-31"), "confirmed"), 0U);
  EXPECT_EQ(rows_with(dated(merit, "--facts-as-of", "2022-08-31"), "upheld"), 0U);

  const Arguments diff{"diff", "--month", "2022-08", "--csv", "--facts-as-of"};
  const auto between = [&](const char* first, const char* second) {
    Arguments question = diff;
    question.insert(question.end(), {first, second});
    return ask(question);
  };
  const Ran half = between("2022-08-15", "2022-08-31");
  EXPECT_EQ(half.exit, 1) << half.err;
  EXPECT_GT(rows_with(half, "net"), 50U);
  EXPECT_EQ(rows_with(half, "HYPOTHETICAL"), lines_of(half.out).size() - 1);
  EXPECT_EQ(between("2022-12-30", "2022-12-31").exit, 0);
  EXPECT_EQ(ask({"diff", "--month", "2022-08", "--facts-as-of", "2022-08-15", "2022-08-31",
                 "--known-at", "4711"})
                .exit,
            2);
  EXPECT_EQ(ask({"merit", "--rules-as-of", "2022-07-31"}).exit, 0);
  EXPECT_EQ(ask({"merit", "--year", "2022", "--rules-as-of", "2022-07-31"}).exit, 2);
}

// Without the approval of a report its person is paid less, and the run, its lock and its order are
// less by the same rupiah.
void City::tells_what_an_approval_moved() {
  std::string approval;
  for (const std::string& event : lines_of(log()))
    if (has(event, "\"DailyReportApproved\"") && has(event, "\"occurred_on\":\"2022-07"))
      approval = event.substr(12, event.find(',') - 12);
  ASSERT_FALSE(approval.empty());
  const Ran ran = ask({"affected", "--event", approval, "--csv"});
  const auto lines = lines_of(ran.out);
  ASSERT_FALSE(lines.empty()) << ran.err;
  EXPECT_EQ(lines[0],
            "agency,event,kind,type,subject,of,line,component,before,after,difference,outcome");
  EXPECT_EQ(ran.exit, 1) << ran.err;
  std::map<std::string, std::string> lost;  // by type of event
  for (const std::string& line : lines) {
    const auto cells = csv_cells(line);
    const bool is_total = cells[6] == "net" || cells[6] == "total" || cells[6] == "amount";
    if (is_total) lost[cells[3]] = cells[10];
  }
  // The last approval came late: it was paid as a correction, in August's run.
  for (const char* type : {"TppPaymentComputed", "TppRunComputed", "TppRunLocked",
                           "TppCorrectionPosted", "PaymentOrdered"})
    ASSERT_TRUE(lost.contains(type)) << type << "\n" << ran.out;
  for (const auto& [type, rupiah] : lost) EXPECT_EQ(rupiah, lost.at("TppRunComputed")) << type;
  EXPECT_TRUE(has(ran.err, "commits were decided again")) << ran.err;
  EXPECT_EQ(ask({"affected", "--event", "1"}).exit, 2);
  EXPECT_EQ(ask({"affected", "--event", "99999999"}).exit, 2);
}

// What is supposed gives, line by line, what the ledger says once it has really happened.
void City::supposes_what_then_comes_true() {
  const auto events = lines_of(log());
  const std::string& last = events.back();
  const std::string head = last.substr(12, last.find(',') - 12);
  const std::string recorded = last.substr(last.find("\"recorded_at\":\"") + 15, 27);
  const std::string deduction = fmt::format(
      R"({{"command":"SetDeduction","id":"01999999-0000-7000-8000-000000000001",)"
      R"("agency":"kota-kediri","actor":{{"kind":"system","id":"S2","role":"hr",)"
      R"("assurance":"claimed","method":"cli"}},"acted_at":"{0}","recorded_at":"{0}",)"
      R"("data":{{"status":"PNS","code":"iuran_uji","amount":25000,"first":"2022-08"}}}})",
      recorded);
  const std::string file = directory_.write("suppose.ndjson", deduction + "\n");
  const Ran supposed = ask({"what-if", "--events", file, "--month", "2022-08", "--csv"});
  EXPECT_EQ(supposed.exit, 1) << supposed.err;
  EXPECT_EQ(lines_of(log()).size(), events.size()) << "nothing is recorded";
  const Ran by_unit =
      ask({"what-if", "--events", file, "--month", "2022-08", "--by-unit", "--csv"});
  EXPECT_EQ(ask({"what-if", "--events", file}).exit, 2) << "nothing follows the head";

  ASSERT_EQ(ask({"import", file}).exit, 0);
  const Ran known = ask({"what-if", "--events", file, "--month", "2022-08"});
  EXPECT_EQ(known.exit, 3);
  EXPECT_TRUE(has(known.err, "command.id_reused")) << known.err;
  const auto without_basis = [](const Ran& ran, std::size_t columns) {
    std::vector<std::string> out;
    for (const std::string& line : lines_of(ran.out)) {
      auto cells = csv_cells(line);
      cells.resize(columns);
      out.push_back(fmt::format("{}", fmt::join(cells, ",")));
    }
    return out;
  };
  const Ran true_difference = ask({"diff", "--month", "2022-08", "--known-at", head, "--csv"});
  EXPECT_GT(lines_of(supposed.out).size(), 100U);
  EXPECT_EQ(without_basis(supposed, 8), without_basis(true_difference, 8));
  const Ran true_units =
      ask({"diff", "--month", "2022-08", "--known-at", head, "--by-unit", "--csv"});
  EXPECT_EQ(without_basis(by_unit, 8), without_basis(true_units, 8));
}

TEST_F(City, ComesOutAsItWentIn) {
  is_imported_but_for_what_was_planted();
  has_rankings_with_fixed_columns();
  has_payments_whose_lines_sum_to_net();
  is_audited_verified_and_rebuilt_equal();
  is_audited_finding_what_was_planted();
  is_reported_the_same_after_a_rebuild();
  lists_its_regulations();
  has_statistics_that_its_log_confirms();
  differs_by_what_was_corrected();
  differs_between_two_documents();
  answers_at_other_times();
  answers_about_other_days();
  tells_what_an_approval_moved();
  supposes_what_then_comes_true();
}

}  // namespace
}  // namespace runut::testing
