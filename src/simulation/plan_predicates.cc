#include <algorithm>

#include "simulation/planner.h"

namespace runut::simulation {
namespace {

constexpr std::int32_t year_months = 12;

}  // namespace

// By the document in force when it is rated, as far as the ledger has been told of it.
std::vector<Period> predicate_periods(const PlanInput& input) {
  std::vector<Period> out;
  for (Month end = input.from - 1; end <= input.to; end = end + 1) {
    const Date rated = std::min(first_day(end + 1), last_day(input.to));
    const Document& rules = input.setting.document_on(rated).document;
    if (rules.evaluation.regime != Regime::predicate) continue;
    const std::int32_t months = rules.ranking.period_months;
    if (month_of_year(end) % months == 0) out.push_back({end - (months - 1), months});
    if (month_of_year(end) == year_months && months != year_months && end >= input.from)
      out.push_back({end - (year_months - 1), year_months});
  }
  return out;
}

PredicateDates predicate_dates(const PlanInput& input, Period period) {
  const WorkCalendar& calendar = input.calendar;
  PredicateDates out;
  // A year is rated when its last quarter is.
  const int after = period.months == year_months ? 9 : 3;
  out.unit_predicates = calendar.on_or_after(first_day(period.following()) + after);
  out.rated_from = calendar.after(out.unit_predicates);
  out.disputed = calendar.after(out.rated_from, 9);
  out.closed = calendar.after(out.rated_from, 11);
  return out;
}

const PlannedDeviation* Plan::deviates(Period period, UnitIndex unit) const {
  const auto found = std::find_if(
      deviations.begin(), deviations.end(),
      [&](const PlannedDeviation& one) { return one.period == period && one.unit == unit; });
  return found == deviations.end() ? nullptr : &*found;
}

bool Plan::is_told_of(Period period, UnitIndex unit) const {
  return deviates(period, unit) != nullptr ||
         std::any_of(disputes.begin(), disputes.end(), [&](const PlannedDispute& one) {
           return one.period == period && one.unit == unit;
         });
}

// Who may sign for the predicates of units: the Sekretaris Daerah, else the head of the city.
std::optional<std::pair<PersonIndex, std::string>> Planner::unit_predicate_signatory() const {
  const auto& offices = in_.setting.documents.back().document.evaluation.predicate.unit_signatories;
  for (const PersonIndex p : {City::secretary, City::mayor}) {
    const std::string& post = city_.people[p].postings[0].post;
    if (std::find(offices.begin(), offices.end(), post) != offices.end()) return {{p, post}};
  }
  return std::nullopt;
}

void Planner::plan_predicates() {
  plan_.unit_predicate_signatory = unit_predicate_signatory();
  if (!plan_.unit_predicate_signatory) return;
  plan_.predicate_periods = predicate_periods(in_);
  const std::vector<PersonIndex> people = monthly_people();
  std::size_t turn = 0;
  for (const Period period : plan_.predicate_periods) {
    if (period.months == year_months) continue;
    plan_deviation(period);
    plan_dispute(period, people[turn++ % people.size()], true);
    plan_dispute(period, people[turn++ % people.size()], false);
  }
  if (plan_.predicate_periods.empty()) return;
  const Period first = plan_.predicate_periods.front();
  const PersonIndex early = people[turn % people.size()];
  plan_incident(IncidentKind::rated_before_unit, early, city_.people[early].postings[0].appraiser,
                predicate_dates(in_, first).unit_predicates,
                "rated before the unit has its predicate", "rejected",
                "evaluation.unit_predicate_first");
}

void Planner::plan_dispute(Period period, PersonIndex p, bool upheld) {
  const Posting* const held = city_.people[p].posting_on(last_day(period));
  if (held == nullptr || plan_.is_told_of(period, held->unit)) return;
  plan_.disputes.push_back(
      {period, p, held->unit, upheld,
       add_item(upheld ? "predicate_corrected" : "objection_dismissed", p,
                month_of(last_day(period)), std::nullopt,
                upheld ? "objection to the predicate, upheld and corrected"
                       : "objection to the predicate, filed in time and dismissed",
                {{"period", to_string(period)},
                 {"before", "butuh_perbaikan"},
                 {"after", upheld ? "baik" : "butuh_perbaikan"}})});
}

// A division whose people are all alike, where its predicate wants somebody to fall short.
void Planner::plan_deviation(Period period) {
  constexpr std::size_t size_most = 40;
  const std::vector<PersonIndex> people = monthly_people();
  const auto is_told = [&](UnitIndex u) {
    return std::any_of(people.begin(), people.end(), [&](PersonIndex p) {
      const Posting* const held = city_.people[p].posting_on(last_day(period));
      return held != nullptr && held->unit == u;
    });
  };
  for (const UnitIndex u : divisions_up_to(size_most)) {
    if (is_told(u)) continue;
    const ItemIndex item =
        add_item("outside_distribution", nobody, month_of(last_day(period)), std::nullopt,
                 "everybody is baik in a unit whose predicate wants at most seven in ten",
                 {{"period", to_string(period)}, {"unit_predicate", "baik"}});
    book_.at(item).unit = city_.units[u].id;
    plan_.deviations.push_back({period, u, item});
    return;
  }
}

}  // namespace runut::simulation
