#include "service/proof_routes.h"

#include <boost/json.hpp>

#include "codec/envelope_codec.h"
#include "http/problem.h"
#include "proof/lines.h"
#include "proof/proof_text.h"

namespace runut::service {
namespace {

using boost::json::array;
using boost::json::object;
using http::Call;
using http::Lane;
using http::Method;
using http::Response;
using http::Route;
using identity::Resource;

constexpr const char* plain_text = "text/plain; charset=utf-8";
// What is served does not change, but is not for everybody who shares a cache.
constexpr const char* for_good = "private, max-age=31536000, immutable";

Result<std::shared_ptr<Proofs>> proofs_for(const ProofsByAgency& agencies, const Call& call) {
  const auto found = agencies.find(call.at("agency"));
  if (found != agencies.end()) return found->second;
  return fail(Error{ErrorCode::not_found, "agency.unknown", "agency", call.at("agency"),
                    "no ledger of this agency is served here"});
}

Result<std::optional<std::uint64_t>> optional_number(const Call& call, const char* name) {
  const auto given = call.request.parameter(name);
  if (!given) return std::nullopt;
  const auto number = parse_decimal(*given);
  if (!number)
    return fail(Error{ErrorCode::invalid_input, "query.number", name,
                      std::string(given->substr(0, 100)), "a whole number in decimal digits"});
  return number;
}

Result<std::uint64_t> required_number(const Call& call, const char* name) {
  RUNUT_ASSIGN(const std::optional<std::uint64_t> number, optional_number(call, name));
  if (number) return *number;
  return fail(Error{ErrorCode::invalid_input, "query.missing", name, {}, "this is asked for"});
}

Response text_answer(std::string body) {
  Response response;
  response.type = plain_text;
  response.body = std::move(body);
  return response;
}

Response json_answer(const object& body) {
  Response response;
  response.body = boost::json::serialize(body) + "\n";
  return response;
}

array base64_of(const HashPath& hashes) {
  array out;
  for (const Hash256& hash : hashes) out.emplace_back(to_base64(hash.view()));
  return out;
}

bool wants_text(const Call& call) {
  const auto accept = call.request.header("Accept");
  return accept && accept->starts_with("text/plain");
}

// A proof alone, a hash a line: what `runut-verify consistency` reads.
Response text_proof(const HashPath& hashes) {
  return text_answer(proof_text(hashes));
}

Result<Response> answer_checkpoint(Proofs& proofs, const Call&) {
  RUNUT_ASSIGN(const SignedHeadPtr head, proofs.head());
  return text_answer(head->note).with("Cache-Control", "no-cache");
}

Result<Response> answer_key(Proofs& proofs, const Call&) {
  return text_answer(to_string(proofs.instance().trust().keys.front()) + "\n")
      .with("Cache-Control", "no-cache");
}

Result<Response> answer_tile(Proofs& proofs, const Call& call, const ReadEntries& entries_read) {
  RUNUT_ASSIGN(const TileAddress address, parse_tile_address(call.at("path")));
  Response response;
  RUNUT_ASSIGN(response.body, proofs.tile(address));
  if (address.entries && entries_read) entries_read(call, {});
  response.type = "application/octet-stream";
  return std::move(response).with("Cache-Control", for_good);
}

Result<Response> answer_inclusion(Proofs& proofs, const Call& call) {
  RUNUT_ASSIGN(const std::uint64_t sequence, required_number(call, "sequence"));
  RUNUT_ASSIGN(const auto size, optional_number(call, "size"));
  RUNUT_ASSIGN(const InclusionAnswer found, proofs.inclusion(Sequence{sequence}, size));
  if (wants_text(call)) return text_proof(found.hashes);
  return json_answer({{"sequence", std::to_string(sequence)},
                      {"index", std::to_string(sequence - 1)},
                      {"leaf", to_base64(found.leaf.view())},
                      {"size", std::to_string(found.tree.size)},
                      {"root", to_base64(found.tree.root.view())},
                      {"hashes", base64_of(found.hashes)}});
}

Result<Response> answer_consistency(Proofs& proofs, const Call& call) {
  RUNUT_ASSIGN(const std::uint64_t from, required_number(call, "from"));
  RUNUT_ASSIGN(const auto to, optional_number(call, "to"));
  RUNUT_ASSIGN(const ConsistencyAnswer found, proofs.consistency(from, to));
  if (wants_text(call)) return text_proof(found.hashes);
  return json_answer({{"from", std::to_string(found.earlier.size)},
                      {"from_root", to_base64(found.earlier.root.view())},
                      {"to", std::to_string(found.later.size)},
                      {"to_root", to_base64(found.later.root.view())},
                      {"hashes", base64_of(found.hashes)}});
}

std::string event_receipt_address(const std::string& agency, Sequence sequence) {
  return "/v1/" + agency + "/events/" + std::to_string(sequence.value) + "/receipt";
}

object event_members(const std::string& agency, const RecordedEvent& recorded) {
  const Event& event = recorded.event;
  return {{"sequence", std::to_string(event.sequence.value)},
          {"type", to_string(event.type())},
          {"occurred_on", to_string(event.occurred_on)},
          {"recorded_at", to_string(event.recorded_at)},
          {"subject", to_string(event.subject)},
          {"subject_version", event.subject_version},
          {"leaf", to_base64(recorded.leaf.view())},
          {"receipt", event_receipt_address(agency, event.sequence)}};
}

Result<Response> answer_command(Proofs& proofs, const Call& call) {
  RUNUT_ASSIGN(const CommandId id, parse_uuid(call.at("command_id")));
  RUNUT_ASSIGN(const auto after, optional_number(call, "after"));
  RUNUT_ASSIGN(const RecordedCommand recorded,
               proofs.command(id, {.after = Sequence{after.value_or(0)}}));
  const std::string& agency = call.at("agency");
  const std::string address = "/v1/" + agency + "/commands/" + to_string(id);
  array events;
  const AttemptRefused* refused = nullptr;
  for (const RecordedEvent& event : recorded.events) {
    if (const auto* attempt = std::get_if<AttemptRefused>(&event.event.payload)) refused = attempt;
    events.push_back(event_members(agency, event));
  }
  object body{{"command", to_string(id)},
              {"status", refused != nullptr ? "refused" : "recorded"},
              {"first", std::to_string(recorded.first.value)},
              {"count", recorded.count},
              {"receipt", address + "/receipt"},
              {"events", std::move(events)}};
  if (refused != nullptr) body["rule"] = refused->rule;
  Response response = json_answer(body);
  const std::uint64_t last = recorded.first.value + recorded.count - 1;
  if (!recorded.events.empty() && recorded.events.back().event.sequence.value < last)
    response.with("Link", "<" + address + "?after=" +
                              std::to_string(recorded.events.back().event.sequence.value) +
                              ">; rel=\"next\"");
  return response;
}

// The event that a receipt holds whole.
void tell_of_receipt(const Receipt& receipt, const Call& call, const ReadEntries& entries_read) {
  const Result<Event> event = decode_event(receipt.event);
  if (event && event->subject.kind == SubjectKind::person && entries_read)
    entries_read(call, {.persons = {PersonId{event->subject.id}}});
}

// The answer may come later, and from another thread.
void answer_receipt(Proofs& proofs, Sequence sequence, Call asked,
                    const ReadEntries& entries_read) {
  const std::string name = asked.at("agency") + "-" + std::to_string(sequence.value);
  const auto call = std::make_shared<const Call>(std::move(asked));
  proofs.receipt(sequence, [name, call, entries_read](Result<Receipt> receipt) {
    if (!receipt) return call->reply(http::problem(receipt.error()));
    tell_of_receipt(*receipt, *call, entries_read);
    call->reply(text_answer(to_string(*receipt))
                    .with("Content-Disposition", "attachment; filename=\"" + name +
                                                     std::string(receipt_file_extension) + "\"")
                    .with("Cache-Control", "private, no-cache"));
  });
}

// A command's receipt is that of its commit's first event: the envelope holds the command's id and
// how many events were recorded with it, all or none.
Result<Sequence> receipt_of_command(Proofs& proofs, const Call& call) {
  RUNUT_ASSIGN(const CommandId id, parse_uuid(call.at("command_id")));
  RUNUT_ASSIGN(const RecordedCommand recorded, proofs.command(id, {.after = {}, .max = 0}));
  return recorded.first;
}

Result<Sequence> receipt_of_event(Proofs&, const Call& call) {
  if (const auto number = parse_decimal(call.at("sequence"))) return Sequence{*number};
  return fail(Error{ErrorCode::invalid_input, "event.sequence", "sequence",
                    call.at("sequence").substr(0, 100), "a sequence is a whole number from 1"});
}

using ProofAnswer = std::function<Result<Response>(Proofs&, const Call&)>;
using ReceiptOf = Result<Sequence> (*)(Proofs&, const Call&);

// Where the routes hold the ledgers that they answer for.
class ProofRoutes {
 public:
  ProofRoutes(ProofsByAgency agencies, ReadEntries entries_read)
      : agencies_(std::make_shared<const ProofsByAgency>(std::move(agencies))),
        entries_read_(std::move(entries_read)) {}

