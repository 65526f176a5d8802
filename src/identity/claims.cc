#include "identity/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "json/json.h"

namespace runut::identity {
namespace {

constexpr JsonLimits claims_limits{.bytes_max = 65'536, .depth_max = 16, .fractions = true};
constexpr double seconds_max = 253'402'300'799;  // the end of the year 9999
constexpr std::size_t subject_bytes_max = 255;
constexpr std::size_t grants_max = 256;

Result<boost::json::value> read_object(const std::string& json, std::string_view part) {
  auto value = parse_json(json, claims_limits);
  if (!value) return refuse_token("token.malformed", part, {}, std::move(value).error().message);
  if (!value->is_object())
    return refuse_token("token.malformed", part, {}, "a JSON object is wanted");
  return value;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// NumericDate (RFC 7519 section 2): seconds, and fractions of them, which are cut.
Result<std::optional<std::int64_t>> date_at(const boost::json::value& claims, const char* name) {
  const auto* value = claims.get_object().if_contains(name);
  if (value == nullptr) return std::nullopt;
  double seconds = -1;
  if (value->is_int64()) seconds = static_cast<double>(value->get_int64());
  if (value->is_double()) seconds = value->get_double();
  if (!std::isfinite(seconds) || seconds < 0 || seconds > seconds_max)
    return refuse_token("token.malformed", name, boost::json::serialize(*value),
                        "a time in seconds since 1970 is wanted");
  return static_cast<std::int64_t>(seconds);
}

// RFC 6901: "~1" is '/', "~0" is '~'.
std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t at = 0; at < token.size(); ++at) {
    const bool escape = token[at] == '~' && at + 1 < token.size();
    out += !escape ? token[at] : token[++at] == '1' ? '/' : '~';
  }
  return out;
}

// An array of strings, or words with blanks between them, as `scope` is written (RFC 8693).
Result<std::vector<std::string>> words_of(const boost::json::value& value,
                                          const std::string& path) {
  std::vector<std::string> out;
  if (value.is_string()) {
    std::string_view rest = value.get_string();
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (end > 0) out.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
  }
  const auto* words = value.if_array();
  if (words == nullptr)
    return refuse_token("token.grant", path, {}, "an array of texts or one text is wanted");
  for (const auto& word : *words) {
    if (!word.is_string()) return refuse_token("token.grant", path, {}, "each must be a text");
    out.emplace_back(word.get_string());
  }
  return out;
}

Result<std::vector<Grant>> read_grants(const boost::json::value& claims, const std::string& path) {
  std::vector<Grant> out;
  const auto* value = claim_at(claims, path);
  if (value == nullptr || value->is_null()) return out;
  RUNUT_ASSIGN(const std::vector<std::string> words, words_of(*value, path));
  if (words.size() > grants_max)
    return refuse_token("token.grant", path, std::to_string(words.size()),
                        fmt::format("at most {} grants", grants_max));
  for (const std::string& word : words) {
    const auto grant = read_grant(word);
    if (!grant)
      return refuse_token("token.grant", path, grant.error().value, grant.error().message);
    if (*grant && std::find(out.begin(), out.end(), **grant) == out.end()) out.push_back(**grant);
  }
  return out;
}

}  // namespace

Result<std::optional<Grant>> read_grant(std::string_view text) {
  const std::size_t at = text.find('@');
  const auto role = enum_from<Role>(text.substr(0, at));
  if (!role) return std::nullopt;
  Grant grant{*role, std::nullopt};
  if (at == std::string_view::npos) return grant;
  const auto wrong = [&](std::string message) {
    return fail(Error{ErrorCode::invalid_input, "token.grant", "grant",
                      std::string(text.substr(0, 80)), std::move(message)});
  };
  if (*role == Role::employee || *role == Role::appraiser || *role == Role::operator_)
    return wrong(fmt::format("no unit narrows the role {}", runut::to_string(*role)));
  const auto unit = parse_unit_id(text.substr(at + 1));
  if (!unit) return wrong("a unit is written U1, U2, ...");
  grant.unit = *unit;
  return grant;
}

std::string to_string(const Grant& grant) {
  return std::string(runut::to_string(grant.role)) +
         (grant.unit ? "@" + runut::to_string(*grant.unit) : "");
}

Result<TokenHeader> read_header(const std::string& json) {
  RUNUT_ASSIGN(const boost::json::value value, read_object(json, "header"));
  const auto& members = value.get_object();
  const auto* named = members.if_contains("alg");
  if (named == nullptr || !named->is_string())
    return refuse_token("token.malformed", "alg", {}, "the header names no algorithm");
  const std::string_view name = named->get_string();
  TokenHeader header;
  const auto algorithm = algorithm_from(name);
  if (!algorithm)
    return refuse_token("token.algorithm", "alg", name,
                        "the algorithm must be RS256, PS256 or ES256");
  header.algorithm = *algorithm;
  // RFC 7515 section 4.1.11: who does not understand what is critical refuses.
  if (members.contains("crit"))
    return refuse_token("token.malformed", "crit", {}, "no extension of the header is known here");
  if (const auto* type = members.if_contains("typ")) {
    std::string text = type->is_string() ? lower(type->get_string()) : "?";
    if (text.starts_with("application/")) text.erase(0, std::string_view("application/").size());
    if (text != "jwt" && text != "at+jwt")
      return refuse_token("token.type", "typ", text, "the type must be JWT or at+jwt");
  }
  if (const auto* kid = members.if_contains("kid")) {
    if (!kid->is_string() || kid->get_string().empty())
      return refuse_token("token.malformed", "kid", {}, "a text is wanted");
    header.kid = kid->get_string();
  }
  return header;
}

Result<boost::json::value> read_claims(const std::string& json) {
  return read_object(json, "claims");
}

const boost::json::value* claim_at(const boost::json::value& claims, std::string_view path) {
  const bool pointer = path.starts_with('/');
  if (pointer) path.remove_prefix(1);
  const char divider = pointer ? '/' : '.';
  const boost::json::value* at = &claims;
  for (bool more = true; more && at != nullptr;) {
    const std::size_t end = std::min(path.find(divider), path.size());
    const auto* object = at->if_object();
    const std::string_view name = path.substr(0, end);
    at = object == nullptr ? nullptr
                           : object->if_contains(pointer ? unescaped(name) : std::string(name));
    more = end < path.size();
    path.remove_prefix(more ? end + 1 : end);
  }
  return at;
}

std::string_view claim_text(const boost::json::value& claims, std::string_view name) {
  const auto* value = claims.get_object().if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                : std::string_view();
}

Result<Validity> read_validity(const boost::json::value& claims) {
  RUNUT_ASSIGN(const auto expires, date_at(claims, "exp"));
  RUNUT_ASSIGN(const auto not_before, date_at(claims, "nbf"));
  RUNUT_ASSIGN(const auto issued, date_at(claims, "iat"));
  if (!expires)
    return refuse_token("token.expired", "exp", {}, "the token does not say until when it holds");
  return Validity{*expires, std::max(not_before.value_or(0), issued.value_or(0))};
}

Status check_validity(const Validity& validity, std::int64_t skew_seconds, Instant now) {
  constexpr std::int64_t micros_a_second = 1'000'000;
  const auto shown = [](std::int64_t seconds) {
    return runut::to_string(Instant{seconds * micros_a_second});
  };
  if (now.micros >= (validity.expires + skew_seconds) * micros_a_second)
    return refuse_token("token.expired", "exp", shown(validity.expires), "the token has expired");
  if (now.micros < (validity.not_before - skew_seconds) * micros_a_second)
    return refuse_token("token.not_yet", "nbf", shown(validity.not_before),
                        "the token does not hold yet");
  return {};
}

Status check_audience(const boost::json::value& claims, const std::vector<std::string>& audiences) {
  const auto meant = [&](const boost::json::value& value) {
    return value.is_string() && std::find(audiences.begin(), audiences.end(),
                                          std::string_view(value.get_string())) != audiences.end();
  };
  const auto* value = claims.get_object().if_contains("aud");
  if (value != nullptr && value->is_array()) {
    const auto& all = value->get_array();
    if (std::any_of(all.begin(), all.end(), meant)) return {};
  } else if (value != nullptr && meant(*value)) {
    return {};
  }
  return refuse_token("token.audience", "aud",
                      value == nullptr ? std::string() : boost::json::serialize(*value),
                      "the token is meant for another service");
}

Result<Principal> read_principal(const boost::json::value& claims, const IssuerOptions& options) {
  Principal out;
  out.name = claim_text(claims, "sub");
  if (out.name.empty() || out.name.size() > subject_bytes_max)
    return refuse_token("token.subject", "sub", {}, "the token does not say whose it is");
  out.method = "oidc";
  out.issuer = options.issuer;
  const auto* person = claim_at(claims, options.person);
  if (person != nullptr && !person->is_null()) {
    const auto id = parse_person_id(person->is_string() ? std::string_view(person->get_string())
                                                        : std::string_view());
    if (!id)
      return refuse_token("token.person", options.person, boost::json::serialize(*person),
                          "a person is written P1, P2, ...");
    out.person = *id;
  }
  RUNUT_ASSIGN(out.grants, read_grants(claims, options.roles));
  return out;
}

}  // namespace runut::identity
