#include "service/people_routes.h"

#include <boost/json.hpp>

#include "listing/regulation_text.h"
#include "listing/source.h"
#include "projections/roster.h"
#include "query/explain_page.h"

namespace runut::service {
namespace {

using boost::json::array;
using boost::json::object;
using listing::Parameter;
using listing::ParameterType;

constexpr Parameter person_parameter{"person", ParameterType::person, true, "The person: P17"};

std::string text_of(Sequence sequence) {
  return std::to_string(sequence.value);
}

void add_days(object& out, Interval days) {
  out["from"] = to_string(days.from);
  if (days.until != open_end) out["until"] = to_string(days.until);
}

// A post, or an acting role in one.
template <class Post>
object post_of(const Post& post) {
  object out;
  out["unit"] = to_string(post.unit);
  out["post"] = post.post;
  out["job_class"] = post.job_class;
  out["role"] = to_string(post.role);
  add_days(out, post.days);
  out["event"] = text_of(post.started);
  if (post.ended) out["ended_by"] = text_of(*post.ended);
  return out;
}

template <class T, class Text>
array dated_of(const std::vector<roster::Dated<T>>& all, Text text) {
  array out;
  for (const roster::Dated<T>& one : all)
    out.push_back(object{{"value", text(one.value)},
                         {"from", to_string(one.from)},
                         {"event", text_of(one.sequence)}});
  return out;
}

array assignments_of(const roster::Person& person) {
  array out;
  for (const roster::Assignment& one : person.assignments) {
    object post = post_of(one);
    post["echelon"] = to_string(one.echelon);
    post["kind"] = to_string(one.kind);
    post["tpp_eligible"] = one.tpp_eligible;
    post["rankable"] = one.rankable;
    out.push_back(std::move(post));
  }
  return out;
}

array appraisers_of(const roster::Person& person) {
  array out;
  for (const auto& one : person.appraisers) {
    object appraiser{{"appraiser", to_string(one.value.appraiser)},
                     {"from", to_string(one.from)},
                     {"event", text_of(one.sequence)}};
    if (one.value.superior) appraiser["superior"] = to_string(*one.value.superior);
    out.push_back(std::move(appraiser));
  }
  return out;
}

array leaves_of(const roster::Person& person) {
  array out;
  for (const roster::Leave& one : person.leaves) {
    object leave{{"kind", to_string(one.kind)}, {"event", text_of(one.sequence)}};
    add_days(leave, one.days);
    out.push_back(std::move(leave));
  }
  return out;
}

object career_of(const roster::Person& person) {
  const auto name = [](auto value) { return to_string(value); };
  object out;
  out["person"] = to_string(person.person);
  if (person.registered) out["registered_by"] = text_of(*person.registered);
  out["statuses"] = dated_of(person.statuses, name);
  out["grades"] = dated_of(person.grades, [](const std::string& grade) { return grade; });
  out["assignments"] = assignments_of(person);
  array acting;
  for (const roster::Acting& one : person.acting) acting.push_back(post_of(one));
  out["acting"] = std::move(acting);
  out["appraisers"] = appraisers_of(person);
  out["leaves"] = leaves_of(person);
  if (person.separation)
    out["separation"] = object{{"cause", to_string(person.separation->cause)},
                               {"last_day", to_string(person.separation->last_day)},
                               {"event", text_of(person.separation->sequence)}};
  if (person.erased) out["erased_by"] = text_of(*person.erased);
  return out;
}

// The members of an object behind those that every answer begins with.
std::string json_answer(const Basis& basis, const object& members) {
  std::string out = json_head(basis);
  for (const auto& [name, value] : members)
    out += ",\n" + boost::json::serialize(name) + ":" + boost::json::serialize(value);
  return out + "}\n";
}

Result<http::Response> answer_person(const Asking& asking) {
  const PersonId id = asking.arguments.person("person");
  RUNUT_TRY(may_see(asking, id));
  const OtherTimes& times = asking.arguments.times();
  std::unique_lock<std::mutex> alone;
  if (!asking.arguments.as_known_at().empty() || times.facts_as_of) {
    RUNUT_ASSIGN(alone, asking.reading.long_work->enter());
  }
  RUNUT_ASSIGN(const listing::Source source, source_of(asking));
  RUNUT_ASSIGN(const auto rows, source.rows(roster::projection, times.facts_as_of));
  RUNUT_ASSIGN(const auto person, roster::find(*rows, id));
  if (!person)
    return fail(Error{ErrorCode::not_found, "person.unknown", "person", to_string(id),
                      "no person of this id is registered"});
  const Basis basis = basis_of(source.instance(), source.head().sequence, times);
  return answer(basis, json_type, json_answer(basis, career_of(*person)));
}

Result<Explanation> explain(const Asking& asking, PersonId person, Month month) {
  const OtherTimes& times = asking.arguments.times();
  if (asking.arguments.as_known_at().empty()) {
    RUNUT_ASSIGN(const auto explainer, asking.ledger.explainer());
    return explainer->explain(person, month, times);
  }
  RUNUT_ASSIGN(const listing::Source source, source_of(asking));
  RUNUT_ASSIGN(const Explainer explainer,
               Explainer::open(source.history(), {source.head().sequence, source.head().leaf}));
  return explainer.explain(person, month, times);
}

Result<http::Response> answer_explanation(const Asking& asking) {
  const PersonId person = asking.arguments.person("person");
  RUNUT_TRY(may_see(asking, person));
  RUNUT_ASSIGN(const Explanation explanation,
               explain(asking, person, asking.arguments.month("month")));
  std::string body = asking.type == html_type
                         ? to_html(explanation_page(explanation, asking.arguments.language("lang")))
                         : explanation_json(explanation) + "\n";
  return answer(basis_of(asking.ledger.instance(), explanation.head, asking.arguments.times()),
                asking.type, std::move(body));
}

Result<http::Response> answer_ledger(const Asking& asking) {
  const Instance& instance = asking.ledger.instance();
  RUNUT_ASSIGN(const listing::Source source, source_of(asking));
  const AgencyFounded& founded = *instance.founded();
  RUNUT_ASSIGN(const std::vector<std::uint64_t> sizes, instance.checkpoints().sizes());
  object out{
      {"name", founded.name},
      {"utc_offset_minutes", founded.utc_offset_minutes},
      {"head", object{{"sequence", text_of(source.head().sequence)},
                      {"leaf", to_hex(source.head().leaf.view())}}},
      {"origin", founded.log_origin},
      {"verifier_key", to_string(VerifierKey{founded.log_origin,
                                             Ed25519PublicKey::from(founded.public_key.view())})}};
  if (!sizes.empty()) out["checkpoint_size"] = std::to_string(sizes.back());
  const Basis basis = basis_of(instance, source.head().sequence);
  return answer(basis, json_type, json_answer(basis, out));
}

Result<http::Response> answer_document(const Asking& asking) {
  RUNUT_ASSIGN(const listing::Source source, source_of(asking));
  RUNUT_ASSIGN(const listing::EnactedDocument found,
               listing::find_document(source, "regulation", asking.arguments.text("regulation")));
  return answer(basis_of(source.instance(), source.head().sequence), json_type, found.text);
}

}  // namespace

std::vector<AskedResource> people_documents() {
  return {
      {.question = {.name = "ledger", .summary = "What the ledger is, and whose key signs it"},
       .resource = identity::Resource::open,
       .types = {json_type},
       .answer = &answer_ledger},
      {.question = {.name = "person",
                    .summary = "A person's career as the facts say, without the name",
                    .parameters = {person_parameter},
                    .path = "people/{person}",
                    .other_times = true,
                    .forms = {{.no_rules = "no parameter of a document decides about a career"}}},
       .resource = identity::Resource::people,
       .types = {json_type},
       .answer = &answer_person},
      {.question = {.name = "explanation",
                    .summary = "Why a person was paid what they were paid, down to each event, "
                               "clause and rupiah",
                    .parameters = {person_parameter,
                                   {"month", ParameterType::month, true, "Month, e.g. 2022-08"},
                                   {"lang", ParameterType::language, false,
                                    "Of the page: id (default) or en"}},
                    .path = "people/{person}/explanations/{month}",
                    .other_times = true},
       .resource = identity::Resource::payments,
       .types = {json_type, html_type},
       .answer = &answer_explanation},
      {.question = {.name = "document",
                    .summary = "A regulation's document, byte for byte as it was enacted",
                    .parameters = {{"regulation", ParameterType::text, true,
                                    "Its id, or the day that it is in force on"}},
                    .path = "regulations/{regulation}/document"},
       .resource = identity::Resource::regulations,
       .types = {json_type},
       .answer = &answer_document}};
}

std::vector<http::Route> people_routes(const Reading& reading) {
  std::vector<http::Route> out;
  for (AskedResource& document : people_documents())
    out.push_back(route_of(reading, std::move(document)));
  return out;
}

}  // namespace runut::service