  void add(std::string behind_agency, Resource resource, ProofAnswer answer,
           std::vector<std::string> parameters = {}) {
    routes_.push_back(
        {Method::get, "/v1/{agency}/" + std::move(behind_agency), resource, Lane::readers,
         http::answering([agencies = agencies_,
                          answer = std::move(answer)](const Call& call) -> Result<Response> {
           RUNUT_ASSIGN(const auto proofs, proofs_for(*agencies, call));
           return answer(*proofs, call);
         }),
         0, std::move(parameters)});
  }
  void add_receipt(std::string behind_agency, ReceiptOf of) {
    routes_.push_back({Method::get, "/v1/{agency}/" + std::move(behind_agency), Resource::proofs,
                       Lane::readers,
                       [agencies = agencies_, of, entries_read = entries_read_](Call call) {
                         const auto proofs = proofs_for(*agencies, call);
                         const Result<Sequence> sequence =
                             proofs ? of(**proofs, call) : Result<Sequence>(fail(proofs.error()));
                         if (!sequence) return call.reply(http::problem(sequence.error()));
                         answer_receipt(**proofs, *sequence, std::move(call), entries_read);
                       },
                       0, std::vector<std::string>{}});
  }
  [[nodiscard]] std::vector<Route> take() { return std::move(routes_); }

