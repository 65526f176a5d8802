// The states of a key, and that no order of requests leaves them.
#include "service/idempotency.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "base/sha256.h"

namespace runut::service {
namespace {

using Clock = IdempotencyKeys::Clock;

http::Response answer_of(const std::string& body) {
  http::Response out;
  out.body = body;
  return out;
}

TEST(IdempotencyKeys, TheFirstAnswerComesAgain) {
  IdempotencyKeys keys;
  const auto now = Clock::now();
  const Hash256 body = sha256("a");
  EXPECT_FALSE(keys.begin("k", body, now)->has_value());
  EXPECT_EQ(keys.begin("k", body, now).error().rule, "idempotency.in_flight");
  keys.end("k", answer_of("first"), now);
  EXPECT_EQ((*keys.begin("k", body, now))->body, "first");
  EXPECT_EQ(keys.begin("k", sha256("b"), now).error().rule, "idempotency.other_body");
  EXPECT_FALSE(keys.begin("other", sha256("b"), now)->has_value());
}

TEST(IdempotencyKeys, WhatCouldNotBeAnsweredBeginsAnew) {
  IdempotencyKeys keys;
  const auto now = Clock::now();
  EXPECT_FALSE(keys.begin("k", sha256("a"), now)->has_value());
  keys.abandon("k");
  EXPECT_FALSE(keys.begin("k", sha256("b"), now)->has_value());
}

TEST(IdempotencyKeys, AreForgottenAfterADay) {
  IdempotencyKeys keys;
  const auto now = Clock::now();
  EXPECT_FALSE(keys.begin("k", sha256("a"), now)->has_value());
  keys.end("k", answer_of("first"), now);
  EXPECT_TRUE(keys.begin("k", sha256("a"), now + std::chrono::hours(23))->has_value());
  EXPECT_FALSE(keys.begin("k", sha256("b"), now + std::chrono::hours(25))->has_value());
}

TEST(IdempotencyKeys, AreBoundedTheOldestGoFirst) {
  IdempotencyKeys keys({.keys_max = 10});
  const auto now = Clock::now();
  for (int i = 0; i < 30; ++i) {
    EXPECT_FALSE(keys.begin(std::to_string(i), sha256("a"), now)->has_value());
    keys.end(std::to_string(i), answer_of("x"), now);
  }
  EXPECT_TRUE(keys.begin("29", sha256("a"), now)->has_value());
  EXPECT_FALSE(keys.begin("0", sha256("a"), now)->has_value());
}

TEST(IdempotencyKeys, ALongAnswerIsMadeAgain) {
  IdempotencyKeys keys({.answer_bytes_max = 10});
  const auto now = Clock::now();
  EXPECT_FALSE(keys.begin("k", sha256("a"), now)->has_value());
  keys.end("k", answer_of(std::string(11, 'x')), now);
  EXPECT_EQ(keys.begin("k", sha256("b"), now).error().rule, "idempotency.other_body");
  EXPECT_FALSE(keys.begin("k", sha256("a"), now)->has_value());
  EXPECT_EQ(keys.begin("k", sha256("a"), now).error().rule, "idempotency.in_flight");
}

// A model of three states beside it: any sequence of operations on three keys agrees.
TEST(IdempotencyKeysProperty, AgreesWithItsModel) {
  struct Model {
    int body = 0;
    bool in_flight = false;
  };
  const auto now = Clock::now();
  for (unsigned seed = 1; seed <= 500; ++seed) {
    std::mt19937 chance(seed);
    IdempotencyKeys keys;
    std::map<int, Model> model;
    for (int step = 0; step < 60; ++step) {
      const int key = static_cast<int>(chance() % 3);
      const int body = static_cast<int>(chance() % 2);
      const auto what = chance() % 3;
      const std::string name = std::to_string(key);
      const auto found = model.find(key);
      if (what == 0) {
        const auto begun = keys.begin(name, sha256(std::to_string(body)), now);
        if (found == model.end()) {
          ASSERT_TRUE(begun && !begun->has_value()) << seed;
          model[key] = {body, true};
        } else if (found->second.body != body) {
          ASSERT_EQ(begun.error().rule, "idempotency.other_body") << seed;
        } else if (found->second.in_flight) {
          ASSERT_EQ(begun.error().rule, "idempotency.in_flight") << seed;
        } else {
          ASSERT_TRUE(begun && begun->has_value()) << seed;
          ASSERT_EQ((*begun)->body, "answer to " + std::to_string(body)) << seed;
        }
      } else if (found != model.end() && found->second.in_flight) {
        if (what == 1) {
          keys.end(name, answer_of("answer to " + std::to_string(found->second.body)), now);
          found->second.in_flight = false;
        } else {
          keys.abandon(name);
          model.erase(found);
        }
      }
    }
  }
}

// However many come at once under one key, one is let through until it has its answer.
TEST(IdempotencyKeys, OneAtATimeUnderConcurrency) {
  IdempotencyKeys keys;
  std::atomic<int> through{0};
  std::atomic<int> replayed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 2'000; ++i) {
        const std::string key = std::to_string(i % 50);
        auto begun = keys.begin(key, sha256("same"), Clock::now());
        if (!begun) continue;
        if (*begun) {
          ++replayed;
          continue;
        }
        ++through;
        keys.end(key, answer_of(key), Clock::now());
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(through, 50);
  EXPECT_GT(replayed, 0);
}

}  // namespace
}  // namespace runut::service
