#include "service/command_routes.h"

#include <fmt/format.h>

#include "base/sha256.h"
#include "codec/command_json.h"
#include "http/problem.h"
#include "service/command_body.h"
#include "service/version_tag.h"
#include "write/command_digest.h"

namespace runut::service {
namespace {

using http::Call;
using http::Response;

// RFC 9562 version 7 in shape: what follows from a key is no time, so it says 1970.
CommandId id_from_key(const KeyStore& keys, const identity::Principal& principal,
                      std::string_view key, std::size_t number) {
  const std::string text = "idempotency\n" + principal.issuer + "\n" + principal.name + "\n" +
                           std::string(key) + "\n" + std::to_string(number);
  const Hash256 mac = hmac_sha256(keys.ledger_key(LedgerKey::command_digest).view(), text);
  Bytes raw(mac.view().substr(0, 16));
  for (std::size_t i = 0; i < 6; ++i) raw[i] = 0;
  raw[6] = static_cast<char>((static_cast<unsigned char>(raw[6]) & 0x0fU) | 0x70U);
  raw[8] = static_cast<char>((static_cast<unsigned char>(raw[8]) & 0x3fU) | 0x80U);
  return CommandId::from(raw);
}

unsigned status_of_refusal(const Error& error) {
  if (error.rule == "subject.expected_version") return 412;
  return http::status_of(error.code);
}

std::string joined(std::initializer_list<std::string_view> pieces) {
  std::size_t bytes = 0;
  for (const std::string_view piece : pieces) bytes += piece.size();
  std::string out;
  out.reserve(bytes + 1);  // for a line's end
  for (const std::string_view piece : pieces) out += piece;
  return out;
}

std::string recorded_json(std::string_view command, const Answer& answer) {
  return joined({R"({"command":")", command, R"(","status":"recorded","sequence":")",
                 std::to_string(answer.first.value), R"(","events":)", std::to_string(answer.count),
                 "}"});
}

std::string refused_json(std::string_view command, std::size_t number, const Error& error,
                         Sequence trace) {
  std::string out = "{";
  if (!command.empty()) out += fmt::format(R"("command":"{}",)", command);
  out += fmt::format(R"("status":"refused","item":{})", number);
  if (trace > Sequence{}) out += fmt::format(R"(,"sequence":"{}")", trace.value);
  return out + ",\"problem\":" + http::problem_json(status_of_refusal(error), error) + "}";
}

// Nobody knows yet whether it is recorded: the same command again will tell.
std::string unknown_json(std::string_view command, const Error& error) {
  return fmt::format(R"({{"command":"{}","status":"unknown","problem":{}}})", command,
                     http::problem_json(http::status_of(error.code), error));
}

Response single(const std::string& agency, bool by_key, const Result<Answer>& answer) {
  if (!answer) return http::problem(answer.error());
  if (answer->rejection) {
    Error refusal = *answer->rejection;
    // The id came from the key: it is the key that was used for something else, before a restart.
    if (by_key && refusal.rule == "command.id_reused")
      refusal = {ErrorCode::rejected,
                 "idempotency.other_body",
                 "Idempotency-Key",
                 {},
                 "this key was used with another body"};
    Response out = http::problem(status_of_refusal(refusal), refusal);
    if (answer->first > Sequence{}) out.with("Runut-Sequence", std::to_string(answer->first.value));
    return out;
  }
  const std::string command = to_string(answer->command);
  const std::string place = joined({"/v1/", agency, "/commands/", command});
  Response out;
  out.status = answer->repeated ? 200 : 201;
  out.body = recorded_json(command, *answer) + "\n";
  out.with("Location", place)
      .with("Link", joined({"<", place, "/receipt>; rel=\"receipt\""}))
      .with("Runut-Sequence", std::to_string(answer->first.value));
  return out;
}

// Reading and digesting so much takes no longer than handing it to another thread.
constexpr std::size_t at_once_bytes_max = 8 * 1024;

