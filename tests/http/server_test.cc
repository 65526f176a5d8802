// What clients do to a server: well-behaved ones, slow ones, broken ones and hostile ones.
#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <thread>

#include "http/problem.h"
#include "http/raw_client/raw_client.h"

namespace runut::http {
namespace {

using runut::testing::RawAnswer;
using runut::testing::RawClient;
using runut::testing::request_text;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

constexpr std::size_t body_limit = 1'000;

// Answers with what it was asked: method, target and body. A few targets do something else.
class Echo {
 public:
  std::variant<Response, Admitted> admit(const Request& header) {
    if (header.target.starts_with("/refused")) {
      Response no = problem(401, Error{ErrorCode::unauthorised, "test.refused", {}, {}, "no"});
      if (header.target == "/refused/at/length") no.body.assign(5'000'000, 'n');
      return no;
    }
    Admitted in;
    in.body_max = header.target == "/big" ? 1'000'000 : body_limit;
    const std::lock_guard lock(mutex_);
    threads_.insert(std::this_thread::get_id());
    in.serve = [this](Request request, Reply reply) {
      serve(std::move(request), std::move(reply));
    };
    return in;
  }

  // Requests whose answer is kept back until release().
  void release() {
    const std::lock_guard lock(mutex_);
    for (const Reply& reply : held_) {
      Response out;
      out.body = "late";
      reply(std::move(out));
    }
    held_.clear();
  }
  std::size_t held() const {
    const std::lock_guard lock(mutex_);
    return held_.size();
  }
  // That have asked.
  std::size_t threads() const {
    const std::lock_guard lock(mutex_);
    return threads_.size();
  }

 private:
  void serve(Request request, Reply reply) {
    if (request.target == "/held") {
      const std::lock_guard lock(mutex_);
      held_.push_back(std::move(reply));
      return;
    }
    Response out;
    out.type = "text/plain";
    out.body = std::string(to_string(request.method)) + " " + request.target + " " + request.body;
    if (request.target == "/large") out.body.assign(5'000'000, 'x');
    if (request.target == "/split") out.with("X-Test", "a\r\nSet-Cookie: b");
    // From another thread, as most answers are.
    std::thread([reply, out]() mutable { reply(std::move(out)); }).detach();
  }

  mutable std::mutex mutex_;
  std::vector<Reply> held_;
  std::set<std::thread::id> threads_;
};

class ServerTest : public ::testing::Test {
 protected:
  void begin(ServerOptions options = {}) {
    options.threads = 2;
    auto server = Server::listen(std::move(options),
                                 [this](const Request& header) { return echo_.admit(header); });
    ASSERT_TRUE(server) << server.error().describe();
    server_ = std::move(*server);
  }
  std::uint16_t port() const { return server_->port(); }

  Echo echo_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, KeepsTheConnectionAndAnswersEachRequest) {
  begin();
  RawClient client(port());
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.ask("POST", "/a?b=c", "", "body" + std::to_string(i));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "POST /a?b=c body" + std::to_string(i));
    EXPECT_EQ(answer->header("connection"), "keep-alive");
    EXPECT_EQ(answer->header("x-content-type-options"), "nosniff");
  }
  EXPECT_EQ(server_->counts().accepted, 1u);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInTheirOrder) {
  begin();
  RawClient client(port());
  std::string all;
  for (int i = 0; i < 50; ++i) all += request_text("POST", "/" + std::to_string(i), "", "x");
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 50; ++i) {
    const auto answer = client.read();
    ASSERT_TRUE(answer) << i;
    EXPECT_EQ(answer->body, "POST /" + std::to_string(i) + " x");
  }
}

// Each is answered as soon as its header is read: the next is not read inside that.
TEST_F(ServerTest, AnswersManyPipelinedRequestsThatItRefuses) {
  begin();
  RawClient client(port());
  std::string all;
  for (int i = 0; i < 20'000; ++i) all += request_text("GET", "/refused");
  std::thread sender([&] { EXPECT_TRUE(client.send(all)); });
  for (int i = 0; i < 20'000; ++i) {
    const auto answer = client.read();
    ASSERT_TRUE(answer) << i;
    ASSERT_EQ(answer->status, 401) << i;
  }
  sender.join();
  EXPECT_EQ(client.ask("GET", "/alive")->status, 200);
}

// What follows a large body in the same piece is the next request.
TEST_F(ServerTest, ReadsWhatFollowsALargeBody) {
  begin();
  RawClient client(port());
  const std::string body(200'000, 'b');
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(request_text("POST", "/big", "", body) + request_text("GET", "/next")));
    EXPECT_EQ(client.read()->body, "POST /big " + body);
    EXPECT_EQ(client.read()->body, "GET /next ");
  }
}

