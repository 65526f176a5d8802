// The server over TLS: what it speaks, to whom, for how long, and how it changes its certificate.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <thread>

#include "http/certificates/certificates.h"
#include "http/raw_client/raw_client.h"
#include "http/server.h"
#include "tests/support/temporary_directory.h"

namespace runut::http {
namespace {

using runut::testing::make_certificate;
using runut::testing::Pem;
using runut::testing::RawAnswer;
using runut::testing::RawClient;
using runut::testing::request_text;
using runut::testing::TlsAsk;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

// One piece, and then nothing until it ends.
class OnePiece final : public Stream {
 public:
  std::optional<std::string> next() override {
    if (!std::exchange(given_, true)) return "piece\n";
    if (ends_) return std::nullopt;
    return std::string();
  }
  void on_ready(std::function<void()> wake) override { wake_ = std::move(wake); }
  void end() {
    ends_ = true;
    wake_();
  }

 private:
  bool given_ = false;  // of the network's thread
  std::atomic<bool> ends_{false};
  std::function<void()> wake_;
};

class TlsServer : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.tls = put("server", make_certificate({"localhost"}, &authority_));
    options_.header_time = milliseconds(500);
  }
  // The files of a certificate, as a server's options name them.
  TlsOptions put(const std::string& name, const Pem& pem) {
    return {directory_.write(name + ".pem", pem.certificate),
            directory_.write(name + ".key", pem.key),
            {}};
  }
  void begin() {
    auto server = Server::listen(options_, [this](const Request&) { return admitted(); });
    ASSERT_TRUE(server) << server.error().describe();
    server_ = std::move(*server);
  }
  // Answers with method, target, body and who the certificate says it is.
  Admitted admitted() {
    return {1'000'000, [this](Request request, Reply reply) {
              Response out;
              out.type = "text/plain";
              out.body = std::string(to_string(request.method)) + " " + request.target + " " +
                         std::to_string(request.body.size()) + " " + request.certificate;
              if (request.target == "/large") out.body.assign(5'000'000, 'x');
              if (request.target == "/stream") out.stream = stream_;
              reply(std::move(out));
            }};
  }
  [[nodiscard]] TlsAsk ask(int version = 0) const { return {.authority = ca_, .version = version}; }
  [[nodiscard]] TlsAsk ask_as(const std::string& name, const Pem& pem) {
    const TlsOptions files = put(name, pem);
    return {.authority = ca_, .certificate = files.certificate, .key = files.key};
  }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }

  runut::testing::TemporaryDirectory directory_;
  const Pem authority_ = make_certificate({"Kota Uji CA"});
  const std::string ca_ = directory_.write("ca.pem", authority_.certificate);
  ServerOptions options_;
  const std::shared_ptr<OnePiece> stream_ = std::make_shared<OnePiece>();
  std::unique_ptr<Server> server_;
};

TEST_F(TlsServer, SpeaksTls12And13AndNothingOlder) {
  begin();
  for (const auto& [version, name] :
       {std::pair{TLS1_2_VERSION, "TLSv1.2"}, std::pair{TLS1_3_VERSION, "TLSv1.3"}}) {
    RawClient client(port(), ask(version));
    ASSERT_EQ(client.trouble(), "");
    EXPECT_EQ(client.version(), name);
    for (int i = 0; i < 3; ++i) {
      const auto answer = client.ask("POST", "/a", "", std::string(100'000, 'b'));
      ASSERT_TRUE(answer);
      EXPECT_EQ(answer->body, "POST /a 100000 ");
    }
    const auto large = client.ask("GET", "/large");
    ASSERT_TRUE(large);
    EXPECT_EQ(large->body.size(), 5'000'000u);
  }
  RawClient old(port(), ask(TLS1_1_VERSION));
  EXPECT_NE(old.trouble(), "");
}

TEST_F(TlsServer, EndsAConnectionSoThatNothingSeemsCutOff) {
  begin();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    RawClient client(port(), ask(version));
    ASSERT_TRUE(client.ask("GET", "/", "Connection: close\r\n"));
    EXPECT_TRUE(client.closed());
    EXPECT_TRUE(client.was_closed_properly());
  }
}

// Nothing is sent that could fail.
TEST_F(TlsServer, NoticesAtOnceThatAFollowerLeaves) {
  begin();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    RawClient client(port(), ask(version));
    ASSERT_TRUE(client.send(request_text("GET", "/stream")));
    EXPECT_NE(client.read_until("\r\n\r\n"), "");
    client.end_sending();
    for (int i = 0; i < 400 && server_->counts().open > 0; ++i)
      std::this_thread::sleep_for(milliseconds(5));
    EXPECT_EQ(server_->counts().open, 0u);
  }
}

