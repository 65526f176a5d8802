#include "service/audit_routes.h"

#include <stdlib.h>

#include <filesystem>

#include "listing/report_text.h"
#include "listing/reports.h"
#include "listing/source.h"
#include "query/audit_page.h"
#include "report/findings.h"
#include "report/merit.h"
#include "report/pdf_writer.h"
#include "report/treasurer.h"
#include "report/unit.h"
#include "report/xlsx_writer.h"
#include "seal/file_io.h"
#include "service/what_if.h"

namespace runut::service {
namespace {

using listing::Parameter;
using listing::ParameterType;

constexpr Parameter language_parameter{"lang", ParameterType::language, false,
                                       "id (default) or en"};
constexpr Parameter section_parameter{"section", ParameterType::text, false,
                                      "Section of CSV; by default the first one"};

// A directory of its own, gone with what is in it.
class Scratch {
 public:
  static Result<Scratch> make() {
    std::error_code failure;
    std::string name = (std::filesystem::temp_directory_path(failure) / "runut-XXXXXX").string();
    if (failure || ::mkdtemp(name.data()) == nullptr)
      return fail(ErrorCode::unavailable, "no temporary directory can be made");
    return Scratch(std::move(name));
  }
  ~Scratch() {
    std::error_code ignored;
    if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
  }
  Scratch(Scratch&& other) noexcept : directory_(std::exchange(other.directory_, {})) {}
  Scratch& operator=(Scratch&&) = delete;
  [[nodiscard]] std::string file() const { return directory_ + "/report"; }

