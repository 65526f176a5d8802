#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "tools/runut/alternatives.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct AffectedArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::uint64_t event = 0;
};

Result<Exit> run_affected(const AffectedArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const Head head, head_for(*instance, ""));
  RUNUT_ASSIGN(const Event asked, event_at(*instance, Sequence{options.event}));
  const Sequence first = asked.commit();
  if (first == Sequence{1})
    return fail(Error{ErrorCode::invalid_input, "affected.founding", "event",
                      std::to_string(options.event), "everything depends on the founding"});
  RUNUT_ASSIGN(const auto without, alternative_after(*instance, Sequence{first.value - 1}));
  const Sequence last = end_of_commit(asked);
  for (Sequence each = first; each <= last; each = next(each)) {
    RUNUT_ASSIGN(const Event event, event_at(*instance, each));
    RUNUT_TRY(without->leave_out(event));
  }
  RUNUT_TRY(follow_to_head(*instance, *without, last, head.sequence));
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  print_changes(*without, instance->place().agency, format);
  std::fprintf(stderr,
               "without event %llu, %s of %s%s: ", static_cast<unsigned long long>(options.event),
               std::string(to_string(asked.type())).c_str(), to_string(asked.subject).c_str(),
               asked.commit_count == 1
                   ? ""
                   : fmt::format(" (and the rest of its commit, {} to {})", first.value, last.value)
                         .c_str());
  note_changes(*without);
  return without->changed().empty() ? Exit::ok : Exit::finding;
}

}  // namespace

void add_affected(App& app) {
  const auto options = std::make_shared<AffectedArguments>();
  CLI::App& command = app.add(
      {"affected",
       "What depended on an event: it is left out, with its commit, and whatever may have read it "
       "is\n"
       "decided again. Lists the payments, places in rankings and other decisions that come out\n"
       "otherwise, neighbours included. Exit code 1 when there are any.",
       "runut affected --data data --event 4711\n"
       "runut affected --data data --event 4711 --csv | grep ,payment,"},
      [options] { return run_affected(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  command.add_option("--event", options->event, "The event's sequence")
      ->required()
      ->check(whole_number(1))
      ->type_name("SEQUENCE");
}

}  // namespace runut::cli