// It is read while the stream goes on, and not lost.
TEST_F(TlsServer, AnswersWhatAFollowerAskedMeanwhile) {
  begin();
  RawClient client(port(), ask());
  ASSERT_TRUE(client.send(request_text("GET", "/stream")));
  EXPECT_NE(client.read_until("piece\n"), "");
  ASSERT_TRUE(client.send(request_text("GET", "/next")));
  stream_->end();
  EXPECT_NE(client.read_until("0\r\n\r\n"), "");
  const auto next = client.read();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->body, "GET /next 0 ");
}

TEST_F(TlsServer, TellsPlainHttpThatTlsIsSpokenHere) {
  begin();
  RawClient plain(port());
  const auto answer = plain.ask("GET", "/");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
  EXPECT_THAT(answer->body, HasSubstr("urn:runut:rule:http.tls"));
  EXPECT_EQ(answer->header("connection"), "close");
  EXPECT_TRUE(plain.closed());
  RawClient nonsense(port());
  ASSERT_TRUE(nonsense.send("SSH-2.0-OpenSSH\r\n"));
  (void)nonsense.read();  // TLS's alert
  EXPECT_TRUE(nonsense.closed());
  RawClient client(port(), ask());
  EXPECT_EQ(client.ask("GET", "/")->status, 200);
}

// The client's greeting, its first bytes, byte by byte, or nothing: none holds a connection.
TEST_F(TlsServer, AHandshakeThatDoesNotGoOnIsCutOff) {
  begin();
  RawClient silent(port());
  RawClient half(port());
  ASSERT_TRUE(half.send(std::string("\x16\x03\x01\x02\x00\x01\x00", 7)));
  RawClient slow(port());
  ASSERT_TRUE(slow.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11)));
  bool open = true;
  for (int i = 0; open && i < 200; ++i) {
    open = slow.send("x");
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_FALSE(open) << "four seconds of a handshake were waited for";
  EXPECT_TRUE(silent.closed());
  EXPECT_TRUE(half.closed());
  EXPECT_EQ(server_->counts().open, 0u);
}

TEST_F(TlsServer, AHandshakeUnderWayDoesNotHoldTheEnd) {
  options_.header_time = std::chrono::seconds(20);
  begin();
  RawClient silent(port());
  while (server_->counts().open == 0) std::this_thread::sleep_for(milliseconds(1));
  const auto before = std::chrono::steady_clock::now();
  server_->stop(std::chrono::seconds(20));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
  EXPECT_TRUE(silent.closed());
}

TEST_F(TlsServer, KnowsAClientByItsCertificate) {
  options_.tls.client_authorities = ca_;
  begin();
  const TlsAsk payroll =
      ask_as("payroll", make_certificate({"Gaji Pokok \xc3\xa9", "Kota"}, &authority_));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsAsk asked = payroll;
    asked.version = version;
    RawClient client(port(), asked);
    ASSERT_EQ(client.trouble(), "");
    EXPECT_EQ(client.ask("GET", "/")->body, "GET / 0 CN=Gaji Pokok \xc3\xa9,O=Kota");
  }
  RawClient nobody(port(), ask());
  EXPECT_EQ(nobody.ask("GET", "/")->body, "GET / 0 ");
}

