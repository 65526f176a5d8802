#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "projections/rankings.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct RankingsArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string period;
  std::string as_known_at;
  bool unranked = false;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> rankings_columns() {
  return {{"agency"},        {"period"},      {"group"},  {"person"},       {"unit"},
          {"score"},         {"rank", true},  {"tier"},   {"cutoff_above"}, {"cutoff_below"},
          {"members", true}, {"event", true}, {"result"}, {"behaviour"},    {"discipline"}};
}

std::string score_text(const std::optional<Score>& score) {
  return score ? to_string(*score) : "";
}

// 98.50: basis points as a percentage, written as a score is.
std::string percent_text(BasisPoints value) {
  return fmt::format("{}.{:02}", value.value / 100, value.value % 100);
}

Status list_members(const RowReader& rows, const std::string& agency,
                    const rankings::PublishedGroup& group, Table& table) {
  RUNUT_ASSIGN(const auto members, rankings::members_of(rows, group));
  for (const rankings::PlacedMember& member : members)
    table.row({agency, to_string(group.period), group.group, to_string(member.person),
               to_string(member.unit), to_string(member.score), std::to_string(member.rank),
               std::string(to_string(member.tier)), score_text(group.cutoff_above),
               score_text(group.cutoff_below), std::to_string(group.members),
               std::to_string(member.sequence.value), to_string(member.result),
               to_string(member.behaviour), percent_text(member.discipline)});
  return {};
}

// Whoever was left out when the groups were frozen: the reason stands in the column of the tier.
Status list_unranked(const RowReader& rows, const std::string& agency, Period period,
                     Table& table) {
  RUNUT_ASSIGN(const auto members, rankings::frozen_members(rows, period));
  for (const rankings::FrozenMember& member : members) {
    if (!member.unranked) continue;
    table.row({agency, to_string(period), member.group, to_string(member.person),
               member.unit ? to_string(*member.unit) : "", "", "",
               "unranked:" + std::string(to_string(*member.unranked)), "", "", "",
               std::to_string(member.sequence.value), "", "", ""});
  }
  return {};
}

// Groups that were frozen and wait for a publication, for people to see.
Status note_unpublished(const RowReader& rows, Period period,
                        const std::vector<rankings::PublishedGroup>& published) {
  RUNUT_ASSIGN(const auto frozen, rankings::frozen_groups(rows, period));
  if (frozen.empty()) {
    std::fprintf(stderr, "no group of %s was frozen\n", to_string(period).c_str());
  } else if (frozen.size() > published.size()) {
    std::fprintf(stderr, "%zu of %zu groups of %s are not published yet\n",
                 frozen.size() - published.size(), frozen.size(), to_string(period).c_str());
  }
  return {};
}

Result<Exit> run_rankings(const RankingsArguments& options) {
  RUNUT_ASSIGN(const Period period, read_option("period", options.period, parse_period));
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const Head head, head_for(*instance, options.as_known_at));
  RUNUT_ASSIGN(const auto rows,
               rows_for(*instance, rankings::projection, options.as_known_at, head));
  const std::string& agency = instance->place().agency;
  const Format format = format_of(options.output);
  RUNUT_ASSIGN(const auto published, rankings::published_groups(*rows, period));
  print_banner(*instance, format);
  Table table(format, rankings_columns());
  for (const rankings::PublishedGroup& group : published)
    RUNUT_TRY(list_members(*rows, agency, group, table));
  if (options.unranked) RUNUT_TRY(list_unranked(*rows, agency, period, table));
  table.finish();
  RUNUT_TRY(note_unpublished(*rows, period, published));
  return Exit::ok;
}

}  // namespace

void add_rankings(App& app) {
  const auto options = std::make_shared<RankingsArguments>();
  CLI::App& command = app.add(
      {"rankings", "Members of each published group with score, rank and tier, as published",
       "runut rankings --data data --period 2022-S1\n"
       "runut rankings --data data --agency kota-kediri --period 2022-S1 --csv > rankings.csv\n"
       "runut rankings --data data --period 2022-S1 --unranked\n"
       "runut rankings --data data --period 2022-S1 --as-known-at 2022-08-20"},
      [options] { return run_rankings(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  add_moment_option(command, options->as_known_at);
  command.add_option("--period", options->period, "Period: 2022-S1, 2022-Q3, 2022-08 or 2022")
      ->required();
  command.add_flag("--unranked", options->unranked,
                   "Also those that were not ranked, with the reason");
}

}  // namespace runut::cli
