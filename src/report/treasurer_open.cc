// What keeps a paying unit's regular run of the month from being locked.
#include <algorithm>
#include <map>

#include "computation/rules.h"
#include "report/treasurer_people.h"

namespace runut::report {
namespace {

// People whose last post of the month makes them eligible, by the unit that pays them.
struct Waiting {
  std::uint64_t people = 0;
  std::vector<UnitId> open;  // units of their posts that have not closed the month
};

bool touches(const AssignmentFact& post, Month month) {
  return post.tpp_eligible && post.days.from <= last_day(month) &&
         post.days.until >= first_day(month);
}

std::map<UnitId, Waiting> waiting_for(const Facts& facts, const TreasurerOptions& options) {
  const AgencyFacts& agency = facts.agency();
  std::map<UnitId, Waiting> out;
  for (const auto& [person, registered] : agency.persons) {
    const PersonFacts& known = facts.person(person);
    const AssignmentFact* const last = known.assignment_near(last_day(options.month));
    if (last == nullptr || !touches(*last, options.month)) continue;
    const auto payer = agency.paying_unit(last->unit, last_day(options.month), facts.known_at());
    if (!payer || (options.unit && *payer != *options.unit)) continue;
    Waiting& waiting = out[*payer];
    ++waiting.people;
    for (const AssignmentFact& post : known.assignments)
      if (touches(post, options.month) &&
          !agency.is_closed(post.unit, options.month, facts.known_at()))
        waiting.open.push_back(post.unit);
  }
  for (auto& [unit, waiting] : out) {
    std::sort(waiting.open.begin(), waiting.open.end());
    waiting.open.erase(std::unique(waiting.open.begin(), waiting.open.end()), waiting.open.end());
  }
  return out;
}

std::string names_of(const std::vector<UnitId>& units) {
  std::string out;
  for (const UnitId unit : units) out += (out.empty() ? "" : " ") + to_string(unit);
  return out;
}

}  // namespace

Section not_locked_section(const Facts& facts, const Runs& runs, Instant today,
                           const TreasurerOptions& options) {
  Section out{"not_locked",
              {"Belum dikunci", "Not locked"},
              {agency_unit,
               {"unit_name", {"Nama unit", "Unit's name"}},
               {"people", {"Pegawai", "People"}, Measure::count},
               {"reason", {"Sebab", "Reason"}, Measure::word},
               {"open_units", {"Kehadiran belum ditutup", "Attendance open"}}},
              {}};
  const AgencyFacts& agency = facts.agency();
  const auto rules = payment_rules(facts, options.month);
  for (const auto& [unit, waiting] : waiting_for(facts, options)) {
    const PaidRun* regular = nullptr;
    for (const PaidRun& run : runs)
      if (run.run.unit == unit && run.run.kind == RunKind::regular) regular = &run;
    if (regular != nullptr && regular->locked) continue;
    const char* reason = "not_computed";
    if (regular != nullptr)
      reason = state_of(*regular) == "reopened" ? "reopened" : "waits_for_lock";
    else if (!rules)
      reason = "no_document";
    else if (today < approval_cutoff(*rules, options.month, agency.utc_offset_minutes()))
      reason = "before_cutoff";
    else if (!waiting.open.empty() && (*rules)->work.weights.discipline.value > 0)
      reason = "attendance_open";
    out.row({to_string(unit), unit_name(facts, unit), std::to_string(waiting.people), reason,
             names_of(waiting.open)});
  }
  return out;
}

}  // namespace runut::report
