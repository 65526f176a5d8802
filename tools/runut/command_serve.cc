#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "service/service.h"
#include "service/service_log.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

using service::log_event;
using service::LogLevel;

struct ServeArguments {
  std::string config;
  std::map<std::string, std::string> given;  // setting: value, of the command line
  bool print_config = false;
  bool print_routes = false;
};

// sd_notify(3) by its protocol: a datagram to the socket that the service manager names.
void notify_manager(std::string_view state) {
  const char* const path = std::getenv("NOTIFY_SOCKET");
  if (path == nullptr || path[0] == '\0') return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::size_t length = std::strlen(path);
  if (length >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, path, length);
  if (path[0] == '@') address.sun_path[0] = '\0';  // an abstract one
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  (void)::sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address),
                 static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
  ::close(descriptor);
}

Result<service::Settings> settings_of(const ServeArguments& options) {
  service::Settings settings;
  if (!options.config.empty()) RUNUT_TRY(settings.read_file(options.config));
  settings.read_environment([](const char* name) { return std::getenv(name); });
  for (const auto& [name, value] : options.given) RUNUT_TRY(settings.set(name, value));
  return settings;
}

sigset_t handled_signals() {
  sigset_t out;
  sigemptyset(&out);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&out, number);
  return out;
}

// What may change while the service runs: each by itself, so that one that fails holds up no other.
void reload(const ServeArguments& options, service::Service& running) {
  bool all_done = true;
  const auto done = [&](const Status& status) {
    if (status) return;
    all_done = false;
    log_event(LogLevel::error, "reload", {{"trouble", status.error().describe()}});
  };
  if (const auto settings = settings_of(options)) {
    done(service::set_log_level(settings->text("log_level")));
    done(running.reload_certificate(*settings));
  } else {
    done(fail(settings.error()));
  }
  done(running.reload_keys());
  if (all_done) log_event(LogLevel::info, "reloaded", {});
}

Result<Exit> run_serve(const ServeArguments& options) {
  RUNUT_ASSIGN(const service::Settings settings, settings_of(options));
  if (options.print_config) {
    print(settings.as_toml());
    return Exit::ok;
  }
  RUNUT_TRY(service::begin_log(settings.text("log_level"), settings.text("log_form")));
  // Before any thread is there: each inherits it, and the signals come to sigwaitinfo alone.
  const sigset_t signals = handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Progress progress{"views", "events"};
  RUNUT_ASSIGN(const auto running,
               service::Service::start(settings, [&](Sequence folded, Sequence until) {
                 progress.at(folded.value, until.value);
               }));
  progress.clear();
  if (options.print_routes) {
    print(running->routes_text());
    RUNUT_TRY(running->stop());
    return Exit::ok;
  }
  for (const auto& [agency, ledger] : running->ledgers().all())
    log_event(LogLevel::info, "ledger",
              {{"agency", agency},
               {"head", std::to_string(ledger->instance().log().head().sequence.value)}});
  log_event(LogLevel::info, "listening", {{"address", running->address()}});
  if (!running->has_identity())
    log_event(LogLevel::warning, "identity",
              {{"note",
                "no identity is configured: whoever reaches this loopback address may do "
                "everything"}});
  notify_manager("READY=1");
  for (;;) {
    siginfo_t info{};
    const int number = sigwaitinfo(&signals, &info);
    if (number < 0) continue;
    if (number != SIGHUP) break;
    notify_manager("RELOADING=1");
    reload(options, *running);
    notify_manager("READY=1");
  }
  notify_manager("STOPPING=1");
  log_event(LogLevel::info, "stopping", {});
  RUNUT_TRY(running->stop());
  log_event(LogLevel::info, "stopped", {});
  return Exit::ok;
}

}  // namespace

void add_serve(App& app) {
  const auto options = std::make_shared<ServeArguments>();
  CLI::App& command =
      app.add({"serve", "Serves the ledgers over HTTP: commands, answers, subscriptions, proofs",
               "runut serve --data data\n"
               "runut serve --data data --http-port 8480 --log-form text\n"
               "runut serve --config /etc/runut/runut.toml\n"
               "runut serve --print-config > runut.toml\n"
               "curl -s localhost:8480/readyz?verbose"},
              [options] { return run_serve(*options); });
  command.add_option("--config", options->config,
                     "TOML file of settings; the environment and options below go before it");
  command.add_flag("--print-config", options->print_config,
                   "Print the settings as a TOML file, and end");
  command.add_flag("--print-routes", options->print_routes,
                   "Print each route with its method and the resource that guards it, and end");
  for (const service::Setting& setting : service::all_settings()) {
    const std::string name(setting.name);
    command.add_option_function<std::string>(
        service::flag_name(name),
        [options, name](const std::string& value) { options->given[name] = value; },
        std::string(setting.help) + " (" + service::environment_name(name) +
            (setting.fallback.empty() ? ")" : "; default " + std::string(setting.fallback) + ")"));
  }
}

}  // namespace runut::cli
