// Who asks: what a checked credential says, and nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"

namespace runut::identity {

// A role, for the whole agency or for one unit and everything below it.
struct Grant {
  Role role{};
  std::optional<UnitId> unit;
  friend bool operator==(const Grant&, const Grant&) = default;
};

struct Principal {
  std::string name;    // the token's `sub`, the certificate's subject, "local"
  std::string method;  // as it stands in Actor::method: "oidc", "mtls", "local"
  std::string issuer;
  std::optional<Hash256> credential;  // SHA-256 of the credential as presented
  std::optional<PersonId> person;     // whom the credential is of, when it is of an ASN
  std::vector<Grant> grants;
  friend bool operator==(const Principal&, const Principal&) = default;
};

// What is guarded: every route belongs to one of these.
enum class Resource : std::uint8_t {
  open,         // nobody's data: health, the API's description, the log's public checkpoint
  commands,     // facts and decisions, submitted
  people,       // what is said of single people: careers, plans, ratings, qualifications
  payments,     // what people are paid, line by line, and why: payments and their explanations
  listings,     // people, plans, ratings and rankings of many people at once
  names,        // sealed text that says who somebody is: name, NIP
  texts,        // every other sealed text: narratives, feedback, objections and their answers
  audits,       // audit, what-if, affected, difference
  regulations,  // documents, not about people
  events,       // the log itself: subscriptions, webhooks
  proofs,       // entries, tiles, receipts
  operations,   // what concerns whoever runs the service
};

}  // namespace runut::identity
