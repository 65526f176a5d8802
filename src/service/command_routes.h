// Commands over HTTP: one, a JSON array, or a stream of lines.
#pragma once

#include "http/route.h"
#include "service/idempotency.h"
#include "service/ledgers.h"

namespace runut::service {

struct CommandLimits {
  std::size_t body_max = std::size_t{16} << 20;  // of a request
  std::size_t commands_max = 10'000;             // in a request
};

// Who vouches for what a command says of its actor, and limits attempts without authority.
class Vouching {
 public:
  virtual ~Vouching() = default;
  // Enters the credential's evidence; a unit's grant is for that unit's people.
  [[nodiscard]] virtual Status vouch(const Ledger& ledger, Command& command,
                                     const identity::Principal& principal) = 0;
  // Whether vouch() says so from the credential alone, without a look at the ledger's facts.
  [[nodiscard]] virtual bool vouches_at_once(const identity::Principal& principal) const = 0;
  [[nodiscard]] virtual std::shared_ptr<Attempts> attempts_of(
      const identity::Principal& principal) = 0;
};

// POST /v1/{agency}/commands
//   application/json      an object: 201 recorded, 200 recorded before, a problem when refused
//                         an array: 200, one result each in their order; a body of which one
//                         command cannot be read is refused whole, with all that is wrong
//   application/x-ndjson  a command a line: 200, a result a line; a line that cannot be read is
//                         refused for itself
// Each command is recorded or refused for itself. An answer is given when it is durable.
//
// Idempotency-Key: a command without an id gets one from the key, so that the ledger itself knows a
// repetition, also after a restart. If-Match: the version of the command's subject.
[[nodiscard]] std::vector<http::Route> command_routes(const Ledgers& ledgers, IdempotencyKeys& keys,
                                                      Vouching& vouching,
                                                      CommandLimits limits = {});

}  // namespace runut::service