// One request's results, as its commands are answered: in the writer's thread, or before it.
class Results {
 public:
  Results(BodyForm form, std::size_t size, http::Reply reply)
      : form_(form), missing_(size), texts_(size), reply_(std::move(reply)) {}

  void put(std::size_t at, std::string text) { texts_[at] = std::move(text); }
  // The last one replies.
  void done(std::size_t count = 1) {
    if (missing_.fetch_sub(count) == count) reply_(response());
  }

 private:
  Response response() {
    const bool lines = form_ == BodyForm::lines;
    Response out;
    out.type = lines ? "application/x-ndjson" : "application/json";
    std::size_t bytes = 4;
    for (const std::string& text : texts_) bytes += text.size() + 2;
    out.body.reserve(bytes);
    if (!lines) out.body += "[";
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      if (!lines && i > 0) out.body += ",\n";
      out.body += texts_[i];
      if (lines) out.body += "\n";
    }
    if (!lines) out.body += "]\n";
    return out;
  }

  const BodyForm form_;
  std::atomic<std::size_t> missing_;
  std::vector<std::string> texts_;
  http::Reply reply_;
};

struct Submitter {
  const Ledgers& ledgers;
  IdempotencyKeys& keys;
  Vouching& vouching;
  CommandLimits limits;

  // What can be submitted once it is known who takes the answer.
  Result<Ledger::Submission> read(const Ledger& ledger, const Call& call,
                                  const CommandText& item) const {
    std::string_view text = item.text;
    std::string with_id_of_key;
    if (const auto key = call.request.header("Idempotency-Key")) {
      RUNUT_ASSIGN(with_id_of_key,
                   with_id(text, id_from_key(ledger.keys(), call.principal, *key, item.number)));
      text = with_id_of_key;
    }
    Result<Command> command = parse_command(text);
    if (!command) return fail(std::move(command).error());
    if (command->agency != ledger.agency())
      return fail(Error{ErrorCode::invalid_input, "agency.other", "agency", command->agency,
                        "this address takes commands for " + ledger.agency()});
    if (const auto version = call.request.header("If-Match")) {
      RUNUT_ASSIGN(command->expected_version, version_in(*version));
    }
    // As it was submitted: the evidence that is entered is another's word.
    const Mac128 digest = command_digest(ledger.keys(), *command);
    RUNUT_TRY(vouching.vouch(ledger, *command, call.principal));
    return Ledger::Submission{std::move(*command), digest, item.text.size(), {}, {}};
  }

  void one(Ledger& ledger, const Call& call, const CommandText& item,
           const http::Reply& reply) const {
    Result<Ledger::Submission> submission = read(ledger, call, item);
    if (!submission) return reply(http::problem(submission.error()));
    submission->answered =
        [reply, &ledger, by_key = call.request.header("Idempotency-Key").has_value()](
            const Result<Answer>& answer) { reply(single(ledger.agency(), by_key, answer)); };
    submission->attempts = vouching.attempts_of(call.principal);
    if (const Status queued = ledger.submit({&*submission, 1}); !queued)
      reply(http::problem(503, queued.error()));
  }

