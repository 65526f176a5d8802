#include "cli/city_reports.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "office/office.h"

namespace runut::testing {
namespace {

struct Question {
  const char* name;
  Arguments arguments;
  std::vector<const char*> sections;  // in their order; the first sheet is the summary
};
const std::vector<Question>& questions() {
  static const std::vector<Question> all = {
      {"treasurer",
       {"report", "treasurer", "--month", "2022-08"},
       {"runs", "not_locked", "totals", "causes", "components", "budget", "payroll", "corrections",
        "outstanding", "returned", "not_paid", "not_rated"}},
      {"merit",
       {"report", "merit", "--period", "2022-S1"},
       {"distribution", "members", "evidence", "objections", "unranked", "plans", "dialogues",
        "evaluations", "pay", "predicates"}},
      {"unit",
       {"report", "unit", "--unit", "U9", "--month", "2022-08"},
       {"people", "ranks", "pay"}},
      {"audit", {"audit"}, {"findings"}}};
  return all;
}

Arguments with(Arguments arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Rows csv_of(const Ask& ask, const Arguments& question) {
  const Ran ran = ask(with(question, {"--csv"}));
  EXPECT_EQ(ran.exit, 0) << ran.err;
  Rows out;
  for (const std::string& line : lines_of(ran.out)) out.push_back(csv_cells(line));
  return out;
}
Rows section_of(const Ask& ask, const Question& question, const char* section) {
  return csv_of(ask, question.name == std::string("audit")
                         ? question.arguments
                         : with(question.arguments, {"--section", section}));
}

// Names that people read in words: of runs, lines, tiers, types and reasons.
bool is_said_in_words(const std::string& column, const std::string& cell) {
  static const std::set<std::string> names = {"kind",   "state",    "line",     "component",
                                              "tier",   "tier_now", "type",     "outcome",
                                              "reason", "code",     "left_out", "cause"};
  return names.contains(column) || (column == "unit" && cell == "total");
}

// Text alike, or the same number: 87.5 is 87.50.
bool is_same(const std::string& stored, const std::string& cell) {
  if (stored == cell) return true;
  char* end = nullptr;
  const double number = std::strtod(stored.c_str(), &end);
  if (stored.empty() || *end != 0) return false;
  const double wanted = std::strtod(cell.c_str(), &end);
  return !cell.empty() && *end == 0 && number == wanted;
}

void expect_sheet(const Rows& stored, const Rows& csv, const std::string& what) {
  ASSERT_EQ(stored.size(), csv.size()) << what;
  EXPECT_EQ(stored[0].size(), csv[0].size()) << what;
  for (std::size_t row = 1; row < csv.size(); ++row)
    for (std::size_t i = 0; i < csv[row].size(); ++i) {
      const std::string cell = i < stored[row].size() ? stored[row][i] : "";
      const bool same = is_said_in_words(csv[0][i], csv[row][i])
                            ? cell.empty() == csv[row][i].empty()
                            : is_same(cell, csv[row][i]);
      EXPECT_TRUE(same) << what << " row " << row << " column " << csv[0][i] << ": " << cell
                        << " is not " << csv[row][i];
    }
}

// The row's cells one behind the other, parted by those that are said in words.
std::vector<std::string> stretches(const Rows& csv, std::size_t row) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < csv[row].size(); ++i) {
    if (is_said_in_words(csv[0][i], csv[row][i]))
      out.emplace_back();
    else
      out.back() += csv[row][i];
  }
  return out;
}

std::map<std::string, std::int64_t> sums(const Rows& rows, const std::vector<std::string>& by,
                                         const std::string& of) {
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) -
                                    rows[0].begin());
  };
  std::map<std::string, std::int64_t> out;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    std::string key;
    for (const std::string& name : by) key += rows[i].at(column(name)) + " ";
    const std::string& amount = rows[i].at(column(of));
    if (!amount.empty()) out[key] += std::stoll(amount);
  }
  return out;
}

}  // namespace

