#include "projections/rankings.h"

#include <fmt/format.h>

#include "computation/ranking.h"
#include "ledger/loaded_facts.h"
#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

std::string score_text(const std::optional<Score>& score) {
  return score ? to_string(*score) : "";
}

// 98.50: basis points as a percentage, written as a score is.
std::string percent_text(BasisPoints value) {
  return fmt::format("{}.{:02}", value.value / 100, value.value % 100);
}

Status list_members(const RowReader& rows, const std::string& agency,
                    const rankings::PublishedGroup& group, const Emit& emit) {
  RUNUT_ASSIGN(const auto members, rankings::members_of(rows, group));
  for (const rankings::PlacedMember& member : members)
    RUNUT_TRY(
        emit.row({agency, to_string(group.period), group.group, to_string(member.person),
                  to_string(member.unit), to_string(member.score), std::to_string(member.rank),
                  std::string(to_string(member.tier)), score_text(group.cutoff_above),
                  score_text(group.cutoff_below), std::to_string(group.members),
                  std::to_string(member.sequence.value), to_string(member.result),
                  to_string(member.behaviour), percent_text(member.discipline)}));
  return {};
}

Status list_placed(const std::string& agency, Period period, const std::string& name,
                   const GroupRanking& placed, const Emit& emit) {
  for (const PlacedMember& member : placed.cut.members)
    RUNUT_TRY(emit.row(
        {agency, to_string(period), name, to_string(member.person),
         to_string(placed.units.at(member.person)), to_string(member.key.score),
         std::to_string(member.rank),
         "HYPOTHETICAL:" + std::string(member.tier == Tier{} ? "tied" : to_string(member.tier)),
         score_text(placed.cut.cutoff_above), score_text(placed.cut.cutoff_below),
         std::to_string(placed.cut.members.size()), "", to_string(member.key.result),
         to_string(member.key.behaviour), percent_text(member.key.discipline)}));
  return {};
}

// The groups as they would have been placed at other times, from the facts that their publication
// (before there is one: the moment asked for) knew. No event says so: that column stays empty, and
// the tier says what it rests on.
Status list_retold(const Source& source, Period period, const Emit& emit) {
  const OtherTimes& times = source.times();
  const Sequence known_at = source.head().sequence;
  const FactsAsOf history(source.history(), times.facts_as_of);
  RUNUT_ASSIGN(const std::shared_ptr<const AgencyFacts> recorded, source.agency_facts());
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
    RUNUT_TRY(list_placed(source.agency(), period, name, placed, emit));
  }
  return {};
}

// Whoever was left out when the groups were frozen: the reason stands in the column of the tier.
Status list_unranked(const RowReader& rows, const std::string& agency, Period period,
                     const Emit& emit) {
  RUNUT_ASSIGN(const auto members, rankings::frozen_members(rows, period));
  for (const rankings::FrozenMember& member : members) {
    if (!member.unranked) continue;
    RUNUT_TRY(emit.row({agency, to_string(period), member.group, to_string(member.person),
                        member.unit ? to_string(*member.unit) : "", "", "",
                        "unranked:" + std::string(to_string(*member.unranked)), "", "", "",
                        std::to_string(member.sequence.value), "", "", ""}));
  }
  return {};
}

// Groups that were frozen and wait for a publication, for people to see.
Status note_unpublished(const RowReader& rows, Period period, std::size_t published,
                        const Emit& emit) {
  RUNUT_ASSIGN(const auto frozen, rankings::frozen_groups(rows, period));
  if (frozen.empty())
    emit.note(fmt::format("no group of {} was frozen", to_string(period)));
  else if (frozen.size() > published)
    emit.note(fmt::format("{} of {} groups of {} are not published yet", frozen.size() - published,
                          frozen.size(), to_string(period)));
  return {};
}

Status list_rankings(const Source& source, const Arguments& arguments, const Emit& emit) {
  const Period period = arguments.period("period");
  RUNUT_ASSIGN(const auto rows, source.rows(rankings::projection));
  RUNUT_ASSIGN(const auto published, rankings::published_groups(*rows, period));
  if (source.times().asked())
    RUNUT_TRY(list_retold(source, period, emit));
  else
    for (const rankings::PublishedGroup& group : published)
      RUNUT_TRY(list_members(*rows, source.agency(), group, emit));
  if (arguments.flag("unranked")) RUNUT_TRY(list_unranked(*rows, source.agency(), period, emit));
  return note_unpublished(*rows, period, published.size(), emit);
}

}  // namespace

Listing rankings_listing() {
  return {.name = "rankings",
          .summary = "Members of each published group with score, rank and tier, as published",
          .parameters = {period_parameter,
                         {"unranked", ParameterType::flag, false,
                          "Also those that were not ranked, with the reason"}},
          .other_times = true,
          .forms = {
              {.columns = {agency_column,
                           period_column,
                           {"group", ColumnType::text, "Name of the group within its period"},
                           person_column,
                           {"unit", ColumnType::text, "Of the person when the groups were frozen"},
                           {"score", ColumnType::text, "Points with two decimals"},
                           {"rank", ColumnType::number, "1 + members with a strictly better key"},
                           {"tier", ColumnType::text,
                            "above, meets or below; with HYPOTHETICAL: in front, what other times "
                            "would have made of it; unranked: and the reason"},
                           {"cutoff_above", ColumnType::text, "Lowest score above expectation"},
                           {"cutoff_below", ColumnType::text, "Highest score below expectation"},
                           {"members", ColumnType::number, "Of the group"},
                           {"event", ColumnType::sequence, "The event that says so"},
                           {"result", ColumnType::text, "Work result, points with two decimals"},
                           {"behaviour", ColumnType::text, "Points with two decimals"},
                           {"discipline", ColumnType::text, "Percent with two decimals"}},
               .person = "person",
               .rows = &list_rankings}}};
}

}  // namespace runut::listing
