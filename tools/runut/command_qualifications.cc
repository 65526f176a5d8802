#include <CLI/CLI.hpp>

#include "projections/qualifications.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct QualificationsArguments {
  ViewOptions view;
  std::string person;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> qualifications_columns() {
  return {{"agency"}, {"person"},          {"kind"},        {"what"},
          {"by"},     {"method"},          {"score", true}, {"from"},
          {"until"},  {"document_sha256"}, {"event", true}};
}

void qualification_rows(Table& table, const std::string& agency,
                        const qualifications::Person& person) {
  const std::string id = to_string(person.person);
  const auto row = [&](const char* kind, std::string what, std::string by, std::string method,
                       std::string score, Interval days, const Hash256& document, Sequence event) {
    table.row({agency, id, kind, std::move(what), std::move(by), std::move(method),
               std::move(score), to_string(days.from),
               days.until == open_end ? "" : to_string(days.until), to_hex(document.view()),
               std::to_string(event.value)});
  };
  for (const auto& one : person.education)
    row("education", std::string(to_string(one.level)), "", "", "", {one.graduated, open_end},
        one.document, one.sequence);
  for (const auto& one : person.competencies)
    row("competency", std::string(to_string(one.echelon)), one.assessor,
        std::string(to_string(one.method)), to_string(one.score), {one.date, open_end},
        one.document, one.sequence);
  for (const auto& one : person.certificates)
    row("certification", one.certificate, one.issuer, "", "", one.days, one.document, one.sequence);
}

Result<Exit> run_qualifications(const QualificationsArguments& options) {
  RUNUT_ASSIGN(const OpenedView view, open_view(options.view, qualifications::projection));
  const auto& [instance, head, rows, format] = view;
  std::vector<qualifications::Person> people;
  if (options.person.empty()) {
    RUNUT_ASSIGN(people, qualifications::all(*rows));
  } else {
    RUNUT_ASSIGN(const PersonId id, read_option("person", options.person, parse_person_id));
    RUNUT_ASSIGN(auto found, qualifications::find(*rows, id));
    if (found) people.push_back(std::move(*found));
  }
  print_banner(*instance, format);
  Table table(format, qualifications_columns());
  for (const qualifications::Person& person : people)
    qualification_rows(table, instance->place().agency, person);
  table.finish();
  if (people.empty())
    std::fprintf(stderr, "no education, competency or certificate is recorded%s\n",
                 options.person.empty() ? "" : (" of " + options.person).c_str());
  return Exit::ok;
}

}  // namespace

void add_qualifications(App& app) {
  const auto options = std::make_shared<QualificationsArguments>();
  CLI::App& command =
      app.add({"qualifications", "Education, competency assessments and certificates of people",
               "runut qualifications --data data --person P17\n"
               "runut qualifications --data data --agency kota-kediri --csv > people.csv\n"
               "runut qualifications --data data --person P17 --as-known-at 2022-12-31"},
              [options] { return run_qualifications(*options); });
  add_view_options(command, options->view);
  command.add_option("--person", options->person, "One person (P17); default: everybody");
}

}  // namespace runut::cli