ReportFiles write_reports(const Ask& ask, const TemporaryDirectory& directory) {
  ReportFiles out;
  for (const Question& question : questions())
    for (const char* format : {"xlsx", "pdf"}) {
      const std::string file = directory / (std::string(question.name) + "." + format);
      const Ran ran = ask(with(question.arguments, {"--format", format, "--out", file}));
      EXPECT_EQ(ran.exit, 0) << question.name << " " << format << ": " << ran.err;
      EXPECT_TRUE(ran.out.empty());
      out[std::string(question.name) + "." + format] = read_file(file);
    }
  return out;
}

void expect_files_say_what_csv_says(const Ask& ask, const TemporaryDirectory& directory) {
  for (const Question& question : questions()) {
    const std::string text = read_pdf(directory / (std::string(question.name) + ".pdf"));
    EXPECT_TRUE(has(text, "SIMULASI")) << question.name;
    const Ran page = ask(with(question.arguments, {"--format", "html"}));
    EXPECT_TRUE(has(page.out, "SIMULASI") && has(page.out, "</html>")) << question.name;
    const std::string printed = squeezed(text);
    const std::string xlsx = directory / (std::string(question.name) + ".xlsx");
    EXPECT_EQ(read_sheet(xlsx, 1).at(1).at(0), "SIMULASI");
    std::size_t rows = 0;
    unsigned sheet = 1;
    for (const char* section : question.sections) {
      const Rows csv = section_of(ask, question, section);
      ASSERT_FALSE(csv.empty()) << section;
      expect_sheet(read_sheet(xlsx, ++sheet), csv, std::string(question.name) + " " + section);
      for (std::size_t row = 1; row < csv.size(); ++row, ++rows) {
        for (const std::string& part : stretches(csv, row))
          EXPECT_TRUE(has(printed, squeezed(part)))
              << question.name << " " << section << ": " << part;
      }
    }
    EXPECT_GT(rows, 20U) << question.name;
  }
}

