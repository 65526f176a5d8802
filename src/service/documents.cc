#include "service/documents.h"

#include "http/accept.h"
#include "http/problem.h"
#include "listing/source.h"

namespace runut::service {
namespace {

http::Response answer_document(const Reading& reading, const AskedResource& document,
                               const http::Call& call) {
  const auto type = http::preferred_type(call.request, document.types);
  if (!type) return http::problem(406, type.error());
  const Asked asked = read_query(call, false);
  std::vector<Error> errors;
  const auto arguments = listing::Arguments::read(document.question, asked.others);
  if (!arguments) errors = arguments.error();
  errors.insert(errors.end(), asked.errors.begin(), asked.errors.end());
  if (!errors.empty()) return http::problem(errors);
  const auto made = [&]() -> Result<http::Response> {
    RUNUT_ASSIGN(const Ledger* const ledger, reading.ledgers.of(call));
    RUNUT_TRY(wait_for(reading, *ledger, asked));
    return document.answer({reading, call, *ledger, *arguments, *type});
  }();
  if (!made) return http::problem(made.error());
  if (made->status == 200 && document.question.parameter("person") != nullptr)
    reading.tell_shown(call, {arguments->person("person")});
  return *made;
}

}  // namespace

http::Route route_of(const Reading& reading, AskedResource document) {
  if (document.question.forms.empty()) document.question.forms.emplace_back();
  std::string pattern = "/v1/{agency}";
  if (!document.question.path.empty()) pattern += "/" + std::string(document.question.path);
  return {.method = document.method,
          .pattern = std::move(pattern),
          .resource = document.resource,
          .lane = http::Lane::readers,
          .handler = [reading, document = std::move(document)](
                         http::Call call) { call.reply(answer_document(reading, document, call)); },
          .body_max = 0};
}

Result<listing::Source> source_of(const Asking& asking) {
  return listing::Source::open(asking.ledger.instance(), asking.arguments.as_known_at(),
                               asking.arguments.times());
}

Status may_see(const Asking& asking, PersonId person) {
  RUNUT_ASSIGN(const Visible visible, asking.reading.visible_to(asking.call));
  if (!visible || visible(person)) return {};
  return fail(Error{ErrorCode::unauthorised, "scope.person", "person", to_string(person),
                    "this person's data is not yours to read"});
}

Status may_see_all(const Asking& asking) {
  RUNUT_ASSIGN(const Visible visible, asking.reading.visible_to(asking.call));
  return visible ? Status(not_everybodys()) : Status{};
}

}  // namespace runut::service
