#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "feed/webhook_admin.h"
#include "feed/webhooks.h"
#include "tools/runut/commands.h"

namespace runut::cli {
namespace {

using feed::EndpointStatus;
using feed::EndpointText;
using feed::WebhookStore;

struct WebhookArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string id;
  std::string url;
  std::vector<std::string> types;
  std::vector<std::string> units;
  std::vector<std::string> persons;
  std::string on_failure = "stop";
  std::string from = "now";
  std::uint64_t sequence = 0;
};

// The ledger is read for its place, head and origin; what is changed is the webhooks' own store.
struct OpenedWebhooks {
  std::unique_ptr<Instance> ledger;
  std::unique_ptr<WebhookStore> store;
  SystemRandomness randomness;
  [[nodiscard]] feed::AdminContext context() {
    return {*store, randomness, SystemClock().now(), ledger->log().head().sequence};
  }
};

Result<OpenedWebhooks> open_webhooks(const WebhookArguments& options, WebhookStore::Access access) {
  OpenedWebhooks out;
  RUNUT_ASSIGN(out.ledger, open_to_read(options.ledger, false));
  RUNUT_ASSIGN(out.store, WebhookStore::open(fmt::format("{}/{}", out.ledger->place().directory(),
                                                         feed::webhook_directory),
                                             access));
  return out;
}

Error first_of(const std::vector<Error>& violations) {
  Error out = violations.front();
  for (std::size_t i = 1; i < violations.size(); ++i)
    out.message += "; " + violations[i].describe();
  return out;
}

std::string joined_words(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ","));
}

void print_endpoints(const std::vector<EndpointStatus>& endpoints, const OutputOptions& output) {
  Table table(format_of(output), {{"id"},
                                  {"url"},
                                  {"state"},
                                  {"cursor", true},
                                  {"delivered", true},
                                  {"attempts", true},
                                  {"parked", true},
                                  {"on_failure"},
                                  {"types"},
                                  {"units"},
                                  {"persons"},
                                  {"reason"},
                                  {"last_error"}});
  for (const auto& [endpoint, progress, parked] : endpoints) {
    const feed::FilterText filter = to_text(endpoint.filter);
    table.row({endpoint.id, endpoint.url, std::string(to_string(endpoint.state)),
               std::to_string(progress.cursor.value), std::to_string(progress.delivered),
               std::to_string(progress.attempts), std::to_string(parked),
               std::string(to_string(endpoint.on_failure)), joined_words(filter.types),
               joined_words(filter.units), joined_words(filter.persons), endpoint.reason,
               progress.last_error});
  }
  table.finish();
}

void print_secret(const EndpointStatus& status, const OutputOptions& output) {
  Table table(format_of(output), {{"id"}, {"url"}, {"cursor", true}, {"secret"}});
  table.row({status.endpoint.id, status.endpoint.url, std::to_string(status.progress.cursor.value),
             status.endpoint.secrets.front().text});
  table.finish();
}

Result<Exit> run_add(const WebhookArguments& options) {
  RUNUT_ASSIGN(auto opened, open_webhooks(options, WebhookStore::Access::read_write));
  const auto added = add_endpoint(opened.context(), {.url = options.url,
                                                     .types = options.types,
                                                     .units = options.units,
                                                     .persons = options.persons,
                                                     .on_failure = options.on_failure,
                                                     .from = options.from});
  if (!added) return fail(first_of(added.error()));
  print_secret(*added, options.output);
  return Exit::ok;
}

Result<Exit> run_webhook_list(const WebhookArguments& options) {
  RUNUT_ASSIGN(const auto opened, open_webhooks(options, WebhookStore::Access::read_only));
  print_endpoints(opened.store->list(), options.output);
  return Exit::ok;
}

Result<Exit> run_show(const WebhookArguments& options) {
  RUNUT_ASSIGN(const auto opened, open_webhooks(options, WebhookStore::Access::read_only));
  RUNUT_ASSIGN(const EndpointStatus status, opened.store->find(options.id));
  print_endpoints({status}, options.output);
  return Exit::ok;
}

Result<Exit> run_change(const WebhookArguments& options, const char* state) {
  RUNUT_ASSIGN(auto opened, open_webhooks(options, WebhookStore::Access::read_write));
  const auto changed = change_endpoint(opened.context(), options.id, {.state = state});
  if (!changed) return fail(first_of(changed.error()));
  print_endpoints({*changed}, options.output);
  return Exit::ok;
}
Result<Exit> run_pause(const WebhookArguments& options) {
  return run_change(options, "paused");
}
Result<Exit> run_resume(const WebhookArguments& options) {
  return run_change(options, "active");
}

Result<Exit> run_remove(const WebhookArguments& options) {
  RUNUT_ASSIGN(const auto opened, open_webhooks(options, WebhookStore::Access::read_write));
  RUNUT_TRY(opened.store->remove(options.id));
  print_endpoints(opened.store->list(), options.output);
  return Exit::ok;
}

Result<Exit> run_parked(const WebhookArguments& options) {
  RUNUT_ASSIGN(const auto opened, open_webhooks(options, WebhookStore::Access::read_only));
  RUNUT_ASSIGN(const auto parked, opened.store->parked(options.id));
  Table table(format_of(options.output),
              {{"sequence", true}, {"attempts", true}, {"parked_at"}, {"again"}, {"reason"}});
  for (const feed::ParkedEvent& event : parked)
    table.row({std::to_string(event.sequence.value), std::to_string(event.attempts),
               to_string(event.parked_at), event.again ? "yes" : "no", event.reason});
  table.finish();
  return Exit::ok;
}

