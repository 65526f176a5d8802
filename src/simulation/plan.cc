#include "simulation/plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace runut::simulation {
namespace {

std::string run_name(UnitId unit, Month month, RunKind kind) {
  return to_string(RunId{unit, month, kind, 1});
}

class Planner {
 public:
  Planner(const PlanInput& input, City& city, Planted& planted)
      : in_(input), city_(city), planted_(planted), random_(input.chance.of(Purpose::plan)) {
    months_ = input.to - input.from + 1;
    gather();
  }

  Plan make() {
    plan_newcomers();
    plan_moves();
    plan_separations();
    plan_incidents();
    plan_sanctions();
    plan_delegation();
    plan_late_approvals();
    plan_excuses();
    plan_ranking();
    std::sort(plan_.days.begin(), plan_.days.end(), [](const auto& a, const auto& b) {
      return std::pair(a.person, a.date) < std::pair(b.person, b.date);
    });
    return std::move(plan_);
  }

 private:
  // Staff in ordinary units: those whom a story may befall without touching another story.
  void gather() {
    for (PersonIndex p = 0; p < city_.people.size(); ++p) {
      const Person& person = city_.people[p];
      const UnitIndex office = paying_unit(p);
      if (office == nobody || is_story_office(office) || person.appraises) continue;
      const Unit& unit = city_.units[office];
      if (person.status != EmploymentStatus::pns || p == unit.treasurer || p == unit.registrar ||
          person.postings[0].unit == city_.tie_unit || person.postings[0].echelon != Echelon::staff)
        continue;
      pool_.push_back(p);
    }
    for (std::size_t i = pool_.size(); i > 1; --i) std::swap(pool_[i - 1], pool_[random_.below(i)]);
  }
  [[nodiscard]] UnitIndex paying_unit(PersonIndex p) const {
    return city_.units[city_.people[p].postings.back().unit].paying_unit;
  }
  // The heroine's correction run must settle her alone.
  [[nodiscard]] bool is_story_office(UnitIndex office) const {
    return office == city_.units[city_.heroine_unit].paying_unit;
  }
  PersonIndex take() {
    RUNUT_CHECK(!pool_.empty(), "the city is too small for its stories");
    const PersonIndex p = pool_.back();
    pool_.pop_back();
    city_.people[p].reserved = true;
    city_.people[p].diligence = 10'000;
    return p;
  }
  [[nodiscard]] std::uint32_t share(std::uint32_t divisor) const {
    return std::max<std::uint32_t>(static_cast<std::uint32_t>(city_.people.size()) / divisor, 1);
  }
  // The month so many after the first, as far as the months reach.
  [[nodiscard]] Month month_at(int offset) const {
    return in_.from + std::min(offset, months_ - 1);
  }
  [[nodiscard]] Date working_day(Month month, int day_of_month) const {
    return in_.calendar.on_or_after(first_day(month) + (day_of_month - 1));
  }

  ItemIndex add_item(std::string kind, PersonIndex p, std::optional<Month> month,
                     std::optional<Date> date, std::string note,
                     std::vector<std::pair<std::string, std::string>> expected) {
    PlantedItem item;
    item.kind = std::move(kind);
    if (p != nobody) {
      item.person = city_.people[p].id;
      const Date day = date ? *date : month ? last_day(*month) : first_day(in_.from);
      const Posting* posting = city_.people[p].posting_on(day);
      if (posting == nullptr) posting = &city_.people[p].postings.back();
      item.unit = city_.units[posting->unit].id;
    }
    item.month = month;
    item.date = date;
    item.note = std::move(note);
    item.expected = std::move(expected);
    planted_.items.push_back(std::move(item));
    return planted_.items.size() - 1;
  }

