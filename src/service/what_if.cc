#include "service/what_if.h"

#include <fmt/format.h>

#include "codec/command_json.h"
#include "http/problem.h"
#include "listing/alternatives.h"
#include "listing/differences.h"
#include "listing/source.h"
#include "listing/supposition.h"

namespace runut::service {
namespace {

using listing::Arguments;
using listing::Emit;
using listing::ParameterType;
using listing::Supposition;

tl::unexpected<Error> unusable(const char* field, const char* message) {
  return fail(Error{ErrorCode::invalid_input, "what_if.question", field, {}, message});
}

Status check_question(const Arguments& arguments) {
  if (arguments.has("month") && arguments.has("period"))
    return unusable("month", "either a month (payments) or a period (rankings)");
  if (!arguments.has("at") && !arguments.has("month") && !arguments.has("period"))
    return unusable("month",
                    "behind the last event no decision follows: ask for a month or a period");
  if (arguments.flag("by_unit") && !arguments.has("month"))
    return unusable("by_unit", "units have totals of payments: give a month");
  return {};
}

Status suppose_lines(Supposition& supposition, const std::string& body) {
  std::size_t number = 0;
  std::size_t supposed = 0;
  for (std::size_t begin = 0; begin < body.size();) {
    const std::size_t end = std::min(body.find('\n', begin), body.size());
    const std::string_view line = std::string_view(body).substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Status taken;
    if (const auto command = parse_command(line))
      taken = supposition.suppose(*command);
    else
      taken = fail(command.error());
    if (!taken) {
      Error error = taken.error();
      error.message += fmt::format(" (line {})", number);
      return fail(std::move(error));
    }
    ++supposed;
  }
  if (supposed == 0) return unusable("body", "the body holds no command");
  return {};
}

// Commands a line, or the draft of a document.
enum class Supposed : std::uint8_t { nothing, commands, draft };
Supposed supposed_by(const http::Request& request) {
  const std::string_view type = request.header("Content-Type").value_or("");
  if (type.starts_with(ndjson_type)) return Supposed::commands;
  return type.starts_with(json_type) ? Supposed::draft : Supposed::nothing;
}

http::Response unread_type() {
  return http::problem(415, Error{ErrorCode::invalid_input,
                                  "http.content_type",
                                  "Content-Type",
                                  {},
                                  "commands come as application/x-ndjson, a draft as "
                                  "application/json"});
}

Status list_consequences(const Supposition& supposition, const Arguments& arguments,
                         const std::string& agency, const Emit& emit) {
  if (!arguments.has("month") && !arguments.has("period")) {
    RUNUT_TRY(list_changes(supposition.alternative(), agency, emit));
    note_changes(supposition.alternative(), "", emit);
    return {};
  }
  const bool of_month = arguments.has("month");
  RUNUT_ASSIGN(const DifferenceReport report,
               of_month ? supposition.payments(arguments.month("month"))
                        : supposition.rankings(arguments.period("period")));
  const listing::DifferenceOf shown{agency, arguments.text(of_month ? "month" : "period"),
                                    "HYPOTHETICAL"};
  RUNUT_TRY(arguments.flag("by_unit") ? list_unit_differences(report, shown, emit)
                                      : list_people_differences(report, shown, emit));
  emit.note(listing::difference_note(report));
  if (!supposition.at_head()) note_changes(supposition.alternative(), "", emit);
  return {};
}

listing::Form form_of(const Arguments& arguments) {
  listing::Form out;
  if (arguments.flag("by_unit"))
    out.columns = listing::unit_difference_columns();
  else if (arguments.has("month") || arguments.has("period"))
    out.columns = listing::difference_columns();
  else
    out.columns = listing::change_columns();
  return out;
}

Result<http::Response> answer_what_if(const Asking& asking) {
  const Supposed supposed = supposed_by(asking.call.request);
  if (supposed == Supposed::nothing) return unread_type();
  RUNUT_TRY(check_question(asking.arguments));
  RUNUT_TRY(may_see_all(asking));
  RUNUT_ASSIGN(const auto alone, asking.reading.long_work->enter());
  RUNUT_ASSIGN(const listing::Source source, source_of(asking));
  const bool placed = asking.arguments.has("at");
  RUNUT_ASSIGN(auto supposition,
               Supposition::open(source, placed ? asking.arguments.text("at") : ""));
  const std::string& body = asking.call.request.body;
  RUNUT_TRY(supposed == Supposed::draft ? supposition.suppose_draft(body)
                                        : suppose_lines(supposition, body));
  RUNUT_TRY(supposition.follow());
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> notes;
  RUNUT_TRY(list_consequences(
      supposition, asking.arguments, source.agency(),
      {.row = [&](std::vector<std::string> cells) -> Status {
         rows.push_back(std::move(cells));
         return {};
       },
       .note = [&](std::string sentence) { notes.push_back(std::move(sentence)); }}));
  Basis basis = basis_of(source.instance(), source.head().sequence);
  basis.hypothetical = fmt::format("after event {}", supposition.until().value);
  const listing::Form form = form_of(asking.arguments);
  asking.reading.tell_shown(asking.call, people_in(form, rows));
  return answer(basis, asking.type, rows_body({basis, asking.type, form, rows, notes, {}}));
}

}  // namespace

AskedResource what_if_document() {
  return {.question =
              {.name = "what_ifs",
               .summary = "Who would be paid or ranked differently if commands had been given that "
                          "nobody gave, or a draft regulation were in force; nothing is recorded",
               .parameters = {{"at", ParameterType::moment, false,
                               "Where they are supposed: after this event, or at the end of a day; "
                               "by default behind the last event"},
                              {"month", ParameterType::month, false,
                               "Payments of this month, e.g. 2022-08"},
                              {"period", ParameterType::period, false,
                               "Rankings of this period, e.g. 2022-S1"},
                              {"by_unit", ParameterType::flag, false,
                               "Totals of each paying unit instead of people: by line and "
                               "component"}},
               .path = "what-ifs"},
          .resource = identity::Resource::audits,
          .types = {row_types.begin(), row_types.end()},
          .answer = &answer_what_if,
          .method = http::Method::post};
}

}  // namespace runut::service
