#include <algorithm>
#include <map>

#include "simulation/planner.h"

namespace runut::simulation {

void Planner::plan_burst(Month from) {
  constexpr std::size_t staff = 4;
  constexpr int seconds_apart = 4;  // so that all of three days take less than a minute
  from_ = from;
  to_ = std::min(from + 11, in_.to);
  std::map<PersonIndex, std::vector<PersonIndex>> by_appraiser;
  for (const PersonIndex p : pool_) {
    const Person& person = city_.people[p];
    if (person.reserved || person.postings.size() != 1 ||
        city_.units[person.postings[0].unit].week != WeekKind::office)
      continue;
    by_appraiser[person.postings[0].appraiser].push_back(p);
  }
  for (auto& [appraiser, people] : by_appraiser) {
    if (people.size() < staff || city_.people[appraiser].reserved) continue;
    people.resize(staff);
    city_.people[appraiser].reserved = true;
    const Date first = working_day(month_at(2), 6);
    const Date last = in_.calendar.after(first, 2);
    Instant at = in_.calendar.at(last, 23 * 60 + 50);
    const ItemIndex item = add_item("approval_burst", appraiser, month_of(first), last,
                                    "three days of four people approved within a minute",
                                    {{"from", to_string(at)}, {"approvals", "12"}});
    for (const PersonIndex p : people) {
      city_.people[p].reserved = true;
      city_.people[p].diligence = 10'000;
      for (Date day = first; day <= last; day = in_.calendar.after(day)) {
        PlannedDay planned{.person = p, .date = day};
        planned.approved_at = at;
        planned.item = item;
        plan_.days.push_back(planned);
        at.micros += seconds_apart * 1'000'000LL;
      }
    }
    return;
  }
}

// In the first month, whose run carries no corrections yet.
void Planner::plan_reopening() {
  for (UnitIndex u = 0; u < city_.units.size(); ++u) {
    const Unit& office = city_.units[u];
    if (!office.paying || is_story_office(u) || u == city_.units[city_.tie_unit].paying_unit)
      continue;
    const RunId run{office.id, in_.from, RunKind::regular, 1};
    const ItemIndex item =
        add_item("run_reopened", nobody, in_.from, pay_dates(in_, in_.from).locked,
                 "locked, reopened and locked again before its payment is ordered",
                 {{"run", to_string(run)}});
    book_.at(item).unit = office.id;
    plan_.reopening = {run, item};
    return;
  }
}

}  // namespace runut::simulation
