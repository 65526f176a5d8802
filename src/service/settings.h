// What the service is told: a TOML file, then the environment, then the command line; the later
// wins.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>

#include "base/result.h"

namespace runut::service {

struct Setting {
  std::string_view name;      // in the file, as "http.port": key `port` of the table `http`
  std::string_view fallback;  // when nobody says anything
  std::string_view help;      // one line
};

// Every setting, in the order in which they are told.
[[nodiscard]] std::span<const Setting> all_settings();

// "http.port" is RUNUT_HTTP_PORT in the environment, --http-port on the command line.
[[nodiscard]] std::string environment_name(std::string_view name);
[[nodiscard]] std::string flag_name(std::string_view name);

class Settings {
 public:
  // Every setting has its fallback.
  Settings();

  // invalid_input: no TOML (line and column), an unknown table or key, a value that is no text,
  // number or truth. not_found: there is no such file. The table `identity` is left to
  // identity_toml().
  [[nodiscard]] Status read_file(const std::string& path);
  // Of the environment: whatever RUNUT_… names a setting.
  void read_environment(const std::function<const char*(const char*)>& lookup);
  // invalid_input: there is no such setting.
  [[nodiscard]] Status set(std::string_view name, std::string value);

  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] Result<std::uint64_t> number(std::string_view name, std::uint64_t least,
                                             std::uint64_t most) const;
  [[nodiscard]] Result<bool> truth(std::string_view name) const;
  // The table `identity` of the file as it stands there; empty without one.
  [[nodiscard]] const std::string& identity_toml() const { return identity_; }

  // As a file that read_file() takes, each setting with its help.
  [[nodiscard]] std::string as_toml() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::string identity_;
};

}  // namespace runut::service
