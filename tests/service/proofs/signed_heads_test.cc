// Who waits for a checkpoint, and how many are signed for them.
#include "service/signed_heads.h"

#include <gtest/gtest.h>

#include "tests/service/proofs/live_ledger.h"

namespace runut::testing {
namespace {

using http::Response;

std::size_t checkpoints(const LiveLedger& ledger) {
  return ledger.instance().checkpoints().sizes().value().size();
}
std::string last_receipt(const LiveLedger& ledger) {
  return "events/" + std::to_string(ledger.size()) + "/receipt";
}

TEST(SignedHeads, AreSharedByAllWhoWait) {
  LiveLedger ledger({.interval = Millis{0}});
  ledger.grow_to(100);
  const std::size_t before = checkpoints(ledger);
  std::promise<void> go;
  ledger.hold_writer(go.get_future().share());
  std::vector<std::future<Response>> waiting;
  for (std::uint64_t sequence = 1; sequence <= 100; ++sequence)
    waiting.push_back(ledger.begin("events/" + std::to_string(sequence) + "/receipt"));
  go.set_value();
  for (auto& answer : waiting) EXPECT_EQ(answer.get().status, 200U);
  EXPECT_LE(checkpoints(ledger), before + 2) << "the first to ask, and all others";
}

TEST(SignedHeads, AreSignedNoMoreOftenThanTheInterval) {
  LiveLedger ledger({.interval = Millis{400}});
  const std::size_t before = checkpoints(ledger);
  const auto begun = std::chrono::steady_clock::now();
  for (int round = 0; round < 3; ++round) {
    ledger.grow_to(ledger.size() + 1);
    EXPECT_EQ(ledger.get(last_receipt(ledger)).status, 200U);
  }
  EXPECT_EQ(checkpoints(ledger), before + 3);
  EXPECT_GE(std::chrono::steady_clock::now() - begun, Millis{800});
  // What is covered waits for nobody.
  EXPECT_EQ(ledger.get("events/1/receipt").status, 200U);
  EXPECT_EQ(checkpoints(ledger), before + 3);
}

TEST(SignedHeads, LetNoMoreWaitThanTheirBound) {
  LiveLedger ledger({.interval = Millis{0}, .waiting_max = 5});
  ledger.grow_to(60);
  std::promise<void> go;
  ledger.hold_writer(go.get_future().share());
  std::vector<std::future<Response>> waiting;
  for (int i = 0; i < 40; ++i) waiting.push_back(ledger.begin(last_receipt(ledger)));
  go.set_value();
  std::size_t given = 0;
  std::size_t refused = 0;
  for (auto& answer : waiting) {
    const Response response = answer.get();
    given += response.status == 200 ? 1 : 0;
    if (response.status != 429) continue;
    ++refused;
    EXPECT_EQ(response.headers.front(), (http::Field{"Retry-After", "1"}));
  }
  EXPECT_EQ(given + refused, 40U);
  EXPECT_GE(given, 5U);
  EXPECT_GE(refused, 25U) << "five wait, and those taken up before them";
}

TEST(SignedHeads, AreSignedForThoseWhoWaitWhenTheWriterEnds) {
  LiveLedger ledger({.interval = Millis{0}});
  ledger.grow_to(60);
  const std::string waited_for = last_receipt(ledger);
  ledger.grow_to(61);
  std::promise<void> go;
  ledger.hold_writer(go.get_future().share());
  auto waiting = ledger.begin(waited_for);
  // The signature is asked for behind what holds the writer.
  while (ledger.ledger().queued() == 0) std::this_thread::sleep_for(Millis{1});
  std::thread ending([&] { ledger.end_writer(); });
  go.set_value();
  ending.join();
  EXPECT_EQ(waiting.get().status, 200U);
}

TEST(SignedHeads, TellThoseWhoWaitThatTheWriterIsGone) {
  LiveLedger ledger({.interval = Millis{0}});
  ledger.grow_to(60);
  ledger.end_writer();
  EXPECT_EQ(ledger.get(last_receipt(ledger)).status, 503U);
  EXPECT_EQ(ledger.get("events/1/receipt").status, 200U) << "was signed before";
  // A writer that forgets what it was asked for.
  service::LedgerPorts forgetful = service::ports_of(ledger.ledger());
  forgetful.in_writer = [](std::function<void(Instance&)>) { return Status{}; };
  const auto begun = std::chrono::steady_clock::now();
  std::promise<Result<service::SignedHeadPtr>> told;
  service::SignedHeads heads(forgetful, {.interval = Millis{0}});
  heads.covering(Sequence{60}, [&](Result<service::SignedHeadPtr> head) { told.set_value(head); });
  EXPECT_EQ(told.get_future().get().error().code, ErrorCode::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, Millis{10'000}) << "told, not timed out";
}

TEST(SignedHeads, GiveUpOnAWriterThatIsTooBusy) {
  LiveLedger ledger({.interval = Millis{0}, .signing_max = Millis{50}});
  ledger.grow_to(60);
  std::promise<void> go;
  ledger.hold_writer(go.get_future().share());
  EXPECT_EQ(ledger.get(last_receipt(ledger)).status, 503U);
  go.set_value();
  ledger.in_writer([](Instance&) {});
  EXPECT_EQ(ledger.get(last_receipt(ledger)).status, 200U);
}

TEST(SignedHeads, MakeWayForNewerOnesUnlessTheyMarkSomething) {
  LiveLedger ledger({.interval = Millis{0}, .kept = 3});
  const std::string founding = ledger.get("log/checkpoint").body;
  std::vector<std::uint64_t> expected = ledger.instance().checkpoints().sizes().value();
  ledger.grow_to(50);
  (void)ledger.sign();  // by somebody else
  expected.push_back(50);
  for (std::uint64_t size = 51; size <= 60; ++size) {
    ledger.grow_to(size);
    EXPECT_EQ(ledger.get(last_receipt(ledger)).status, 200U);
    if (size > 57) expected.push_back(size);
  }
  EXPECT_EQ(ledger.instance().checkpoints().sizes().value(), expected);
  EXPECT_NE(ledger.get("log/checkpoint").body, founding);
}

TEST(SignedHeads, ServeReadersWhileTheWriterWrites) {
  LiveLedger ledger({.interval = Millis{20}});
  ledger.grow_to(300);
  (void)ledger.sign();
  std::atomic<bool> done{false};
  std::vector<std::thread> readers;
  std::atomic<unsigned> wrong{0};
  for (int reader = 0; reader < 3; ++reader)
    readers.emplace_back([&, reader] {
      for (unsigned round = 0; !done; ++round) {
        const std::string sequence =
            std::to_string(1 + (round * 37 + 11U * unsigned(reader)) % 300);
        for (const std::string& address :
             {"events/" + sequence + "/receipt", "log/proof/inclusion?sequence=" + sequence,
              std::string("log/tile/1/000.p/1"), std::string("log/tile/entries/000"),
              std::string("log/checkpoint"), std::string("log/proof/consistency?from=7")})
          wrong += ledger.get(address).status == 200 ? 0 : 1;
      }
    });
  for (std::uint64_t size = 320; size <= 700; size += 20) {
    ledger.grow_to(size);
    EXPECT_EQ(ledger.get(last_receipt(ledger)).status, 200U);
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0U);
}

}  // namespace
}  // namespace runut::testing