TEST_F(ServerTest, ConnectionsAreDividedAmongThreads) {
  begin();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<RawClient>(port()));
    EXPECT_EQ(clients.back()->ask("GET", "/a")->status, 200);
  }
  EXPECT_EQ(echo_.threads(), 2u);
}

TEST_F(ServerTest, ReadsARequestThatComesByteByByte) {
  begin();
  RawClient client(port());
  for (const char c : request_text("POST", "/slow", "", "hello"))
    ASSERT_TRUE(client.send(std::string(1, c)));
  EXPECT_EQ(client.read()->body, "POST /slow hello");
}

TEST_F(ServerTest, ReadsChunkedBodies) {
  begin();
  RawClient client(port());
  ASSERT_TRUE(
      client.send("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                  "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"));
  EXPECT_EQ(client.read()->body, "POST /c abcde");
  EXPECT_EQ(client.ask("GET", "/next")->body, "GET /next ");
}

TEST_F(ServerTest, AnswersHeadWithoutABody) {
  begin();
  RawClient client(port());
  const auto answer = client.ask("HEAD", "/h");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->header("content-length"), "8");  // of "HEAD /h "
  EXPECT_EQ(client.ask("GET", "/next")->body, "GET /next ");
}

TEST_F(ServerTest, SaysContinueBeforeABodyThatIsWaitedFor) {
  begin();
  RawClient client(port());
  ASSERT_TRUE(client.send(
      "POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
  EXPECT_EQ(client.read()->status, 100);
  ASSERT_TRUE(client.send("ok"));
  EXPECT_EQ(client.read()->body, "POST /e ok");
}

TEST_F(ServerTest, RefusesAnExpectationThatItDoesNotKnow) {
  begin();
  RawClient client(port());
  const auto answer = client.ask("POST", "/e", "Expect: miracles\r\n", "xx");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 417);
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, AnswersAClientThatSendsNoMore) {
  begin();
  RawClient client(port());
  ASSERT_TRUE(client.send(request_text("GET", "/half")));
  client.end_sending();
  EXPECT_EQ(client.read()->body, "GET /half ");
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, ClosesAfterAnAnswerToHttp10) {
  begin();
  RawClient client(port());
  ASSERT_TRUE(client.send("GET /old HTTP/1.0\r\n\r\n"));
  EXPECT_EQ(client.read()->body, "GET /old ");
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, ALargeAnswerArrivesWhole) {
  begin();
  RawClient client(port());
  EXPECT_EQ(client.ask("GET", "/large")->body.size(), 5'000'000u);
}

TEST_F(ServerTest, AValueCannotBeginAnotherHeader) {
  begin();
  RawClient client(port());
  const auto answer = client.ask("GET", "/split");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header("x-test"), "aSet-Cookie: b");
  EXPECT_EQ(answer->headers.count("set-cookie"), 0u);
}

// A body that was not read would be taken for the next request: the connection ends.
struct RefusedBody {
  const char* name;
  std::string request;
  int status;
};
class RefusedBodyTest : public ServerTest, public ::testing::WithParamInterface<RefusedBody> {};
TEST_P(RefusedBodyTest, IsAnsweredAndTheConnectionEnds) {
  begin();
  RawClient client(port());
  ASSERT_TRUE(client.send(GetParam().request));
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, GetParam().status);
  EXPECT_EQ(answer->header("content-type"), "application/problem+json");
  EXPECT_EQ(answer->header("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer->header("connection"), "close");
  EXPECT_TRUE(client.closed());
  RawClient other(port());
  EXPECT_EQ(other.ask("GET", "/alive")->status, 200);
}
INSTANTIATE_TEST_SUITE_P(
    Server, RefusedBodyTest,
    ::testing::Values(
        RefusedBody{"refused", request_text("POST", "/refused", "", std::string(500, 'b')), 401},
        RefusedBody{"too_long", request_text("POST", "/x", "", std::string(body_limit + 1, 'b')),
                    413},
        RefusedBody{"announced_too_long",
                    "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n", 413},
        RefusedBody{"chunks_too_long",
                    "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
                        std::string(2'000, 'b') + "\r\n0\r\n\r\n",
                    413},
        RefusedBody{"chunk_without_size",
                    "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
                    400},
        RefusedBody{"chunk_whose_extension_does_not_end",
                    "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;" +
                        std::string(20'000, 'e'),
                    400},
        RefusedBody{"trailer_that_does_not_end",
                    "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " +
                        std::string(20'000, 't'),
                    400},
        RefusedBody{"long_header",
                    "GET /x HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'h') + "\r\n\r\n",
                    431},
        RefusedBody{"no_request", "garbage\r\n\r\n", 400},
        RefusedBody{"no_version", "GET /\r\n\r\n", 400},
        RefusedBody{"other_version", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", 400},
        RefusedBody{"tls_at_a_plain_port",
                    std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n", 11), 400},
        RefusedBody{
            "two_lengths",
            "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
            400},
        RefusedBody{"length_and_chunks",
                    "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n0\r\n\r\n",
                    400},
        RefusedBody{"negative_length", "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                    400}),
    [](const auto& each) { return std::string(each.param.name); });

struct NoRequest {
  const char* name;
  std::string request;
};
class NoRequestTest : public ServerTest, public ::testing::WithParamInterface<NoRequest> {};
TEST_P(NoRequestTest, IsRefusedByName) {
  begin();
  RawClient client(port());
  ASSERT_TRUE(client.send(GetParam().request));
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
  EXPECT_EQ(server_->counts().malformed, 1u);
}
INSTANTIATE_TEST_SUITE_P(
    Server, NoRequestTest,
    ::testing::Values(NoRequest{"no_host", "GET / HTTP/1.1\r\n\r\n"},
                      NoRequest{"bad_escape", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"},
                      NoRequest{"nul", "GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n"},
                      NoRequest{"no_path", "GET relative HTTP/1.1\r\nHost: x\r\n\r\n"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST_F(ServerTest, ClosesOnHeadersThatTakeTooLong) {
  begin({.header_time = milliseconds(200)});
  RawClient client(port());
  ASSERT_TRUE(client.send("GET / HT"));
  EXPECT_TRUE(client.closed());
}

// A byte now and then does not prolong it.
TEST_F(ServerTest, ASlowlorisIsCutOff) {
  begin({.header_time = milliseconds(300)});
  RawClient client(port());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: x\r\n"));
  bool open = true;
  for (int i = 0; open && i < 200; ++i) {
    open = client.send("X-" + std::to_string(i) + ": y\r\n");
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_FALSE(open) << "four seconds of headers were waited for";
}

TEST_F(ServerTest, ClosesOnABodyThatTakesTooLong) {
  begin({.body_time = milliseconds(200)});
  RawClient client(port());
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"));
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, ClosesAConnectionThatIsIdle) {
  begin({.idle_time = milliseconds(200)});
  RawClient client(port());
  EXPECT_EQ(client.ask("GET", "/")->status, 200);
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, AClientThatDoesNotReadIsCutOff) {
  begin({.write_time = milliseconds(300)});
  RawClient client(port());
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(client.send(request_text("GET", "/large")));
  for (int i = 0; i < 100 && server_->counts().open == 0; ++i)
    std::this_thread::sleep_for(milliseconds(5));
  ASSERT_EQ(server_->counts().open, 1u);
  for (int i = 0; i < 100 && server_->counts().open > 0; ++i)
    std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(server_->counts().open, 0u);
}

// The time that a header may take is over once it was read.
TEST_F(ServerTest, ARefusalMayBeReadAsSlowlyAsAnAnswer) {
  begin({.header_time = milliseconds(100)});
  RawClient client(port());
  ASSERT_TRUE(client.send(request_text("GET", "/refused/at/length")));
  std::this_thread::sleep_for(milliseconds(500));
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body.size(), 5'000'000u);
}

TEST_F(ServerTest, TurnsAwayWhoeverComesWhenItIsFull) {
  begin({.connections_max = 2});
  RawClient first(port());
  RawClient second(port());
  EXPECT_EQ(first.ask("GET", "/")->status, 200);
  EXPECT_EQ(second.ask("GET", "/")->status, 200);
  RawClient third(port());
  const auto answer = third.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->header("retry-after"), "1");
  EXPECT_EQ(answer->header("x-content-type-options"), "nosniff");
  EXPECT_EQ(first.ask("GET", "/")->status, 200);
}

TEST_F(ServerTest, BodiesOfAllTogetherAreBounded) {
  begin({.bodies_bytes_max = 1'500});
  RawClient first(port());
  ASSERT_TRUE(first.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc"));
  std::this_thread::sleep_for(milliseconds(100));
  RawClient second(port());
  const auto answer = second.ask("POST", "/", "", std::string(900, 'x'));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  ASSERT_TRUE(first.send(std::string(897, 'x')));
  EXPECT_EQ(first.read()->status, 200);
  RawClient third(port());
  EXPECT_EQ(third.ask("POST", "/", "", std::string(900, 'x'))->status, 200);
}

// Five megabytes each: more than the sockets take by themselves.
TEST_F(ServerTest, AnswersThatNobodyReadsAreBounded) {
  begin({.answers_bytes_max = 8'000'000});
  RawClient first(port());
  ASSERT_TRUE(first.send(request_text("GET", "/large")));
  std::this_thread::sleep_for(milliseconds(200));
  RawClient second(port());
  const auto answer = second.ask("GET", "/large");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->header("retry-after"), "1");
  EXPECT_THAT(answer->body, HasSubstr("http.answers"));
  EXPECT_EQ(second.ask("GET", "/short")->status, 200);
  EXPECT_EQ(server_->counts().answers_dropped, 1u);
  // Once the first one has read, or has gone, there is room again.
  EXPECT_EQ(first.read()->body.size(), 5'000'000u);
  EXPECT_EQ(second.ask("GET", "/large")->status, 200);
  {
    RawClient gone(port());
    ASSERT_TRUE(gone.send(request_text("GET", "/large")));
    std::this_thread::sleep_for(milliseconds(200));
    EXPECT_EQ(second.ask("GET", "/large")->status, 503);
  }
  int status = 503;
  for (int i = 0; i < 100 && status == 503; ++i) {
    std::this_thread::sleep_for(milliseconds(20));
    status = second.ask("GET", "/large")->status;
  }
  EXPECT_EQ(status, 200);
}

TEST_F(ServerTest, StoppingLetsWhatHasArrivedBeAnswered) {
  begin();
  RawClient busy(port());
  RawClient idle(port());
  EXPECT_EQ(idle.ask("GET", "/")->status, 200);
  ASSERT_TRUE(busy.send(request_text("GET", "/held")));
  while (echo_.held() == 0) std::this_thread::sleep_for(milliseconds(1));
  std::thread stopping([this] { server_->stop(std::chrono::seconds(20)); });
  EXPECT_TRUE(idle.closed());
  echo_.release();
  const auto answer = busy.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "late");
  EXPECT_EQ(answer->header("connection"), "close");
  stopping.join();
}

TEST_F(ServerTest, AnAnswerThatComesAfterTheEndGoesNowhere) {
  begin();
  RawClient client(port());
  ASSERT_TRUE(client.send(request_text("GET", "/held")));
  while (echo_.held() == 0) std::this_thread::sleep_for(milliseconds(1));
  server_->stop(milliseconds(50));
  server_.reset();
  EXPECT_TRUE(client.closed());
  echo_.release();
}

TEST_F(ServerTest, AClientThatLeavesBeforeItsAnswerHarmsNobody) {
  begin();
  for (int i = 0; i < 20; ++i) {
    RawClient client(port());
    ASSERT_TRUE(client.send(request_text("GET", "/held")));
  }
  while (echo_.held() < 20) std::this_thread::sleep_for(milliseconds(1));
  echo_.release();
  RawClient other(port());
  EXPECT_EQ(other.ask("GET", "/")->status, 200);
}

TEST(ServerListen, SaysWhyItCannotListen) {
  const auto admit = [](const Request&) -> std::variant<Response, Admitted> { return Response{}; };
  const auto first = Server::listen({}, admit);
  ASSERT_TRUE(first);
  const auto taken = Server::listen({.port = (*first)->port()}, admit);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().rule, "http.listen");
  EXPECT_THAT(taken.error().value, HasSubstr(std::to_string((*first)->port())));
  EXPECT_EQ(Server::listen({.address = "nowhere"}, admit).error().rule, "http.address");
  EXPECT_EQ(Server::listen({.tls = {.certificate = "/none.pem"}}, admit).error().rule, "http.tls");
}

}  // namespace
}  // namespace runut::http
