#include "report/merit_people.h"

#include <algorithm>
#include <map>
#include <set>

namespace runut::report {
namespace {

constexpr std::int32_t quarter_months = 3;

Period quarter_of(Month month) {
  return {Month{month.index - month.index % quarter_months}, quarter_months};
}

struct QuarterCount {
  std::uint32_t delivered = 0, acknowledged = 0, refused = 0, unanswered = 0;
  std::set<PersonId> people;
};

// An answer to an earlier version is none: a correction waits for its own.
bool is_answered(const EvaluationFact& fact) {
  const Sequence standing =
      fact.corrections.empty() ? *fact.delivered : fact.corrections.back().sequence;
  return fact.answer && fact.answer->sequence > standing;
}

void count_evaluation(const EvaluationFact& fact, PersonId person, QuarterCount& of) {
  ++of.delivered;
  of.people.insert(person);
  if (!is_answered(fact))
    ++of.unanswered;
  else if (fact.answer->acknowledged)
    ++of.acknowledged;
  else
    ++of.refused;
}

}  // namespace

Section dialogues_section(const Facts& facts, const RankingFact& ranking) {
  Section out{"dialogues",
              {"Dialog kinerja", "Dialogues"},
              {{"person", {"Pegawai", "Person"}},
               {"unit", {"Unit", "Unit"}},
               {"dialogues", {"Dialog", "Dialogues"}, Measure::count},
               {"last_dialogue", {"Dialog terakhir", "Last dialogue"}},
               {"coachings", {"Pembinaan", "Coaching"}, Measure::count}},
              {}};
  std::map<PersonId, std::string> people;  // with their unit
  for (const auto& [name, group] : ranking.groups)
    for (const GroupMemberFact& member : group.members)
      people.emplace(member.person, to_string(member.unit));
  for (const auto& [person, reason] : ranking.unranked) {
    const AssignmentFact* const post =
        facts.person(person).assignment_near(last_day(ranking.period));
    people.emplace(person, post == nullptr ? std::string() : to_string(post->unit));
  }
  const Interval days{first_day(ranking.period), last_day(ranking.period)};
  for (const auto& [person, unit] : people) {
    std::uint32_t dialogues = 0;
    std::optional<Date> last;
    for (const DialogueFact& fact : facts.person(person).dialogues) {
      if (!days.contains(fact.date)) continue;
      ++dialogues;
      last = last ? std::max(*last, fact.date) : fact.date;
    }
    const auto& planned = facts.person(person).coachings;
    const auto coachings =
        std::count_if(planned.begin(), planned.end(), [&](const CoachingFact& fact) {
          return fact.days.from <= days.until && days.from <= fact.days.until;
        });
    out.row({to_string(person), unit, std::to_string(dialogues), optional_cell(last),
             std::to_string(coachings)});
  }
  return out;
}

Section evaluations_section(const Facts& facts, Period period, Instant head) {
  Section out{"evaluations",
              {"Penilaian per triwulan", "Evaluations per quarter"},
              {{"quarter", {"Triwulan", "Quarter"}},
               {"delivered", {"Disampaikan", "Delivered"}, Measure::count},
               {"people", {"Pegawai", "People"}, Measure::count},
               {"acknowledged", {"Diterima", "Acknowledged"}, Measure::count},
               {"refused", {"Ditolak", "Refused"}, Measure::count},
               {"unanswered", {"Belum ditanggapi", "Unanswered"}, Measure::count}},
              {}};
  const int offset = facts.agency().utc_offset_minutes();
  const Period first = quarter_of(period.first);
  std::map<Period, QuarterCount> quarters;
  for (Period at = first; at.first <= month_of(local_date(head, offset)); at = at.following())
    quarters[at];
  for (const auto& [person, registered] : facts.agency().persons) {
    if (registered > facts.known_at()) continue;
    for (const EvaluationFact& fact : facts.person(person).evaluations) {
      if (!fact.delivered || !fact.delivered_at) continue;
      const auto of = quarters.find(quarter_of(month_of(local_date(*fact.delivered_at, offset))));
      if (of != quarters.end()) count_evaluation(fact, person, of->second);
    }
  }
  for (const auto& [quarter, of] : quarters)
    out.row({to_string(quarter), std::to_string(of.delivered), std::to_string(of.people.size()),
             std::to_string(of.acknowledged), std::to_string(of.refused),
             std::to_string(of.unanswered)});
  return out;
}

}  // namespace runut::report
