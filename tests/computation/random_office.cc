#include "tests/computation/random_office.h"

#include <fmt/format.h>

#include "computation/ranking.h"
#include "tests/support/dates.h"

namespace runut::testing {
namespace {

std::string clock_at(std::int64_t minute) {
  return fmt::format("{:02}:{:02}:{:02}", minute / 60, minute % 60, minute % 59);
}

}  // namespace

RegulationText RandomOffice::varied(const std::string& file, std::uint64_t seed) {
  SeededRandomness random(seed * 77 + 5);
  const auto one_of = [&](std::initializer_list<const char*> of) {
    return std::string(*(of.begin() + random.below(of.size())));
  };
  RegulationText text(file);
  text.set("number_rounding", one_of({"\"half_up\"", "\"half_even\"", "\"down\"", "\"up\""}));
  text.set("tail_rounding", one_of({"\"largest_remainder\"", "\"floor\"", "\"half_up\""}));
  text.set("adjustment_base", one_of({"\"gross\"", "\"ceiling\"", "\"prestasi_kerja\""}));
  text.set("daily_cap_minutes", one_of({"null", "330"}));
  // Expectations have no mean over days: a pack's document from July on, of the predicate regime,
  // keeps `last`.
  const std::string several = one_of({"\"last\"", "\"days\""});
  if (file.find("2022-07") == std::string::npos) text.set("several_assignments", several);
  text.set("group_scope",
           one_of({"\"unit\"", "\"unit_and_job_class\"", "\"agency\"", "\"job_class\""}));
  text.set("minimum_size", one_of({"2", "5"}));
  text.set("tie_keys",
           one_of({"[\"result\",\"behaviour\",\"discipline\"]", "[\"discipline\"]", "[]"}));
  text.set("factor_weights", one_of({"{\"productivity\":6000,\"discipline\":4000}",
                                     "{\"productivity\":3333,\"discipline\":6667}"}));
  text.set("opinion_360", one_of({"false", "true"}));
  if (seed % 3 != 0) text.pays_acting(20, 2'345);
  return text;
}

RandomOffice::RandomOffice(std::uint64_t seed, const RandomRegulation& regulation)
    : office(varied(regulation.first, seed)),
      regulation_(regulation),
      random_(seed),
      surveys_(seed * 31 + 7),
      acting_random_(seed * 31 + 7) {
  hire();
}

void RandomOffice::hire() {
  EventBuilder& ledger = office.ledger;
  ledger.person(50).registered();
  for (std::uint64_t id = 11; id < 23; ++id) {
    const auto status = pick({EmploymentStatus::pns, EmploymentStatus::pns, EmploymentStatus::cpns,
                              EmploymentStatus::pppk});
    ledger.person(id).hired({.unit = pick<std::uint64_t>({2, 3, 3, 4}),
                             .job_class = pick({7u, 7u, 12u}),
                             .grade = status == EmploymentStatus::pppk
                                          ? pick({"PPPK VIII", "PPPK IX"})
                                          : pick({"II/c", "III/c", "IV/a"}),
                             .status = status,
                             .appraiser = 50,
                             .from = chance(80) ? date(2020, 1, 1) : date(2022, 3, 14)});
    people_.push_back({.id = id});
  }
}

// What the first days of a month may bring.
void RandomOffice::plan_month(Month at) {
  EventBuilder& ledger = office.ledger;
  ledger.not_before(first_day(at), "07:00");
  for (Employee& employee : people_) {
    const auto person = ledger.person(employee.id);
    if (chance(12) && first_day(at) > date(2022, 3, 14)) {
      const Date from = first_day(at) + static_cast<int>(between(2, 20));
      const auto kind =
          pick({LeaveKind::sick, LeaveKind::annual, LeaveKind::major, LeaveKind::unpaid});
      person.on_leave(kind, from, from + static_cast<int>(between(0, 5)));
    }
    if (chance(8) && employee.assigned && first_day(at) > date(2022, 3, 14)) {
      const Date moved = first_day(at) + static_cast<int>(between(3, 25));
      person.ended(employee.assignments, moved - static_cast<int>(between(1, 4)));
      person.assigned(++employee.assignments,
                      {.unit = pick<std::uint64_t>({2, 3, 4}),
                       .job_class = pick({7u, 12u}),
                       .post = "Penata",
                       .role = pick({AssignmentRole::definitive, AssignmentRole::definitive,
                                     AssignmentRole::plt}),
                       .tpp_eligible = chance(85),
                       .rankable = chance(85),
                       .from = moved});
    }
    if (chance(4))
      person.has_status(EmploymentStatus::pns, first_day(at) + static_cast<int>(between(0, 27)));
    if (chance(4))
      person.has_grade(pick({"III/d", "IV/b"}), first_day(at) + static_cast<int>(between(0, 27)));
    if (chance(4)) person.sanctioned(at + static_cast<int>(between(0, 1)), pick({6u, 9u}));
    if (chance(10)) {
      DeductionSet set;
      set.person = PersonId{employee.id};
      set.code = fmt::format("{}-{}", pick({"koperasi", "zakat"}), ledger.head().value);
      if (chance(60)) {
        set.amount = Rupiah{pick<std::int64_t>({150'000, 4'000'000, 9'000'000})};
      } else {
        set.rate = BasisPoints{250};
        set.base = pick({AmountBase::gross, AmountBase::taxable});
      }
      set.first = at;
      if (chance(70)) set.last = at;
      ledger.add(set);
    }
  }
  if (chance(10))
    ledger.unit(pick<std::uint64_t>({2, 3, 4}))
        .sanctioned(at, at + static_cast<int>(between(0, 2)));
  if (chance(10))
    ledger.unit(pick<std::uint64_t>({1, 2, 3}))
        .scheduled(first_day(at) + static_cast<int>(between(0, 10)), first_day(at) + 20, "08:00",
                   "15:00", 270);
  // Also of days that are paid already; under the root, where nobody pays it, now and then only.
  if (chance(12))
    ledger.unit(3).moved(pick<std::uint64_t>({2, 4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 1}),
                         first_day(at) + static_cast<int>(between(-40, 27)));
  if (chance(10)) ledger.ceiling(Component::beban_kerja, 7, between(3'000'000, 5'000'000), at);
}

// Somebody begins to act elsewhere, somebody stops, now and then of days that are paid already.
void RandomOffice::plan_acting(Month at) {
  const auto days = [&](int low, int high) {
    return low + static_cast<int>(acting_random_.below(static_cast<std::uint64_t>(high - low + 1)));
  };
  for (Employee& employee : people_) {
    const auto person = office.ledger.person(employee.id);
    const bool acts = employee.acting > 0 && employee.acting_until >= first_day(at);
    if (acts && acting_random_.below(100) < 25) {
      employee.acting_until = std::max(employee.acting_from, first_day(at) + days(-15, 20));
      person.stopped_acting(employee.acting_from, employee.acting_until, employee.acting);
    } else if (!acts && acting_random_.below(100) < 15) {
      const Date earliest = employee.acting > 0 ? employee.acting_until + 1 : first_day(at) - 20;
      employee.acting_from = std::max(earliest, first_day(at) + days(-20, 25));
      const bool open = acting_random_.below(2) == 0;
      employee.acting_until = open ? open_end : employee.acting_from + days(5, 60);
      person.acts({.unit = static_cast<std::uint64_t>(days(2, 4)),
                   .job_class = acting_random_.below(2) == 0 ? 7u : 12u,
                   .post = "Kepala",
                   .from = employee.acting_from,
                   .until = open ? std::nullopt : std::optional(employee.acting_until)},
                  acting_random_.below(2) == 0 ? AssignmentRole::plt : AssignmentRole::plh,
                  ++employee.acting);
    }
  }
}

void RandomOffice::work_day(Employee& employee, Date day) {
  EventBuilder& ledger = office.ledger;
  const auto person = ledger.person(employee.id);
  if (!Office::is_working_day(day) && !chance(5)) return;
  const std::int64_t start = weekday(day) == Weekday::friday ? 420 : 450;
  if (chance(96))
    person.clocked(day, ClockDirection::in,
                   clock_at(start + (chance(75) ? -5 : between(-10, 130))));
  if (chance(96))
    person.clocked(day, ClockDirection::out,
                   clock_at(start + (chance(75) ? 511 : between(380, 520))));
  if (chance(95)) {
    person.reported(day, between(200, 350));
    const auto fate = between(1, 100);
    if (fate <= 88) {
      person.approved(day);
    } else if (fate <= 92) {
      person.rejected(day);
    } else {
      open_reports_[employee.id].push_back(day);
    }
  }
  if (chance(1)) person.excused(++employee.excuses, day, chance(80));
}

// After the cut-off, and partly after the lock: approvals, excuses and roster facts about ended
// months.
void RandomOffice::late_facts(Month at) {
  EventBuilder& ledger = office.ledger;
  for (Employee& employee : people_) {
    const auto person = ledger.person(employee.id);
    auto& open = open_reports_[employee.id];
    while (!open.empty() && chance(60)) {
      person.approved(open.back());
      open.pop_back();
    }
    if (chance(6))
      person.excused(++employee.excuses, first_day(at) + static_cast<int>(between(0, 27)), true);
    if (chance(4))
      person.has_grade(pick({"II/d", "IV/c"}), first_day(at) + static_cast<int>(between(0, 27)));
    if (chance(3)) person.sanctioned(at, 6);
    if (chance(3))
      person.attended(first_day(at) + static_cast<int>(between(0, 27)), "06:00", "17:30");
  }
}

void RandomOffice::pay_month(Month at) {
  EventBuilder& ledger = office.ledger;
  ledger.not_before(first_day(at + 1), "08:00");
  if (chance(50)) late_facts(at);  // still in time
  office.end(at);
  late_facts(at);
  for (const std::uint64_t unit : {2u, 4u}) {
    const RunId run = regular_run(unit, at);
    office.compute(run);
    if (chance(20)) office.compute(run);
    office.lock(run);
    if (chance(15)) {
      ledger.add(TppRunReopened{run, ledger.decree()});
      office.compute(run);
      office.lock(run);
    }
    if (chance(90)) office.order(run);
  }
  late_facts(at);
  for (const std::uint64_t unit : {2u, 4u}) {
    const RunId run = correction_run(unit, at);
    const FoldedFacts known = office.facts();
    const auto ordered = known.agency().runs.at(regular_run(unit, at)).is_ordered(known.known_at());
    if (ordered && chance(50)) office.pay(run);
  }
}

void RandomOffice::survey(const Employee& employee, Period period) {
  const auto number = [&](std::uint64_t low, std::uint64_t high) {
    return low + surveys_.below(high - low + 1);
  };
  if (number(1, 100) > 60) return;
  std::vector<SurveyRelationSum> relations;
  for (const auto& row : EnumNames<SurveyRelation>::table) {
    if (number(1, 100) <= 30) continue;
    const std::uint64_t answers = number(1, 5);
    relations.push_back({row.value, (number(7'000, 10'000) * 7 + number(0, 6)) * answers,
                         static_cast<std::uint32_t>(answers)});
  }
  office.ledger.person(employee.id).surveyed(period, std::move(relations));
}

void RandomOffice::rank(Period period) {
  EventBuilder& ledger = office.ledger;
  for (const Employee& employee : people_) {
    if (chance(8)) continue;
    const std::int64_t result = pick<std::int64_t>({8000, 8000, 8500, between(6000, 12000)});
    ledger.person(employee.id).rated(period, 50, result);
    std::vector<std::int64_t> values(7, 8000);
    if (chance(50))
      for (auto& value : values) value = between(7000, 10000);
    ledger.person(employee.id).behaved(period, 50, values);
    survey(employee, period);
    if (chance(95)) ledger.person(employee.id).delivered(period);
  }
  published_on_ = local_date(ledger.events().back().recorded_at, 420);
  const FoldedFacts known = office.facts();
  const auto rules = ranking_rules(known, published_on_);
  const auto frozen = freeze_groups(known, period, *rules);
  RUNUT_CHECK(frozen.has_value(), frozen ? "" : frozen.error().describe());
  ledger.begin_commit();
  for (const auto& [name, members] : frozen->groups) {
    ledger.add(RankingGroupFrozen{period, name, static_cast<std::uint32_t>(members.size())});
    for (const GroupMember& m : members)
      ledger.add(RankingGroupMember{m.person, period, name, m.unit, m.job_class, m.appraiser, {}});
  }
  for (const Unranked& one : frozen->unranked)
    ledger.add(RankingGroupMember{one.person, period, {}, {}, 0, {}, one.reason});
  ledger.end_commit();

  for (int round = 0; publish(period, *rules); ++round)
    RUNUT_CHECK(round < 20, "a tie of the random office stays open however it is resolved");
}

// Every group that is not tied, in one commit; the ties of the others are found, then decided. True
// when some group is still to be published.
bool RandomOffice::publish(Period period, const Rules& rules) {
  EventBuilder& ledger = office.ledger;
  const FoldedFacts now = office.facts();
  std::vector<TieAtCutoffFound> ties;
  ledger.begin_commit();
  for (const auto& [name, group] : now.agency().rankings.at(period).groups) {
    if (group.published) continue;
    NullRecorder none;
    const auto ranking = rank_group(now, period, name, rules, none);
    RUNUT_CHECK(ranking.has_value(), ranking ? "" : ranking.error().describe());
    for (const Tie& tie : ranking->cut.open) {
      ties.push_back({period, name, tie.cutoff, tie.members, static_cast<std::uint32_t>(tie.places),
                      tie.score});
      ledger.add(ties.back());
    }
    if (ranking->cut.open.empty()) record(*ranking, period, now);
  }
  ledger.end_commit();
  // Somebody with the authority decides: nobody twice.
  std::vector<PersonId> taken;
  for (const TieAtCutoffFound& tie : ties) {
    TieResolved resolved{period, tie.group, tie.cutoff, {}, "undian", ledger.decree()};
    for (const PersonId person : tie.members)
      if (resolved.chosen.size() < tie.places &&
          std::find(taken.begin(), taken.end(), person) == taken.end()) {
        resolved.chosen.push_back(person);
        taken.push_back(person);
      }
    ledger.add(resolved);
  }
  return !ties.empty();
}

void RandomOffice::record(const GroupRanking& ranking, Period period, const Facts& known) {
  EventBuilder& ledger = office.ledger;
  const TierCut& cut = ranking.cut;
  ledger.add(RankingPublished{period, ranking.group, static_cast<std::uint32_t>(cut.members.size()),
                              static_cast<std::uint32_t>(cut.counts.above),
                              static_cast<std::uint32_t>(cut.counts.below), cut.cutoff_above,
                              cut.cutoff_below, known.known_at(), 1, ledger.decree()});
  for (const PlacedMember& m : cut.members) {
    const Sequence cause = ledger.add(RankingMemberPlaced{
        m.person, period, ranking.group, ranking.units.at(m.person), m.key.score, m.key.result,
        m.key.behaviour, m.key.discipline, m.rank, m.tier});
    if (m.tier == Tier::meets) continue;
    TppAdjustmentDecided decided;
    decided.person = m.person;
    decided.cause = AdjustmentCause::ranking;
    decided.period = period;
    decided.delta = m.tier == Tier::above ? BasisPoints{500} : BasisPoints{-500};
    decided.months = adjustment_months(known, period);
    ledger.add(decided, {.causation = cause});
  }
}

// An objection upheld after the publication moves that person alone.
void RandomOffice::correct_somebody(Period period) {
  EventBuilder& ledger = office.ledger;
  const PersonId person{people_[random_.below(people_.size())].id};
  const FoldedFacts before = office.facts();
  if (published_group(before, period, person) == nullptr) return;
  const auto rules = ranking_rules(before, published_on_);
  EvaluationCorrected corrected{person, period, Score{between(6'000, 12'000)},
                                std::vector<Score>(behaviour_values, Score{between(7'000, 9'500)}),
                                ledger.decree()};
  std::optional<AdjustmentFact> standing;
  for (const AdjustmentFact& fact : before.person(person).adjustments)
    if (fact.cause == AdjustmentCause::ranking && fact.period == period) standing = fact;
  ledger.begin_commit();
  const Sequence cause = ledger.add(corrected);
  const FoldedFacts after = office.facts();
  const auto placed = replace_member(after, period, person, *rules);
  RUNUT_CHECK(placed.has_value(), placed ? "" : placed.error().describe());
  const BasisPoints delta{placed->tier == Tier::above   ? 500
                          : placed->tier == Tier::below ? -500
                                                        : 0};
  if (delta != (standing ? standing->delta : BasisPoints{0})) {
    TppAdjustmentDecided decided;
    decided.person = person;
    decided.cause = AdjustmentCause::ranking;
    decided.period = period;
    decided.delta = delta;
    decided.months = adjustment_months(after, period);
    ledger.add(decided, {.supersedes = standing ? std::optional(standing->sequence) : std::nullopt,
                         .causation = cause});
  }
  ledger.end_commit();
}

// A new document in the middle of the story: other rounding, other weights.
void RandomOffice::amend(Month at, const std::string& file) {
  const auto id = [](std::size_t amendments) {
    return amendments == 0 ? std::string("kota-uji") : fmt::format("kota-uji-{}", amendments + 1);
  };
  RegulationText text = varied(file, random_.below(1'000));
  text.id(id(amendments_ + 1)).effective(first_day(at));
  office.ledger.amend(text, id(amendments_));
  ++amendments_;
}

void RandomOffice::live_until(Month last) {
  for (Month at = month(2022, 1); at <= last; at = at + 1) {
    if (at == month(2022, 5) && chance(40)) amend(at, regulation_.first);
    if (at == month(2022, 7) && regulation_.from_july) amend(at, *regulation_.from_july);
    plan_month(at);
    plan_acting(at);
    for (Date day = first_day(at); day <= last_day(at); day = day + 1) {
      office.ledger.not_before(day, "18:00");
      for (Employee& employee : people_) work_day(employee, day);
    }
    pay_month(at);
    if (!regulation_.ranked) continue;
    if (at == month(2022, 6)) {
      office.ledger.not_before(date(2022, 7, 25), "10:00");
      rank(s1);
    }
    if (at >= month(2022, 7))
      for (int i = 0; i < 2; ++i) correct_somebody(s1);
  }
}

}  // namespace runut::testing
