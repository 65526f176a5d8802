#include "service/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <fstream>
#include <sstream>

// Errors as values are another binary interface than the one that distributions compile.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

namespace runut::service {
namespace {

constexpr std::array<Setting, 20> settings = {{
    {"data", "data", "Directory of the ledgers; each agency has its own in it"},
    {"keys", "", "Directory of their keys; empty: beside the data, with .keys appended"},
    {"agencies", "", "Ledgers to serve, separated by commas; empty: all that are there"},
    {"log", "", "Where the logs are: empty: in the data directory; kafka://HOST:PORT[,HOST:PORT]"},
    {"http.address", "127.0.0.1", "IP address to listen on"},
    {"http.port", "8480", "TCP port to listen on; 0: any that is free"},
    {"http.connections", "4096", "Connections that may be open at once"},
    {"http.body_bytes", "16777216", "The longest body of commands"},
    {"http.threads", "2", "Threads that the connections are divided among"},
    {"http.readers", "2", "Threads that answer queries"},
    {"tls.certificate", "",
     "PEM file of the certificate and its chain; empty: no TLS; SIGHUP reads it anew"},
    {"tls.key", "", "PEM file of its private key"},
    {"tls.client_authorities", "", "PEM file of authorities whose client certificates are taken"},
    {"limits.queued_commands", "16384", "Commands that may wait for the writer of a ledger"},
    {"limits.requests_per_second", "0", "Of each principal; 0: no limit"},
    {"events.heartbeat_seconds", "15", "How often an idle subscriber hears that it is connected"},
    {"events.webhook_threads", "2", "Threads that deliver webhooks"},
    {"stop.grace_seconds", "20", "How long stopping may take"},
    {"log_level", "info", "trace, debug, info, warning, error"},
    {"log_form", "json", "json (one object a line) or text, on stderr"},
}};

Status refuse(std::string_view field, std::string value, std::string message) {
  return fail(Error{ErrorCode::invalid_input, "service.setting", std::string(field),
                    std::move(value), std::move(message)});
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

bool is_plain(std::string_view text) {
  return text == "true" || text == "false" ||
         (!text.empty() && text.find_first_not_of("0123456789") == text.npos);
}

Status take(Settings& out, std::string_view path, const toml::node& node) {
  if (const auto* text = node.as_string()) return out.set(path, text->get());
  if (const auto* number = node.as_integer()) return out.set(path, std::to_string(number->get()));
  if (const auto* truth = node.as_boolean()) return out.set(path, truth->get() ? "true" : "false");
  return refuse(path, {}, "expected a text, a whole number, true or false");
}

}  // namespace

std::span<const Setting> all_settings() {
  return settings;
}

std::string environment_name(std::string_view name) {
  std::string out = "RUNUT_";
  for (const char c : name)
    out += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string flag_name(std::string_view name) {
  std::string out = "--";
  for (const char c : name) out += c == '.' || c == '_' ? '-' : c;
  return out;
}

Settings::Settings() {
  for (const Setting& setting : settings)
    values_.emplace(std::string(setting.name), std::string(setting.fallback));
}

Status Settings::read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fail(
        Error{ErrorCode::not_found, "service.config", "config", path, "the file cannot be read"});
  std::stringstream text;
  text << in.rdbuf();
  const toml::parse_result parsed = toml::parse(text.str());
  if (!parsed) {
    const toml::source_position at = parsed.error().source().begin;
    return refuse("config", fmt::format("{}:{}:{}", path, at.line, at.column),
                  std::string(parsed.error().description()));
  }
  for (const auto& [key, node] : parsed.table()) {
    const std::string name(key.str());
    const toml::table* const table = node.as_table();
    if (name == "identity" && table != nullptr) {
      std::stringstream rest;
      rest << toml::toml_formatter(*table);
      identity_ = rest.str();
      continue;
    }
    if (table == nullptr) {
      RUNUT_TRY(take(*this, name, node));
      continue;
    }
    for (const auto& [inner, value] : *table)
      RUNUT_TRY(take(*this, name + "." + std::string(inner.str()), value));
  }
  return {};
}

void Settings::read_environment(const std::function<const char*(const char*)>& lookup) {
  for (auto& [name, value] : values_)
    if (const char* const given = lookup(environment_name(name).c_str()); given != nullptr)
      value = given;
}

Status Settings::set(std::string_view name, std::string value) {
  const auto found = values_.find(name);
  if (found == values_.end())
    return refuse(name, std::move(value), "there is no such setting; runut serve --print-config");
  found->second = std::move(value);
  return {};
}

const std::string& Settings::text(std::string_view name) const {
  const auto found = values_.find(name);
  RUNUT_CHECK(found != values_.end(), "the setting is in the list");
  return found->second;
}

Result<std::uint64_t> Settings::number(std::string_view name, std::uint64_t least,
                                       std::uint64_t most) const {
  const std::string& given = text(name);
  std::uint64_t out = 0;
  const auto [end, failure] = std::from_chars(given.data(), given.data() + given.size(), out);
  if (failure != std::errc() || end != given.data() + given.size() || out < least || out > most)
    return fail(Error{ErrorCode::invalid_input, "service.setting", std::string(name), given,
                      fmt::format("expected a whole number from {} to {}", least, most)});
  return out;
}

Result<bool> Settings::truth(std::string_view name) const {
  const std::string& given = text(name);
  if (given == "true") return true;
  if (given == "false") return false;
  return fail(Error{ErrorCode::invalid_input, "service.setting", std::string(name), given,
                    "expected true or false"});
}

std::string Settings::as_toml() const {
  std::string out;
  std::string table;
  // Keys of the root come before the first table.
  for (const bool of_root : {true, false})
    for (const Setting& setting : settings) {
      const std::size_t dot = setting.name.find('.');
      if (of_root != (dot == std::string_view::npos)) continue;
      if (!of_root && table != setting.name.substr(0, dot)) {
        table = setting.name.substr(0, dot);
        out += "\n[" + table + "]\n";
      }
      const std::string& value = text(setting.name);
      out += fmt::format("# {}; {}\n{} = {}\n", setting.help, environment_name(setting.name),
                         setting.name.substr(of_root ? 0 : dot + 1),
                         is_plain(value) ? value : quoted(value));
    }
  return out;
}

}  // namespace runut::service
