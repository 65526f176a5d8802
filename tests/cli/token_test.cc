// `runut token` through the real binary: what it issues, its own check and the service accept.
#include <sys/stat.h>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

class LocalIssuer : public ::testing::Test {
 protected:
  [[nodiscard]] std::string issuer() const { return directory_ / "issuer"; }
  [[nodiscard]] std::string keys() const { return issuer() + "/jwks.json"; }
  void given_issuer(const std::string& algorithm = "ES256") const {
    const Ran ran = run({"token", "issuer", "--dir", issuer(), "--alg", algorithm});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, keys() + "\n");
  }
  [[nodiscard]] std::string issued(Arguments more) const {
    Arguments arguments{"token", "issue", "--dir", issuer(), "--subject", "wati"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out.substr(0, ran.out.find('\n'));
  }
  [[nodiscard]] Ran check(const std::string& token, Arguments more = {}) const {
    Arguments arguments{"token", "check", "--keys", keys(), "--csv", token};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  TemporaryDirectory directory_;
};

TEST_F(LocalIssuer, SignsWhatTheCheckReads) {
  for (const char* algorithm : {"ES256", "RS256", "PS256"}) {
    std::filesystem::remove_all(issuer());
    given_issuer(algorithm);
    const std::string token =
        issued({"--person", "P17", "--grant", "employee", "--grant", "hr@U3"});
    const Ran ran = check(token);
    ASSERT_EQ(ran.exit, 0) << algorithm << ran.err;
    EXPECT_TRUE(has(ran.out,
                    "subject,wati\nissuer,runut-local\nperson,P17\ngrant,employee\ngrant,hr@U3\n"
                    "credential,"))
        << ran.out;
    const Ran piped =
        run({"token", "check", "--keys", keys(), "--csv", "-"}, {.input = token + "\n"});
    EXPECT_EQ(piped.out, ran.out);
  }
}

TEST_F(LocalIssuer, KeepsItsKeyToItself) {
  given_issuer();
  struct ::stat status {};
  ASSERT_EQ(::stat((issuer() + "/key.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_FALSE(has(read_file(keys()), "\"d\"")) << "the set holds public keys alone";
  // A second key would end what the first has signed.
  const std::string before = read_file(issuer() + "/key.json");
  const Ran again = run({"token", "issuer", "--dir", issuer()});
  EXPECT_EQ(again.exit, 3);
  EXPECT_TRUE(has(again.err, "--rotate")) << again.err;
  EXPECT_EQ(read_file(issuer() + "/key.json"), before);
}

TEST_F(LocalIssuer, RotatesItsKey) {
  given_issuer();
  const std::string old_token = issued({});
  const std::string old_set = read_file(keys());
  ASSERT_EQ(run({"token", "issuer", "--dir", issuer(), "--rotate"}).exit, 0);
  const std::string token = issued({});
  EXPECT_EQ(check(token).exit, 0);
  EXPECT_EQ(check(old_token).exit, 0) << "tokens of the old key stay valid";
  const std::string kept = directory_.write("old.json", old_set);
  EXPECT_TRUE(has(run({"token", "check", "--keys", kept, token}).err, "token.unknown_key"));
}

TEST_F(LocalIssuer, TokensAreRefusedByTheRuleThatSaysNo) {
  given_issuer();
  const std::string token = issued({"--minutes", "5"});
  struct Row {
    std::string token;
    Arguments options;
    const char* rule;
  };
  for (const Row& row :
       {Row{token, {"--at", "2100-01-01T00:00:00Z"}, "token.expired"},
        Row{token, {"--at", "2020-01-01T00:00:00Z"}, "token.not_yet"},
        Row{token, {"--audience", "payroll"}, "token.audience"},
        Row{token, {"--issuer", "https://sso.test"}, "token.issuer"},
        Row{token.substr(0, token.size() - 4) + "AAAA", {}, "token.signature"},
        Row{"eyJhbGciOiJub25lIn0.e30.", {}, "token.algorithm"}, Row{"x", {}, "token.malformed"},
        Row{std::string(20'000, 'x'), {}, "token.too_large"}}) {
    const Ran ran = check(row.token, row.options);
    EXPECT_EQ(ran.exit, 3) << row.rule;
    EXPECT_TRUE(has(ran.err, row.rule)) << ran.err;
    EXPECT_TRUE(ran.out.empty());
    EXPECT_EQ(lines_of(ran.err).size(), 1U) << ran.err;
  }
}

TEST_F(LocalIssuer, SaysWhatIsWrongWithItsOptions) {
  given_issuer();
  const std::string bad = directory_.write("bad.json", "{}");
  struct Row {
    Arguments arguments;
    const char* names;
  };
  for (const Row& row :
       {Row{{"token", "issuer", "--dir", issuer() + "2", "--alg", "HS256"}, "HS256"},
        Row{{"token", "issue", "--dir", issuer(), "--subject", "a", "--grant", "admin"},
            "grant = admin"},
        Row{{"token", "issue", "--dir", issuer(), "--subject", "a", "--grant", "hr@3"},
            "grant = hr@3"},
        Row{{"token", "issue", "--dir", issuer(), "--subject", "a", "--person", "17"},
            "person = 17"},
        Row{{"token", "issue", "--dir", issuer(), "--subject", ""}, "--subject"},
        Row{{"token", "issue", "--dir", issuer(), "--subject", "a", "--minutes", "0"}, "--minutes"},
        Row{{"token", "issue", "--dir", issuer() + "2", "--subject", "a"}, "dir = "},
        Row{{"token", "check", "--keys", bad, "x.y.z"}, "key.set"},
        Row{{"token", "check", "--keys", bad + "2", "x.y.z"}, "keys = "},
        Row{{"token", "check", "--keys", keys(), "x.y.z", "--at", "noon"}, "at = noon"}}) {
    const Ran ran = run(row.arguments);
    EXPECT_EQ(ran.exit, 2) << row.names << ran.err;
    EXPECT_TRUE(has(ran.err, row.names)) << ran.err;
    EXPECT_TRUE(ran.out.empty()) << ran.out;
  }
}

}  // namespace
}  // namespace runut::testing
