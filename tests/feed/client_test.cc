#include "http/client.h"

#include <gtest/gtest.h>

#include "tests/feed/local_server.h"
#include "tests/http/certificates/certificates.h"
#include "tests/support/temporary_directory.h"

namespace runut::http {
namespace {

using testing::Answering;
using testing::Arrived;
using testing::LocalServer;
using namespace std::chrono_literals;

Answering ok(const Arrived& arrived) {
  return {.body = arrived.method + " " + arrived.target + " " + arrived.body,
          .headers = {{"X-Kind", "echo"}}};
}

TEST(Client, SendsARequestAndReadsTheAnswer) {
  const LocalServer server(ok);
  Client client;
  const auto answer = client.fetch({.method = Method::post,
                                    .url = server.url("/a?b=c"),
                                    .headers = {{"X-One", "1"}},
                                    .body = "hello"});
  ASSERT_TRUE(answer) << answer.error().describe();
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "POST /a?b=c hello");
  EXPECT_EQ(answer->header("x-kind"), "echo");
  const Arrived arrived = server.arrived().front();
  EXPECT_EQ(arrived.header("X-One"), "1");
  EXPECT_EQ(arrived.header("Content-Length"), "5");
  EXPECT_EQ(arrived.header("Host"), "127.0.0.1:" + std::to_string(server.port()));
}

TEST(Client, KeepsItsConnection) {
  const LocalServer server(ok);
  Client client;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(client.fetch({.url = server.url()}));
  EXPECT_EQ(server.arrived().back().connection, 0U);
}

TEST(Client, ConnectsAnewWhenTheKeptConnectionIsClosed) {
  const LocalServer server([](const Arrived&) { return Answering{.hang_up_after = true}; });
  Client client;
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.fetch({.method = Method::post, .url = server.url(), .body = "x"});
    ASSERT_TRUE(answer) << answer.error().describe();
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(server.arrived().back().connection, 2U);
}

TEST(Client, DoesNotFollowARedirect) {
  const LocalServer server([](const Arrived&) {
    return Answering{.status = 302, .headers = {{"Location", "/elsewhere"}}};
  });
  Client client;
  const auto answer = client.fetch({.url = server.url()});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302U);
  EXPECT_EQ(server.arrived().size(), 1U);
}

std::string rule_of(const Result<ClientResponse>& answer) {
  return answer ? "answered " + std::to_string(answer->status) : answer.error().rule;
}