  void several(Ledger& ledger, const Call& call, const CommandBody& body,
               const http::Reply& reply) const {
    const auto results = std::make_shared<Results>(body.form, body.items.size(), reply);
    std::vector<Ledger::Submission> batch;
    batch.reserve(body.items.size());
    std::vector<Error> wrong;
    std::size_t refused = 0;
    const std::shared_ptr<Attempts> attempts = vouching.attempts_of(call.principal);
    for (std::size_t at = 0; at < body.items.size(); ++at) {
      const CommandText& item = body.items[at];
      Result<Ledger::Submission> submission = read(ledger, call, item);
      if (!submission) {
        ++refused;
        results->put(at, refused_json({}, item.number, submission.error(), Sequence{}));
        Error error = std::move(submission).error();
        error.field = "/" + std::to_string(at) + (error.field.empty() ? "" : "/") + error.field;
        if (body.form == BodyForm::array) wrong.push_back(std::move(error));
        continue;
      }
      submission->answered = [results, at, id = submission->command.id,
                              number = item.number](const Result<Answer>& answer) {
        results->put(at, !answer             ? unknown_json(to_string(id), answer.error())
                         : answer->rejection ? refused_json(to_string(id), number,
                                                            *answer->rejection, answer->first)
                                             : recorded_json(to_string(id), *answer));
        results->done();
      };
      submission->attempts = attempts;
      batch.push_back(std::move(*submission));
    }
    if (!wrong.empty()) return reply(http::problem(wrong));
    if (!batch.empty())
      if (const Status queued = ledger.submit(batch); !queued)
        return reply(http::problem(503, queued.error()));
    if (refused > 0) results->done(refused);
  }

  void answer(Call& call) const {
    const auto found = ledgers.of(call);
    if (!found) return call.reply(http::problem(found.error()));
    Ledger& ledger = **found;
    auto body = split_body(call.request, limits.commands_max);
    if (!body) {
      const bool too_many = body.error().code == ErrorCode::exhausted;
      const bool other_type = body.error().code == ErrorCode::unsupported;
      return call.reply(other_type ? http::problem(415, body.error())
                        : too_many ? http::problem(413, body.error())
                                   : http::problem(body.error()));
    }
    http::Reply reply = std::move(call.reply);
    if (const auto key = call.request.header("Idempotency-Key")) {
      if (key->empty() || key->size() > 255)
        return reply(http::problem(Error{ErrorCode::invalid_input, "idempotency.key",
                                         "Idempotency-Key", std::string(key->substr(0, 300)),
                                         "a key has 1 to 255 characters"}));
      // Of whoever sent it: another's key is another key.
      std::string name = ledger.agency() + "\n" + call.principal.issuer + "\n" +
                         call.principal.name + "\n" + std::string(*key);
      auto earlier = keys.begin(name, sha256(call.request.body), IdempotencyKeys::Clock::now());
      if (!earlier) {
        Error error = earlier.error();
        error.value = *key;
        return reply(http::problem(error));
      }
      if (*earlier) return reply(std::move((*earlier)->with("Idempotent-Replayed", "true")));
      reply = [this, name = std::move(name), reply = std::move(reply)](Response&& response) {
        // Too much at once, or out of order here: that says nothing of the request.
        if (response.status >= 500 || response.status == 429)
          keys.abandon(name);
        else
          keys.end(name, response, IdempotencyKeys::Clock::now());
        reply(std::move(response));
      };
    }
    if (body->form == BodyForm::one) return one(ledger, call, body->items.front(), reply);
    if (call.request.header("If-Match"))
      return reply(http::problem(Error{ErrorCode::invalid_input,
                                       "http.if_match",
                                       "If-Match",
                                       {},
                                       "one command alone can be conditional"}));
    several(ledger, call, *body, reply);
  }
};

}  // namespace

std::vector<http::Route> command_routes(const Ledgers& ledgers, IdempotencyKeys& keys,
                                        Vouching& vouching, CommandLimits limits) {
  const auto submitter =
      std::make_shared<const Submitter>(Submitter{ledgers, keys, vouching, limits});
  std::vector<http::Route> out;
  out.push_back({.method = http::Method::post,
                 .pattern = "/v1/{agency}/commands",
                 .resource = identity::Resource::commands,
                 .lane = http::Lane::readers,
                 .handler = [submitter](Call&& call) { submitter->answer(call); },
                 .body_max = limits.body_max,
                 .parameters = std::vector<std::string>{},
                 .at_once =
                     [submitter](const Call& call) {
                       return call.request.body.size() <= at_once_bytes_max &&
                              submitter->vouching.vouches_at_once(call.principal);
                     }});
  return out;
}

}  // namespace runut::service
