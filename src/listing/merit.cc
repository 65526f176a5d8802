#include "projections/merit.h"

#include <fmt/format.h>

#include "computation/merit.h"
#include "ledger/loaded_facts.h"
#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

std::string points_text(std::uint32_t hundredths) {
  return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

// By the document in force on the day of the assessment, or of the letter; or as of another day.
struct MeritRules {
  const AgencyFacts& facts;
  Sequence known_at;
  std::optional<Date> rules_as_of;
};
std::string category_text(const MeritRules& rules, std::uint32_t total, Date day) {
  const auto document =
      rules.facts.timeline.in_force(rules.rules_as_of.value_or(day), rules.known_at);
  if (!document) return "";
  const auto category = merit_category(total, (*document)->governance.merit);
  return category ? std::string(to_string(*category)) : "";
}

std::vector<std::string> year_cells(const std::string& agency, const merit::Year& year,
                                    const MeritRules& rules) {
  const auto& own = year.assessed;
  const auto& received = year.received;
  const Sequence last = received      ? received->sequence
                        : year.sealed ? year.sealed->sequence
                        : own         ? own->sequence
                                      : year.evidence.back().sequence;
  return {agency,
          std::to_string(year.year),
          std::to_string(year.evidence.size()),
          own ? points_text(own->total_hundredths) : "",
          own ? category_text(rules, own->total_hundredths, own->on) : "",
          received ? received->assessor : "",
          received ? points_text(received->total_hundredths) : "",
          received ? category_text(rules, received->total_hundredths, received->on) : "",
          year.sealed ? to_hex(year.sealed->hash.view()) : "",
          std::to_string(last.value)};
}

Status list_years(const Source& source, const Arguments&, const Emit& emit) {
  RUNUT_ASSIGN(const auto rows, source.rows(merit::projection, source.times().facts_as_of));
  RUNUT_ASSIGN(const auto facts, source.agency_facts());
  RUNUT_ASSIGN(const auto years, merit::all(*rows));
  const MeritRules rules{*facts, source.head().sequence, source.times().rules_as_of};
  for (const merit::Year& year : years)
    RUNUT_TRY(emit.row(year_cells(source.agency(), year, rules)));
  if (years.empty()) emit.note("nothing of the merit system is recorded");
  return {};
}

Status list_aspects(const Source& source, const Arguments& arguments, const Emit& emit) {
  RUNUT_ASSIGN(const auto rows, source.rows(merit::projection, source.times().facts_as_of));
  const std::uint32_t asked = arguments.year("year");
  RUNUT_ASSIGN(const auto year, merit::find(*rows, asked));
  const std::string number = std::to_string(asked);
  for (const auto& named : EnumNames<MeritAspect>::table) {
    if (!year) break;
    std::string points;
    if (year->assessed)
      for (const MeritAspectPoints& one : year->assessed->aspects)
        if (one.aspect == named.value) points = points_text(one.points_hundredths);
    RUNUT_TRY(emit.row({source.agency(), number, std::string(named.name), points,
                        std::to_string(year->documents_of(named.value))}));
  }
  if (!year) emit.note("nothing of the merit system of " + number + " is recorded");
  return {};
}

}  // namespace

Listing merit_listing() {
  constexpr Column year{"year", ColumnType::text, "Of the assessment"};
  return {.name = "merit",
          .summary = "Merit system: self-assessments, their category, evidence and its bundle",
          .parameters = {{"year", ParameterType::year, false, "One year, aspect by aspect"}},
          .other_times = true,
          .forms = {{.columns = {agency_column,
                                 year,
                                 {"documents", ColumnType::number, "Attached as evidence"},
                                 {"self_assessed", ColumnType::points, "Points with two decimals"},
                                 {"category", ColumnType::text, "Of these points"},
                                 {"assessor", ColumnType::text, "Whose score was received"},
                                 {"received", ColumnType::points, "Points with two decimals"},
                                 {"received_category", ColumnType::text, "Of these points"},
                                 {"bundle_sha256", ColumnType::text, "Of the sealed evidence"},
                                 {"event", ColumnType::sequence, "The last of the year"}},
                     .rows = &list_years},
                    {.chosen_by = "year",
                     .columns = {agency_column,
                                 year,
                                 {"aspect", ColumnType::text, "One of eight"},
                                 {"points", ColumnType::points, "Points with two decimals"},
                                 {"documents", ColumnType::number, "Attached as evidence"}},
                     .no_rules = "no document prices an aspect: ask without a year",
                     .rows = &list_aspects}}};
}

}  // namespace runut::listing