TEST(Client, NamesWhatWentWrong) {
  struct Row {
    std::string rule;
    Answering answer;
  };
  const std::vector<Row> rows = {
      {"http.timeout", {.delay = 5s}},
      {"http.broken", {.hang_up = true}},
      {"http.cut", {.raw = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"}},
      {"http.malformed", {.raw = "SMTP hello\r\n\r\n"}},
      {"http.size", {.body = std::string(5'000, 'x')}},
      {"http.size",
       {.raw =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + std::string(300'000, 'e')}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.rule);
    const LocalServer server([&](const Arrived&) { return row.answer; });
    Client client({.total_max = 200ms, .body_bytes_max = 1'000});
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(rule_of(client.fetch({.method = Method::post, .url = server.url()})), row.rule);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
  }
}

TEST(Client, NobodyListens) {
  std::string url;
  {
    const LocalServer server(ok);
    url = server.url();
  }
  Client client;
  EXPECT_EQ(rule_of(client.fetch({.url = url})), "http.connect");
  EXPECT_EQ(rule_of(client.fetch({.url = "http://nobody.invalid/"})), "http.name");
}

TEST(Client, RefusesHeadersOfSeveralLines) {
  const LocalServer server(ok);
  Client client;
  EXPECT_EQ(rule_of(client.fetch({.url = server.url(), .headers = {{"X-A", "1\r\nX-B: 2"}}})),
            "http.header");
  EXPECT_TRUE(server.arrived().empty());
}

TEST(Client, ConnectsOnlyWhereItMay) {
  const LocalServer server(ok);
  PeerAddress asked;
  Client client({.may_connect = [&](const PeerAddress& peer) -> Status {
    asked = peer;
    return fail(Error{ErrorCode::unauthorised, "test.forbidden", "url", peer.text, "no"});
  }});
  EXPECT_EQ(rule_of(client.fetch({.url = server.url()})), "test.forbidden");
  EXPECT_EQ(asked.text, "127.0.0.1");
  EXPECT_EQ(asked.kind, AddressKind::loopback);
  EXPECT_TRUE(server.arrived().empty());
}

TEST(Client, TellsAddressesApart) {
  const std::vector<std::pair<std::string, AddressKind>> rows = {
      {"8.8.8.8", AddressKind::global},
      {"10.1.2.3", AddressKind::inner},
      {"172.31.0.1", AddressKind::inner},
      {"172.32.0.1", AddressKind::global},
      {"192.168.1.1", AddressKind::inner},
      {"100.64.0.1", AddressKind::inner},
      {"169.254.169.254", AddressKind::link_local},
      {"127.8.8.8", AddressKind::loopback},
      {"0.0.0.0", AddressKind::special},
      {"224.0.0.1", AddressKind::special},
      {"255.255.255.255", AddressKind::special},
      {"[::1]", AddressKind::loopback},
      {"[::]", AddressKind::special},
      {"[fe80::1]", AddressKind::link_local},
      {"[fd00::1]", AddressKind::inner},
      {"[::ffff:169.254.169.254]", AddressKind::link_local},
      {"[2001:db8::1]", AddressKind::global},
  };
  for (const auto& [host, kind] : rows) {
    PeerAddress asked;
    Client client({.may_connect = [&](const PeerAddress& peer) -> Status {
      asked = peer;
      return fail(ErrorCode::unauthorised, "no");
    }});
    EXPECT_FALSE(client.fetch({.url = "http://" + host + ":9/"}));
    EXPECT_EQ(asked.kind, kind) << host;
  }
}

struct SecureServer {
  explicit SecureServer(const std::string& name) : certificate(testing::make_certificate({name})) {
    tls.use_certificate_chain(boost::asio::buffer(certificate.certificate));
    tls.use_private_key(boost::asio::buffer(certificate.key),
                        boost::asio::ssl::context::file_format::pem);
    server.emplace(ok, &tls);
  }
  testing::Pem certificate;
  boost::asio::ssl::context tls{boost::asio::ssl::context::tls_server};
  std::optional<LocalServer> server;
};

TEST(ClientOverTls, TrustsTheRootsThatItWasGiven) {
  const SecureServer secure("localhost");
  const testing::TemporaryDirectory directory;
  Client client({.ca_file = directory.write("ca.pem", secure.certificate.certificate)});
  for (int i = 0; i < 2; ++i) {
    const auto answer = client.fetch({.url = secure.server->url("/s")});
    ASSERT_TRUE(answer) << answer.error().describe();
    EXPECT_EQ(answer->body, "GET /s ");
  }
  EXPECT_EQ(secure.server->arrived().size(), 2U);
}

TEST(ClientOverTls, RefusesAnotherRootAndAnotherName) {
  const SecureServer secure("localhost");
  Client with_system_roots;
  EXPECT_EQ(rule_of(with_system_roots.fetch({.url = secure.server->url()})), "http.tls");
  const SecureServer other("elsewhere.example");
  const testing::TemporaryDirectory directory;
  Client client({.ca_file = directory.write("ca.pem", other.certificate.certificate)});
  EXPECT_EQ(rule_of(client.fetch({.url = other.server->url()})), "http.tls");
  EXPECT_TRUE(secure.server->arrived().empty());
  EXPECT_TRUE(other.server->arrived().empty());
  Client nowhere({.ca_file = directory / "missing.pem"});
  EXPECT_EQ(rule_of(nowhere.fetch({.url = secure.server->url()})), "http.tls");
}

TEST(Url, IsReadStrictly) {
  const auto url = parse_url("https://Example.ORG:8443/a/b?c=d");
  ASSERT_TRUE(url);
  EXPECT_EQ(*url, (Url{true, "example.org", 8443, "/a/b?c=d"}));
  EXPECT_EQ(url->origin(), "https://example.org:8443");
  EXPECT_EQ(parse_url("http://[::1]?x")->target, "/?x");
  EXPECT_EQ(parse_url("http://[::1]:80/")->authority(), "[::1]");
  for (const std::string text :
       {"", "ftp://a/", "https:///", "https://a b/", "https://user:secret@a/", "https://a/#f",
        "https://a:0/", "https://a:65536/", "https://a:x/", "https://[::1/", "https://ä/",
        "https://a\r\nb/", "//a/"}) {
    const auto refused = parse_url(text);
    EXPECT_FALSE(refused) << text;
    if (!refused) {
      EXPECT_EQ(refused.error().describe().find("secret"), std::string::npos);
    }
  }
  EXPECT_FALSE(parse_url("https://a/" + std::string(2048, 'x')));
}

}  // namespace
}  // namespace runut::http