void expect_treasurer_agrees_with_payments(const Ask& ask) {
  const Question& treasurer = questions()[0];
  Rows lines = csv_of(ask, {"payments", "--month", "2022-08"});
  for (std::size_t i = 1; i < lines.size(); ++i)
    lines[i][1] = lines[i][1].substr(0, lines[i][1].find('/'));  // the paying unit of the run
  Rows of_kind{lines[0]};
  Rows nets{lines[0]};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i][6] == "line") of_kind.push_back(lines[i]);
    if (lines[i][6] == "net") nets.push_back(lines[i]);
  }
  Rows totals{section_of(ask, treasurer, "totals")};
  Rows kinds{totals[0]};
  Rows net{totals[0]};
  for (std::size_t i = 1; i < totals.size(); ++i)
    if (totals[i][0] != "total") (totals[i][1] == "net" ? net : kinds).push_back(totals[i]);
  EXPECT_EQ(sums(kinds, {"unit", "line", "component"}, "amount"),
            sums(of_kind, {"run", "line", "component"}, "amount"));
  EXPECT_EQ(sums(net, {"unit"}, "amount"), sums(nets, {"run"}, "amount"));
  const Rows payroll = section_of(ask, treasurer, "payroll");
  EXPECT_EQ(sums(payroll, {"person"}, "net"), sums(nets, {"person"}, "amount"));
  const Rows runs = section_of(ask, treasurer, "runs");
  EXPECT_EQ(sums(runs, {"unit"}, "total"), sums(nets, {"run"}, "amount"));
  for (std::size_t i = 1; i < runs.size(); ++i) EXPECT_EQ(runs[i][4], "confirmed") << runs[i][0];
  // The causes give the whole difference of the net to the month before, unit by unit.
  EXPECT_EQ(sums(section_of(ask, treasurer, "causes"), {"unit"}, "difference"), [&] {
    Rows all_nets{totals[0]};
    for (std::size_t i = 1; i < totals.size(); ++i)
      if (totals[i][1] == "net") all_nets.push_back(totals[i]);
    return sums(all_nets, {"unit"}, "difference");
  }());
  for (const auto& row : section_of(ask, treasurer, "causes"))
    EXPECT_NE(row[1], "not_reproduced") << row[0];
  EXPECT_EQ(section_of(ask, treasurer, "not_locked").size(), 1U) << "every run is locked";
  // As it was: computed and not yet locked; and before, nothing.
  const auto state_at = [&](std::uint64_t sequence) {
    return csv_of(ask, with(treasurer.arguments,
                            {"--section", "runs", "--as-known-at", std::to_string(sequence)}))
        .at(1)
        .at(4);
  };
  EXPECT_EQ(state_at(std::stoull(runs[1][13]) - 1), "computed");
  EXPECT_EQ(state_at(std::stoull(runs[1][12]) - 1), "not_computed");
  EXPECT_EQ(state_at(std::stoull(runs[1][14])), "ordered");
  const auto kept_open_by = [&](std::uint64_t sequence) {
    const Rows open =
        csv_of(ask, with(treasurer.arguments,
                         {"--section", "not_locked", "--as-known-at", std::to_string(sequence)}));
    std::map<std::string, std::string> reasons;
    for (std::size_t i = 1; i < open.size(); ++i) reasons[open[i].at(0)] = open[i].at(3);
    return reasons;
  };
  EXPECT_EQ(kept_open_by(std::stoull(runs[1][13]) - 1)[runs[1][1]], "waits_for_lock");
  const auto last = std::find_if(runs.rbegin(), runs.rend(),
                                 [](const auto& row) { return row.at(3) == "regular"; });
  auto amid_computing = kept_open_by(std::stoull(last->at(12)) - 1);
  EXPECT_EQ(amid_computing[runs[1][1]], "waits_for_lock");
  EXPECT_EQ(amid_computing[last->at(1)], "not_computed");
  EXPECT_EQ(kept_open_by(2'000)[runs[1][1]], "before_cutoff");
  // Every person and month once, the left out included.
  EXPECT_EQ(section_of(ask, treasurer, "corrections").size() - 1,
            static_cast<std::size_t>(
                std::count_if(of_kind.begin() + 1, of_kind.end(),
                              [](const auto& line) { return line[4] == "correction"; })));
  // A paying unit alone is that part of all.
  const Rows one = csv_of(ask, with(treasurer.arguments, {"--section", "payroll", "--unit", "U2"}));
  std::size_t of_unit = 0;
  for (const auto& row : payroll) of_unit += row[0].starts_with("U2/") ? 1U : 0U;
  EXPECT_GT(of_unit, 10U);
  EXPECT_EQ(one.size() - 1, of_unit);
}

void expect_merit_agrees_with_rankings_and_log(const Ask& ask) {
  const Question& merit = questions()[1];
  const Rows published = csv_of(ask, {"rankings", "--period", "2022-S1"});
  const Rows members = section_of(ask, merit, "members");
  ASSERT_EQ(members.size(), published.size());
  std::map<std::string, std::string> wanted;
  for (std::size_t i = 1; i < published.size(); ++i)
    wanted[published[i][3]] = published[i][2] + " " + published[i][6] + " " + published[i][5] +
                              " " + published[i][7] + " " + published[i][11];
  std::size_t moved = 0;
  for (std::size_t i = 1; i < members.size(); ++i) {
    const auto& row = members[i];
    EXPECT_EQ(row[0] + " " + row[1] + " " + row[4] + " " + row[8] + " " + row[10], wanted[row[2]]);
    moved += row[8] == row[9] ? 0U : 1U;
  }
  std::size_t upheld = 0;
  for (const auto& row : section_of(ask, merit, "objections"))
    upheld += std::count(row.begin(), row.end(), "upheld") > 0 ? 1U : 0U;
  EXPECT_GE(upheld, 1U) << "the heroine's";
  EXPECT_EQ(moved, upheld) << "those whose objection was upheld";
  // The hashes are those that the log is chained with.
  std::map<std::string, std::string> leaves;
  for (const std::string& line : lines_of(ask({"log", "--json"}).out)) {
    const std::size_t at = line.find("\"leaf_hash\":\"") + 13;
    leaves[line.substr(12, line.find(',') - 12)] = line.substr(at, 64);
  }
  const Rows evidence = section_of(ask, merit, "evidence");
  EXPECT_GT(evidence.size(), 4 * (members.size() - 1)) << "rated twice, delivered and placed";
  for (std::size_t i = 1; i < evidence.size(); ++i)
    EXPECT_EQ(evidence[i][6], leaves[evidence[i][2]]) << evidence[i][2];
  // What the tiers paid in August: all of its adjustments, for no personal sanction reaches it.
  std::int64_t adjusted = 0;
  for (const auto& line : csv_of(ask, {"payments", "--month", "2022-08"}))
    if (line[4] == "adjustment") adjusted += std::stoll(line[7]);
  std::int64_t paid = 0;
  const Rows effects = section_of(ask, merit, "pay");
  ASSERT_EQ(effects.size(), 3U) << "August, above and below";
  for (std::size_t i = 1; i < effects.size(); ++i) paid += std::stoll(effects[i][3]);
  EXPECT_EQ(paid, adjusted);
  std::map<std::string, unsigned> outcomes;
  for (const auto& row : section_of(ask, merit, "objections")) ++outcomes[row[3]];
  EXPECT_EQ(outcomes["upheld"], 1U);
  EXPECT_EQ(outcomes["rejected"], 2U);
  EXPECT_GE(section_of(ask, merit, "dialogues").size(), members.size()) << "the unranked too";
  // Everybody with a place has an evaluation of the half-year; the city has no other period.
  std::int64_t delivered = 0;
  for (const auto& row : section_of(ask, merit, "evaluations"))
    if (row[0] != "quarter") delivered += std::stoll(row[1]);
  EXPECT_GE(delivered, static_cast<std::int64_t>(members.size()) - 1);
}

void expect_unit_agrees_with_payments(const Ask& ask) {
  const Question& unit = questions()[2];
  Rows nets;
  for (auto& line : csv_of(ask, {"payments", "--month", "2022-08"}))
    if (nets.empty() || (line[6] == "net" && has(line[1], "/regular/"))) nets.push_back(line);
  const auto paid = sums(nets, {"person"}, "amount");
  const Rows pay = section_of(ask, unit, "pay");
  ASSERT_GT(pay.size(), 5U);
  for (const auto& [person, net] : sums(pay, {"person"}, "net")) EXPECT_EQ(net, paid.at(person));
  EXPECT_EQ(section_of(ask, unit, "people").size(), pay.size());
}

void expect_bad_questions_are_named(const Ask& ask, const TemporaryDirectory& directory) {
  struct Row {
    Arguments arguments;
    const char* names;
  };
  const std::string nowhere = directory / "nowhere/report";
  for (const Row& row :
       {Row{{"report", "treasurer", "--month", "2022-8"}, "month = 2022-8"},
        Row{{"report", "treasurer", "--month", "2022-08", "--unit", "U99"}, "unit = U99"},
        Row{{"report", "treasurer", "--month", "2022-08", "--unit", "U9"}, "not a paying unit"},
        Row{{"report", "treasurer", "--month", "2022-08", "--section", "x", "--csv"}, "payroll"},
        Row{{"report", "treasurer", "--month", "2022-08", "--format", "doc"}, "format = doc"},
        Row{{"report", "treasurer", "--month", "2022-08", "--format", "xlsx"}, "--out FILE"},
        Row{{"report", "treasurer", "--month", "2022-08", "--lang", "fr"}, "lang = fr"},
        Row{{"report", "merit", "--period", "2021-S1"}, "period = 2021-S1"},
        Row{{"report", "merit", "--period", "S1"}, "period = S1"},
        Row{{"report", "unit", "--unit", "9", "--month", "2022-08"}, "unit = 9"},
        Row{{"report", "unit", "--unit", "U99", "--month", "2022-08"}, "unit = U99"}}) {
    const Ran ran = ask(row.arguments);
    EXPECT_EQ(ran.exit, 2) << row.names << "\n" << ran.err;
    EXPECT_TRUE(has(ran.err, row.names)) << ran.err;
    EXPECT_TRUE(ran.out.empty()) << ran.out;
  }
  for (const char* format : {"csv", "json", "html", "xlsx", "pdf"}) {
    const Ran ran =
        ask({"report", "merit", "--period", "2022-S1", "--format", format, "--out", nowhere});
    EXPECT_EQ(ran.exit, 2) << format;
    EXPECT_TRUE(has(ran.err, "out = " + nowhere)) << ran.err;
  }
}

}  // namespace runut::testing
