#include <algorithm>

#include "computation/senior_post.h"
#include "simulation/planner.h"

namespace runut::simulation {
namespace {

// First months, counted from the simulation's, in which the first reviews fall due: decided, and
// decided by nobody. The others follow some months apart, so that a fifth is due each year.
constexpr int first_due = 2;
constexpr int overdue_due = 4;
constexpr int others_due = 7;
constexpr int months_between_due = 11;
constexpr int months_round = 53;

}  // namespace

std::vector<PersonIndex> Planner::monthly_people() const {
  std::vector<PersonIndex> out = plan_.monthly.approved_late;
  out.insert(out.end(), plan_.monthly.excused.begin(), plan_.monthly.excused.end());
  return out;
}

// Of every office head of echelon II, from the day they came into the post, which is set here.
void Planner::plan_tenures() {
  const SeniorPostTerms& terms =
      in_.setting.document_on(first_day(in_.from)).document.governance.senior_posts;
  const auto& offices = terms.signatories;
  if (std::find(offices.begin(), offices.end(), city_.units[0].head_office) == offices.end())
    return;
  int turn = 0;
  for (UnitIndex u = 1; u < city_.units.size(); ++u) {
    const Unit& unit = city_.units[u];
    if (!unit.paying || city_.people[unit.head].postings[0].echelon != Echelon::ii) continue;
    int offset = turn == 0   ? first_due
                 : turn == 1 ? overdue_due
                             : others_due + (turn - 2) * months_between_due % months_round;
    ++turn;
    // None falls due behind the last month, while what is left is settled.
    const int last = in_.to - in_.from;
    if (offset > last && offset <= last + 4) offset += 6;
    const Date due = first_day(in_.from + offset) + 4 + turn % 20;
    Posting& held = city_.people[unit.head].postings[0];
    held.from = years_after(due, -terms.review_years);
    PlannedTenure tenure{.person = unit.head, .unit = u};
    if (offset <= last) {
      const Date review_due = senior_term(held.from, std::nullopt, terms).review_due;
      tenure.review_due = review_due;
      tenure.is_reviewed = offset != overdue_due;
      tenure.item =
          add_item(tenure.is_reviewed ? "senior_post_extended" : "senior_post_overdue", unit.head,
                   month_of(review_due), review_due,
                   tenure.is_reviewed ? "reviewed and extended before the term is over"
                                      : "the term is over and nobody has decided",
                   {{"since", to_string(held.from)}, {"review_due", to_string(review_due)}});
    }
    plan_.tenures.push_back(tenure);
  }
}

bool Planner::acts_already(PersonIndex p) const {
  return std::any_of(plan_.acting.begin(), plan_.acting.end(), [&](const PlannedActing& one) {
    return one.person == p && one.from >= first_day(from_);
  });
}

std::uint32_t Planner::acted_before(PersonIndex p) const {
  return static_cast<std::uint32_t>(
      std::count_if(plan_.acting.begin(), plan_.acting.end(),
                    [&](const PlannedActing& one) { return one.person == p; }));
}

// Heads of divisions stand in for one of another division (Plh) or hold a post that nobody has
// (Plt), from the middle of a month on.
void Planner::plan_acting() {
  const std::size_t wanted = share(250) + 1;
  std::size_t told = 0;
  for (UnitIndex u = 1; u < city_.units.size() && told < wanted; ++u) {
    if (!is_ordinary_division(u)) continue;
    const UnitIndex other = beside(u);
    if (other == nobody || acts_already(city_.units[other].head)) continue;  // within the year
    const bool stands_in = told % 2 == 0;
    const Date from = working_day(month_at(static_cast<int>(told) % 6), 12);
    const PersonIndex absent = city_.units[u].head;
    PlannedActing acting{.person = city_.units[other].head,
                         .unit = u,
                         .number = 1 + acted_before(city_.units[other].head)};
    acting.role = stands_in ? AssignmentRole::plh : AssignmentRole::plt;
    acting.post = stands_in ? city_.units[u].head_office : "Kepala Seksi Kerja Sama dan Kemitraan";
    acting.job_class = stands_in ? city_.people[absent].postings[0].job_class : 9;
    acting.from = from;
    acting.until = from + (stands_in ? 16 : 75);
    acting.item =
        add_item("acting_role", acting.person, month_of(from), from,
                 stands_in ? "stands in for the head of another division, within a month"
                           : "acts in a vacant post, from the middle of a month until it is ended",
                 {{"role", std::string(to_string(acting.role))},
                  {"unit", to_string(city_.units[u].id)},
                  {"until", to_string(acting.until)}});
    if (told == 0) {
      acting.refused =
          add_item(std::string(rejected_kind), acting.person, month_of(from), from,
                   "a second acting role on the same days",
                   {{"outcome", "rejected"}, {"rule", "acting.overlap"}, {"event", "none"}});
    }
    plan_.acting.push_back(std::move(acting));
    ++told;
  }
}

}  // namespace runut::simulation
