#include <unistd.h>

#include <CLI/CLI.hpp>

#include "codec/envelope_codec.h"
#include "tools/runut/commands.h"
#include "tools/runut/event_lines.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct LogArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::uint64_t from = 1;
  std::uint64_t to = 0;  // 0: the head
  bool open = false;
};

std::vector<std::string> cells_of(const Event& event, const EventView& stored) {
  return {std::to_string(event.sequence.value),
          to_string(event.recorded_at),
          std::string(to_string(event.type())),
          to_string(event.subject),
          std::to_string(event.subject_version),
          to_string(event.occurred_on),
          actor_text(event.actor),
          std::to_string(event.commit().value),
          to_hex(stored.leaf.view())};
}

Result<Exit> run_log(const LogArguments& options) {
  if (options.to != 0 && options.to < options.from)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "to",
                      std::to_string(options.to),
                      "this is before --from " + std::to_string(options.from)});
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger, false));
  const KeyStore* keys = nullptr;
  if (options.open) {
    RUNUT_ASSIGN(keys, instance->keys());
  }
  const Format format = format_of(options.output);
  const bool lines = format == Format::json || (format == Format::tsv && !options.output.tsv);
  std::optional<Table> table;
  if (!lines) {
    print_banner(*instance, format);
    table.emplace(format, std::vector<Column>{{"sequence", true},
                                              {"recorded_at"},
                                              {"type"},
                                              {"subject"},
                                              {"subject_version", true},
                                              {"occurred_on"},
                                              {"actor"},
                                              {"commit", true},
                                              {"leaf_hash"}});
  }
  const std::uint64_t head = instance->log().head().sequence.value;
  const std::uint64_t until = options.to == 0 ? head : std::min(options.to, head);
  for (std::uint64_t next = options.from; next <= until;) {
    RUNUT_ASSIGN(const EventBatch batch,
                 instance->log().read(Sequence{next}, {.events = until - next + 1}));
    for (const EventView& stored : batch.events) {
      auto event = decode_event(stored.bytes);
      if (!event) {
        Error error = std::move(event).error();
        error.field = "sequence";
        error.value = std::to_string(stored.sequence.value);
        return fail(std::move(error));
      }
      if (lines)
        print(event_line(*event, stored, keys) + "\n");
      else
        table->row(cells_of(*event, stored));
    }
    next += batch.size();
  }
  if (table) table->finish();
  return Exit::ok;
}

}  // namespace

void add_log(App& app) {
  const auto options = std::make_shared<LogArguments>();
  CLI::App& command =
      app.add({"log", "Events in their order: a table on a terminal, else a JSON object a line",
               "runut log --data data --agency kota-kediri --from 1 --to 20\n"
               "runut log --data data --json | jq 'select(.subject==\"P17\")'\n"
               "runut log --data data --json --open --from 812 --to 812"},
              [options] { return run_log(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  command.add_option("--from", options->from, "First sequence")
      ->check(whole_number(1))
      ->type_name("N");
  command.add_option("--to", options->to, "Last sequence; the head by default")
      ->check(whole_number(1))
      ->type_name("N");
  command.add_flag("--open", options->open, "Open sealed text with the key store");
}

}  // namespace runut::cli
