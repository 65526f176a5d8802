// A served town with an issuer of tokens, and people to ask about.
#pragma once

#include "service/running_service/running_service.h"

namespace runut::testing {

class IdentifiedTown : public ServedTown {
 protected:
  void SetUp() override {
    ServedTown::SetUp();
    ASSERT_EQ(run({"token", "issuer", "--dir", issuer()}).exit, 0);
    config_ = directory_.write("runut.toml",
                               "[[identity.issuer]]\nissuer = \"runut-local\"\n"
                               "audience = \"runut\"\nkeys = \"" +
                                   issuer() + "/jwks.json\"\n");
  }
  [[nodiscard]] std::string issuer() const { return directory_ / "issuer"; }
  [[nodiscard]] std::string token(const std::string& subject, const std::string& grant,
                                  const std::string& person = "") const {
    Arguments arguments{"token",     "issue", "--dir",   issuer(),
                        "--subject", subject, "--grant", grant};
    if (!person.empty()) arguments.insert(arguments.end(), {"--person", person});
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out.substr(0, ran.out.find('\n'));
  }
  [[nodiscard]] static std::string bearer(const std::string& token) {
    return "Authorization: Bearer " + token + "\r\n";
  }
  RawAnswer get(const std::string& target, const std::string& headers) {
    RawClient client(port());
    const auto answer = client.ask("GET", target, headers);
    EXPECT_TRUE(answer);
    return answer.value_or(RawAnswer{});
  }

  static std::string command(const std::string& name, unsigned number, const std::string& kind,
                             const std::string& id, const std::string& role,
                             const std::string& data, const std::string& text = "") {
    return R"({"command":")" + name + R"(","id":")" + id_of(number) +
           R"(","agency":"kota-uji","actor":{"kind":")" + kind + R"(","id":")" + id +
           R"(","role":")" + role + R"(","assurance":"claimed"},"data":)" + data +
           (text.empty() ? "" : ",\"text\":\"" + text + "\"") + "}";
  }
  // Registered by the HR agency, with a post in U1.
  RawAnswer register_person(unsigned number) {
    const std::string hr = bearer(token("bkd", "hr"));
    const std::string who = "\"person\":\"P" + std::to_string(number) + "\"";
    RawAnswer made = post(
        command("RegisterPerson", 5'000 + number, "system", "S1", "hr", "{" + who + "}", "Pegawai"),
        hr);
    EXPECT_EQ(made.status, 201) << made.body;
    const RawAnswer status = post(command("ChangeStatus", 6'000 + number, "system", "S1", "hr",
                                          "{" + who + R"(,"status":"PNS","from":"2020-01-01"})"),
                                  hr);
    EXPECT_EQ(status.status, 201) << status.body;
    const RawAnswer post_taken = post(
        command("StartAssignment", 7'000 + number, "system", "S1", "hr",
                "{" + who +
                    R"(,"assignment":1,"unit":"U1","post":"Staf","job_class":7,"echelon":"staff",)"
                    R"("kind":"executor","role":"definitive","tpp_eligible":true,"rankable":true,)"
                    R"("from":"2020-01-01"})"),
        hr);
    EXPECT_EQ(post_taken.status, 201) << post_taken.body;
    return made;
  }

  std::string config_;
};

}  // namespace runut::testing
