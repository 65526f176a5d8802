#include "projections/surveys.h"

#include "computation/opinion.h"
#include "ledger/loaded_facts.h"
#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

Result<std::string> mean_cell(const surveys::Survey& survey, SurveyRelation relation,
                              Rounding rounding) {
  const auto sum = survey.of(relation);
  if (!survey.closed || !sum) return std::string();
  if (!is_shown(*sum)) return std::string("not shown");
  RUNUT_ASSIGN(const Score mean, relation_mean(*sum, rounding));
  return to_string(mean);
}

Result<std::vector<std::string>> survey_cells(const std::string& agency, Period period,
                                              const surveys::Survey& survey, Rounding rounding) {
  std::vector<std::string> cells{agency, to_string(period), to_string(survey.person),
                                 survey.closed ? "closed" : "open"};
  for (const auto& row : EnumNames<SurveyRelation>::table) {
    const auto sum = survey.of(row.value);
    cells.push_back(std::to_string(sum ? sum->answers : 0));
    RUNUT_ASSIGN(std::string mean, mean_cell(survey, row.value, rounding));
    cells.push_back(std::move(mean));
  }
  cells.push_back(std::to_string(survey.last.value));
  return cells;
}

Status list_surveys(const Source& source, const Arguments& arguments, const Emit& emit) {
  const Period period = arguments.period("period");
  RUNUT_ASSIGN(const auto rows, source.rows(surveys::projection));
  RUNUT_ASSIGN(const auto found, surveys::in_period(*rows, period));
  RUNUT_ASSIGN(const auto facts, source.agency_facts());
  // As an evaluation of the period would round them, decided on its last day.
  const auto document = facts->timeline.in_force(last_day(period), source.head().sequence);
  const Rounding rounding = document ? (*document)->rounding : Rounding::half_up;
  for (const surveys::Survey& survey : found) {
    RUNUT_ASSIGN(auto cells, survey_cells(source.agency(), period, survey, rounding));
    RUNUT_TRY(emit.row(std::move(cells)));
  }
  if (found.empty()) emit.note("no survey of " + to_string(period) + " was opened");
  return {};
}

}  // namespace

Listing surveys_listing() {
  constexpr std::string_view mean =
      "Points with two decimals once it is closed; of fewer than three answers not shown";
  return {.name = "surveys",
          .summary =
              "Surveys of behaviour (penilaian 360): answers and means by relation; of fewer "
              "than three answers of peers or subordinates no mean is shown",
          .parameters = {period_parameter},
          .forms = {{.columns = {agency_column,
                                 period_column,
                                 person_column,
                                 {"state", ColumnType::text, "open or closed"},
                                 {"superior", ColumnType::number, "Answers"},
                                 {"superior_mean", ColumnType::points, "Points with two decimals"},
                                 {"peers", ColumnType::number, "Answers"},
                                 {"peers_mean", ColumnType::points, mean},
                                 {"subordinates", ColumnType::number, "Answers"},
                                 {"subordinates_mean", ColumnType::points, mean},
                                 {"event", ColumnType::sequence, "The last of the survey"}},
                     .person = "person",
                     .rows = &list_surveys}}};
}

}  // namespace runut::listing
