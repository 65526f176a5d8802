#include <algorithm>

#include "simulation/planner.h"

namespace runut::simulation {

void Planner::plan_later(Month from, Month to) {
  from_ = from;
  to_ = to;
  constexpr std::size_t people = 3;
  if (spare() >= people) {
    plan_found_leave();
    plan_cancelled_sanction();
    plan_returned_payment();
  }
  plan_late_closing();
}

ItemIndex Planner::plan_correction(PersonIndex p, Month month, std::string cause, std::string note,
                                   std::string sign) {
  const UnitIndex office = paying_unit(p);
  const bool by_regular = month < in_.to;
  const RunId run{city_.units[office].id, by_regular ? month + 1 : month,
                  by_regular ? RunKind::regular : RunKind::correction, 1};
  auto& settled = plan_.settled_by_correction;
  if (!by_regular && std::find(settled.begin(), settled.end(), office) == settled.end())
    settled.push_back(office);
  const ItemIndex item = add_item("correction", p, month, std::nullopt, std::move(note),
                                  {{"cause", std::move(cause)},
                                   {"run", to_string(run)},
                                   {"for_month", to_string(month)},
                                   {"sign", std::move(sign)}});
  plan_.carried.push_back({run, item});
  return item;
}

// A negative correction waits for a regular run, so the month is not the last.
void Planner::plan_found_leave() {
  const Month month = month_at(2);
  const auto& priced = in_.setting.document_on(first_day(month)).document.tpp.leave_bp;
  if (month >= in_.to || !priced.contains(LeaveKind::unpaid)) return;
  const PersonIndex p = take();
  const Date day = working_day(month, 12);
  plan_.leaves.push_back(
      {p, day,
       add_item("leave_found_late", p, month, day,
                "unpaid leave of a day in a paid month: too much was paid",
                {{"kind", std::string(to_string(LeaveKind::unpaid))}, {"days", "1"}})});
  plan_correction(p, month, "leave_found_late", "what was paid for a day of unpaid leave",
                  "negative");
}

// Imposed for half a year, and cancelled before its third month.
void Planner::plan_cancelled_sanction() {
  const Month first = from_ + 1;
  const Month cancelled = first + 2;
  if (cancelled > to_) return;
  const PersonIndex p = take();
  plan_.sanctions.push_back(
      {SanctionKind::disciplinary, p, nobody, first, 6,
       add_item("sanction_cancelled", p, first, working_day(from_, 14),
                "PP 94/2021: imposed for six months, cancelled before the third",
                {{"first_month", to_string(first)}, {"last_month", to_string(cancelled - 1)}}),
       cancelled});
}

void Planner::plan_returned_payment() {
  const PersonIndex p = take();
  const Month month = month_at(1);
  const RunId run{city_.units[paying_unit(p)].id, month, RunKind::regular, 1};
  plan_.returns.push_back({p, run,
                           add_item("payment_returned", p, month, std::nullopt,
                                    "the bank sends the payment back", {{"run", to_string(run)}})});
}

// Nobody comes, goes, or files an excuse after what would then not be the closing.
bool Planner::may_close_late(UnitIndex u) const {
  const auto& excused = plan_.monthly.excused;
  bool has_people = false;
  for (PersonIndex p = 0; p < city_.people.size(); ++p) {
    const auto& postings = city_.people[p].postings;
    if (std::none_of(postings.begin(), postings.end(),
                     [u](const Posting& posting) { return posting.unit == u; }))
      continue;
    if (postings.size() != 1 || std::find(excused.begin(), excused.end(), p) != excused.end())
      return false;
    has_people = true;
  }
  return has_people;
}

// Of a month whose ranking nobody corrects, in an office that no other story of runs touches.
void Planner::plan_late_closing() {
  const Month month = from_ + 1;
  const SettingDocument* const ranked = in_.setting.first_ranking();
  if (month >= to_ || (ranked != nullptr && month == month_of(ranked->effective_from()))) return;
  for (const UnitIndex u : divisions_up_to(40)) {
    const UnitIndex office = city_.units[u].paying_unit;
    if (office == city_.units[city_.tie_unit].paying_unit || !may_close_late(u)) continue;
    const Date closed = late_pay_dates(in_, month).closed;
    const RunId run{city_.units[office].id, month, RunKind::regular, 1};
    PlannedClosing planned{.unit = u, .month = month};
    planned.item = add_item("late_closing", nobody, month, closed,
                            "attendance closed when other offices had computed their runs",
                            {{"run", to_string(run)}, {"closed_on", to_string(closed)}});
    planned.refused =
        add_item(std::string(rejected_kind), nobody, month, pay_dates(in_, month).computed,
                 "the run is computed before a division has closed its month",
                 {{"outcome", "rejected"}, {"rule", "attendance.month_open"}, {"event", "none"}});
    for (const ItemIndex item : {planned.item, planned.refused})
      book_.at(item).unit = city_.units[u].id;
    plan_.closings.push_back(planned);
    return;
  }
}

}  // namespace runut::simulation
