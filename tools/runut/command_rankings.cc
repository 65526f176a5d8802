#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "computation/ranking.h"
#include "ledger/loaded_facts.h"
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
  TimesOptions times;
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

// The groups as they would have been placed at other times, from the facts that their publication
// (before there is one: the moment asked for) knew. No event says so: that column stays empty, and
// the tier says what it rests on.
Status list_retold(const Instance& instance, const OtherTimes& times, Sequence known_at,
                   Period period, Table& table) {
  const FactsAsOf history(instance.history(), times.facts_as_of);
  RUNUT_ASSIGN(const std::shared_ptr<const AgencyFacts> recorded,
               load_agency(instance.history(), known_at));
  RUNUT_ASSIGN(const std::shared_ptr<const AgencyFacts> agency, load_agency(history, known_at));
  const auto ranking = recorded->rankings.find(period);
  if (ranking == recorded->rankings.end()) return {};
  for (const auto& [name, group] : ranking->second.groups) {
    const LoadedFacts facts(history, agency,
                            group.published ? group.published->computed_at : known_at);
    const Date day = group.published ? group.published_on : ranking->second.frozen_on;
    RUNUT_ASSIGN(const Rules rules, ranking_rules(facts, day, times.rules()));
    NullRecorder none;
    RUNUT_ASSIGN(const GroupRanking placed, rank_group(facts, period, name, rules, none));
    RUNUT_TRY(facts.status());
    for (const PlacedMember& member : placed.cut.members)
      table.row(
          {instance.place().agency, to_string(period), name, to_string(member.person),
           to_string(placed.units.at(member.person)), to_string(member.key.score),
           std::to_string(member.rank),
           "HYPOTHETICAL:" + std::string(member.tier == Tier{} ? "tied" : to_string(member.tier)),
           score_text(placed.cut.cutoff_above), score_text(placed.cut.cutoff_below),
           std::to_string(placed.cut.members.size()), "", to_string(member.key.result),
           to_string(member.key.behaviour), percent_text(member.key.discipline)});
  }
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
  RUNUT_ASSIGN(const OtherTimes times, read_times(options.times));
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const Head head, head_for(*instance, options.as_known_at));
  note_times(times);
  RUNUT_ASSIGN(const auto rows,
               rows_for(*instance, rankings::projection, options.as_known_at, head));
  const std::string& agency = instance->place().agency;
  const Format format = format_of(options.output);
  RUNUT_ASSIGN(const auto published, rankings::published_groups(*rows, period));
  print_banner(*instance, format);
  Table table(format, rankings_columns());
  if (times.asked())
    RUNUT_TRY(list_retold(*instance, times, head.sequence, period, table));
  else
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
       "runut rankings --data data --period 2022-S1 --as-known-at 2022-08-20\n"
       "runut rankings --data data --period 2022-S1 --rules-as-of 2023-01-01"},
      [options] { return run_rankings(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  add_moment_option(command, options->as_known_at);
  add_times_options(command, options->times);
  command.add_option("--period", options->period, "Period: 2022-S1, 2022-Q3, 2022-08 or 2022")
      ->required();
  command.add_flag("--unranked", options->unranked,
                   "Also those that were not ranked, with the reason");
}

}  // namespace runut::cli
