#include <algorithm>

#include "simulation/planner.h"

namespace runut::simulation {
namespace {

std::string run_name(UnitId unit, Month month, RunKind kind) {
  return to_string(RunId{unit, month, kind, 1});
}

}  // namespace

void Planner::plan_newcomers() {
  for (std::uint32_t i = 0; i < share(100); ++i) {
    const PersonIndex p = take();
    Person& person = city_.people[p];
    const Date from = working_day(month_at(2), 1);
    person.status = EmploymentStatus::cpns;
    person.grade = "III/a";
    person.service = month_of(from);
    person.born =
        date(year_of(person.service) - 24, civil(person.born).month, civil(person.born).day);
    person.joined = in_.calendar.on_or_before(from - 5);
    person.postings[0].from = from;
    person.postings[0].rankable = false;
    plan_.newcomers.push_back(
        {p, add_item("newcomer", p, month_of(from), from,
                     "CPNS registered after the founding, paid by the day from the first one",
                     {{"status", "CPNS"}, {"first_day", to_string(from)}})});
    if (i == 0)
      plan_incident(IncidentKind::malformed_nip, p, nobody, person.joined, "a NIP of 17 digits",
                    "rejected", "identifier.nip");
  }
}

void Planner::plan_moves() {
  const std::uint32_t count = std::max<std::uint32_t>(share(100), 2);
  for (std::uint32_t i = 0; i < count; ++i) {
    const PersonIndex p = take();
    const Month month = i == 0 ? to_ : month_at(1 + static_cast<int>(i - 1) % 5);
    const Date from = working_day(month, 15);
    Person& person = city_.people[p];
    const UnitIndex old_office = paying_unit(p);
    const PersonIndex model = model_elsewhere(old_office);
    if (model == nobody) return;
    person.postings[0].until = from - 1;
    Posting next = city_.people[model].postings[0];
    next.from = from;
    person.postings.push_back(next);
    const UnitId pays = city_.units[city_.units[next.unit].paying_unit].id;
    const UnitId left = city_.units[old_office].id;
    plan_.moves.push_back({p, add_item("mid_month_move", p, month, from,
                                       "moves between paying units in the middle of the month",
                                       {{"paid_by", run_name(pays, month, RunKind::regular)},
                                        {"left_out_of", run_name(left, month, RunKind::regular)},
                                        {"left_out_reason", "paid_by_other_unit"}})});
    if (i == 1)
      plan_incident(IncidentKind::overlapping_assignment, p, nobody,
                    in_.calendar.on_or_before(from - 3),
                    "the new assignment is started before the old one is ended", "rejected",
                    "assignment.overlap");
  }
}

// Somebody of another office whose post is like that of many; nobody is noted like in take().
PersonIndex Planner::model_elsewhere(UnitIndex office) {
  const std::size_t count = city_.people.size();
  const std::size_t first = random_.below(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto p = static_cast<PersonIndex>((first + i) % count);
    const Person& model = city_.people[p];
    const UnitIndex its = city_.units[model.postings[0].unit].paying_unit;
    if (its == nobody || its == office || is_story_office(its) || model.appraises ||
        model.postings.size() != 1 || model.reserved || model.status != EmploymentStatus::pns ||
        city_.units[model.postings[0].unit].kind != UnitKind::office ||
        model.postings[0].unit == city_.tie_unit || model.postings[0].job_class > 9)
      continue;
    return p;
  }
  lacks_people_ = true;
  return nobody;
}

void Planner::plan_separations() {
  for (std::uint32_t i = 0; i < share(1'000) + 1; ++i) {
    const bool dies = i == 1;
    const Month month = dies ? month_at(1) : month_at((to_ - from_) / 2);
    const Date last = dies ? working_day(month, 12) : last_day(month);
    const PersonIndex p = take();
    Person& person = city_.people[p];
    person.last_day = last;
    person.separation = dies ? SeparationCause::died : SeparationCause::retired;
    if (!dies) {  // the age limit is reached in that month
      const YearMonthDay ymd = civil(last);
      person.born = date(ymd.year - 58, ymd.month, civil(person.born).day);
      person.service = runut::month(ymd.year - 33, month_of_year(person.service));
    }
    plan_.separations.push_back({p, add_item(dies ? "death" : "retirement", p, month, last,
                                             dies ? "dies in service; paid to the last day"
                                                  : "retires at the end of the month",
                                             {{"last_day", to_string(last)}})});
  }
}

void Planner::plan_incident(IncidentKind kind, PersonIndex p, PersonIndex actor, Date day,
                            std::string note, std::string outcome, std::string rule) {
  const bool refused = outcome == "refused";
  const ItemIndex item = add_item(refused ? "violation" : std::string(rejected_kind), p,
                                  month_of(day), day, std::move(note),
                                  {{"outcome", outcome},
                                   {"rule", std::move(rule)},
                                   {"event", refused ? "AttemptRefused" : "none"}});
  if (actor != nobody)
    book_.at(item).expected.emplace_back("actor", to_string(city_.people[actor].id));
  plan_.incidents.push_back({kind, p, actor, day, item});
}

void Planner::plan_incidents() {
  struct Story {
    IncidentKind kind;
    int month;
    const char* note;
    const char* outcome;
    const char* rule;
  };
  static constexpr Story stories[] = {
      {IncidentKind::colleague_approves, 0, "a colleague tries to approve the report", "refused",
       "authority.not_appraiser"},
      {IncidentKind::colleague_approves, 7, "a colleague tries to approve the report", "refused",
       "authority.not_appraiser"},
      {IncidentKind::self_approves, 1, "tries to approve the own report", "refused",
       "authority.self"},
      {IncidentKind::future_report, 0, "a report dated tomorrow", "rejected",
       "report.date_in_future"},
      {IncidentKind::second_decision, 2, "the appraiser decides a second time", "rejected",
       "report.already_decided"},
  };
  for (const Story& story : stories) {
    const PersonIndex p = take();
    const Date day = working_day(month_at(story.month), 9);
    const PersonIndex colleague = city_.units[paying_unit(p)].treasurer;
    const PersonIndex actor = story.kind == IncidentKind::colleague_approves ? colleague
                              : story.kind == IncidentKind::second_decision
                                  ? city_.people[p].postings[0].appraiser
                                  : p;
    plan_incident(story.kind, p, actor, day, story.note, story.outcome, story.rule);
    PlannedDay planned{.person = p, .date = day};
    planned.approved_at = in_.calendar.at(in_.calendar.after(day), 13 * 60);
    plan_.days.push_back(planned);
  }
  const UnitIndex office = city_.units[city_.tie_unit].paying_unit;
  plan_incident(IncidentKind::computer_locks, city_.units[office].treasurer,
                city_.units[office].treasurer, pay_dates(in_, to_).locked,
                "who computed the run tries to lock it", "refused", "authority.separation");
}

void Planner::plan_sanctions() {
  static constexpr std::uint32_t lengths[] = {6, 9, 12};  // PP 94/2021
  for (std::uint32_t i = 0; i < share(1'000); ++i) {
    const Month disciplined = month_at(1 + static_cast<int>(i % 8));
    const std::uint32_t months = lengths[i % std::size(lengths)];
    const PersonIndex p = take();
    plan_.sanctions.push_back(
        {SanctionKind::disciplinary, p, nobody, disciplined + 1, months,
         add_item("disciplinary_sanction", p, disciplined + 1, working_day(disciplined, 14),
                  "PP 94/2021: from the month after",
                  {{"first_month", to_string(disciplined + 1)},
                   {"last_month", to_string(disciplined + static_cast<int>(months))}})});
  }
  const Month sanctioned = month_at(3);
  if (in_.setting.document_on(first_day(sanctioned)).document.tpp.personal_sanction) {
    const PersonIndex q = take();
    plan_.sanctions.push_back({SanctionKind::personal, q, nobody, sanctioned, 0,
                               add_item("personal_sanction", q, sanctioned, std::nullopt,
                                        "decided after the half-yearly evaluation",
                                        {{"first_month", to_string(sanctioned)}})});
  }
  if (in_.setting.document_on(first_day(sanctioned)).document.tpp.unit_sanction) {
    for (UnitIndex unit = static_cast<UnitIndex>(city_.units.size()) - 1; unit > 0; --unit) {
      const Unit& candidate = city_.units[unit];
      if (candidate.paying || candidate.moved || candidate.last_day || unit == city_.heroine_unit ||
          unit == city_.tie_unit)
        continue;
      const ItemIndex item = add_item("unit_sanction", nobody, sanctioned, std::nullopt,
                                      "for everybody in the unit on their last day of the month",
                                      {{"month", to_string(sanctioned)}});
      book_.at(item).unit = candidate.id;
      plan_.sanctions.push_back({SanctionKind::unit, nobody, unit, sanctioned, 0, item});
      break;
    }
  }
}

void Planner::plan_delegation() {
  for (PersonIndex p = 0; p < city_.people.size(); ++p) {
    const Person& person = city_.people[p];
    const UnitIndex office = paying_unit(p);
    if (!person.appraises || person.postings[0].echelon != Echelon::iv || office == nobody ||
        is_story_office(office) || person.postings[0].unit == city_.tie_unit ||
        city_.units[person.postings[0].unit].head == p)
      continue;
    city_.people[p].reserved = true;
    Date monday = first_day(from_) + 12;
    while (weekday(monday) != Weekday::monday) monday = monday + 1;
    const Interval days{monday, monday + 4};
    const PersonIndex deputy = person.postings[0].appraiser;
    plan_.delegations.push_back(
        {p, deputy, days,
         add_item("delegation", p, month_of(monday), monday,
                  "on leave for a week; the own appraiser approves meanwhile",
                  {{"delegate", to_string(city_.people[deputy].id)},
                   {"until", to_string(days.until)}})});
    plan_incident(IncidentKind::overlapping_leave, p, nobody, in_.calendar.on_or_after(monday),
                  "leave that overlaps leave", "rejected", "leave.overlap");
    return;
  }
}

}  // namespace runut::simulation
