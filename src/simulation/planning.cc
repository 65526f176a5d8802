#include "simulation/planning.h"

#include <fmt/format.h>

#include <map>
#include <memory>

#include "simulation/narrative.h"

namespace runut::simulation {
namespace {

constexpr std::int64_t minute_of = 60'000'000;  // micros
constexpr std::uint32_t indicators_most = 4;

// Chances of 10 000.
constexpr std::uint64_t plan_returned = 400;
constexpr std::uint64_t plan_clarified = 500;
constexpr std::uint64_t result_linked = 8'800;

constexpr int drafting_days = 6;  // from the third office day on

struct IndicatorName {
  std::string_view name;
  std::string_view target;
};
constexpr std::array<IndicatorName, indicators_most> city_indicators = {
    {{"Indeks kepuasan masyarakat", "86,00"},
     {"Nilai akuntabilitas kinerja (SAKIP)", "78,50"},
     {"Indeks reformasi birokrasi", "75,00"},
     {"Opini atas laporan keuangan", "WTP"}}};
constexpr std::array<IndicatorName, indicators_most> unit_indicators = {
    {{"Persentase layanan selesai tepat waktu", "92 %"},
     {"Persentase program yang mencapai sasaran", "88 %"},
     {"Nilai evaluasi internal unit", "80,00"},
     {"Persentase realisasi anggaran", "95 %"}}};

class PlanningYear {
 public:
  PlanningYear(World& world, Month january)
      : world_(world),
        period_{january, 12},
        days_(world.calendar.working_days(WeekKind::office, january)) {
    for (const PlannedPlan& planned : world.plan.plans)
      if (planned.period == period_) stories_.emplace(planned.person, &planned);
  }

  void schedule() {
    // Parents first, all within a morning: an indicator serves one that is stated already.
    const std::int64_t apart = 3 * 60 * minute_of / static_cast<std::int64_t>(city().units.size());
    for (UnitIndex unit = 0; unit < city().units.size(); ++unit)
      world_.agenda.add(Instant{world_.calendar.at(days_[0], 9 * 60).micros + unit * apart},
                        [this, unit] { state(unit); });
    // One day's people at a time: the agenda never holds everybody.
    for (int day = 0; day < drafting_days; ++day)
      world_.at(days_[static_cast<std::size_t>(day) + 2], 0, [this, day] { begin_day(day); });
    for (const auto& [p, item] : world_.plan.newcomers) {
      const Date from = world_.person(p).postings[0].from;
      if (period_.contains(month_of(from)))
        world_.at(world_.calendar.after(from, 3), 10 * 60, [this, p = p] { draft(p, false); });
    }
    // Who has moved plans anew, for the results of another unit.
    for (const auto& [p, item] : world_.plan.moves) {
      const Date from = world_.person(p).postings.back().from;
      if (period_.contains(month_of(from)) && month_of(from) > period_.first)
        world_.at(world_.calendar.after(from, 5), 11 * 60, [this, p = p] { revise(p); });
    }
    for (const auto& [p, story] : stories_)
      if (story->story == PlanStory::revised)
        world_.at(story->date, 11 * 60, [this, p = p] { revise(p); });
  }

 private:
  [[nodiscard]] const City& city() const { return world_.city; }
  [[nodiscard]] SeededRandomness chance(PersonIndex p) const {
    return world_.chance.of(Purpose::planning, p, first_day(period_));
  }
  [[nodiscard]] const PlannedPlan* story_of(PersonIndex p) const {
    const auto found = stories_.find(p);
    return found == stories_.end() ? nullptr : found->second;
  }

  void state(UnitIndex u) {
    const Unit& unit = world_.unit(u);
    if (!unit.is_open_on(world_.today())) return;
    const int year = year_of(period_.first);
    if (unit.parent != nobody) {
      const Posting& head = *world_.person(unit.head).posting_on(world_.today());
      const std::string office = world_.person(head.appraiser).posting_on(world_.today())->post;
      world_.emitter.emit(
          world_.act(unit.head, Role::official),
          UnitAgreementSigned{unit.id, period_,
                              world_.decree(fmt::format("PK/{}/{}", unit.code, year),
                                            world_.today(), head.appraiser, office)});
    }
    const PersonIndex registrar =
        unit.paying_unit == nobody ? city().ranking_clerk : world_.unit(unit.paying_unit).registrar;
    const Actor planner = world_.act(registrar, Role::hr);
    const auto& names = unit.parent == nobody ? city_indicators : unit_indicators;
    for (std::uint32_t k = 0; k < indicators_of(city(), u); ++k) {
      const std::uint64_t id = indicator_id(year, u, k);
      world_.emitter.emit(planner,
                          IndicatorDefined{unit.id, id, period_, std::string(names[k].name),
                                           std::string(names[k].target)});
      if (unit.parent == nobody) continue;
      const std::uint32_t above = (u + k) % indicators_of(city(), unit.parent);
      world_.emitter.emit(planner,
                          IndicatorCascaded{unit.id, id, indicator_id(year, unit.parent, above)});
    }
  }

  void begin_day(int day) {
    for (PersonIndex p = 1; p < city().people.size(); ++p) {
      SeededRandomness random = chance(p);
      if (static_cast<int>(random.below(drafting_days)) != day) continue;
      if (!world_.person(p).serves_on(world_.today())) continue;
      const auto minute = static_cast<int>(between(random, 8 * 60, 14 * 60));
      world_.agenda.add(world_.calendar.at(world_.today(), minute, between(random, 0, minute_of)),
                        [this, p] { draft(p, false); });
    }
  }

