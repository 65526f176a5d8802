// The service over TLS: machines that are known by their certificates, and a certificate that is
// renewed while it runs.
#include <gmock/gmock.h>

#include <csignal>
#include <thread>

#include "http/certificates/certificates.h"
#include "service/running_service/running_service.h"

namespace runut::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class ServedOverTls : public ServedTown {
 protected:
  void SetUp() override {
    ServedTown::SetUp();
    ASSERT_EQ(run({"token", "issuer", "--dir", directory_ / "issuer"}).exit, 0);
    put("server", make_certificate({"localhost"}, &authority_));
    config_ = directory_.write("runut.toml",
                               "[[identity.issuer]]\nissuer = \"runut-local\"\n"
                               "audience = \"runut\"\nkeys = \"" +
                                   (directory_ / "issuer/jwks.json") +
                                   "\"\n[[identity.certificate]]\n"
                                   "subject = \"CN=payroll,O=Kota\"\ngrants = [\"integrator\"]\n");
    serve({"--config", config_, "--tls-certificate", directory_ / "server.pem", "--tls-key",
           directory_ / "server.key", "--tls-client-authorities", ca_});
  }
  void put(const std::string& name, const Pem& pem) {
    directory_.write(name + ".pem", pem.certificate);
    directory_.write(name + ".key", pem.key);
  }
  [[nodiscard]] TlsAsk nobody() const { return {.authority = ca_}; }
  [[nodiscard]] TlsAsk machine(const std::string& name, const Pem& authority) {
    put(name, make_certificate({name, "Kota"}, &authority));
    return {.authority = ca_,
            .certificate = directory_ / (name + ".pem"),
            .key = directory_ / (name + ".key")};
  }
  RawAnswer get(const TlsAsk& asked, const std::string& target, const std::string& headers = "") {
    RawClient client(port(), asked);
    const auto answer = client.ask("GET", target, headers);
    EXPECT_TRUE(answer) << client.trouble();
    return answer.value_or(RawAnswer{});
  }
  // Once more of these lines are in the log than there were.
  void reload(const std::string& told) {
    const std::size_t before = lines_with(told);
    service_->signal(SIGHUP);
    for (int i = 0; i < 1'000 && lines_with(told) == before; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_EQ(lines_with(told), before + 1) << service_->log();
  }
  [[nodiscard]] std::size_t lines_with(const std::string& text) const {
    const auto lines = lines_of(service_->log());
    return static_cast<std::size_t>(std::count_if(
        lines.begin(), lines.end(), [&](const std::string& line) { return has(line, text); }));
  }

  const Pem authority_ = make_certificate({"Kota Uji CA"});
  const std::string ca_ = directory_.write("ca.pem", authority_.certificate);
  std::string config_;
};

TEST_F(ServedOverTls, AMachineHasWhatItsCertificateIsGranted) {
  const std::string events = "/v1/kota-uji/events?after=0";
  const TlsAsk payroll = machine("payroll", authority_);
  EXPECT_EQ(get(payroll, events).status, 200);
  EXPECT_EQ(get(payroll, "/v1/kota-uji/payments?month=2022-08").status, 403);

  const RawAnswer unknown = get(machine("stranger", authority_), events);
  EXPECT_EQ(unknown.status, 401);
  EXPECT_THAT(unknown.body, AllOf(HasSubstr("certificate.unknown"), HasSubstr("CN=stranger")));
  EXPECT_THAT(unknown.header("www-authenticate"), HasSubstr("Bearer"));

  const Pem other = make_certificate({"Another CA"});
  RawClient forged(port(), machine("payroll", other));
  EXPECT_FALSE(forged.trouble().empty() && forged.ask("GET", events));
  EXPECT_THAT(forged.trouble(), HasSubstr("unknown ca"));
}

TEST_F(ServedOverTls, WithoutACertificateATokenIsWanted) {
  const std::string target = "/v1/kota-uji/rankings?period=2022-S1";
  const RawAnswer refused = get(nobody(), target);
  EXPECT_EQ(refused.status, 401);
  EXPECT_THAT(refused.body, HasSubstr("credentials.missing"));
  const Ran issued = run({"token", "issue", "--dir", directory_ / "issuer", "--subject", "audit",
                          "--grant", "auditor"});
  ASSERT_EQ(issued.exit, 0) << issued.err;
  const std::string bearer =
      "Authorization: Bearer " + issued.out.substr(0, issued.out.find('\n')) + "\r\n";
  EXPECT_EQ(get(nobody(), target, bearer).status, 200);
  // A certificate beside a token does not rescue a bad one.
  const TlsAsk payroll = machine("payroll", authority_);
  EXPECT_EQ(get(payroll, target, "Authorization: Bearer nonsense\r\n").status, 401);
  EXPECT_EQ(get(nobody(), "/livez").status, 200);
}

TEST_F(ServedOverTls, TheCertificateIsRenewedOnSighup) {
  RawClient before(port(), nobody());
  const std::string serial = before.server();
  ASSERT_EQ(before.ask("GET", "/livez")->status, 200);
  put("server", make_certificate({"localhost"}, &authority_));
  reload("\"event\":\"reloaded\"");
  RawClient after(port(), nobody());
  const std::string renewed = after.server();
  EXPECT_NE(renewed, serial);
  EXPECT_EQ(after.ask("GET", "/livez")->status, 200);
  EXPECT_EQ(before.ask("GET", "/livez")->status, 200) << "a connection that is there stays";

  directory_.write("server.key", "no key at all");
  reload("\"event\":\"reload\"");
  EXPECT_THAT(service_->log(), HasSubstr(directory_ / "server.key"));
  RawClient still(port(), nobody());
  EXPECT_EQ(still.server(), renewed);
  EXPECT_EQ(still.ask("GET", "/livez")->status, 200);
}

// A certificate that cannot be used does not keep what else was changed from being taken.
TEST_F(ServedOverTls, WhatFailsOnSighupHoldsUpNothingElse) {
  std::remove((directory_ / "server.pem").c_str());
  ASSERT_EQ(run({"token", "issuer", "--dir", directory_ / "issuer", "--rotate"}).exit, 0);
  reload("\"event\":\"reload\"");
  const Ran issued = run({"token", "issue", "--dir", directory_ / "issuer", "--subject", "audit",
                          "--grant", "auditor"});
  const std::string bearer =
      "Authorization: Bearer " + issued.out.substr(0, issued.out.find('\n')) + "\r\n";
  EXPECT_EQ(get(nobody(), "/v1/kota-uji/rankings?period=2022-S1", bearer).status, 200);
}

}  // namespace
}  // namespace runut::testing
