#include "service/listing_routes.h"

#include <algorithm>

#include "base/sha256.h"
#include "http/accept.h"
#include "http/problem.h"
#include "http/target.h"
#include "listing/registry.h"
#include "listing/source.h"
#include "service/answer.h"
#include "service/pages.h"

namespace runut::service {
namespace {

using listing::Arguments;
using listing::Form;
using listing::Listing;

// What is asked of one person or unit has an address of its own too.
struct OfOne {
  std::string_view path;
  std::string_view listing;
  identity::Resource resource;
};
constexpr OfOne of_one[] = {
    {"people/{person}/payments/{month}", "payments", identity::Resource::payments},
    {"people/{person}/qualifications", "qualifications", identity::Resource::people},
    {"units/{unit}", "units", identity::Resource::listings}};

identity::Resource resource_of(const Listing& listing) {
  if (listing.long_work) return identity::Resource::audits;
  if (listing.name == "payments") return identity::Resource::payments;
  if (listing.name.starts_with("regulation")) return identity::Resource::regulations;
  return identity::Resource::listings;
}

// A request that was read and found to be in order.
struct ListQuestion {
  std::string_view type;  // of the answer
  Asked asked;
  Arguments arguments;
  std::size_t limit = 0;
  std::optional<ListCursor> after;
  Hash256 digest;  // of what is asked for, whatever the page
};

Hash256 digest_of(const Listing& listing, std::vector<listing::Given> given) {
  std::sort(given.begin(), given.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  Bytes text(listing.name);
  for (const listing::Given& one : given) {
    append_u32(text, static_cast<std::uint32_t>(one.name.size()));
    append_u32(text, static_cast<std::uint32_t>(one.value.size()));
    text += one.name + one.value;
  }
  return sha256(text);
}

void read_page(const Reading& reading, ListQuestion& question, std::vector<Error>& errors) {
  question.limit = question.asked.limit.value_or(reading.rows_usual);
  if (question.limit > reading.rows_max)
    errors.push_back(Error{ErrorCode::invalid_input, "page.limit", "limit",
                           std::to_string(question.limit),
                           "at most " + std::to_string(reading.rows_max) + " rows a page"});
  if (!question.asked.cursor) return;
  const auto cursor = parse_cursor(*question.asked.cursor);
  if (!cursor)
    errors.push_back(cursor.error());
  else if (cursor->question != question.digest)
    errors.push_back(Error{ErrorCode::invalid_input, "cursor.question", "cursor",
                           question.asked.cursor->substr(0, 100),
                           "it continues a list that was asked for with other parameters"});
  else
    question.after = *cursor;
}

// Or everything that is wrong.
tl::expected<ListQuestion, std::vector<Error>> read_question(const Reading& reading,
                                                             const Listing& listing,
                                                             const http::Call& call) {
  ListQuestion out;
  out.asked = read_query(call, true);
  std::vector<Error> errors;
  auto arguments = Arguments::read(listing, out.asked.others);
  if (arguments)
    out.arguments = *std::move(arguments);
  else
    errors = std::move(arguments).error();
  errors.insert(errors.end(), out.asked.errors.begin(), out.asked.errors.end());
  out.digest = digest_of(listing, out.asked.others);
  read_page(reading, out, errors);
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  return out;
}

// The rows that the caller may see, on their page.
Status take_rows(const listing::Source& source, const Form& form, const Arguments& arguments,
                 const Visible& visible, Page& page, std::vector<std::string>& notes) {
  const auto person =
      std::find_if(form.columns.begin(), form.columns.end(),
                   [&](const listing::Column& column) { return column.name == form.person; });
  const bool of_people = person != form.columns.end();
  if (visible && !of_people && !form.of_nobody) return not_everybodys();
  const auto at = static_cast<std::size_t>(person - form.columns.begin());
  const listing::Emit emit{.row = [&](std::vector<std::string> cells) -> Status {
                             if (visible && of_people) {
                               RUNUT_ASSIGN(const PersonId of, parse_person_id(cells[at]));
                               if (!visible(of)) return {};
                             }
                             return page.add(std::move(cells));
                           },
                           .note = [&](std::string note) { notes.push_back(std::move(note)); }};
  RUNUT_TRY(form.rows(source, arguments, emit));
  return page.finish();
}

// The same question, from the cursor on.
std::string next_target(const http::Request& request, const ListCursor& cursor) {
  std::string out = request.target.substr(0, request.target.find('?'));
  char separator = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    out += separator + http::percent_encoded(name) + '=' + http::percent_encoded(value);
    separator = '&';
  };
  for (const http::Field& field : request.query)
    if (field.name != "cursor") add(field.name, field.value);
  add("cursor", to_string(cursor));
  return out;
}

Result<http::Response> answer_list(const Reading& reading, const Listing& listing,
                                   const http::Call& call, const ListQuestion& question) {
  RUNUT_ASSIGN(const Ledger* const ledger, reading.ledgers.of(call));
  RUNUT_ASSIGN(const Visible visible, reading.visible_to(call));
  RUNUT_TRY(wait_for(reading, *ledger, question.asked));
  const Arguments& arguments = question.arguments;
  std::unique_lock<std::mutex> alone;
  if (listing.long_work || !arguments.as_known_at().empty() || arguments.times().facts_as_of) {
    RUNUT_ASSIGN(alone, reading.long_work->enter());
  }
  RUNUT_ASSIGN(
      const listing::Source source,
      listing::Source::open(ledger->instance(), arguments.as_known_at(), arguments.times()));
  const Form& form = listing.form_for(arguments);
  Page page(question.after, question.limit);
  std::vector<std::string> notes;
  RUNUT_TRY(take_rows(source, form, arguments, visible, page, notes));
  const Basis basis = basis_of(ledger->instance(), source.head().sequence, arguments.times());
  const auto next = page.next(question.digest);
  const std::string target = next ? next_target(call.request, *next) : std::string();
  std::string body = rows_body({basis, question.type, form, page.rows(), notes, target});
  http::Response out = answer(basis, question.type, std::move(body));
  if (next) out.with("Link", "<" + target + ">; rel=\"next\"");
  reading.tell_shown(call, people_in(form, page.rows()));
  return out;
}

}  // namespace

http::Response list(const Reading& reading, const Listing& listing, const http::Call& call) {
  const auto type = http::preferred_type(call.request, row_types);
  if (!type) return http::problem(406, type.error());
  auto question = read_question(reading, listing, call);
  if (!question) return http::problem(question.error());
  question->type = *type;
  auto answered = answer_list(reading, listing, call, *question);
  return answered ? *std::move(answered) : http::problem(answered.error());
}

std::vector<http::Route> listing_routes(const Reading& reading) {
  std::vector<http::Route> out;
  const auto add = [&](std::string_view path, const Listing& listing, identity::Resource resource) {
    out.push_back({.method = http::Method::get,
                   .pattern = "/v1/{agency}/" + std::string(path),
                   .resource = resource,
                   .lane = http::Lane::readers,
                   .handler = [reading, &listing](
                                  http::Call call) { call.reply(list(reading, listing, call)); },
                   .body_max = 0});
  };
  for (const Listing& listing : listing::all_listings())
    add(listing.path.empty() ? listing.name : listing.path, listing, resource_of(listing));
  for (const OfOne& one : of_one) add(one.path, *listing::find_listing(one.listing), one.resource);
  return out;
}

}  // namespace runut::service