// With TLS 1.3 a client learns of it by its first read.
TEST_F(TlsServer, AClientOfAnotherAuthorityIsNotLetIn) {
  options_.tls.client_authorities = ca_;
  begin();
  const Pem other = make_certificate({"Another CA"});
  TlsAsk asked = ask_as("stranger", make_certificate({"payroll", "Kota"}, &other));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    asked.version = version;
    RawClient client(port(), asked);
    EXPECT_FALSE(client.trouble().empty() && client.ask("GET", "/"));
    EXPECT_THAT(client.trouble(), HasSubstr("alert unknown ca"));
  }
}

TEST_F(TlsServer, AClientTakesItsSessionUpAgain) {
  options_.tls.client_authorities = ca_;
  begin();
  TlsAsk asked = ask_as("payroll", make_certificate({"payroll", "Kota"}, &authority_));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    asked.version = version;
    asked.resumed = nullptr;
    RawClient first(port(), asked);
    ASSERT_TRUE(first.ask("GET", "/")) << first.trouble();
    const auto session = first.session();
    asked.resumed = session.get();
    RawClient second(port(), asked);
    ASSERT_EQ(second.trouble(), "");
    EXPECT_TRUE(second.is_resumed());
    EXPECT_EQ(second.ask("GET", "/")->body, "GET / 0 CN=payroll,O=Kota");
  }
}

TEST_F(TlsServer, NewConnectionsGetTheNewCertificate) {
  begin();
  RawClient before(port(), ask());
  const std::string old_serial = before.server();
  ASSERT_EQ(before.ask("GET", "/")->status, 200);
  const auto renewed = server_->renew(put("server", make_certificate({"localhost"}, &authority_)));
  ASSERT_TRUE(renewed) << renewed.error().describe();
  RawClient after(port(), ask());
  EXPECT_NE(after.server(), old_serial);
  EXPECT_EQ(after.ask("GET", "/")->status, 200);
  EXPECT_EQ(before.ask("GET", "/")->status, 200) << "a connection that is there stays";
  EXPECT_EQ(before.server(), old_serial);
}

TEST_F(TlsServer, ACertificateThatCannotBeUsedLeavesTheOneBefore) {
  begin();
  const TlsOptions good = options_.tls;
  const std::string serial = RawClient(port(), ask()).server();
  const TlsOptions other = put("other", make_certificate({"localhost"}, &authority_));
  struct Row {
    TlsOptions tls;
    std::string named;
  };
  const std::string nonsense = directory_.write("nonsense.pem", "no PEM at all");
  for (const Row& row :
       std::vector<Row>{{{directory_ / "gone.pem", good.key, {}}, directory_ / "gone.pem"},
                        {{nonsense, good.key, {}}, nonsense},
                        {{good.certificate, other.key, {}}, other.key},  // not of this certificate
                        {{good.certificate, good.key, nonsense}, nonsense},
                        {{}, ""}}) {
    const Status renewed = server_->renew(row.tls);
    ASSERT_FALSE(renewed) << row.named;
    EXPECT_EQ(renewed.error().rule, "http.tls");
    EXPECT_EQ(renewed.error().value, row.named);
    RawClient client(port(), ask());
    EXPECT_EQ(client.server(), serial);
    EXPECT_EQ(client.ask("GET", "/")->status, 200);
  }
}

TEST_F(TlsServer, KeysAndAuthoritiesWithoutACertificateAreAMistake) {
  options_.tls.certificate.clear();
  const auto admit = [this](const Request&) { return admitted(); };
  EXPECT_EQ(Server::listen(options_, admit).error().field, "tls.certificate");
}

}  // namespace
}  // namespace runut::http