  void plan_newcomers() {
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

  void plan_moves() {
    const std::uint32_t count = std::max<std::uint32_t>(share(100), 2);
    for (std::uint32_t i = 0; i < count; ++i) {
      const PersonIndex p = take();
      const Month month = i == 0 ? in_.to : month_at(1 + static_cast<int>(i - 1) % 5);
      const Date from = working_day(month, 15);
      Person& person = city_.people[p];
      const UnitIndex old_office = paying_unit(p);
      const Posting& model = posting_elsewhere(old_office);
      person.postings[0].until = from - 1;
      Posting next = model;
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
  const Posting& posting_elsewhere(UnitIndex office) {
    for (;;) {
      const Person& model = city_.people[random_.below(city_.people.size())];
      const UnitIndex its = city_.units[model.postings[0].unit].paying_unit;
      if (its == nobody || its == office || is_story_office(its) || model.appraises ||
          model.postings.size() != 1 || model.reserved || model.status != EmploymentStatus::pns ||
          model.postings[0].unit == city_.tie_unit || model.postings[0].job_class > 9)
        continue;
      return model.postings[0];
    }
  }

  void plan_separations() {
    for (std::uint32_t i = 0; i < share(1'000) + 1; ++i) {
      const bool dies = i == 1;
      const Month month = dies ? month_at(1) : month_at((months_ - 1) / 2);
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

  void plan_incident(IncidentKind kind, PersonIndex p, PersonIndex actor, Date day,
                     std::string note, std::string outcome, std::string rule) {
    const bool refused = outcome == "refused";
    const ItemIndex item = add_item(refused ? "violation" : std::string(rejected_kind), p,
                                    month_of(day), day, std::move(note),
                                    {{"outcome", outcome},
                                     {"rule", std::move(rule)},
                                     {"event", refused ? "AttemptRefused" : "none"}});
    if (actor != nobody)
      planted_.items[item].expected.emplace_back("actor", to_string(city_.people[actor].id));
    plan_.incidents.push_back({kind, p, actor, day, item});
  }

  void plan_incidents() {
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
                  city_.units[office].treasurer, pay_dates(in_, in_.to).locked,
                  "who computed the run tries to lock it", "refused",
                  "authority.separation");
  }

  void plan_sanctions() {
    const Month disciplined = month_at(1);
    const PersonIndex p = take();
    plan_.sanctions.push_back(
        {SanctionKind::disciplinary, p, nobody, disciplined + 1,
         add_item("disciplinary_sanction", p, disciplined + 1, working_day(disciplined, 14),
                  "PP 94/2021: six months from the month after",
                  {{"first_month", to_string(disciplined + 1)},
                   {"last_month", to_string(disciplined + 6)}})});
    const Month sanctioned = month_at(3);
    if (in_.setting.document_on(first_day(sanctioned)).document.tpp.personal_sanction) {
      const PersonIndex q = take();
      plan_.sanctions.push_back({SanctionKind::personal, q, nobody, sanctioned,
                                 add_item("personal_sanction", q, sanctioned, std::nullopt,
                                          "decided after the half-yearly evaluation",
                                          {{"first_month", to_string(sanctioned)}})});
    }
    if (in_.setting.document_on(first_day(sanctioned)).document.tpp.unit_sanction) {
      for (UnitIndex unit = static_cast<UnitIndex>(city_.units.size()) - 1; unit > 0; --unit) {
        const Unit& candidate = city_.units[unit];
        if (candidate.paying || unit == city_.heroine_unit || unit == city_.tie_unit) continue;
        const ItemIndex item = add_item("unit_sanction", nobody, sanctioned, std::nullopt,
                                        "for everybody in the unit on their last day of the month",
                                        {{"month", to_string(sanctioned)}});
        planted_.items[item].unit = candidate.id;
        plan_.sanctions.push_back({SanctionKind::unit, nobody, unit, sanctioned, item});
        break;
      }
    }
  }

  void plan_delegation() {
    for (PersonIndex p = 0; p < city_.people.size(); ++p) {
      const Person& person = city_.people[p];
      const UnitIndex office = paying_unit(p);
      if (!person.appraises || person.postings[0].echelon != Echelon::iv || office == nobody ||
          is_story_office(office) || person.postings[0].unit == city_.tie_unit ||
          city_.units[person.postings[0].unit].head == p)
        continue;
      city_.people[p].reserved = true;
      // Before the first run: its approvals name the grant's sequence.
      Date monday = first_day(in_.from) + 12;
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

  void plan_correction(PersonIndex p, Month month, std::string cause) {
    const UnitIndex office = paying_unit(p);
    const bool by_regular = month < in_.to;
    const RunId run{city_.units[office].id, by_regular ? month + 1 : month,
                    by_regular ? RunKind::regular : RunKind::correction, 1};
    const ItemIndex item =
        add_item("correction", p, month, std::nullopt, "late facts of a paid month",
                 {{"cause", std::move(cause)},
                  {"run", to_string(run)},
                  {"for_month", to_string(month)},
                  {"sign", "positive"}});
    plan_.carried.push_back({run, item});
    auto& settled = plan_.settled_by_correction;
    if (!by_regular && std::find(settled.begin(), settled.end(), office) == settled.end())
      settled.push_back(office);
  }

  void plan_late_approvals() {
    std::vector<PersonIndex> people;
    for (std::uint32_t i = 0; i < share(150) * 2; ++i) people.push_back(take());
    std::size_t turn = 0;
    for (Month month = in_.from; month <= in_.to; month = month + 1) {
      const Instant cutoff = cutoff_of(in_, month);
      const Date cutoff_date = local_date(cutoff, in_.calendar.utc_offset_minutes());
      for (std::uint32_t i = 0; i < share(150); ++i, ++turn) {
        const PersonIndex p = people[turn % people.size()];
        std::vector<Date> days = in_.calendar.working_days(week_of(p), month);
        RUNUT_CHECK(days.size() > 8, "a month has working days");
        const bool first = turn == 0;
        if (first)
          plan_report_day(p, days[days.size() - 6], Instant{cutoff.micros - 1},
                          "approval_just_in_time", "a microsecond before the cut-off", true);
        days.erase(days.begin(), days.end() - 5);
        for (std::size_t k = 0; k < days.size(); ++k) {
          const Date on =
              in_.calendar.on_or_after(cutoff_date + 1 + static_cast<int>(random_.below(6)));
          const Instant at =
              first && k == 0
                  ? cutoff
                  : in_.calendar.at(on, 8 * 60 + static_cast<int>(random_.below(420)),
                                    static_cast<std::int64_t>(random_.below(60'000'000)));
          plan_report_day(p, days[k], at, "late_approval",
                          first && k == 0 ? "exactly at the cut-off, which is late"
                                          : "approved after the cut-off",
                          false);
        }
        plan_correction(p, month, "late_approval");
      }
    }
  }
  [[nodiscard]] WeekKind week_of(PersonIndex p) const {
    return city_.units[city_.people[p].postings.back().unit].week;
  }
  void plan_report_day(PersonIndex p, Date day, Instant approved_at, std::string kind,
                       std::string note, bool counts) {
    PlannedDay planned{.person = p, .date = day};
    planned.approved_at = approved_at;
    planned.item = add_item(std::move(kind), p, month_of(day), day, std::move(note),
                            {{"approved_at", to_string(approved_at)},
                             {"counts_in_the_months_run", counts ? "yes" : "no"}});
    plan_.days.push_back(planned);
  }

  void plan_excuses() {
    const std::uint32_t timely = share(100);
    const std::uint32_t late = share(150);
    const std::uint32_t denied = share(300);
    std::vector<PersonIndex> people;
    for (std::uint32_t i = 0; i < timely + late + denied; ++i) people.push_back(take());
    for (Month month = in_.from; month <= in_.to; month = month + 1) {
      for (std::uint32_t i = 0; i < people.size(); ++i) {
        const ExcuseStory story = i < timely          ? ExcuseStory::in_time
                                  : i < timely + late ? ExcuseStory::late
                                                      : ExcuseStory::denied;
        plan_excuse(people[(i + static_cast<std::uint32_t>(month - in_.from)) % people.size()],
                    month, story);
      }
    }
  }
  void plan_excuse(PersonIndex p, Month month, ExcuseStory story) {
    std::vector<Date> days = in_.calendar.working_days(week_of(p), month);
    const Date day = days[1 + random_.below(days.size() - 8)];
    const int late_minutes = static_cast<int>(between(random_, 35, 120));
    PlannedDay planned{.person = p, .date = day, .late_minutes = late_minutes};
    plan_.days.push_back(planned);
    const bool late = story == ExcuseStory::late;
    const Date decided =
        late ? in_.calendar.on_or_after(first_day(month + 1) + 13) : in_.calendar.after(day);
    const Instant at = in_.calendar.at(decided, 9 * 60 + static_cast<int>(random_.below(300)));
    const char* kind = late                            ? "excuse_late"
                       : story == ExcuseStory::in_time ? "excuse_in_time"
                                                       : "excuse_denied";
    const ItemIndex item =
        add_item(kind, p, month, day, fmt::format("{} minutes late that morning", late_minutes),
                 {{"decided_at", to_string(at)},
                  {"approved", story == ExcuseStory::denied ? "no" : "yes"},
                  {"cancels_in_the_months_run", story == ExcuseStory::in_time ? "yes" : "no"}});
    plan_.excuses.push_back({p, day, story, at, item});
    if (late) plan_correction(p, month, "excuse_late");
  }

  void plan_ranking() {
    const auto period = ranked_period(in_);
    if (!period) return;
    const Document& rules = in_.setting.first_ranking()->document;
    plan_.undelivered.push_back(take());
    add_undelivered_item(*period);
    plan_.evaluations = build_evaluations(city_, *period, rules, plan_.undelivered, in_.chance);
    const Evaluations& evaluations = *plan_.evaluations;
    const Month paid = month_of(rules.header.effective_from);
    for (const PersonIndex p : evaluations.innovators) city_.people[p].reserved = true;

    const RankedGroup& tied = evaluations.group_of(city_.tie_unit);
    plan_.tie =
        add_item("tie", evaluations.tied[1], paid, ranking_dates(in_, *period).published,
                 "two members with equal score and tie keys on both sides of the lower cut-off",
                 {{"group", tied.name},
                  {"cutoff", "below"},
                  {"members", to_string(city_.people[evaluations.tied[0]].id) + " " +
                                  to_string(city_.people[evaluations.tied[1]].id)},
                  {"places", "1"},
                  {"chosen", to_string(city_.people[evaluations.tied[1]].id)},
                  {"authority", rules.ranking.tie_authority.front()}});
    plan_heroine(*period, paid);
    plan_objections(*period, paid);
  }
  void add_undelivered_item(Period period) {
    add_item("undelivered", plan_.undelivered[0], std::nullopt, last_day(period),
             "rated, but not delivered before the freezing", {{"unranked", "not_delivered"}});
  }

  void plan_heroine(Period period, Month paid) {
    const Evaluations& evaluations = *plan_.evaluations;
    const PersonIndex p = evaluations.heroine;
    const RankedGroup& group = evaluations.group_of(city_.heroine_unit);
    const UnitId office = city_.units[paying_unit(p)].id;
    const RankKey key = rank_key(evaluations.ratings[p], in_.setting.first_ranking()->document);
    Heroine heroine;
    heroine.person = city_.people[p].id;
    heroine.identifier = identifier(city_.people[p]);
    heroine.unit = city_.units[city_.heroine_unit].id;
    heroine.group = group.name;
    heroine.members = static_cast<std::uint32_t>(group.order.size());
    heroine.rank = heroine.members - static_cast<std::uint32_t>(group.counts.below) + 1;
    heroine.period = period;
    heroine.month = paid;
    heroine.run = {office, paid, RunKind::regular, 1};
    heroine.correction_run = {office, paid, RunKind::correction, 1};
    heroine.result = key.result;
    heroine.behaviour = key.behaviour;
    heroine.score = key.score;
    heroine.corrected_result = evaluations.heroine_corrected.result;
    heroine.avoided_by = evaluations.heroine_avoids;
    heroine.neighbour = city_.people[evaluations.neighbour].id;
    heroine.before = Tier::below;
    heroine.after = Tier::meets;
    planted_.heroine = heroine;

    // Something to lose beside the rank: one late morning and one short day in the month of the
    // cut.
    PlannedDay late{.person = p, .date = working_day(paid, 10), .late_minutes = 14};
    plan_.days.push_back(late);
    PlannedDay brief{.person = p, .date = working_day(paid, 23), .report_minutes = 195};
    plan_.days.push_back(brief);
    plan_.objections.push_back(
        {p, ObjectionStory::upheld,
         add_item("objection_upheld", p, paid, std::nullopt,
                  "filed in time, upheld after the month was ordered, corrected and paid",
                  {{"tier_before", "below"},
                   {"tier_after", "meets"},
                   {"correction_run", to_string(heroine.correction_run)}})});
    plan_.carried.push_back({heroine.correction_run,
                             add_item("correction", p, paid, std::nullopt, "the upheld objection",
                                      {{"cause", "objection_upheld"},
                                       {"run", to_string(heroine.correction_run)},
                                       {"for_month", to_string(paid)},
                                       {"sign", "positive"}})});
  }

  // Two more who were cut: one in time and dismissed, one filed too late.
  void plan_objections(Period period, Month paid) {
    ObjectionStory story = ObjectionStory::dismissed;
    for (const RankedGroup& group : plan_.evaluations->groups) {
      if (group.counts.below == 0 || group.unit == city_.heroine_unit ||
          group.unit == city_.tie_unit)
        continue;
      const PersonIndex p = group.order.back();
      if (city_.people[p].reserved || city_.people[p].appraises) continue;
      city_.people[p].reserved = true;
      const bool late = story == ObjectionStory::late;
      plan_.objections.push_back(
          {p, story,
           add_item(late ? "objection_late" : "objection_dismissed", p, paid, std::nullopt,
                    late ? "filed more than 14 days after the publication"
                         : "filed in time and dismissed",
                    {{"period", to_string(period)}, {"tier", "below"}, {"upheld", "no"}})});
      if (late) return;
      story = ObjectionStory::late;
    }
  }

  const PlanInput& in_;
  City& city_;
  Planted& planted_;
  SeededRandomness random_;
  int months_ = 1;
  std::vector<PersonIndex> pool_;
  Plan plan_;
};

}  // namespace

Plan make_plan(const PlanInput& input, City& city, Planted& planted) {
  return Planner(input, city, planted).make();
}

}  // namespace runut::simulation
