// Bodies that are made while they are sent.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "http/raw_client/raw_client.h"
#include "http/server.h"

namespace runut::http {
namespace {

using runut::testing::RawClient;
using runut::testing::request_text;
using std::chrono::milliseconds;

// Pieces that a test puts in; ends when it says so.
class TestStream final : public Stream {
 public:
  std::optional<std::string> next() override {
    const std::lock_guard lock(mutex_);
    ++asked_;
    if (endless_) return std::string(60'000, 'x');
    if (!pieces_.empty()) {
      std::string out = std::move(pieces_.front());
      pieces_.erase(pieces_.begin());
      return out;
    }
    if (ended_) return std::nullopt;
    return std::string();
  }
  void on_ready(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }
  void put(std::string piece) {
    const std::lock_guard lock(mutex_);
    pieces_.push_back(std::move(piece));
    if (wake_) wake_();
  }
  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    if (wake_) wake_();
  }
  void never_end() { endless_ = true; }
  int asked() const { return asked_; }

 private:
  std::mutex mutex_;
  std::vector<std::string> pieces_;
  std::function<void()> wake_;
  bool ended_ = false;
  std::atomic<bool> endless_{false};
  std::atomic<int> asked_{0};
};

class StreamTest : public ::testing::Test {
 protected:
  void begin(ServerOptions options = {}) {
    auto server = Server::listen(std::move(options),
                                 [this](const Request&) -> std::variant<Response, Admitted> {
                                   Admitted in;
                                   in.serve = [this](const Request& request, const Reply& reply) {
                                     Response out;
                                     out.type = "text/event-stream";
                                     if (request.target == "/stream") out.stream = stream_;
                                     reply(std::move(out));
                                   };
                                   return in;
                                 });
    ASSERT_TRUE(server);
    server_ = std::move(*server);
  }

  std::shared_ptr<TestStream> stream_ = std::make_shared<TestStream>();
  std::unique_ptr<Server> server_;
};

TEST_F(StreamTest, SendsPiecesAsTheyComeAndThenTheNextAnswer) {
  begin();
  RawClient client(server_->port());
  stream_->put("one\n");
  ASSERT_TRUE(client.send(request_text("GET", "/stream")));
  EXPECT_NE(client.read_until("one\n"), "");
  stream_->put("two\n");
  stream_->put("three\n");
  EXPECT_NE(client.read_until("three\n"), "");
  stream_->end();
  EXPECT_NE(client.read_until("0\r\n\r\n"), "");
  EXPECT_EQ(client.ask("GET", "/next")->status, 200);
}

TEST_F(StreamTest, EndsWithTheConnectionForHttp10) {
  begin();
  RawClient client(server_->port());
  stream_->put("one");
  stream_->put("two");
  stream_->end();
  ASSERT_TRUE(client.send("GET /stream HTTP/1.0\r\n\r\n"));
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "onetwo");
}

// Whoever does not read is asked nothing more of, and is cut off in the end.
TEST_F(StreamTest, ASlowReaderHoldsOnePiece) {
  begin({.write_time = milliseconds(500)});
  stream_->never_end();
  RawClient client(server_->port());
  ASSERT_TRUE(client.send(request_text("GET", "/stream")));
  for (int i = 0; i < 200 && server_->counts().open > 0; ++i)
    std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(server_->counts().open, 0u);
  // The two sockets' buffers hold some megabytes of 60 000 bytes each.
  EXPECT_LT(stream_->asked(), 500);
}

TEST_F(StreamTest, StoppingEndsIt) {
  begin();
  RawClient client(server_->port());
  stream_->put("one\n");
  ASSERT_TRUE(client.send(request_text("GET", "/stream")));
  EXPECT_NE(client.read_until("one\n"), "");
  server_->stop(milliseconds(100));
  EXPECT_EQ(client.read_until("never", milliseconds(2'000)), "");
}

TEST_F(StreamTest, WakingAStreamWhoseClientHasGoneIsHarmless) {
  begin();
  {
    RawClient client(server_->port());
    stream_->put("one\n");
    ASSERT_TRUE(client.send(request_text("GET", "/stream")));
    EXPECT_NE(client.read_until("one\n"), "");
  }
  for (int i = 0; i < 200 && server_->counts().open > 0; ++i) {
    stream_->put("x");
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_EQ(server_->counts().open, 0u);
  stream_->put("x");
}

}  // namespace
}  // namespace runut::http
