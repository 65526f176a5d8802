#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/clock.h"
#include "identity/token.h"
#include "seal/file_io.h"
#include "tools/runut/commands.h"

namespace runut::cli {
namespace {

constexpr const char* default_issuer = "runut-local";
constexpr const char* default_audience = "runut";
constexpr const char* key_file = "key.json";
constexpr const char* set_file = "jwks.json";

struct IssuerArguments {
  std::string directory;
  std::string algorithm = "ES256";
  bool rotate = false;
};

struct IssueArguments {
  std::string directory;
  std::string issuer = default_issuer;
  std::string audience = default_audience;
  std::string subject;
  std::string person;
  std::vector<std::string> grants;
  std::uint64_t minutes = 480;
};

struct CheckArguments {
  identity::IssuerOptions trust;
  std::string audience = default_audience;
  std::string token;
  std::string at;
  OutputOptions output;
};

Result<std::string> text_of_file(const char* option, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return fail(Error{ErrorCode::invalid_input, {}, option, path, "there is no such file to read"});
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The key set as it is, with the new key first.
Result<std::string> set_with(const identity::PrivateKey& key, const std::string& known) {
  RUNUT_ASSIGN(const std::string jwk, key.public_jwk());
  boost::json::array keys = {boost::json::parse(jwk)};
  if (!known.empty()) {
    RUNUT_TRY(identity::read_key_set(known));
    const boost::json::value set = boost::json::parse(known);
    for (const auto& old : set.at("keys").as_array()) keys.push_back(old);
  }
  return boost::json::serialize(boost::json::object{{"keys", keys}}) + "\n";
}

Result<Exit> make_issuer(const IssuerArguments& options) {
  const auto algorithm = identity::algorithm_from(options.algorithm);
  const seal_io::FilePlace key_place{options.directory, key_file};
  const seal_io::FilePlace set_place{options.directory, set_file};
  RUNUT_TRY(seal_io::make_directories(options.directory));
  std::string known;
  if (options.rotate) {
    RUNUT_ASSIGN(known, text_of_file("dir", set_place.path()));
  } else if (seal_io::exists(key_place.path())) {
    return fail(Error{ErrorCode::conflict,
                      {},
                      "dir",
                      options.directory,
                      "it has a key already: --rotate makes another and keeps tokens of the old "
                      "one valid"});
  }
  RUNUT_ASSIGN(const identity::PrivateKey key, identity::PrivateKey::generate(*algorithm));
  RUNUT_ASSIGN(const std::string set, set_with(key, known));
  RUNUT_ASSIGN(const std::string jwk, key.private_jwk());
  // The set first: a token of the new key is never signed before the key can be known.
  RUNUT_TRY(seal_io::replace_file(set_place, set));
  RUNUT_TRY(seal_io::replace_file(key_place, jwk + "\n"));
  print(set_place.path() + "\n");
  std::fprintf(stderr,
               "%s, key %s\n"
               "%s signs: keep it secret. The service trusts it by %s (issuer %s, audience %s).\n",
               options.algorithm.c_str(), key.kid().c_str(), key_place.path().c_str(),
               set_place.path().c_str(), default_issuer, default_audience);
  return Exit::ok;
}

Result<std::string> claims_of(const IssueArguments& options) {
  boost::json::object claims;
  boost::json::array grants;
  for (const std::string& text : options.grants) {
    RUNUT_ASSIGN(const auto grant, identity::read_grant(text));
    if (!grant)
      return fail(Error{ErrorCode::invalid_input,
                        {},
                        "grant",
                        text,
                        "a role is employee, appraiser, hr, auditor, treasurer, official, "
                        "integrator or operator; some may have a unit: hr@U3"});
    grants.emplace_back(identity::to_string(*grant));
  }
  constexpr std::int64_t micros_a_second = 1'000'000;
  SystemClock clock;
  const std::int64_t now = clock.now().micros / micros_a_second;
  claims["iss"] = options.issuer;
  claims["aud"] = options.audience;
  claims["sub"] = options.subject;
  claims["iat"] = now;
  claims["exp"] = now + static_cast<std::int64_t>(options.minutes) * 60;
  if (!options.person.empty()) {
    RUNUT_ASSIGN(const PersonId person, read_option("person", options.person, parse_person_id));
    claims["person"] = to_string(person);
  }
  claims["runut"] = boost::json::object{{"grants", grants}};
  // Two tokens of one second are two credentials.
  SystemRandomness randomness;
  claims["jti"] = to_string(make_uuid_v7(clock.now(), randomness));
  return boost::json::serialize(claims);
}

Result<Exit> issue(const IssueArguments& options) {
  RUNUT_ASSIGN(const std::string claims, claims_of(options));
  const std::string path = options.directory + "/" + key_file;
  RUNUT_ASSIGN(const std::string jwk, text_of_file("dir", path));
  const auto key = identity::PrivateKey::read(jwk);
  if (!key)
    return fail(
        Error{ErrorCode::invalid_input, key.error().rule, "dir", path, key.error().message});
  RUNUT_ASSIGN(const std::string token, key->sign(claims));
  print(token + "\n");
  return Exit::ok;
}

Result<Exit> check_token(CheckArguments options) {
  std::string token = options.token;
  if (token == "-") std::getline(std::cin, token);
  options.trust.audiences = {options.audience};
  SystemClock clock;
  Instant now = clock.now();
  if (!options.at.empty()) {
    RUNUT_ASSIGN(now, read_option("at", options.at, parse_instant));
  }
  // An issuer's address is looked at by the service, which has a client for it.
  RUNUT_ASSIGN(const std::string set, text_of_file("keys", options.trust.keys));
  RUNUT_TRY(identity::read_key_set(set));
  RUNUT_ASSIGN(const auto tokens, identity::TokenVerifier::make({options.trust}, {}));
  RUNUT_ASSIGN(const identity::Principal who, tokens.verify(token, now));
  Table table(format_of(options.output), {{"what"}, {"value"}});
  table.row({"subject", who.name});
  table.row({"issuer", who.issuer});
  if (who.person) table.row({"person", to_string(*who.person)});
  for (const identity::Grant& grant : who.grants) table.row({"grant", identity::to_string(grant)});
  table.row({"credential", to_hex(who.credential->view())});
  table.finish();
  return Exit::ok;
}

void add_issuer(App& app, CLI::App& group) {
  const auto options = std::make_shared<IssuerArguments>();
  CLI::App& command =
      app.add(group,
              {"issuer", "Makes the key of a local issuer, and the key set by which it is trusted",
               "runut token issuer --dir issuer\n"
               "runut token issuer --dir issuer --alg PS256\n"
               "runut token issuer --dir issuer --rotate      # a new key beside the old one"},
              [options] { return make_issuer(*options); });
  command.add_option("--dir", options->directory, "Where: key.json (mode 0600) and jwks.json")
      ->required();
  command.add_option("--alg", options->algorithm, "How it signs")
      ->check(CLI::IsMember({"ES256", "RS256", "PS256"}))
      ->capture_default_str();
  command.add_flag("--rotate", options->rotate,
                   "Another key signs from now on; tokens of the old one stay valid");
}

void add_issue(App& app, CLI::App& group) {
  const auto options = std::make_shared<IssueArguments>();
  CLI::App& command = app.add(
      group,
      {"issue", "Signs a token, for the demo and for tests",
       "runut token issue --dir issuer --subject wati --person P17 --grant employee\n"
       "runut token issue --dir issuer --subject bkd --person P8 --grant hr@U3 --minutes 30\n"
       "curl -H \"Authorization: Bearer $(runut token issue --dir issuer --subject audit "
       "--grant auditor)\" …"},
      [options] { return issue(*options); });
  command.add_option("--dir", options->directory, "Of the issuer")->required();
  command.add_option("--subject", options->subject, "Whose it is, as the issuer calls them")
      ->required()
      ->check([](const std::string& text) {
        return text.empty() || text.size() > 255 ? "1 to 255 bytes" : "";
      });
  command.add_option("--person", options->person, "The person in the ledger (P17)");
  command.add_option("--grant", options->grants, "A role, or a role in a unit and below (hr@U3)");
  command.add_option("--minutes", options->minutes, "How long it holds")
      ->check(whole_number(1, 525'600))
      ->type_name("N")
      ->capture_default_str();
  command.add_option("--issuer", options->issuer, "Name of the issuer")->capture_default_str();
  command.add_option("--audience", options->audience, "Name of the service")->capture_default_str();
}

void add_check(App& app, CLI::App& group) {
  const auto options = std::make_shared<CheckArguments>();
  options->trust.issuer = default_issuer;
  CLI::App& command =
      app.add(group,
              {"check", "What the service makes of a token, or why it refuses it",
               "runut token check --keys issuer/jwks.json eyJhbGciOi…\n"
               "runut token issue --dir issuer --subject wati --grant hr | "
               "runut token check --keys issuer/jwks.json -\n"
               "runut token check --keys keycloak.json --issuer https://sso.kota/realms/asn \\\n"
               "    --roles realm_access.roles --audience runut eyJhbGciOi…"},
              [options] { return check_token(*options); });
  command.add_option("TOKEN", options->token, "The token; - reads it from stdin")->required();
  command.add_option("--keys", options->trust.keys, "The issuer's key set (JWKS), a file")
      ->required();
  command.add_option("--issuer", options->trust.issuer, "Name of the issuer")
      ->capture_default_str();
  command.add_option("--audience", options->audience, "Name of the service")->capture_default_str();
  command.add_option("--roles", options->trust.roles, "Claim with the roles")
      ->capture_default_str();
  command.add_option("--claim-person", options->trust.person, "Claim with the person")
      ->capture_default_str();
  command.add_option("--at", options->at, "At this instant instead of now");
  add_output_options(command, options->output);
}

}  // namespace

void add_token(App& app) {
  CLI::App& group = app.add_group(
      {"token", "A local issuer of bearer tokens, and what the service makes of a token",
       "runut token issuer --dir issuer\n"
       "runut token issue --dir issuer --subject wati --person P17 --grant employee"});
  add_issuer(app, group);
  add_issue(app, group);
  add_check(app, group);
}

}  // namespace runut::cli