Result<Exit> run_replay(const WebhookArguments& options) {
  RUNUT_ASSIGN(const auto opened, open_webhooks(options, WebhookStore::Access::read_write));
  const auto only =
      options.sequence == 0 ? std::nullopt : std::optional(Sequence{options.sequence});
  RUNUT_ASSIGN(const std::size_t count, opened.store->replay(options.id, only));
  Table table(format_of(options.output), {{"id"}, {"replayed", true}});
  table.row({options.id, std::to_string(count)});
  table.finish();
  return Exit::ok;
}

Result<Exit> run_rotate(const WebhookArguments& options) {
  RUNUT_ASSIGN(auto opened, open_webhooks(options, WebhookStore::Access::read_write));
  RUNUT_ASSIGN(const EndpointStatus status, rotate_secret(opened.context(), options.id));
  print_secret(status, options.output);
  return Exit::ok;
}

Result<Exit> run_test(const WebhookArguments& options) {
  RUNUT_ASSIGN(const auto opened, open_webhooks(options, WebhookStore::Access::read_only));
  RUNUT_ASSIGN(const EndpointStatus status, opened.store->find(options.id));
  const AgencyFounded* founded = opened.ledger->founded();
  if (founded == nullptr) return fail(ErrorCode::not_found, "the ledger was not founded yet");
  const auto answer = feed::ping(status.endpoint, founded->log_origin, {});
  Table table(format_of(options.output), {{"id"}, {"status", true}, {"trouble"}});
  table.row({options.id, answer ? std::to_string(answer->status) : "",
             answer ? "" : answer.error().describe()});
  table.finish();
  return answer && answer->status / 100 == 2 ? Exit::ok : Exit::finding;
}

}  // namespace

void add_webhook(App& app) {
  CLI::App& group = app.add_group(
      {"webhook",
       "Where events are delivered to, signed, in order and at least once (Standard Webhooks).\n"
       "While the service runs it keeps them: then ask it, by /v1/{agency}/webhooks",
       "runut webhook add --data data --url https://pay.example/hook"});
  const auto add = [&](const char* name, const char* text, const char* example, auto run) {
    const auto options = std::make_shared<WebhookArguments>();
    CLI::App& command =
        app.add(group, {name, text, example}, [options, run] { return run(*options); });
    add_ledger_options(command, options->ledger);
    add_output_options(command, options->output);
    return std::pair<CLI::App&, std::shared_ptr<WebhookArguments>>(command, options);
  };
  const auto add_of_one = [&](const char* name, const char* text, const char* example, auto run) {
    auto made = add(name, text, example, run);
    made.first.add_option("--id", made.second->id, "Which webhook")->required()->type_name("ID");
    return made;
  };
  const auto [command, options] =
      add("add", "A new endpoint; prints its secret, this once",
          "runut webhook add --data data --url https://pay.example/hook\n"
          "runut webhook add --data data --url https://pay.example/hook --type TppRunLocked "
          "--unit U3 --on-failure park --from 1",
          &run_add);
  command.add_option("--url", options->url, "https, or http to this machine")
      ->required()
      ->type_name("URL");
  command.add_option("--type", options->types, "Only events of these types")->type_name("TYPE");
  command.add_option("--unit", options->units, "Only what is about these units or names them")
      ->type_name("UNIT");
  command.add_option("--person", options->persons, "Only what is about these people")
      ->type_name("PERSON");
  command
      .add_option("--on-failure", options->on_failure,
                  "stop (what is behind an event that fails waits for it) or park it")
      ->type_name("stop|park");
  command.add_option("--from", options->from, "now, or the first event to deliver")
      ->type_name("now|N");
  add("list", "Every webhook, and how far it is", "runut webhook list --data data --json",
      &run_webhook_list);
  add_of_one("show", "One of them", "runut webhook show --data data --id wh_0123456789abcdef",
             &run_show);
  add_of_one("pause", "Nothing is delivered until it is resumed",
             "runut webhook pause --data data --id wh_0123456789abcdef", &run_pause);
  add_of_one("resume", "Goes on where it was; one that stopped tries the event that failed again",
             "runut webhook resume --data data --id wh_0123456789abcdef", &run_resume);
  add_of_one("remove", "Takes it away, with what is parked of it",
             "runut webhook remove --data data --id wh_0123456789abcdef", &run_remove);
  add_of_one("parked", "Events that were put aside, and why",
             "runut webhook parked --data data --id wh_0123456789abcdef", &run_parked);
  const auto replay = add_of_one(
      "replay", "Parked events are delivered again by the service: one, or all",
      "runut webhook replay --data data --id wh_0123456789abcdef --sequence 17", &run_replay);
  replay.first.add_option("--sequence", replay.second->sequence, "Only this event")
      ->type_name("N")
      ->check(whole_number(1));
  add_of_one("rotate", "A new secret, printed this once; the old one signs beside it for a day",
             "runut webhook rotate --data data --id wh_0123456789abcdef", &run_rotate);
  add_of_one("test", "Sends one signed ping now; exit 1 when it is not answered with 2xx",
             "runut webhook test --data data --id wh_0123456789abcdef", &run_test);
}

}  // namespace runut::cli
