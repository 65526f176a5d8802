#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "codec/envelope_codec.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct StatsArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string by = "type";
};

struct Tally {
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;  // stored envelopes, before frames are compressed
  Sequence first;
  Sequence last;

  void add(const EventView& event) {
    if (events == 0) first = event.sequence;
    last = event.sequence;
    ++events;
    bytes += event.bytes.size();
  }
};

// One reading of the log; headers only.
template <class Take>
Status each_key(const EventLog& log, Take&& take) {
  Progress progress("stats", "events");
  const Sequence head = log.head().sequence;
  for (Sequence from{1}; from <= head;) {
    RUNUT_ASSIGN(const EventBatch batch, log.read(from));
    if (batch.empty())
      return fail(Error{ErrorCode::corrupt,
                        {},
                        "sequence",
                        std::to_string(from.value),
                        "the log ends before this event"});
    for (const EventView& event : batch.events) {
      RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(event.bytes));
      take(key, event);
    }
    from = next(batch.events.back().sequence);
    progress.at(batch.events.back().sequence.value, head.value);
  }
  return {};
}

std::string per_event(std::uint64_t bytes, std::uint64_t events) {
  return events == 0 ? "" : fmt::format("{}", (bytes + events / 2) / events);
}

// Per cent, cut to hundredths: 12.34.
std::string share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "";
  const std::uint64_t hundredths = part * 10'000 / whole;
  return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

Status by_type(const Instance& instance, Format format) {
  std::map<EventType, Tally> types;
  Tally all;
  RUNUT_TRY(each_key(instance.log(), [&](const EnvelopeKey& key, const EventView& event) {
    types[key.type].add(event);
    all.add(event);
  }));
  Table table(format, {{"type"},
                       {"events", true},
                       {"share", true},
                       {"bytes", true},
                       {"bytes_an_event", true},
                       {"first", true},
                       {"last", true}});
  const auto row = [&](std::string name, const Tally& tally) {
    table.row({std::move(name), std::to_string(tally.events), share(tally.events, all.events),
               std::to_string(tally.bytes), per_event(tally.bytes, tally.events),
               std::to_string(tally.first.value), std::to_string(tally.last.value)});
  };
  for (const auto& [type, tally] : types) row(std::string(to_string(type)), tally);
  row("total", all);
  table.finish();
  return {};
}

// Growth: what each month of the ledger's own clock added.
Status by_month(const Instance& instance, Format format) {
  std::map<Month, Tally> months;
  std::map<Month, std::uint64_t> commits;
  const int offset = instance.founded()->utc_offset_minutes;
  RUNUT_TRY(each_key(instance.log(), [&](const EnvelopeKey& key, const EventView& event) {
    const Month month = month_of(local_date(key.recorded_at, offset));
    months[month].add(event);
    if (key.commit_index == 0) ++commits[month];
  }));
  Table table(format, {{"month"},
                       {"commits", true},
                       {"events", true},
                       {"bytes", true},
                       {"bytes_an_event", true},
                       {"first", true},
                       {"last", true},
                       {"events_so_far", true},
                       {"bytes_so_far", true}});
  Tally sum;
  for (const auto& [month, tally] : months) {
    sum.events += tally.events;
    sum.bytes += tally.bytes;
    table.row({to_string(month), std::to_string(commits[month]), std::to_string(tally.events),
               std::to_string(tally.bytes), per_event(tally.bytes, tally.events),
               std::to_string(tally.first.value), std::to_string(tally.last.value),
               std::to_string(sum.events), std::to_string(sum.bytes)});
  }
  table.finish();
  return {};
}

// What lies on the disk, family by family. Rows that are in the write-ahead log alone are not
// counted.
Status by_family(Instance& instance, Format format) {
  const std::uint64_t events = instance.log().head().sequence.value;
  Table table(format, {{"family"}, {"files", true}, {"bytes", true}, {"bytes_an_event", true}});
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  const auto row = [&](const std::string& name, std::uint64_t count, std::uint64_t size) {
    table.row({name, std::to_string(count), std::to_string(size), per_event(size, events)});
  };
  for (const std::string& name : instance.store()->families()) {
    std::uint64_t size = 0;
    const std::vector<StoreFile> of_family =
        instance.store()->files(*instance.store()->family(name));
    for (const StoreFile& file : of_family) size += file.bytes;
    row(name, of_family.size(), size);
    files += of_family.size();
    bytes += size;
  }
  row("total", files, bytes);
  table.finish();
  return {};
}

Result<Exit> run_stats(const StatsArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger, false));
  if (instance->founded() == nullptr) return fail(ErrorCode::not_found, "this ledger is empty");
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  if (options.by == "type") RUNUT_TRY(by_type(*instance, format));
  if (options.by == "month") RUNUT_TRY(by_month(*instance, format));
  if (options.by == "family") RUNUT_TRY(by_family(*instance, format));
  return Exit::ok;
}

}  // namespace

void add_stats(App& app) {
  const auto options = std::make_shared<StatsArguments>();
  CLI::App& command = app.add({"stats", "What the ledger holds and how it grows: events and bytes",
                               "runut stats --data data\n"
                               "runut stats --data data --by month --csv > growth.csv\n"
                               "runut stats --data data --by family"},
                              [options] { return run_stats(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  command
      .add_option("--by", options->by,
                  "type of event, month of recording, or family of rows on the disk")
      ->check(CLI::IsMember({"type", "month", "family"}))
      ->capture_default_str();
}

}  // namespace runut::cli
