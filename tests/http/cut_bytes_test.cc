// How a client's bytes are cut into pieces changes nothing of the answers: requests of all kinds,
// some of them damaged, sent whole and then in random pieces.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <random>
#include <thread>

#include "http/problem.h"
#include "http/raw_client/raw_client.h"
#include "http/server.h"
#include "tests/support/rounds.h"

namespace runut::http {
namespace {

using runut::testing::RawClient;
using runut::testing::request_text;
using runut::testing::rounds;

constexpr std::size_t echoed_max = 100'000;

std::string chunked(std::mt19937_64& chance, std::string_view body) {
  std::string out = "POST /chunks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  while (!body.empty()) {
    const std::string_view piece = body.substr(0, 1 + chance() % 9'000);
    body.remove_prefix(piece.size());
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx", piece.size());
    out += size.data();
    if (chance() % 4 == 0) out += ";a=" + std::string(chance() % 300, 'e');
    out += "\r\n" + std::string(piece) + "\r\n";
  }
  return out + (chance() % 2 == 0 ? "0\r\n\r\n" : "0\r\nX-Sum: 1\r\n\r\n");
}

std::string a_request(std::mt19937_64& chance) {
  constexpr std::array<std::size_t, 9> sizes = {0,     1,      100,    4'000,         4'096,
                                                4'097, 16'385, 70'000, echoed_max + 1};
  const std::string body(sizes[chance() % sizes.size()], 'b');
  switch (chance() % 6) {
    case 0: return request_text("GET", "/" + std::to_string(chance() % 1'000));
    case 1: return chunked(chance, body);
    case 2: return request_text("GET", "/refused");
    case 3: {
      // Not about as long as may be: whether the first line counts depends on when it came.
      const std::size_t size = chance() % 2 == 0 ? chance() % 15'000 : 17'000 + chance() % 3'000;
      return request_text("GET", "/long", "X-Long: " + std::string(size, 'h') + "\r\n");
    }
    default: return request_text("POST", "/" + std::to_string(chance() % 1'000), "", body);
  }
}

std::string requests(std::mt19937_64& chance) {
  std::string out;
  for (std::size_t left = 1 + chance() % 6; left > 0; --left) out += a_request(chance);
  // One in three is damaged, or ends early.
  const std::size_t at = chance() % out.size();
  if (chance() % 6 == 0) out[at] = static_cast<char>(chance() % 256);
  if (chance() % 6 == 0) out.resize(at + 1);
  return out;
}

// What came back, without the time of day.
std::vector<std::string> answers_to(std::uint16_t port, std::string_view bytes,
                                    std::mt19937_64* cuts) {
  RawClient client(port);
  std::thread sender([&] {
    while (!bytes.empty()) {
      std::size_t size = bytes.size();
      if (cuts != nullptr) size = std::min(size, std::size_t{1} << ((*cuts)() % 15));
      if (!client.send(bytes.substr(0, size))) return;
      bytes.remove_prefix(size);
      if (cuts != nullptr && (*cuts)() % 4 == 0)
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    client.end_sending();
  });
  std::vector<std::string> out;
  while (auto answer = client.read()) {
    answer->headers.erase("date");
    std::string text = std::to_string(answer->status);
    for (const auto& [name, value] : answer->headers) text += "\n" + name + ": " + value;
    // Of two faults the parser may name the other one.
    const bool is_unreadable = answer->body.find("http.syntax") != std::string::npos ||
                               answer->body.find("http.header_size") != std::string::npos;
    out.push_back(is_unreadable ? "unreadable" : text + "\n\n" + answer->body);
  }
  sender.join();
  return out;
}

TEST(CutBytes, ChangeNothing) {
  const auto server =
      Server::listen({.threads = 2}, [](const Request& header) -> std::variant<Response, Admitted> {
        if (header.target == "/refused")
          return problem(401, Error{ErrorCode::unauthorised, "test.refused", {}, {}, "no"});
        return Admitted{.body_max = echoed_max, .serve = [](Request request, const Reply& reply) {
                          Response echo;
                          echo.body = request.target + " " + request.body;
                          reply(std::move(echo));
                        }};
      });
  ASSERT_TRUE(server) << server.error().describe();
  std::size_t answered = 0;
  std::size_t refused = 0;
  const std::size_t all = rounds(150);
  for (std::size_t seed = 0; seed < all; ++seed) {
    std::mt19937_64 chance(seed);
    const std::string bytes = requests(chance);
    const std::vector<std::string> whole = answers_to((*server)->port(), bytes, nullptr);
    const std::vector<std::string> cut = answers_to((*server)->port(), bytes, &chance);
    ASSERT_EQ(whole, cut) << "seed " << seed;
    for (const std::string& answer : whole) ++(answer.starts_with("200") ? answered : refused);
  }
  EXPECT_GT(answered, all);
  EXPECT_GT(refused, all / 4);
}

}  // namespace
}  // namespace runut::http
