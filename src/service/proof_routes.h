// Proofs over HTTP: the log as C2SP tlog-tiles below /v1/{agency}/log/, proofs between its trees,
// what became of a command, and receipts.
#pragma once

#include <functional>
#include <map>

#include "feed/filter.h"
#include "http/route.h"
#include "service/ledgers.h"
#include "service/proofs.h"

namespace runut::service {

// By agency code. They outlive every call of the routes.
using ProofsByAgency = std::map<std::string, std::shared_ptr<Proofs>, std::less<>>;

// Told that a call was given the stored events that pass: of entries all of them (a bundle is one
// of many), of a receipt its person's. Hashes are nobody's data.
using ReadEntries = std::function<void(const http::Call&, const feed::Filter&)>;

[[nodiscard]] std::vector<http::Route> proof_routes(ProofsByAgency agencies,
                                                    ReadEntries entries_read = {});
// Of every ledger that is served; they outlive the routes.
[[nodiscard]] std::vector<http::Route> proof_routes(const Ledgers& ledgers,
                                                    SignedHeadsOptions options = {});

}  // namespace runut::service
