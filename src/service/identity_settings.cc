#include "service/identity_settings.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

namespace runut::service {
namespace {

Status refuse_identity(std::string field, std::string value, std::string message) {
  return fail(Error{ErrorCode::invalid_input, "service.setting", "identity." + std::move(field),
                    std::move(value), std::move(message)});
}

Status read_text(const toml::node& node, const std::string& field, std::string& out) {
  const auto* text = node.as_string();
  if (text == nullptr) return refuse_identity(field, {}, "expected a text");
  out = text->get();
  return {};
}

Status read_seconds(const toml::node& node, const std::string& field, std::int64_t& out) {
  const auto* number = node.as_integer();
  if (number == nullptr || number->get() < 0)
    return refuse_identity(field, {}, "expected a number of seconds");
  out = number->get();
  return {};
}

// A text, or a list of them.
Status read_texts(const toml::node& node, const std::string& field, std::vector<std::string>& out) {
  if (const auto* text = node.as_string()) {
    out.push_back(text->get());
    return {};
  }
  const auto* list = node.as_array();
  if (list == nullptr) return refuse_identity(field, {}, "expected a text, or a list of texts");
  for (const toml::node& item : *list) RUNUT_TRY(read_text(item, field, out.emplace_back()));
  return {};
}

Status read_issuer(const toml::table& table, identity::IssuerOptions& out) {
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const std::string field = "issuer." + name;
    if (name == "issuer")
      RUNUT_TRY(read_text(node, field, out.issuer));
    else if (name == "audience")
      RUNUT_TRY(read_texts(node, field, out.audiences));
    else if (name == "keys")
      RUNUT_TRY(read_text(node, field, out.keys));
    else if (name == "roles")
      RUNUT_TRY(read_text(node, field, out.roles));
    else if (name == "person")
      RUNUT_TRY(read_text(node, field, out.person));
    else if (name == "skew_seconds")
      RUNUT_TRY(read_seconds(node, field, out.skew_seconds));
    else if (name == "retry_seconds")
      RUNUT_TRY(read_seconds(node, field, out.retry_seconds));
    else if (name == "refresh_seconds")
      RUNUT_TRY(read_seconds(node, field, out.refresh_seconds));
    else
      return refuse_identity(field, {}, "there is no such setting");
  }
  return {};
}

Status read_certificate(const toml::table& table, identity::CertificateOptions& out) {
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const std::string field = "certificate." + name;
    if (name == "subject") {
      RUNUT_TRY(read_text(node, field, out.subject));
    } else if (name == "person") {
      std::string text;
      RUNUT_TRY(read_text(node, field, text));
      RUNUT_ASSIGN(out.person, parse_person_id(text));
    } else if (name == "grants") {
      std::vector<std::string> texts;
      RUNUT_TRY(read_texts(node, field, texts));
      for (const std::string& text : texts) {
        RUNUT_ASSIGN(const auto grant, identity::read_grant(text));
        if (!grant) return refuse_identity(field, text, "there is no such role");
        out.grants.push_back(*grant);
      }
    } else {
      return refuse_identity(field, {}, "there is no such setting");
    }
  }
  return {};
}

template <class T, class Read>
Status read_tables(const toml::node& node, const std::string& field, std::vector<T>& out,
                   Read read) {
  const auto* list = node.as_array();
  if (list == nullptr) return refuse_identity(field, {}, "expected [[identity." + field + "]]");
  for (const toml::node& item : *list) {
    const auto* table = item.as_table();
    if (table == nullptr) return refuse_identity(field, {}, "expected [[identity." + field + "]]");
    RUNUT_TRY(read(*table, out.emplace_back()));
  }
  return {};
}

}  // namespace

Result<identity::AuthenticatorOptions> read_identity(const std::string& text) {
  identity::AuthenticatorOptions out;
  if (text.empty()) return out;
  const toml::parse_result parsed = toml::parse(text);
  RUNUT_CHECK(static_cast<bool>(parsed), "the settings' file was read before");
  for (const auto& [key, node] : parsed.table()) {
    const std::string name(key.str());
    if (name == "issuer")
      RUNUT_TRY(read_tables(node, name, out.issuers, read_issuer));
    else if (name == "certificate")
      RUNUT_TRY(read_tables(node, name, out.certificates, read_certificate));
    else if (name == "certificate_issuer")
      RUNUT_TRY(read_text(node, name, out.certificate_issuer));
    else
      return fail(refuse_identity(name, {}, "there is no such setting").error());
  }
  return out;
}

}  // namespace runut::service
