// What the proof routes answer, and that each answer holds.
#include "service/proof_routes.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "proof/entry_bundle.h"
#include "store/store.h"
#include "tests/service/proofs/live_ledger.h"

namespace runut::testing {
namespace {

using http::Response;

boost::json::object body_of(const Response& response) {
  return boost::json::parse(response.body).as_object();
}
std::string text_of(const boost::json::object& body, const char* name) {
  return std::string(body.at(name).as_string());
}
HashPath hashes_of(const boost::json::object& body) {
  HashPath out;
  for (const auto& hash : body.at("hashes").as_array())
    out.push_back(Hash256::from(*from_base64(hash.as_string())));
  return out;
}
Hash256 hash_of(const boost::json::object& body, const char* name) {
  return Hash256::from(*from_base64(text_of(body, name)));
}
std::string header(const Response& response, std::string_view name) {
  for (const http::Field& field : response.headers)
    if (field.name == name) return field.value;
  return {};
}
// "404 tile.unsigned"; "200".
std::string outcome(const Response& response) {
  std::string out = std::to_string(response.status);
  if (response.status == 200) return out;
  const boost::json::object body = body_of(response);
  if (body.contains("rule")) out += " " + text_of(body, "rule");
  return out;
}

TEST(ProofRoutes, ServeTheLastSignedCheckpointToEverybody) {
  LiveLedger ledger({.interval = Millis{0}});
  const Response founded = ledger.get("log/checkpoint");
  EXPECT_EQ(founded.status, 200U);
  EXPECT_EQ(founded.type, "text/plain; charset=utf-8");
  EXPECT_EQ(header(founded, "Cache-Control"), "no-cache");
  EXPECT_TRUE(open_checkpoint(founded.body, ledger.instance().trust()));
  ledger.grow_to(40);
  EXPECT_EQ(ledger.get("log/checkpoint").body, founded.body) << "not signed, not served";
  const std::string note = ledger.sign();
  EXPECT_EQ(ledger.get("log/checkpoint").body, note);
  const auto key = parse_verifier_key(std::string_view(ledger.get("log/key").body)
                                          .substr(0, ledger.get("log/key").body.size() - 1));
  ASSERT_TRUE(key);
  EXPECT_EQ(*key, ledger.instance().trust().keys.front());
  for (const http::Route& route : service::proof_routes(service::ProofsByAgency{})) {
    const bool open = route.pattern.ends_with("/checkpoint") || route.pattern.ends_with("/key");
    EXPECT_EQ(route.resource, open ? identity::Resource::open : identity::Resource::proofs);
  }
}

TEST(ProofRoutes, ServeTheTilesOfTheSignedTreeAndNoOthers) {
  LiveLedger ledger({.interval = Millis{0}});
  struct Row {
    std::uint64_t size;
    const char* address;
    const char* outcome;
  };
  const Row rows[] = {
      {255, "0/000.p/255", "200"},
      {255, "0/000.p/1", "200"},
      {255, "0/000", "404 tile.unsigned"},
      {255, "1/000.p/1", "404 tile.unsigned"},
      {255, "entries/000.p/255", "200"},
      {255, "entries/000", "404 tile.unsigned"},
      {256, "0/000", "200"},
      {256, "0/000.p/255", "200"},
      {256, "1/000.p/1", "200"},
      {256, "1/000.p/2", "404 tile.unsigned"},
      {256, "0/001.p/1", "404 tile.unsigned"},
      {256, "entries/000", "200"},
      {256, "entries/001.p/1", "404 tile.unsigned"},
      {257, "0/001.p/1", "200"},
      {257, "0/001.p/2", "404 tile.unsigned"},
      {257, "1/000.p/1", "200"},
      {257, "2/000.p/1", "404 tile.unsigned"},
      {257, "entries/001.p/1", "200"},
      // no such addresses
      {257, "0/000.p/256", "404 tile.address"},
      {257, "0/000.p/0", "404 tile.address"},
      {257, "0/000.p/01", "404 tile.address"},
      {257, "0/0", "404 tile.address"},
      {257, "0/x000/000", "404 tile.address"},
      {257, "00/000", "404 tile.address"},
      {257, "64/000", "404 tile.address"},
      {257, "0", "404 tile.address"},
      {257, "entries", "404 tile.address"},
      {257, "0/x999/x999/x999/x999/x999/x999/999", "404 tile.address"},
      {257, "63/000.p/1", "404 tile.unsigned"},
  };
  for (const Row& row : rows) {
    if (ledger.size() < row.size) {
      ledger.grow_to(row.size);
      (void)ledger.sign();
    }
    const Response tile = ledger.get("log/tile/" + std::string(row.address));
    EXPECT_EQ(outcome(tile), row.outcome) << row.size << " " << row.address;
    if (tile.status != 200) continue;
    EXPECT_EQ(tile.type, "application/octet-stream");
    EXPECT_EQ(header(tile, "Cache-Control"), "private, max-age=31536000, immutable");
  }
}

TEST(ProofRoutes, ServeTilesThatAreTheHashesOfTheEntriesServed) {
  LiveLedger ledger({.interval = Millis{0}});
  ledger.grow_to(300);
  (void)ledger.sign();
  Frontier tree;
  std::string level_0;
  std::string level_1;
  for (const char* number : {"000", "001.p/44"}) {
    const std::string bundle = ledger.get("log/tile/entries/" + std::string(number)).body;
    const auto entries = read_bundle(bundle);
    for (const BytesView entry : *entries) {
      level_0 += leaf_hash(entry).view();
      tree.append(leaf_hash(entry), [&](unsigned level, const Hash256& hash) {
        if (level == 8) level_1 += hash.view();
      });
    }
  }
  EXPECT_EQ(ledger.get("log/tile/0/000").body + ledger.get("log/tile/0/001.p/44").body, level_0);
  EXPECT_EQ(ledger.get("log/tile/0/000.p/7").body, level_0.substr(0, 7 * 32));
  EXPECT_EQ(ledger.get("log/tile/1/000.p/1").body, level_1);
  const auto head = open_checkpoint(ledger.get("log/checkpoint").body, ledger.instance().trust());
  EXPECT_EQ(head->tree, (TreeHead{300, tree.root()}));
}

TEST(ProofRoutes, ProveInclusionAndConsistencyUpToWhatIsSigned) {
  LiveLedger ledger({.interval = Millis{0}});
  const auto founding =
      open_checkpoint(ledger.get("log/checkpoint").body, ledger.instance().trust());
  ledger.grow_to(257);
  const auto later = open_checkpoint(ledger.sign(), ledger.instance().trust());
  for (const std::uint64_t sequence : {1U, 2U, 255U, 256U, 257U}) {
    const auto body =
        body_of(ledger.get("log/proof/inclusion?sequence=" + std::to_string(sequence)));
    EXPECT_EQ(text_of(body, "size"), "257");
    EXPECT_EQ(text_of(body, "index"), std::to_string(sequence - 1));
    EXPECT_EQ(hash_of(body, "root"), later->tree.root);
    EXPECT_TRUE(
        verify_inclusion({sequence - 1, hash_of(body, "leaf")}, later->tree, hashes_of(body)));
  }
  const auto earlier = body_of(ledger.get("log/proof/inclusion?sequence=3&size=200"));
  EXPECT_TRUE(verify_inclusion({2, hash_of(earlier, "leaf")}, {200, hash_of(earlier, "root")},
                               hashes_of(earlier)));
  const std::string from = std::to_string(founding->tree.size);
  const Response proof = ledger.get("log/proof/consistency?from=" + from);
  EXPECT_EQ(text_of(body_of(proof), "to"), "257");
  EXPECT_EQ(hash_of(body_of(proof), "from_root"), founding->tree.root);
  EXPECT_TRUE(verify_consistency(founding->tree, later->tree, hashes_of(body_of(proof))));
  std::string lines;
  for (const Hash256& hash : hashes_of(body_of(proof))) lines += to_base64(hash.view()) + "\n";
  EXPECT_EQ(ledger.get("log/proof/consistency?from=" + from, {{"Accept", "text/plain"}}).body,
            lines);
}

TEST(ProofRoutes, SayWhatIsWrongWithAQuestion) {
  LiveLedger ledger({.interval = Millis{0}});
  ledger.grow_to(50);
  (void)ledger.sign();
  ledger.grow_to(60);
  struct Row {
    const char* address;
    const char* outcome;
  };
  const Row rows[] = {
      {"log/proof/inclusion", "400 query.missing"},
      {"log/proof/inclusion?sequence=x", "400 query.number"},
      {"log/proof/inclusion?sequence=-1", "400 query.number"},
      {"log/proof/inclusion?sequence=0", "404 event.unknown"},
      {"log/proof/inclusion?sequence=61", "404 event.unknown"},
      {"log/proof/inclusion?sequence=55", "400 proof.outside"},
      {"log/proof/inclusion?sequence=5&size=4", "400 proof.outside"},
      {"log/proof/inclusion?sequence=5&size=51", "404 proof.unsigned"},
      {"log/proof/consistency?to=5", "400 query.missing"},
      {"log/proof/consistency?from=5&to=51", "404 proof.unsigned"},
      {"log/proof/consistency?from=5&to=4", "400 proof.order"},
      {"log/proof/consistency?from=5&to=18446744073709551616", "400 query.number"},
      {"log/proof/consistency?from=0", "200"},
      {"log/proof/consistency?from=50&to=50", "200"},
      {"events/0/receipt", "404 event.unknown"},
      {"events/61/receipt", "404 event.unknown"},
      {"events/x/receipt", "400 event.sequence"},
      {"commands/nonsense/receipt", "400"},
      {"commands/018f3a00-0000-7000-8000-00000000ffff", "404 command.unknown"},
      {"commands/018f3a00-0000-7000-8000-00000000ffff/receipt", "404 command.unknown"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(outcome(ledger.get(row.address)).substr(0, std::string(row.outcome).size()),
              row.outcome)
        << row.address << " " << ledger.get(row.address).body;
  http::Call elsewhere;
  elsewhere.path = {{"agency", "kota-lain"}};
  Response refused;
  elsewhere.reply = [&](Response response) { refused = std::move(response); };
  service::proof_routes(service::ProofsByAgency{}).front().handler(std::move(elsewhere));
  EXPECT_EQ(outcome(refused), "404 agency.unknown");
}

TEST(ProofRoutes, TellWhatBecameOfACommand) {
  LiveLedger ledger({.interval = Millis{0}});
  const Answer recorded = ledger.record(ledger.commands().line(
      {.command = "RegisterPerson", .data = R"({"person":"P50"})", .text = "Lima Puluh"}));
  const auto body = body_of(ledger.get("commands/" + to_string(recorded.command)));
  EXPECT_EQ(text_of(body, "status"), "recorded");
  EXPECT_EQ(text_of(body, "first"), std::to_string(recorded.first.value));
  ASSERT_EQ(body.at("events").as_array().size(), 1U);
  const auto& event = body.at("events").as_array().front().as_object();
  EXPECT_EQ(text_of(event, "type"), "PersonRegistered");
  EXPECT_EQ(text_of(event, "subject"), "P50");
  EXPECT_EQ(body_of(ledger.get("commands/" + to_string(recorded.command))), body)
      << "nothing personal is opened, and nothing changes";
  EXPECT_EQ(ledger.get("commands/" + to_string(recorded.command)).body.find("Lima"),
            std::string::npos);

  const Answer refused = ledger.record(
      ledger.commands().line({.command = "ChangeStatus",
                              .data = R"({"person":"P2","status":"PNS","from":"2021-01-01"})",
                              .actor = "P3",
                              .role = "employee"}));
  ASSERT_TRUE(refused.rejection);
  const auto attempt = body_of(ledger.get("commands/" + to_string(refused.command)));
  EXPECT_EQ(text_of(attempt, "status"), "refused");
  EXPECT_EQ(text_of(attempt, "rule"), refused.rejection->rule);
  const auto behind = body_of(ledger.get("commands/" + to_string(recorded.command) +
                                         "?after=" + std::to_string(recorded.first.value)));
  EXPECT_EQ(behind.at("count").as_int64(), 1);
  EXPECT_TRUE(behind.at("events").as_array().empty());
}

TEST(ProofRoutes, GiveReceiptsThatVerifyOffline) {
  LiveLedger ledger({.interval = Millis{0}});
  for (const std::uint64_t size : {40U, 255U, 256U, 257U}) {
    ledger.grow_to(size);
    const Answer last = ledger.record(
        ledger.commands().line({.command = "RegisterPerson",
                                .data = R"({"person":"P)" + std::to_string(100 + size) + "\"}",
                                .text = "Pegawai"}));
    for (const std::string& address : {"commands/" + to_string(last.command) + "/receipt",
                                       "events/" + std::to_string(last.first.value) + "/receipt",
                                       std::string("events/1/receipt")}) {
      const Response response = ledger.get(address);
      ASSERT_EQ(response.status, 200U) << response.body;
      const auto receipt = parse_receipt(response.body);
      ASSERT_TRUE(receipt) << receipt.error().describe();
      const auto checkpoint = verify_receipt(*receipt, ledger.instance().trust());
      ASSERT_TRUE(checkpoint) << checkpoint.error().describe();
      EXPECT_EQ(checkpoint->tree.size, ledger.size());
    }
  }
}

TEST(ProofRoutes, MakeTilesAnewThatWereLost) {
  LiveLedger ledger({.interval = Millis{0}});
  ledger.grow_to(600);
  (void)ledger.sign();
  const std::string before = ledger.get("log/tile/1/000.p/2").body;
  ledger.restart([](const Place& place) {
    auto store = Store::open({.directory = place.directory(), .families = {}});
    ASSERT_TRUE(store) << store.error().describe();
    ASSERT_TRUE((*store)->drop_family("tiles"));
  });
  const Response behind = ledger.get("log/tile/1/000.p/2");
  EXPECT_EQ(outcome(behind), "503 tree.behind");
  EXPECT_EQ(header(behind, "Retry-After"), "1");
  ledger.in_writer([](Instance&) {});
  EXPECT_EQ(ledger.get("log/tile/1/000.p/2").body, before);
  EXPECT_EQ(ledger.get("log/proof/inclusion?sequence=5").status, 200U);
}

}  // namespace
}  // namespace runut::testing
