// Proofs over HTTP: the log as C2SP tlog-tiles below /v1/{agency}/log/, proofs between its trees,
// what became of a command, and receipts.
#pragma once

#include <map>

#include "http/route.h"
#include "service/ledgers.h"
#include "service/proofs.h"

namespace runut::service {

// By agency code. They outlive every call of the routes.
using ProofsByAgency = std::map<std::string, std::shared_ptr<Proofs>, std::less<>>;

[[nodiscard]] std::vector<http::Route> proof_routes(ProofsByAgency agencies);
// Of every ledger that is served; they outlive the routes.
[[nodiscard]] std::vector<http::Route> proof_routes(const Ledgers& ledgers,
                                                    SignedHeadsOptions options = {});

}  // namespace runut::service