 private:
  explicit Scratch(std::string directory) : directory_(std::move(directory)) {}
  std::string directory_;
};

using WriteFile = Status (*)(const report::Report&, const std::string&);

Result<std::string> file_of(const report::Report& report, WriteFile write) {
  RUNUT_ASSIGN(const Scratch scratch, Scratch::make());
  RUNUT_TRY(write(report, scratch.file()));
  return seal_io::read_file(scratch.file());
}

// Of every form but the page, which an audit has of its own.
Result<std::string> report_body(const Asking& asking, const report::Report& report) {
  if (asking.type == xlsx_type) return file_of(report, &report::write_xlsx);
  if (asking.type == pdf_type) return file_of(report, &report::write_pdf);
  if (asking.type == json_type) return report_json(report);
  if (asking.type == html_type) return to_html(to_page(report));
  const bool named = asking.arguments.has("section");
  RUNUT_ASSIGN(const report::Section* const section,
               find_section(report, named ? asking.arguments.text("section") : ""));
  return section_text(*section, RowFormat::csv);
}

// Whose rows the answer shows: of all sections, or of the one that CSV is.
std::set<PersonId> people_of(const Asking& asking, const report::Report& report) {
  const bool named = asking.arguments.has("section");
  const auto only = find_section(report, named ? asking.arguments.text("section") : "");
  std::set<PersonId> out;
  for (const report::Section& section : report.sections) {
    if (asking.type == csv_type && only && &section != *only) continue;
    for (std::size_t at = 0; at < section.columns.size(); ++at) {
      const std::string& column = section.columns[at].name;
      if (column != "person" && column != "subject") continue;
      for (const std::vector<std::string>& cells : section.rows)
        if (const auto person = parse_person_id(cells[at])) out.insert(*person);
    }
  }
  return out;
}

http::Response handed_out(const Asking& asking, const listing::Source& source,
                          const report::Report& report, std::string body) {
  asking.reading.tell_shown(asking.call, people_of(asking, report));
  return answer(basis_of(source.instance(), source.head().sequence, asking.arguments.times()),
                asking.type, std::move(body));
}

Result<http::Response> answer_report(const Asking& asking, const listing::MakeReport& make) {
  RUNUT_TRY(may_see_all(asking));
  RUNUT_ASSIGN(const listing::Source source, source_of(asking));
  RUNUT_ASSIGN(const report::Report report,
               listing::report_of(source, asking.arguments.language("lang"), make));
  RUNUT_ASSIGN(std::string body, report_body(asking, report));
  return handed_out(asking, source, report, std::move(body));
}

Result<http::Response> answer_treasurer(const Asking& asking) {
  report::TreasurerOptions options;
  options.month = asking.arguments.month("month");
  if (asking.arguments.has("unit")) options.unit = asking.arguments.unit("unit");
  return answer_report(asking, [&](const report::Sources& sources) {
    return report::treasurer_report(sources, options);
  });
}

Result<http::Response> answer_merit(const Asking& asking) {
  return answer_report(asking, [&](const report::Sources& sources) {
    return report::merit_report(sources, asking.arguments.period("period"));
  });
}

Result<http::Response> answer_unit(const Asking& asking) {
  const report::UnitOptions options{asking.arguments.unit("unit"), asking.arguments.month("month")};
  return answer_report(asking, [&](const report::Sources& sources) {
    return report::unit_report(sources, options);
  });
}

Result<http::Response> answer_audit(const Asking& asking) {
  RUNUT_TRY(may_see_all(asking));
  RUNUT_ASSIGN(const auto alone, asking.reading.long_work->enter());
  RUNUT_ASSIGN(const listing::Source source, source_of(asking));
  RUNUT_ASSIGN(const AuditReport audit, listing::audit_until(source.log(), source.head().sequence));
  std::optional<Month> month;
  if (asking.arguments.has("month")) month = asking.arguments.month("month");
  const Language language = asking.arguments.language("lang");
  const report::Report report = report::findings_report(
      audit, {.language = language, .agency = source.agency(), .month = month});
  const auto body = [&]() -> Result<std::string> {
    if (asking.type == html_type)
      return to_html(audit_page(audit, {.language = language,
                                        .agency = audit.agency,
                                        .simulated = audit.simulated,
                                        .month = month}));
    return report_body(asking, report);
  }();
  if (!body) return fail(body.error());
  http::Response out = handed_out(asking, source, report, *body);
  out.with("Runut-Decisions-Agree", audit.agrees() ? "true" : "false");
  return out;
}

AskedResource report_document(std::string_view name, std::string_view path,
                              std::string_view summary, std::vector<Parameter> parameters,
                              Result<http::Response> (*answer)(const Asking&)) {
  parameters.push_back(language_parameter);
  parameters.push_back(section_parameter);
  return {.question = {.name = name,
                       .summary = summary,
                       .parameters = std::move(parameters),
                       .path = path,
                       .other_times = true,
                       .forms = {{.no_rules = listing::reports_no_rules}}},
          .resource = identity::Resource::audits,
          .types = {json_type, csv_type, html_type, xlsx_type, pdf_type},
          .answer = answer};
}

}  // namespace

std::vector<AskedResource> audit_documents() {
  constexpr Parameter month{"month", ParameterType::month, true, "Month, e.g. 2022-08"};
  std::vector<AskedResource> out = {
      report_document(
          "treasurer_report", "reports/treasurer",
          "A month's runs, totals, ceilings, budgets, payroll, corrections, who is "
          "unpaid",
          {month, {"unit", ParameterType::unit, false, "Only this paying unit, e.g. U2"}},
          &answer_treasurer),
      report_document(
          "merit_report", "reports/merit",
          "A period's ranking: distribution, places, their signed events, objections, "
          "plans",
          {{"period", ParameterType::period, true, "Period: 2022-S1, 2022-Q3, 2022-08 or 2022"}},
          &answer_merit),
      report_document(
          "unit_report", "reports/unit",
          "A unit's month: its people's reports, approvals, performance, rank and pay",
          {{"unit", ParameterType::unit, true, "The unit, e.g. U9; those below it are part of it"},
           month},
          &answer_unit),
      {.question = {.name = "audits",
                    .summary = "Every commit decided again from the log alone: what an inspector "
                               "should see as condition, criterion, cause and effect",
                    .parameters = {{"month", ParameterType::month, false,
                                    "Only findings about this month, e.g. 2022-08"},
                                   language_parameter,
                                   section_parameter},
                    .path = "audits"},
       .resource = identity::Resource::audits,
       .types = {json_type, csv_type, html_type, xlsx_type, pdf_type},
       .answer = &answer_audit}};
  out.push_back(what_if_document());
  return out;
}

std::vector<http::Route> audit_routes(const Reading& reading) {
  std::vector<http::Route> out;
  for (AskedResource& document : audit_documents())
    out.push_back(route_of(reading, std::move(document)));
  return out;
}

}  // namespace runut::service