 private:
  std::shared_ptr<const ProofsByAgency> agencies_;
  const ReadEntries entries_read_;
  std::vector<Route> routes_;
};

}  // namespace

std::vector<Route> proof_routes(ProofsByAgency agencies, ReadEntries entries_read) {
  ProofRoutes routes(std::move(agencies), entries_read);
  routes.add("log/checkpoint", Resource::open, answer_checkpoint);
  routes.add("log/key", Resource::open, answer_key);
  routes.add("log/tile/{path...}", Resource::proofs,
             [entries_read = std::move(entries_read)](Proofs& proofs, const Call& call) {
               return answer_tile(proofs, call, entries_read);
             });
  routes.add("log/proof/inclusion", Resource::proofs, answer_inclusion, {"sequence", "size"});
  routes.add("log/proof/consistency", Resource::proofs, answer_consistency, {"from", "to"});
  routes.add("commands/{command_id}", Resource::proofs, answer_command, {"after"});
  routes.add_receipt("commands/{command_id}/receipt", receipt_of_command);
  routes.add_receipt("events/{sequence}/receipt", receipt_of_event);
  return routes.take();
}

std::vector<Route> proof_routes(const Ledgers& ledgers, SignedHeadsOptions options) {
  ProofsByAgency agencies;
  for (const auto& [agency, ledger] : ledgers.all())
    agencies.emplace(agency, std::make_shared<Proofs>(ports_of(*ledger), options));
  return proof_routes(std::move(agencies));
}

}  // namespace runut::service