  [[nodiscard]] std::vector<PlannedResult> results(PersonIndex p, SeededRandomness& random) const {
    const UnitIndex unit = world_.person(p).posting_on(world_.today())->unit;
    const PlannedPlan* const story = story_of(p);
    const bool unlinked = story != nullptr && story->story == PlanStory::unlinked;
    std::vector<PlannedResult> out(static_cast<std::size_t>(between(random, 3, 5)));
    for (std::uint32_t i = 0; i < out.size(); ++i) {
      out[i].result = i + 1;
      const std::uint32_t k = (p + i) % indicators_of(city(), unit);
      // The first always serves one, so that only a story leaves a plan without.
      if (!unlinked && (i == 0 || happens(random, result_linked)))
        out[i].indicator = indicator_id(year_of(period_.first), unit, k);
    }
    return out;
  }

  CommandId emit(PersonIndex p, const Acting& acting, CommandBody body, std::string text = {}) {
    const CommandId id = world_.emitter.emit(acting, std::move(body), std::move(text));
    if (const PlannedPlan* const story = story_of(p)) world_.note(story->item, id);
    return id;
  }
  [[nodiscard]] bool serves(PersonIndex p) const {
    return world_.person(p).serves_on(world_.today());
  }
  [[nodiscard]] PersonId id(PersonIndex p) const { return world_.person(p).id; }

  void draft(PersonIndex p, bool again) {
    if (!serves(p)) return;
    SeededRandomness random = chance(p);
    std::vector<PlannedResult> planned = results(p, random);
    const std::size_t count = planned.size();
    emit(p, world_.act(p, Role::employee), PlanDrafted{id(p), period_, std::move(planned)},
         plan_text(random, count));
    const PlannedPlan* const story = story_of(p);
    if (story != nullptr && story->story == PlanStory::unsubmitted) return;
    world_.agenda.add(
        Instant{world_.agenda.now().micros + between(random, 10 * minute_of, 90 * minute_of)},
        [this, p, again] { submit(p, again); });
  }

  void submit(PersonIndex p, bool again) {
    if (!serves(p)) return;
    SeededRandomness random = chance(p);
    emit(p, world_.act(p, Role::employee), PlanSubmitted{id(p), period_});
    const bool back = !again && !world_.person(p).reserved && happens(random, plan_returned);
    const int within = static_cast<int>(between(random, 1, 4));
    const PlannedPlan* const story = story_of(p);
    const Date day = story != nullptr && story->story == PlanStory::late
                         ? story->date
                         : world_.calendar.after(world_.today(), within);
    decide_on(p, day, back);
  }

  void decide_on(PersonIndex p, Date day, bool back) {
    SeededRandomness random = world_.chance.of(Purpose::planning, p, day);
    const auto minute = static_cast<int>(between(random, 8 * 60, 15 * 60));
    world_.agenda.add(world_.calendar.at(day, minute, between(random, 0, minute_of)),
                      [this, p, back] { back ? give_back(p) : approve(p); });
  }

  void give_back(PersonIndex p) {
    if (!serves(p)) return;
    SeededRandomness random = world_.chance.of(Purpose::planning, p, world_.today());
    emit(p, world_.approver_of(p, world_.today()).acting, PlanReturned{id(p), period_},
         return_text(random));
    world_.at(world_.calendar.after(world_.today()), 10 * 60, [this, p] { draft(p, true); });
  }

  void approve(PersonIndex p) {
    if (!serves(p)) return;
    SeededRandomness random = world_.chance.of(Purpose::planning, p, world_.today());
    const auto [acting, delegation] = world_.approver_of(p, world_.today());
    const CommandId approved = emit(p, acting, PlanApproved{id(p), period_});
    if (delegation != nullptr) world_.note(delegation->item, approved);
    if (!world_.person(p).reserved && happens(random, plan_clarified))
      emit(p, acting, ExpectationClarified{id(p), period_}, expectation_text(random));
  }

  void revise(PersonIndex p) {
    if (!serves(p)) return;
    SeededRandomness random = world_.chance.of(Purpose::planning, p, world_.today());
    std::vector<PlannedResult> planned = results(p, random);
    const std::size_t count = planned.size();
    emit(p, world_.act(p, Role::employee), PlanRevised{id(p), period_, std::move(planned)},
         plan_text(random, count));
    decide_on(p, world_.calendar.after(world_.today(), 2), false);
  }

  World& world_;
  Period period_;
  std::vector<Date> days_;  // office days of January
  std::map<PersonIndex, const PlannedPlan*> stories_;
};

}  // namespace

std::uint64_t indicator_id(int year, UnitIndex unit, std::uint32_t k) {
  return static_cast<std::uint64_t>(year) * 10'000'000 + std::uint64_t{unit} * indicators_most + k;
}

std::uint32_t indicators_of(const City& city, UnitIndex unit) {
  return city.units[unit].parent == nobody ? indicators_most : city.units[unit].paying ? 3 : 2;
}

void schedule_planning(World& world) {
  for (int year = year_of(world.options.from); year <= year_of(world.options.to); ++year) {
    const Month january = month(year, 1);
    if (january < world.options.from) continue;
    const auto planned = std::make_shared<PlanningYear>(world, january);
    planned->schedule();
    world.keep_alive.push_back(planned);
  }
}

}  // namespace runut::simulation
