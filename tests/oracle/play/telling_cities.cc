#include "tests/oracle/play/telling_cities.h"

#include "tests/support/dates.h"

namespace runut::oracle {
namespace {

using runut::testing::august;
using runut::testing::s1;
using testing::RegulationText;

const Month september = month(2022, 9);
const Month october = month(2022, 10);
constexpr std::uint64_t boss = 100;

void loan(City& city, std::uint64_t person, std::string code, std::int64_t amount, Month month) {
  DeductionSet set;
  set.person = PersonId{person};
  set.code = std::move(code);
  set.amount = Rupiah{amount};
  set.first = month;
  set.last = month;
  city.ledger.add(std::move(set));
}

Sequence adjust(City& city, std::uint64_t person, std::int64_t delta, AdjustmentCause cause,
                std::vector<Month> months, std::optional<Sequence> supersedes = {}) {
  TppAdjustmentDecided decided;
  decided.person = PersonId{person};
  decided.cause = cause;
  decided.period = Period{month(2022, 1), 6};
  decided.delta = BasisPoints{delta};
  decided.months = std::move(months);
  testing::EventOptions options;
  options.supersedes = supersedes;
  return city.ledger.add(std::move(decided), options);
}

// One person whose August sits on every boundary of section 3.1.
void awkward_attendance(City& city) {
  auto p = city.ledger.person(17);
  const auto day = [](int d) { return date(2022, 8, d); };
  p.attended(day(1), "08:01", "16:00");  // 31 minutes: the second band already
  p.attended(day(2), "07:30:59", "16:00");
  p.attended(day(3), "07:20", "16:00");
  p.clocked(day(3), ClockDirection::in, "12:50");
  p.attended(day(4), "07:40", "15:00");  // both sides
  // 8 August absent; 9 August late, excused after the cut-off
  p.attended(day(9), "09:30", "16:00");
  for (const int d : {5, 10, 11, 12, 15, 16, 18, 19, 22, 23, 24, 25, 26, 29, 30, 31})
    city.attends(17, day(d));
  for (const int d : {1, 2, 3, 4, 5, 8, 9, 10}) city.reports(17, day(d), 290);
  city.reports(17, day(11), 500);  // above the daily cap
  city.reports(17, day(13), 60);   // a Saturday
  for (const int d : {15, 16}) {
    const Sequence old = p.reported(day(d), 300);
    p.approved(day(d));
    p.reported(day(d), 200, {.supersedes = old});  // its approval is void
    if (d == 15) p.approved(day(d));
  }
  city.reports(17, day(17), 30);  // a holiday
  for (const int d : {30, 31}) p.reported(day(d), 300);
}

std::unique_ptr<City> three_months_of_pay() {
  RegulationText rules;
  rules.set("daily_cap_minutes", "420").pays_acting(30, 2'000);
  auto city = std::make_unique<City>(rules);
  auto& ledger = city->ledger;
  ledger.unit(5).created({.parent = 3});
  ledger.unit(6).created({.parent = 2});  // moves to U4 in the middle of August
  ledger.unit(6).moved(4, date(2022, 8, 10));
  ledger.unit(1).scheduled(date(2020, 1, 1), std::nullopt, "07:00", "16:00", 310);
  for (const std::uint64_t unit : {2u, 3u, 4u})
    ledger.unit(unit).scheduled(date(2020, 1, 1), std::nullopt, "07:30", "16:00", 300);
  TppCeilingSet narrow;
  narrow.component = Component::kondisi_kerja;
  narrow.job_class = 7;
  narrow.unit = UnitId{3};
  narrow.amount = Rupiah{500'010};
  narrow.effective = month(2020, 1);
  narrow.decree = ledger.decree();
  ledger.add(narrow);

  const auto post_from = date(2022, 8, 1);
  ledger.person(17).hired({.unit = 3});
  ledger.person(18).hired({.unit = 3});  // above the cap; adjusted by half a rupiah
  ledger.person(19).hired({.unit = 5});  // sick leave
  ledger.person(20).hired({.unit = 2, .status = EmploymentStatus::cpns, .from = post_from});
  ledger.person(21).hired({.unit = 3, .job_class = 12, .grade = "IV/b"});  // sanctions that add
  ledger.person(22).hired({.unit = 4});  // a cancelled sanction, a shortfall
  ledger.person(23).hired({.unit = 4});  // moves to U3 in the middle of August
  ledger.person(24).hired({.unit = 4});  // owes more than a month's pay
  ledger.person(25).hired({.unit = 4, .job_class = 12, .grade = "IV/b"});  // capped base

  ledger.person(26).hired({.unit = 6});

  ledger.person(23).ended(1, date(2022, 8, 15));
  ledger.person(23).assigned(2, {.unit = 3, .from = date(2022, 8, 16)});
  ledger.person(19).on_leave(LeaveKind::sick, date(2022, 8, 22), date(2022, 8, 24));
  ledger.unit(3).sanctioned(august, august);
  ledger.person(21).sanctioned(august, 2);
  ledger.person(21).sanctioned(august, 2);
  for (int i = 0; i < 5; ++i) ledger.person(22).sanctioned(august, 1);
  const Sequence cancelled = ledger.person(22).sanctioned(september, 6);
  ledger.add(DisciplinarySanctionCancelled{PersonId{22}, cancelled, october, ledger.decree()});
  adjust(*city, 18, -500, AdjustmentCause::personal_sanction, {september});
  adjust(*city, 21, -1'000, AdjustmentCause::personal_sanction, {august});
  const Sequence first =
      adjust(*city, 25, -1'000, AdjustmentCause::personal_sanction, {august, september, october});
  adjust(*city, 25, 0, AdjustmentCause::personal_sanction, {september, october}, first);
  // P26 acts in U4; P19 for too few days; P23's role is paid in August and ends short in September.
  ledger.person(26).acts({.unit = 4, .job_class = 12, .from = date(2022, 8, 10)});
  ledger.person(19).acts(
      {.unit = 3, .job_class = 12, .from = date(2022, 8, 3), .until = date(2022, 8, 12)},
      AssignmentRole::plh);
  ledger.person(23).acts(
      {.unit = 4, .job_class = 12, .from = date(2022, 8, 22), .until = date(2022, 10, 31)});
  loan(*city, 24, "koperasi", 6'000'000, august);
  loan(*city, 24, "arisan", 4'500'000, september);

  awkward_attendance(*city);
  const auto reports_on = [&](std::uint64_t person, Date from, Date until, std::int64_t minutes) {
    for (Date day = from; day <= until; day = day + 1) {
      if (!city->is_working_day(day)) continue;
      city->attends(person, day);
      city->reports(person, day, minutes);
    }
  };
  const auto everybody_but_17_works = [&](Month month) {
    for (const std::uint64_t person : {18u, 19u, 20u, 21u, 22u, 23u, 24u, 25u, 26u})
      reports_on(person, first_day(month), last_day(month), person == 18 ? 330 : 300);
  };
  everybody_but_17_works(august);
  for (const std::uint64_t unit : {5u, 6u}) ledger.unit(unit).closed_attendance(august);
  city->close(august);
  ledger.clock(date(2022, 9, 4), "00:00");  // exactly at the cut-off
  ledger.person(17).approved(date(2022, 8, 30));
  ledger.person(17).excused(1, date(2022, 8, 9), true);
  city->end(august);
  city->record.pay(regular(2, august));
  city->record.pay(regular(4, august));

  // What was late is settled by a correction run; what goes down waits for September.
  ledger.person(17).approved(date(2022, 8, 31));
  ledger.person(20).on_leave(LeaveKind::unpaid, date(2022, 8, 29), date(2022, 8, 30));
  city->record.pay(correction(2, august));
  ledger.person(23).stopped_acting(date(2022, 8, 22), date(2022, 9, 9));
  reports_on(17, date(2022, 9, 1), date(2022, 9, 30), 300);
  everybody_but_17_works(september);
  for (const std::uint64_t unit : {5u, 6u}) ledger.unit(unit).closed_attendance(september);
  city->end(september);
  city->record.pay(regular(2, september));
  city->record.pay(regular(4, september));

  // From October without adjustments by ranking; P24 was promised one.
  RegulationText later;
  later.id("kota-uji-2").effective(date(2022, 10, 1)).set("tier_adjustment", "false");
  ledger.amend(later, "kota-uji");
  reports_on(17, date(2022, 10, 1), date(2022, 10, 31), 300);
  everybody_but_17_works(october);
  for (const std::uint64_t unit : {5u, 6u}) ledger.unit(unit).closed_attendance(october);
  city->end(october);
  city->record.pay(regular(2, october));
  city->record.pay(regular(4, october));
  return city;
}

// Ranked in August, an objection upheld, paid to September.
std::unique_ptr<City> a_ranked_half_year() {
  auto city = std::make_unique<City>();
  auto& ledger = city->ledger;
  ledger.unit(5).created({.parent = 3});
  ledger.unit(6).created({.parent = 2});
  ledger.person(boss).registered();
  ledger.person(101).registered();
  const auto member = [&](std::uint64_t id, std::uint64_t unit, std::int64_t result,
                          std::int64_t behaviour) {
    ledger.person(id).hired({.unit = unit, .appraiser = boss});
    ledger.person(id).evaluated(s1, boss, result, behaviour);
  };
  // U5's three join U3's two and stay there; U6's one joins U2's seven; U4's six are on their own.
  for (const std::uint64_t id : {51u, 52u, 53u}) member(id, 5, 7'700, 6'700);
  member(31, 3, 7'400, 7'400);  // 74.00, as theirs
  member(32, 3, 7'300, 7'400);
  member(61, 6, 7'123, 7'321);
  for (std::uint64_t i = 0; i < 7; ++i)
    member(21 + i, 2, 8'000 - 100 * static_cast<std::int64_t>(i),
           8'000 + 10 * static_cast<std::int64_t>(i));
  for (std::uint64_t i = 0; i < 6; ++i)
    member(41 + i, 4, 8'100 - 130 * static_cast<std::int64_t>(i), 7'777);
  // A survey that does not count here.
  ledger.person(22).surveyed(s1, {{SurveyRelation::peer, 84'000 * 3, 3}});
  // P41's appraiser of the last day rated too, and worse.
  ledger.person(41).appraised_by(101, date(2022, 5, 1));
  ledger.person(41).rated(s1, 101, 7'000);
  ledger.person(41).behaved(s1, 101, {7'000, 7'100, 7'200, 7'000, 7'000, 7'000, 7'001});

  // P21's June: late twice, one of them excused too late. P22's July is none of S1's business.
  ledger.person(21).attended(date(2022, 6, 2), "08:00", "16:00");
  ledger.person(21).attended(date(2022, 6, 3), "07:45", "14:30");
  ledger.clock(date(2022, 7, 20));
  for (const std::uint64_t unit : {1u, 2u, 3u, 5u})
    ledger.unit(unit).closed_attendance(month(2022, 6));
  ledger.person(21).excused(1, date(2022, 6, 2), true);

  ledger.clock(date(2022, 8, 10));
  city->record.freeze(s1);
  city->record.publish(s1);
  // An objection upheld: P41, who was below, now equals P46, the last who meets.
  const auto placed =
      city->record.oracle().view(ledger.head()).recorded_of<RankingMemberPlaced>(PersonId{46});
  city->record.correct(PersonId{41}, s1, placed[0].fact->result.value,
                       placed[0].fact->behaviour.value);

  for (const std::uint64_t id : {41u, 45u, 46u})
    city->works(id, date(2022, 8, 1), date(2022, 8, 31));
  city->end(august);
  city->record.pay(regular(4, august));
  // A document without adjustments from September: what was published for S2 ends.
  RegulationText later;
  later.id("kota-uji-2").effective(date(2022, 9, 1)).set("tier_adjustment", "false");
  ledger.amend(later, "kota-uji");
  for (const std::uint64_t id : {41u, 45u, 46u})
    city->works(id, date(2022, 9, 1), date(2022, 9, 30));
  city->end(september);
  city->record.pay(regular(4, september));
  return city;
}

// Ranked with the opinion of peers and subordinates, and one of those evaluations corrected.
std::unique_ptr<City> a_surveyed_half_year() {
  RegulationText rules;
  rules.set("opinion_360", "true");
  auto city = std::make_unique<City>(rules);
  auto& ledger = city->ledger;
  ledger.person(boss).registered();
  for (std::uint64_t id = 21; id < 28; ++id) {
    const auto person = ledger.person(id);
    const auto value = 8'000 - 10 * static_cast<std::int64_t>(id);
    person.hired({.unit = 2, .appraiser = boss});
    if (id == 22) person.surveyed(s1, {{SurveyRelation::superior, 63'007, 1}});
    if (id == 23)
      person.surveyed(s1, {{SurveyRelation::superior, 56'100, 1},
                           {SurveyRelation::peer, 171'003, 3},
                           {SurveyRelation::subordinate, 30'000, 1}});
    if (id == 24) person.surveyed(s1, {{SurveyRelation::peer, 150'004, 3}});
    if (id == 25) person.surveyed(s1, {});
    person.evaluated(s1, boss, value, value);
  }
  ledger.clock(date(2022, 8, 10));
  city->record.freeze(s1);
  city->record.publish(s1);
  city->record.correct(PersonId{23}, s1, 8'200, 7'100);
  return city;
}

// The tails of five members overlap: 2.5 and 2.5.
std::unique_ptr<City> ranked_by(const RegulationText& rules, std::uint64_t members) {
  auto city = std::make_unique<City>(rules);
  city->ledger.person(boss).registered();
  for (std::uint64_t i = 0; i < members; ++i) {
    city->ledger.person(21 + i).hired({.unit = 2, .appraiser = boss});
    city->ledger.person(21 + i).evaluated(s1, boss, 8'000 - static_cast<std::int64_t>(i), 8'000);
  }
  city->ledger.clock(date(2022, 8, 10));
  city->record.freeze(s1);
  city->record.publish(s1);
  return city;
}

}  // namespace

const std::vector<std::unique_ptr<City>>& telling_cities() {
  static const std::vector<std::unique_ptr<City>> all = [] {
    std::vector<std::unique_ptr<City>> out;
    out.push_back(three_months_of_pay());
    out.push_back(a_ranked_half_year());
    out.push_back(a_surveyed_half_year());
    RegulationText overlapping;
    overlapping.set("tiers", R"({"above": 5000, "meets": 0, "below": 5000})")
        .set("tail_rounding", "\"half_up\"");
    out.push_back(ranked_by(overlapping, 5));
    RegulationText equal_remainders;
    equal_remainders.set("tiers", R"({"above": 2500, "meets": 2500, "below": 5000})");
    out.push_back(ranked_by(equal_remainders, 6));
    return out;
  }();
  return all;
}

}  // namespace runut::oracle
